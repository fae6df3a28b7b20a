from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equitybook.codebook.check import check_row
from equitybook.findings import TOTAL
from equitybook.flags import Flag
from equitybook.outcomes import registry
from equitybook.outcomes.performance_management.metrics.present.compared import OTHERS_AND_UNKNOWN
from equitybook.statistics.comparison import against_figure, fisher
from tests.outcomes.metrics.town import DAYS, SHARE, findings, measure, row, say, year

WORKED = [year("M1", 2026, numerator=15, denominator=60), year("M1", 2026, "HISP", numerator=3, denominator=20)]
"""3 of 20 against 12 of 40: the worked example of the comparison's vectors."""


def test_a_share_is_its_numerator_over_its_denominator_with_wilsons_interval():
    found = say(measures=[SHARE], pm2_values=WORKED)["PM2.values"]
    assert row(found, "Everybody")[4] == "25.0 %"
    assert row(found, "Hispanic or Latino")[4:7] == ("15.0 %", "5.2–36.0 %", "20")


def test_the_gap_is_against_everybody_else_with_both_ratios():
    found = say(measures=[SHARE], pm2_values=WORKED)["PM2.gaps"]
    assert row(found, "Hispanic or Latino")[5:] == (OTHERS_AND_UNKNOWN, "30.0 %", "−15.0 points", "0.50", "1.21")
    assert "15.0 points apart" in found.sentence
    assert "between 5.2 % and 36 %" in found.chart.alt


def test_a_difference_chance_may_explain_is_no_signal():
    found = say(measures=[SHARE], pm2_values=WORKED)["PM2.gaps"]
    assert [one.flag for one in found.flags] == [Flag.NO_SIGNAL]
    assert fisher((3, 20), (12, 40)) == pytest.approx(0.3431, abs=5e-5)


def test_a_difference_beyond_chance_says_look_closer():
    rows = [year("M1", 2026, numerator=150, denominator=600), year("M1", 2026, "HISP", numerator=30, denominator=200)]
    [flag] = say(measures=[SHARE], pm2_values=rows)["PM2.gaps"].flags
    assert (flag.flag, flag.n, flag.value, flag.reference) == (Flag.LOOK_CLOSER, 200, 15, 30)


def test_a_higher_share_of_something_bad_is_the_worse_one():
    down = {**SHARE, "direction": "DOWN"}
    rows = [year("M1", 2026, numerator=150, denominator=600), year("M1", 2026, "HISP", numerator=30, denominator=200)]
    assert [one.flag for one in say(measures=[down], pm2_values=rows)["PM2.gaps"].flags] == [Flag.NO_SIGNAL]


def test_fewer_than_ten_people_have_no_rate_and_no_gap():
    rows = [year("M1", 2026, numerator=20, denominator=60), year("M1", 2026, "HISP", numerator=3, denominator=9)]
    found = say(measures=[SHARE], pm2_values=rows)
    assert row(found["PM2.values"], "Hispanic or Latino")[4] == "—"
    assert "Hispanic" not in found["PM2.values"].chart.alt
    assert "ten people or more" in found["PM2.gaps"].empty


def test_a_tiny_group_with_a_perfect_record_is_not_the_reference():
    best = {**SHARE, "reference_group": "BEST"}
    rows = [
        year("M1", 2026, numerator=80, denominator=132),
        year("M1", 2026, "BLACK", numerator=12, denominator=12),
        year("M1", 2026, "WHITE", numerator=45, denominator=60),
        year("M1", 2026, "HISP", numerator=23, denominator=60),
    ]
    found = say(measures=[best], pm2_values=rows)["PM2.gaps"]
    assert row(found, "Hispanic or Latino")[5] == "White"
    assert not [one for one in found.table.rows if one[1] == "White"]


def test_people_whose_group_is_not_known_are_on_neither_side():
    rows = [
        year("M1", 2026, numerator=50, denominator=100),
        year("M1", 2026, "HISP", numerator=10, denominator=30),
        year("M1", 2026, "UNK", numerator=12, denominator=20),
    ]
    found = say(measures=[SHARE], pm2_values=rows)["PM2.gaps"]
    assert row(found, "Hispanic or Latino")[6] == "56.0 %", "28 of 50, not 40 of 70"
    assert any("race of 20 % of people is not known" in one for one in found.notices)


