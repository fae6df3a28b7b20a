from __future__ import annotations

import pytest

from equitybook.codebook import check_table
from equitybook.outcomes import table
from tests.outcomes.metrics.town import year

VALUES = table("pm2_values")


def said(*rows: dict, unit: str = "") -> list[str]:
    measures = [{"measure_id": "M1", "unit": unit}]
    found = check_table(VALUES, [(f"r{at}", row) for at, row in enumerate(rows)], read={"measures": measures}.__getitem__)
    return [one.text for one in found]


def test_a_row_that_fits_says_nothing():
    assert said(year("M1", 2026, numerator=162, denominator=212), year("M1", 2025, value=31, denominator=46)) == []


def test_a_period_that_ends_before_it_starts_is_named():
    backwards = {**year("M1", 2026, value=3), "period_end": "2024-06-30"}
    assert "The period ends (2024-06-30) before it starts (2025-07-01)" in said(backwards)[0]


def test_a_division_and_a_value_are_not_entered_together():
    assert "Leave the value empty" in said(year("M1", 2026, numerator=3, denominator=4, value=75))[0]


def test_a_denominator_alone_asks_for_what_was_counted():
    assert "without a number that was counted" in said(year("M1", 2026, denominator=4))[0]


def test_nobody_to_count_among_is_no_value_and_not_nothing():
    assert "is not 0" in said(year("M1", 2026, numerator=0, denominator=0))[0]


def test_the_same_period_and_group_twice_is_named_with_both_rows():
    assert "Row 2 repeats row 1" in said(year("M1", 2026, "East side", value=1), year("M1", 2026, "east Side", value=2))[0]


def test_periods_of_one_measure_do_not_overlap():
    half = {**year("M1", 2026, value=3), "period_start": "2026-01-01"}
    assert "Some people would be counted in both" in said(year("M1", 2026, value=4), half)[0]
    assert said(year("M1", 2026, value=4), {**half, "measure_id": "M2"}) == []


def test_a_group_is_not_larger_than_everybody():
    found = said(year("M1", 2026, numerator=10, denominator=20), year("M1", 2026, "HISP", numerator=11, denominator=30))
    assert "11 counted in this group is more than 10 for everybody" in found[0]
    assert "30 out of in this group is more than 20" in found[1]


def test_a_number_below_nothing_is_kept_and_named():
    assert "below 0" in said(year("M1", 2026, numerator=-1, denominator=4))[0]


def test_a_percentage_counts_no_more_than_it_is_out_of_and_a_sum_of_days_may():
    row = year("M1", 2026, numerator=30, denominator=20)
    assert said(row, unit="pct") == ["Row 1: 30 are counted out of 20. A percentage counts no more than it is out of."]
    assert said(row, unit="days") == []


@pytest.mark.parametrize(
    ("unit", "numbers", "times"),
    [
        ("count", {"numerator": 14.5}, 1),
        ("count", {"value": 14.5}, 1),
        ("count", {"numerator": 14.5, "denominator": 20.5}, 2),
        ("pct", {"numerator": 14.5, "denominator": 20}, 1),
        ("pct", {"numerator": 14, "denominator": 96.4}, 0),
        ("dollars", {"numerator": 1200.5, "denominator": 20}, 0),
        ("score", {"value": 3.4, "denominator": 20}, 0),
    ],
)
def test_people_and_cases_are_counted_in_whole_numbers(unit, numbers, times):
    assert sum("whole number" in one for one in said(year("M1", 2026, **numbers), unit=unit)) == times


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.45, "If you mean 45 %, enter 45."),
        (145, "145 is no percentage between 0 and 100."),
        (-3, "-3 is no percentage"),
        (45, ""),
        (0, ""),
        (1, ""),
    ],
)
def test_a_percentage_typed_as_a_share_or_beyond_the_whole_is_asked_about(value, words):
    found = said(year("M1", 2026, value=value, denominator=20), unit="pct")
    assert [words in one for one in found] == ([True] if words else [])
    assert not any("percent" in one.lower() for one in said(year("M1", 2026, value=value, denominator=20), unit="days"))


def test_a_small_percentage_of_a_measure_that_is_small_is_no_share():
    rates = [year("M1", 2026, value=0.6, denominator=900), year("M1", 2025, value=1.4, denominator=900)]
    assert said(*rates, unit="pct") == []
    [found] = said(year("M1", 2026, value=0.45, denominator=900), year("M1", 2025, numerator=380, denominator=900), unit="pct")
    assert "If you mean 45 %" in found, "the year before was 42 %"


def test_a_percentage_typed_as_a_share_is_put_right_by_one_press():
    row = year("M1", 2026, value=0.07, denominator=20)
    [found] = check_table(VALUES, [("r1", row)], read=lambda _: [{"measure_id": "M1", "unit": "pct"}])
    assert (found.row, found.field, found.suggestion) == ("r1", "value", "7")


def test_the_cell_is_named_and_a_measure_nobody_knows_is_left_alone():
    [one] = check_table(
        VALUES, [("r7", year("M1", 2026, numerator=30, denominator=20))], read=lambda _: [{"measure_id": "M1", "unit": "pct"}]
    )
    assert (one.row, one.field) == ("r7", "numerator")
    assert said(year("M9", 2026, numerator=30, denominator=20), unit="pct") == []
