"""Whatever disclosure takes away, no finding gives back."""

from __future__ import annotations

import importlib
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equitybook.disclosure import Tier, release
from equitybook.findings import Chart
from equitybook.outcomes.performance_management.metrics import present
from tests.outcomes.metrics.town import DAYS, PM2, SHARE, everything_said, example, findings, measure, year

BUILDERS = {"values": "run_chart", "gaps": "dumbbell"}


@pytest.fixture(scope="module", autouse=True)
def undrawn():
    """Keep what a chart is made of and leave out the drawing, which takes most of the time and adds no number."""
    with pytest.MonkeyPatch.context() as patch:
        for name, builder in BUILDERS.items():
            module = importlib.import_module(f"{present.__name__}.{name}")
            patch.setattr(module, builder, lambda rows, **words: Chart({"rows": repr(rows)}, repr(words)))
        yield


LOCKED = {"baseline_period": "July 2025 to June 2026", "baseline_locked_on": "2026-12-05"}
RATIO = {**SHARE, "unit": "ratio"}
FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
OUTSIDE = pytest.mark.parametrize("tier", [Tier.T2, Tier.T3])


def released(measured, tier: Tier) -> dict:
    return {one.id: one for one in release(measured, PM2.present, tier).findings}


def said(found: dict) -> str:
    return "\n".join(everything_said(one) for one in found.values())


@OUTSIDE
def test_the_worked_example_is_released_whole_findings_and_all(tier):
    found = released(measure(**example()), tier)
    assert list(found) == ["PM2.cards", "PM2.quadrants", "PM2.values", "PM2.gaps", "PM2.story", "PM2.targets"]
    for one in found.values():
        assert one.empty or (one.sentence and one.table)
        cells = [cell for line in one.table.rows for cell in line] if one.table else []
        assert not re.search(r"\b(None|nan|inf)\b", " ".join((one.sentence, *one.notices, *cells)))


@OUTSIDE
def test_a_small_group_has_no_value_and_no_gap_outside_the_town(tier):
    rows = [year("M1", 2026, numerator=60, denominator=90), year("M1", 2026, "NHPI", numerator=9, denominator=11)]
    inside = findings(measure(measures=[SHARE], pm2_values=rows))
    assert "Native Hawaiian" in said(inside)
    assert "Native Hawaiian" not in said(released(measure(measures=[SHARE], pm2_values=rows), tier)), "two were not counted"


@OUTSIDE
def test_a_small_number_counted_hides_everybodys_share_too(tier):
    rows = [year("M1", 2026, numerator=3, denominator=90)]
    found = released(measure(measures=[SHARE], pm2_values=rows), tier)["PM2.values"]
    assert "3.3" not in everything_said(found)
    assert found.empty


@OUTSIDE
def test_a_groups_value_without_its_people_stays_with_the_town(tier):
    rows = [year("M2", 2026, value=20, denominator=100), year("M2", 2026, "Applied in Spanish", value=31)]
    assert "31 days" in said(findings(measure(measures=[DAYS], pm2_values=rows)))
    assert "31 days" not in said(released(measure(measures=[DAYS], pm2_values=rows), tier))


@OUTSIDE
@pytest.mark.parametrize(
    ("measured", "words"),
    [
        (measure(measures=[DAYS], pm2_values=[year("M2", 2026, value=31)]), "31 days"),
        (measure(measures=[SHARE], pm2_values=[year("M1", 2026, value=33.3)]), "33.3 %"),
        (measure(measures=[SHARE], pm2_values=[year("M1", 2026, value=33.3, denominator=3)]), "33.3 %"),
        (measure(measures=[SHARE], pm2_values=[year("M1", 2026, numerator=7, denominator=7)]), "100.0 %"),
        (measure(measures=[SHARE], pm2_values=[year("M1", 2026, value=3.3, denominator=30)]), "3.3 %"),
        (measure(measures=[RATIO], pm2_values=[year("M1", 2026, numerator=3, denominator=40)]), "0.07"),
        (
            measure(
                measures=[{**DAYS, **LOCKED, "baseline_value": 43, "target_value": 30}],
                pm2_values=[year("M2", 2026, value=31, denominator=46)],
            ),
            "43 days",
        ),
    ],
    ids=[
        "a median of nobody knows how many",
        "a share of nobody knows of how many",
        "of three",
        "seven of seven",
        "one of thirty",
        "three to forty",
        "a baseline",
    ],
)
def test_a_value_of_too_few_or_of_nobody_knows_how_many_stays_with_the_town(measured, words, tier):
    assert words in said(findings(measured))
    assert words not in said(released(measured, tier))


def test_a_ratio_that_is_no_part_of_a_whole_is_shown_with_those_it_is_for():
    rows = [year("M1", 2026, numerator=30, denominator=40), year("M1", 2026, "East side", numerator=28, denominator=20)]
    outside = said(released(measure(measures=[RATIO], pm2_values=rows), Tier.T2))
    assert "0.75" in outside
    assert "1.40" in outside


