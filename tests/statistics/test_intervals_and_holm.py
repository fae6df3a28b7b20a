from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from equitybook.statistics import fraction, holm, poisson_interval, rate_interval, wilson


def test_wilson_of_three_in_twenty_and_none_in_seven():
    assert wilson(3, 20) == pytest.approx((0.0524, 0.3604), abs=5e-5)
    assert wilson(0, 7) == pytest.approx((0, 0.3543), abs=5e-5)


@given(st.integers(1, 500), st.data())
def test_wilson_agrees_with_statsmodels(whole, data):
    part = data.draw(st.integers(0, whole))
    assert wilson(part, whole) == pytest.approx(proportion_confint(part, whole, method="wilson"), abs=1e-12)


def test_an_interval_of_nobody_is_none_not_zero():
    assert wilson(0, 0) is None
    assert poisson_interval(3, 0) is None


def test_a_part_larger_than_its_whole_is_refused_in_words():
    with pytest.raises(ValueError, match="part lies between 0 and the whole"):
        wilson(8, 7)


def test_poisson_interval_of_ten_events_is_the_published_one():
    # Garwood 1936: 10 events give 4.795 to 18.390.
    assert poisson_interval(10, 1) == pytest.approx((4.795, 18.390), abs=1e-3)
    assert poisson_interval(0, 1) == pytest.approx((0, 3.689), abs=1e-3)


def test_more_leavers_than_staff_still_have_an_interval():
    low, high = rate_interval(12, 8.5)
    assert 0 < low < 12 / 8.5 < high


def test_holm_adjusts_the_worked_example():
    assert holm([0.004, 0.03, 0.04, 0.2]) == pytest.approx((0.016, 0.09, 0.09, 0.2))


def test_holm_leaves_out_tests_that_were_not_made():
    assert holm([0.01, None, 0.02]) == (0.02, None, 0.02)
    assert holm([]) == ()


@settings(max_examples=25)  # statsmodels takes its time
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_agrees_with_statsmodels_in_any_order(p_values):
    assert holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1], abs=1e-12)
    turned = holm(p_values[::-1])
    assert sorted(turned) == pytest.approx(sorted(holm(p_values)))


def test_a_fraction_is_what_was_written_not_its_binary_neighbour():
    assert fraction(0.8) * 5 == 4
    assert fraction(np.float64(0.268)) * 1000 == 268
    assert fraction(np.int64(3)) == 3
    with pytest.raises(ValueError, match="Leave the cell empty"):
        fraction(float("nan"))
