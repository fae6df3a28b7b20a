"""What the measures' table asks about targets, baselines and plans."""

from __future__ import annotations

import pytest

from equitybook.charter.tables import Measures
from equitybook.codebook.check import check_table

MEASURE = {"measure_id": "M1", "name": "Complete at first", "unit": "pct", "direction": "DOWN", "baseline_value": 24}
AIMED = {**MEASURE, "target_value": 15, "target_rationale": "trend"}
KEEP = {**AIMED, "direction": "MAINTAIN", "baseline_value": 60, "target_value": 60, "tolerance": 5}


def said(row: dict, field: str) -> list[str]:
    return [one.text for one in check_table(Measures.table, [("one", row)]) if one.field == field]


def test_a_target_typed_as_a_share_is_asked_about():
    [asked] = said({**AIMED, "target_value": 0.15}, "target_value")
    assert asked.endswith("0.15 is less than one percent. If you mean 15 %, enter 15.")
    [found] = [
        one for one in check_table(Measures.table, [("one", {**AIMED, "target_value": 0.15})]) if one.field == "target_value"
    ]
    assert found.suggestion == "15", "one press puts it right"
    assert said({**AIMED, "target_value": 0.15, "baseline_value": None}, "target_value")
    assert said(AIMED, "target_value") == []


@pytest.mark.parametrize(("target", "baseline"), [(0.8, 1.2), (0.5, 4), (0.4, 0.9)])
def test_a_small_percentage_beside_a_small_baseline_is_a_percentage(target, baseline):
    assert said({**AIMED, "target_value": target, "baseline_value": baseline}, "target_value") == []


def test_a_share_of_another_unit_is_what_it_is():
    assert said({**AIMED, "unit": "ratio", "target_value": 0.15}, "target_value") == []


def test_a_measure_to_keep_has_its_baseline_for_a_target():
    assert said(KEEP, "target_value") == []
    [asked] = said({**KEEP, "target_value": 40}, "target_value")
    assert "should stay where it is, at 60, but the target is 40" in asked
    assert said({**KEEP, "target_value": None}, "target_value") == []


def test_a_baseline_with_more_digits_than_anybody_types_is_the_target_as_it_reads():
    computed = {**KEEP, "baseline_value": 100 * 34 / 46, "target_value": 73.9}
    for direction in ("MAINTAIN", "UP", "DOWN"):
        assert said({**computed, "direction": direction}, "target_value") == []


def test_a_measure_to_keep_is_asked_for_its_tolerance_once_it_aims_at_something():
    assert "how far it may move" in said({**KEEP, "tolerance": None}, "tolerance")[0]
    assert said({**KEEP, "tolerance": None, "target_value": None, "baseline_locked_on": "2026-12-05"}, "tolerance")
    assert said({"measure_id": "M1", "direction": "MAINTAIN"}, "tolerance") == []
    assert said({**AIMED, "tolerance": None}, "tolerance") == []


def test_a_plan_needs_a_day_and_a_day_a_plan_until_the_baseline_is_locked():
    plan, day = {"baseline_plan": "From the January log"}, {"baseline_due": "2027-01-10"}
    assert "needs its day" in said({**MEASURE, **plan}, "baseline_due")[0]
    assert "no plan" in said({**MEASURE, **day}, "baseline_plan")[0]
    for settled in ({**plan, **day}, {**plan, "baseline_locked_on": "2026-12-05"}, {**plan, "retired_on": "2026-12-05"}):
        assert said({**MEASURE, **settled}, "baseline_due") == []


def test_a_heading_of_an_older_spreadsheet_is_still_known():
    assert "No baseline yet? When?" in Measures.table.column("baseline_plan").also