def test_where_more_than_a_quarter_are_unknown_nothing_is_compared_by_race():
    rows = [
        year("M1", 2026, numerator=50, denominator=100),
        year("M1", 2026, "HISP", numerator=10, denominator=30),
        year("M1", 2026, "UNK", numerator=12, denominator=26),
        year("M1", 2026, "F", numerator=20, denominator=50),
    ]
    found = say(measures=[SHARE], pm2_values=rows)["PM2.gaps"]
    assert [one[1] for one in found.table.rows] == ["Female"]
    assert any("nothing is compared by race" in one for one in found.notices)


def test_a_median_stands_beside_everybody_because_the_rest_cannot_be_worked_out():
    rows = [year("M2", 2026, value=20, denominator=100), year("M2", 2026, "Applied in Spanish", value=31, denominator=46)]
    found = say(measures=[DAYS], pm2_values=rows)["PM2.gaps"]
    assert row(found, "Applied in Spanish")[5:] == ("everybody, this group included", "20 days", "+11 days", "1.55", "—")
    assert found.chart is None


def test_two_points_are_not_a_trend_and_three_are_told():
    two = [year("M2", 2025, value=40), year("M2", 2026, value=31)]
    assert "Days to a permit: two points are not a trend." in say(measures=[DAYS], pm2_values=two)["PM2.values"].notices
    three = [year("M2", 2024, value=43), *two]
    told = " ".join(say(measures=[DAYS], pm2_values=three)["PM2.values"].notices)
    assert "over 3 periods it fell by 12 days, the way you want, in every period" in told
    assert "not a trend" not in told


def test_a_measure_defined_anew_shows_its_old_values_apart_from_its_own():
    old = {**DAYS, "measure_id": "M5", "retired_on": "2027-01-15"}  # the day somebody pressed the button
    new = {**DAYS, "replaces": "M5"}
    rows = [year("M5", 2024, value=60), year("M5", 2025, value=58), year("M2", 2026, value=31)]
    found = say(measures=[old, new], pm2_values=rows)["PM2.values"]
    assert "Counted anew from Jul 2025 (dotted)" in found.chart.alt
    assert "Before it was defined anew: 60 days" in found.chart.alt
    assert [one[2] for one in found.table.rows] == ["31 days (Jun 2026)"]
    assert "trend" not in " ".join(found.notices)


def test_a_locked_baseline_is_drawn_and_later_values_are_held_against_it():
    locked = {
        **DAYS,
        "baseline_value": 43,
        "baseline_n": 39,
        "baseline_period": "July 2023 to June 2024",
        "baseline_locked_on": "2026-12-05",
    }
    rows = [year("M2", 2024, value=43, denominator=39), year("M2", 2026, value=31, denominator=46)]
    found = say(measures=[locked], pm2_values=rows)["PM2.values"]
    assert row(found, "Everybody")[7] == "−12 days"
    assert "Baseline 43 days (dashed line)" in found.chart.alt


def test_a_revised_percentage_is_told_as_it_was_locked():
    # 75 % of 46 are 34.5 people, which nobody can count; 34 of 46 would be 73.9 %.
    locked = {
        **SHARE,
        "baseline_value": 75,
        "baseline_n": 46,
        "baseline_period": "July 2024 to June 2025",
        "baseline_locked_on": "2026-12-05",
    }
    rows = [year("M1", 2025, numerator=34, denominator=46), year("M1", 2026, numerator=80, denominator=100)]
    found = say(measures=[locked], pm2_values=rows)["PM2.values"]
    assert "Baseline 75 % (dashed line)" in found.chart.alt
    assert row(found, "Everybody")[7] == "+5.0 points"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=5))
def test_groups_and_the_rest_add_up_to_everybody(pairs):
    codes = ["HISP", "WHITE", "BLACK", "ASIAN", "TWO"][: len(pairs)]
    rows = [year("M1", 2026, numerator=sum(a for a, _ in pairs) + 7, denominator=sum(a + b for a, b in pairs) + 12)]
    rows += [year("M1", 2026, code, numerator=a, denominator=a + b) for code, (a, b) in zip(codes, pairs, strict=True)]
    table = measure(measures=[SHARE], pm2_values=rows).counts["M1.0.race"]
    for column in ("IN", "NOT_IN", TOTAL):
        assert sum(table.at(code, column) for code in table.row_codes()) == table.at(column=column)
    assert table.at("UNK" if len(pairs) > 1 else "REST") == 12


