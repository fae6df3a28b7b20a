from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitybook.statistics import Status, expected, gap_abs, held, progress, ratio_adv, ratio_fav, stale, status, status_of_held
from equitybook.statistics.exact import fraction

SHARES = st.integers(0, 100).map(lambda hundredths: hundredths / 100)
LEVELS = st.integers(-500, 500).map(lambda tenths: tenths / 10)


def test_progress_of_the_worked_examples():
    assert progress(40, 30, 20) == Fraction(1, 2)
    assert progress(10, 10, 10) is None
    assert float(progress(5, 3, 20)) == pytest.approx(-0.133, abs=5e-4)


def test_progress_is_not_clipped_at_either_end():
    assert progress(40, 10, 20) == Fraction(3, 2)
    assert progress(40, 50, 20) == Fraction(-1, 2)


@given(LEVELS, LEVELS, LEVELS)
def test_progress_is_the_same_for_a_measure_turned_upside_down(baseline, current, target):
    assert progress(baseline, current, target) == progress(-baseline, -current, -target)


@given(LEVELS, LEVELS)
def test_progress_begins_at_nothing_and_ends_at_one(baseline, target):
    if baseline != target:
        assert progress(baseline, baseline, target) == 0
        assert progress(baseline, target, target) == 1


def test_a_target_equal_to_the_baseline_is_held_within_its_tolerance():
    assert held(10, 12, 2)
    assert held(0.3, 0.1, 0.2), "0.3 − 0.1 is 0.19999999999999998 in floating point, and 0.2 here"
    assert not held(10, 12.1, 2)
    assert status_of_held(10, 12, 2) is Status.GREEN
    assert status_of_held(10, 7, 2) is Status.RED
    assert status_of_held(10, 10, None) is Status.GREY


def test_what_is_expected_runs_from_nothing_to_all_and_stops_there():
    start, end = dt.date(2026, 7, 1), dt.date(2027, 7, 1)
    assert expected(start, end, dt.date(2026, 7, 1)) == 0
    assert float(expected(start, end, dt.date(2027, 1, 1))) == pytest.approx(184 / 365)
    assert expected(start, end, dt.date(2026, 1, 1)) == 0
    assert expected(start, end, dt.date(2029, 1, 1)) == 1
    assert expected(end, start, start) is None


def test_exactly_ten_points_behind_is_green_and_thirty_is_amber():
    assert 0.8 - 0.7 > 0.1, "floating point would say more than ten points"
    assert status(0.7, 0.8) is Status.GREEN
    assert status(0.69, 0.8) is Status.AMBER
    assert status(0.5, 0.8) is Status.AMBER
    assert status(0.49, 0.8) is Status.RED
    assert status(None, 0.8) is Status.GREY
    assert status(0.5, None) is Status.GREY


def test_a_value_is_stale_after_one_and_a_half_of_its_cycles():
    assert not stale(dt.date(2026, 6, 30), dt.date(2026, 11, 13), "quarterly")
    assert stale(dt.date(2026, 6, 30), dt.date(2026, 11, 15), "quarterly")
    assert not stale(dt.date(2020, 1, 1), dt.date(2026, 1, 1), "now and then")


def test_two_against_four_percent_is_half_and_nearly_the_same():
    assert 100 * gap_abs(0.02, 0.04) == -2
    assert ratio_fav(0.02, 0.04) == Fraction(1, 2)
    assert float(ratio_adv(0.02, 0.04)) == pytest.approx(0.98 / 0.96)


def test_a_ratio_to_nothing_is_not_a_number():
    assert ratio_fav(0.1, 0) is None
    assert ratio_adv(0.9, 1) is None
    assert ratio_fav(0, 0.1) == 0


@given(SHARES, SHARES)
def test_counting_the_opposite_exchanges_the_two_ratios(share, reference):
    own, other = 1 - fraction(share), 1 - fraction(reference)
    assert ratio_fav(own, other) == ratio_adv(share, reference)
    assert gap_abs(own, other) == -gap_abs(share, reference)
