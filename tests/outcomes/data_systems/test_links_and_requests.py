"""From measures to data, and requests that stand in for data."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from equitybook.charts import svg
from equitybook.charts.heat_map import colour_of
from equitybook.outcomes.requests import open_requests, read_request, requested_steps
from tests.outcomes.data_systems.inventory_of import TODAY, core, data_set, field, measure, request, say

DATASETS = [data_set("D1"), data_set("D2")]
FIELDS = [*core("D1", None, None, 99, 40, None), *core("D2", 39, None, None, None, None)]


def named(code: str = "M1", **values: object) -> dict[str, object]:
    return {"measure_id": code, "name": f"Measure {code}", **values}


def test_a_measure_is_linked_through_a_field_it_is_to_be_split_by():
    """D1 has language in 40 of 100 records, D2 race in 39 of 100: by hand, one of three is linked."""
    measures = [
        named("M1", dataset_id="D1", disaggregate_by=["language"]),
        named("M2", dataset_id="D1", disaggregate_by=["disability"]),
        named("M3", dataset_id="D2", disaggregate_by=["race_ethnicity", "department"]),
    ]
    found = say(datasets=DATASETS, fields=FIELDS, measures=measures)["measure_link"]
    assert found.sentence == (
        "1 of 3 measures (33.3 %) has a data set with at least one usable field to split it by. The usable field: language for 1. "
        "For 1 of them the data set is not ready over the five fields together: it can be split by such a field, and not by most others."
    )
    assert found.table is not None
    assert [row[-1] for row in found.table.rows] == ["yes", "no", "no"]
    assert found.table.rows[0][1] == "Log D1 (D1)"
    assert dict(zip(found.table.columns, found.table.rows[0], strict=True))["Language"] == "yes *"
    assert dict(zip(found.table.columns, found.table.rows[2], strict=True))["Race or ethnicity"] == "no *"
    assert not found.flags


def test_the_picture_goes_from_measure_to_data_set_to_field_in_words():
    """D1 asks for address (99 of 100) and language (40); D2 for race, in 39 of 100, one short of the line; M3 has no data set."""
    measures = [
        named("M1", name="Median days to a permit for applications in Spanish", dataset_id="D1", disaggregate_by=["language"]),
        named("M2", dataset_id="D2", disaggregate_by=["race_ethnicity", "veteran"]),
        named("M3"),
    ]
    chart = say(datasets=DATASETS, fields=FIELDS, measures=measures)["measure_link"].chart
    assert chart.alt == (
        "1 of 3 measures has a usable field. "
        "M1 Median days to a permit… · Log D1 (D1): Race not asked, Sex not asked, Disability not asked, Language usable (wanted), Address usable, "
        "Veteran not filled in. "
        "M2 Measure M2 · Log D2 (D2): Race too few (wanted), Sex not asked, Disability not asked, Language not asked, Address not asked, "
        "Veteran not filled in (wanted). "
        "M3 Measure M3 · no data set yet: Race no data, Sex no data, Disability no data, Language no data, Address no data, Veteran no data. "
        "Usable: 40 % of the records or more have an answer. Wanted: you chose to show the measure by this field."
    )


def test_a_tile_has_the_colour_the_same_field_has_in_the_map_of_data_sets():
    found = say(datasets=DATASETS, fields=FIELDS, measures=[named(dataset_id="D1")])
    drawn = {name: svg(found[name].chart) for name in ("heat_map", "measure_link")}
    for rate in (99, 40):
        assert all(f'fill="{colour_of(rate)}"' in picture for picture in drawn.values())


def test_measures_that_shorten_alike_keep_a_row_each():
    name = "Residents who say that the counter answered "
    measures = [{"name": f"{name}{how}", "dataset_id": "D1"} for how in ("in their language", "on the first day")]
    chart = say(datasets=DATASETS, fields=FIELDS, measures=measures)["measure_link"].chart
    assert "1. Residents who say that the… · Log D1 (D1): Race" in chart.alt
    assert "2. Residents who say that the… · Log D1 (D1): Race" in chart.alt


def test_without_a_wish_the_picture_marks_and_explains_none():
    chart = say(datasets=DATASETS, fields=FIELDS, measures=[named(dataset_id="D9"), named("M2")])["measure_link"].chart
    assert "wanted" not in chart.alt.lower()
    assert "M1 Measure M1 · data set not in the inventory: Race no data" in chart.alt
    asked = say(datasets=DATASETS, measures=[named()], requests=[request(measure_id="M1")])["measure_link"]
    assert "M1 Measure M1 · data asked for: Race no data" in asked.chart.alt
    assert asked.table.rows[0][1] == "data asked for"


def test_a_link_through_one_field_does_not_contradict_a_data_set_that_is_not_ready():
    """Language of 90 in 100 is usable; over five fields the score is 0.18."""
    found = say(
        datasets=[data_set("D1")],
        fields=core("D1", None, None, None, 90, None),
        measures=[named("M1", dataset_id="D1"), named("M2", dataset_id="D1", disaggregate_by=["language"])],
    )
    assert (
        "1 is not ready for results by group, over race, sex, address, language and disability together"
        in found["heat_map"].sentence
    )
    said = found["measure_link"].sentence
    assert said.startswith("2 of 2 measures (100 %) have a data set with at least one usable field to split them by.")
    assert "The usable field: language for 2." in said
    assert "For 2 of them the data set is not ready over the five fields together" in said
    assert "can be split by group." not in said


def test_a_measure_to_be_split_by_no_field_is_linked_through_any():
    links = measure(datasets=DATASETS, fields=FIELDS, measures=[named(dataset_id="D1"), named("M2", dataset_id="D2")]).facts[
        "links"
    ]
    assert [one.linked for one in links] == [True, False]


def test_retired_measures_are_left_out():
    measures = [named(dataset_id="D1"), named("M2", retired_on="2026-10-01"), {}]
    assert len(measure(datasets=DATASETS, fields=FIELDS, measures=measures).facts["links"]) == 1


def test_no_measures_is_no_share_and_says_what_to_do():
    found = say(datasets=DATASETS, fields=FIELDS)["measure_link"]
    assert "Add your draft measures" in found.empty
    assert found.table is None


def test_a_measure_without_data_needs_a_dated_request():
    measures = [named(), named("M2", dataset_id="D9")]
    found = say(datasets=DATASETS, measures=measures)["measure_link"]
    assert [flag.reason for flag in found.flags] == [
        "“M1 Measure M1” has no data set and no dated request.",
        "“M2 Measure M2” names a data set that is not in the inventory, and has no dated request.",
    ]
    asked = [request(measure_id="M1"), request(measure_id="M2", status="not available")]
    found = say(datasets=DATASETS, measures=measures, requests=asked)["measure_link"]
    assert not found.flags
    assert found.sentence.endswith("For 2 the data are asked for.")


def test_a_request_of_tomorrow_is_no_request_yet():
    asked = [request(measure_id="M1", asked_on="2026-11-23", for_step="HR1.who_works_here")]
    found = say(datasets=DATASETS, measures=[named()], requests=asked)
    assert found["measure_link"].flags
    assert "dated after today" in found["requests"].flags[0].reason
    assert not open_requests(asked, TODAY)


def test_ages_and_delays_are_counted_in_days():
    asked = [
        request(asked_on="2026-10-23", expected_on="2026-11-20"),
        request(what="Staff list", asked_on="2026-11-01", got_on="2026-11-13", status="received"),
        request(what="Calls", status="not available"),
    ]
    found = say(requests=asked)["requests"]
    assert found.sentence == (
        "3 requests: 1 received, 1 waiting, 1 refused or not available. The oldest has waited 30 days; 1 is overdue."
    )
    assert found.table is not None
    assert [row[-2:] for row in found.table.rows] == [("Overdue by 2 days", "30"), ("Received", "12"), ("Not available", "—")]
    assert found.notices == (
        "“Permit log” is 2 days overdue. Ask again and enter the new day, or write down that it is not available.",
    )


def test_on_the_day_it_is_expected_a_request_is_not_late():
    one = read_request(request(expected_on="2026-11-22"))
    assert one is not None
    assert one.days_late(TODAY) == 0
    assert one.days_late(TODAY + dt.timedelta(days=1)) == 1


def test_an_undated_request_counts_for_no_step():
    asked = [request(asked_on=None, for_step="HR1.who_works_here")]
    found = say(requests=asked)["requests"]
    assert "Log your first request" in found.empty
    assert "counts for no step" in found.flags[0].reason
    assert not open_requests(asked, TODAY)


def test_a_step_is_requested_until_its_data_are_received():
    step = "HR1.who_works_here"
    for status in ("asked", "refused", "not available"):
        assert open_requests([request(for_step=step, status=status)], TODAY)[step].status == status
    assert not open_requests([request(for_step=step, status="received")], TODAY)
    assert not open_requests([request(for_step=step, got_on="2026-11-20")], TODAY)


def test_the_latest_open_request_stands_for_its_step():
    first, second = request(for_step="PM1.fields"), request(for_step="PM1.fields", asked_on="2026-11-10", what="Again")
    assert open_requests([second, first], TODAY)["PM1.fields"].what == "Again"


def test_steps_are_given_for_one_outcome():
    rows = [request(for_step="HR1.who_works_here"), request(for_step="CHARTER.residents"), request()]
    assert requested_steps(rows, "HR1", today=TODAY) == {"who_works_here"}
    assert requested_steps(rows, "PM2", today=TODAY) == frozenset()


def test_rows_of_a_frame_read_like_stored_ones():
    stored = request(expected_on="2026-12-01")
    read = read_request({**stored, "asked_on": pd.Timestamp("2026-11-02"), "expected_on": dt.date(2026, 12, 1), "got_on": pd.NaT})
    assert read == read_request(stored)
    assert read_request({**stored, "asked_on": "soon"}) is None


def test_a_field_nobody_described_is_neither_yes_nor_no():
    found = say(datasets=[data_set()], fields=[field("D1", "language", n_asked=90, n_usable=90)], measures=[named(dataset_id="D1")])
    table = found["measure_link"].table
    assert table is not None
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert (row["Language"], row["Disability"], row["Linked"]) == ("yes", "—", "yes")