def test_the_town_is_told_why_nobody_outside_sees_a_value():
    said_of = findings(measure(measures=[DAYS], pm2_values=[year("M2", 2026, value=31)]))["PM2.values"].notices
    assert any("how many people stand behind its values" in one for one in said_of)


@FEW
@given(st.integers(1, 60), st.data(), st.sampled_from([Tier.T2, Tier.T3]))
def test_a_percentage_typed_as_such_is_shown_to_whom_its_counts_are_shown(whole, data, tier):
    part = data.draw(st.integers(0, whole))
    divided = measure(measures=[SHARE], pm2_values=[year("M1", 2026, numerator=part, denominator=whole)])
    typed = measure(measures=[SHARE], pm2_values=[year("M1", 2026, value=100 * part / whole, denominator=whole)])
    assert said(released(typed, tier)) == said(released(divided, tier))


@OUTSIDE
def test_a_locked_baseline_of_few_is_not_told_though_its_period_is_hidden(tier):
    locked = {**SHARE, **LOCKED, "baseline_value": 4.0, "baseline_n": 50}
    aimed = {**locked, "target_value": 9, "target_date": "2028-06-30"}
    measured = measure(measures=[aimed], pm2_values=[year("M1", 2026, numerator=2, denominator=50)])
    assert "4.0 %" in said(findings(measured))
    assert "4.0 %" not in said(released(measured, tier))


def test_the_public_reads_no_word_of_the_town():
    records = example()
    found = said(released(measure(**records), Tier.T3))
    typed = [
        str(one.get(name)) for one in records["measures"] for name in ("name", "numerator_def", "target_note", "baseline_plan")
    ]
    typed += [one["cause"] for one in records["story"]] + ["Applied in Spanish", "Permit log", "Reply cards"]
    for words in typed:
        assert words == "None" or words not in found


def test_a_code_that_is_a_word_is_not_told_either():
    named = {**SHARE, "measure_id": "Maria's number"}
    measured = measure(
        measures=[named], pm2_values=[{**year("x", 2026, numerator=40, denominator=90), "measure_id": "Maria's number"}]
    )
    assert "44.4 %" in said(released(measured, Tier.T3))
    assert "Maria" not in said(released(measured, Tier.T3))


@FEW
@given(st.data())
def test_any_cell_may_be_hidden_and_every_finding_still_speaks(data):
    town = measure(**example())
    places = [(name, at) for name, table in town.counts.items() for at in table.cells]
    share = data.draw(st.sampled_from([0.05, 0.3, 0.7, 1.0]))
    gone = set(data.draw(st.randoms()).sample(places, int(share * len(places))))
    counts = {
        name: replace(table, cells={at: None if (name, at) in gone else n for at, n in table.cells.items()})
        for name, table in town.counts.items()
    }
    words = data.draw(st.sampled_from([town.words, {}]))
    for one in PM2.present(replace(town, counts=counts, words=words)):
        assert one.empty or (one.sentence and one.table), one.id
        cells = [cell for line in one.table.rows for cell in line] if one.table else []
        assert not re.search(r"\b(None|nan|inf)\b", " ".join((one.sentence, *one.notices, *cells)))


@FEW
@given(
    st.sampled_from([("HISP", ""), ("BLACK", ""), ("DISABLED", ""), ("Applied in Spanish", "Applied in English")]),
    st.sampled_from(["M2", "M3"]),
)
def test_changing_one_person_changes_nothing_once_what_differs_is_hidden(pair, code):
    records = example()
    change = {pair[0]: -1, pair[1]: 1}
    changed = [
        {**one, "numerator": one["numerator"] + change[one["group"]]}
        if one["measure_id"] == code and one["group"] in change
        else one
        for one in records["pm2_values"]
    ]
    first, second = measure(**records), measure(**{**records, "pm2_values": changed})
    differ = {
        (name, at) for name, table in first.counts.items() for at, n in table.cells.items() if second.counts[name].cells[at] != n
    }

    def hidden(measured):
        counts = {
            name: replace(table, cells={at: None if (name, at) in differ else n for at, n in table.cells.items()})
            for name, table in measured.counts.items()
        }
        return [everything_said(one) for one in PM2.present(replace(measured, counts=counts))]

    assert hidden(first) == hidden(second)
    assert first.facts == second.facts, "facts say nothing about anybody"


@pytest.mark.parametrize(("promised", "seen"), [(None, True), ("5", True), ("10", False), ("11", False), ("about ten", False)])
def test_a_group_below_what_the_measure_promised_stays_in_the_town(promised, seen):
    counted = {**SHARE, "unit": "count", "suppression_min": promised}
    rows = [year("M1", 2026, value=60), year("M1", 2026, "NHPI", value=7), year("M1", 2026, "BLACK", value=20)]
    measured = measure(measures=[counted], pm2_values=rows)
    assert "Native Hawaiian" in said(findings(measured))
    assert ("Native Hawaiian" in said(released(measured, Tier.T2))) is seen
