"""What the lock button would lock."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from equitybook.outcomes.performance_management.metrics.measure import Baseline, baseline_of
from equitybook.outcomes.performance_management.metrics.measure.baseline import period_of
from tests.outcomes.metrics.town import DAYS, SHARE, year


def test_the_newest_value_for_everybody_is_divided_and_told_in_percent():
    rows = [
        year("M1", 2025, numerator=151, denominator=203),
        year("M1", 2026, numerator=162, denominator=212),
        year("M1", 2026, "HISP", numerator=28, denominator=46),
        year("M9", 2027, numerator=1, denominator=2),
    ]
    found = baseline_of(SHARE, rows)
    assert isinstance(found, Baseline)
    assert found.value == pytest.approx(100 * 162 / 212)
    assert (found.n, found.period) == (212, "July 2025 to June 2026")


def test_a_median_is_taken_as_typed_with_the_people_behind_it():
    assert baseline_of(DAYS, [year("M2", 2026, value=31, denominator=46)]) == Baseline(31, 46, "July 2025 to June 2026")
    assert baseline_of(DAYS, [year("M2", 2026, value=31)]) == Baseline(31, None, "July 2025 to June 2026")


def test_a_mean_is_divided_and_not_made_a_percentage():
    found = baseline_of(DAYS, [year("M2", 2026, numerator=1426, denominator=46)])
    assert found == Baseline(31, 46, "July 2025 to June 2026")


def test_a_count_is_counted():
    counted = {**SHARE, "unit": "count"}
    assert baseline_of(counted, [year("M1", 2026, numerator=14)]) == Baseline(14, None, "July 2025 to June 2026")


def test_stored_rows_and_typed_rows_give_the_same():
    stored = year("M2", 2026, value=31, denominator=46)
    typed = {**stored, "period_start": pd.Timestamp("2025-07-01"), "period_end": dt.date(2026, 6, 30), "value": 31.0}
    assert baseline_of(DAYS, [stored]) == baseline_of(DAYS, [typed])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "no value of M1 for everybody"),
        ([year("M1", 2026, "HISP", numerator=1, denominator=2)], "no value of M1 for everybody"),
        ([{**year("M1", 2026, value=3), "period_end": "some day"}], "no period that runs forwards"),
        ([{**year("M1", 2026, value=3), "period_end": "2020-01-01"}], "no period that runs forwards"),
        ([year("M1", 2026, numerator=0, denominator=0)], "no value for July 2025 to June 2026"),
        ([year("M1", 2026, numerator=5, denominator=4)], "no value for July 2025 to June 2026"),
        ([year("M1", 2026, numerator="<5", denominator=40)], "no value for July 2025 to June 2026"),
    ],
)
def test_where_there_is_none_a_sentence_says_why(rows, words):
    found = baseline_of(SHARE, rows)
    assert isinstance(found, str)
    assert words in found


def test_nobody_counted_of_many_is_a_real_nothing():
    assert baseline_of(SHARE, [year("M1", 2026, numerator=0, denominator=40)]).value == 0


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2025-07-01", "2026-06-30", "July 2025 to June 2026"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2025-10-01", "2025-12-31", "October 2025 to December 2025"),
        ("2025-10-03", "2025-12-31", "3 October 2025 to 31 December 2025"),
    ],
)
def test_a_period_is_told_as_people_say_it(start, end, words):
    assert period_of({"period_start": start, "period_end": end}).words == words