@settings(max_examples=25, deadline=None)
@given(st.integers(10, 60), st.integers(10, 60), st.data())
def test_two_groups_that_are_everybody_have_the_same_gap_with_opposite_signs(first, second, data):
    one, other = data.draw(st.integers(0, first)), data.draw(st.integers(0, second))
    rows = [
        year("M1", 2026, numerator=one + other, denominator=first + second),
        year("M1", 2026, "F", numerator=one, denominator=first),
        year("M1", 2026, "M", numerator=other, denominator=second),
    ]
    found = findings(measure(measures=[SHARE], pm2_values=rows))["PM2.gaps"]
    gaps = [line[7].removesuffix(" points").replace("−", "-") for line in found.table.rows]
    assert float(gaps[0]) == pytest.approx(-float(gaps[1]))


@pytest.mark.parametrize(
    "rows",
    [
        [year("M1", 2026, "HISP", numerator=10, denominator=30)],
        [
            year("M1", 2026, numerator=50, denominator=100),
            *(year("M1", 2026, one, numerator=20, denominator=60) for one in ("HISP", "WHITE")),
        ],
    ],
)
def test_groups_that_do_not_fit_into_everybody_are_said_to_stay_with_the_town(rows):
    found = say(measures=[SHARE], pm2_values=rows)["PM2.values"]
    assert row(found, "Hispanic or Latino")[4] == "33.3 %"
    assert any("race or ethnicity: add the row for everybody" in one for one in found.notices)
    assert "M1.0.race" not in measure(measures=[SHARE], pm2_values=rows).counts


PUBLISHED = {"reference_group": "BENCHMARK", "reference_value": 40, "reference_source": "County clerk, report of 2025"}


def test_a_published_figure_is_the_reference_with_the_exact_test_against_it():
    rows = [year("M1", 2026, numerator=15, denominator=60), year("M1", 2026, "HISP", numerator=3, denominator=20)]
    found = say(measures=[{**SHARE, **PUBLISHED}], pm2_values=rows)["PM2.gaps"]
    assert row(found, "Hispanic or Latino")[5:] == ("the published figure", "40.0 %", "−25.0 points", "0.38", "1.42")
    assert any("a published figure of 40.0 % (County clerk, report of 2025)" in one for one in found.notices)
    # P(X ≤ 3 | 20, .4) = .01596, and P(X ≥ 14) = .00647 is the upper tail of what is no likelier than 3; 13 is likelier.
    assert against_figure((3, 20), 0.4) == pytest.approx(0.01596 + 0.00647, abs=5e-5)
    assert [one.flag for one in found.flags] == [Flag.LOOK_CLOSER]


def test_a_median_stands_beside_the_published_one():
    rows = [year("M2", 2026, value=20, denominator=100), year("M2", 2026, "Applied in Spanish", value=31, denominator=46)]
    found = say(measures=[{**DAYS, **PUBLISHED, "reference_value": 15}], pm2_values=rows)["PM2.gaps"]
    assert row(found, "Applied in Spanish")[5:8] == ("the published figure", "15 days", "+16 days")


def test_without_its_figure_the_reference_is_everybody_else_and_the_page_says_so():
    without = {**SHARE, "reference_group": "BENCHMARK"}
    found = say(measures=[without], pm2_values=WORKED)["PM2.gaps"]
    assert row(found, "Hispanic or Latino")[5] == OTHERS_AND_UNKNOWN
    assert any("no published figure that can be used" in one for one in found.notices)


def test_a_share_typed_as_a_published_percentage_is_asked_about():
    found = check_row(registry.table("measures"), {**SHARE, **PUBLISHED, "reference_value": 0.4}).found
    [said] = [one.text for _, one in found if one.field == "reference_value"]
    assert said.endswith("0.4 is less than one percent. If you mean 40 %, enter 40.")


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_the_binomial_test_is_certain_of_what_is_expected_and_none_of_nobody(share: float):
    assert against_figure((round(20 * share), 20), share) == 1
    assert against_figure((0, 0), share) is None
