from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from equitybook.statistics.census import (
    Estimate,
    Reliability,
    difference,
    difference_test,
    moe_of_sum,
    percent_change,
    product,
    proportion,
    ratio,
    total,
)

counts = st.integers(0, 50_000)
margins = st.integers(0, 2_000)
pairs = st.tuples(counts, margins)
estimates = st.builds(Estimate, st.integers(1, 50_000), margins)


def test_a_share_of_five_percent_has_the_published_margin():
    found = proportion(Estimate(1240, 310), Estimate(24_800, 190))
    assert 100 * found.value == pytest.approx(5.0)
    assert 100 * found.moe == pytest.approx(1.249, abs=5e-4)
    assert Estimate(1240, 310).cv == pytest.approx(15.2, abs=0.05)
    assert Estimate(1240, 310).reliability is Reliability.MEDIUM
    # By hand: sqrt(310^2 - 0.05^2 x 190^2) / 24,800, where 1.96 or a plain 310 / 24,800 would be wrong.
    assert found.moe == pytest.approx(sqrt(310**2 - (0.05 * 190) ** 2) / 24_800)


def test_a_share_whose_root_would_be_negative_takes_the_margin_of_a_ratio():
    found = proportion(Estimate(950, 40), Estimate(1000, 45))
    assert 100 * found.value == pytest.approx(95)
    assert 100 * found.moe == pytest.approx(5.855, abs=5e-4)
    assert found == ratio(Estimate(950, 40), Estimate(1000, 45))


def test_margins_add_up_by_squares_not_linearly():
    assert moe_of_sum([(900, 310), (300, 120), (20, 13)]) == pytest.approx(332.67, abs=5e-3)
    assert total([Estimate(900, 310), Estimate(300, 120), Estimate(20, 13)]).value == 1220


def test_of_zero_estimates_only_the_largest_margin_counts_and_once():
    # The published worked case: 500 ± 100, 0 ± 200, 0 ± 150, 400 ± 50 (tidycensus, moe_sum).
    assert moe_of_sum([(500, 100), (0, 200), (0, 150), (400, 50)]) == pytest.approx(sqrt(200**2 + 100**2 + 50**2))
    assert moe_of_sum([(0, 12)] * 8) == 12


def test_five_and_eight_percent_differ_at_ninety_percent():
    found = difference_test(Estimate(0.05, 0.0125), Estimate(0.08, 0.02))
    assert found.z == pytest.approx(-2.092, abs=5e-4)
    assert found.differs is True
    assert found.label == "approximate", "overlapping years and nested places share people"
    assert difference_test(Estimate(5, 1.25), Estimate(8, 2), independent=True).label == ""


def test_a_difference_of_less_than_1_645_standard_errors_is_none():
    found = difference_test(Estimate(0.05, 0.03), Estimate(0.08, 0.02))
    assert found.z == pytest.approx(-0.03 * 1.645 / sqrt(0.03**2 + 0.02**2))
    assert found.differs is False


def test_the_standard_error_is_the_margin_over_1_645_not_1_96():
    assert Estimate(1000, 164.5).standard_error == pytest.approx(100)
    assert Estimate(1000, 164.5).interval == (835.5, 1164.5)


@pytest.mark.parametrize(
    ("value", "moe", "expected"),
    [
        (1000, 197.4, Reliability.HIGH),  # exactly 12 %
        (1000, 197.5, Reliability.MEDIUM),
        (1000, 658, Reliability.MEDIUM),  # exactly 40 %
        (1000, 658.1, Reliability.LOW),
        (0, 12, None),
        (0, 0, None),
        (100, None, None),
        (None, None, None),
    ],
)
def test_reliability_is_cut_at_twelve_and_forty_percent_exactly(value, moe, expected):
    assert Estimate(value, moe).reliability is expected


def test_at_an_estimate_of_zero_there_is_no_coefficient_of_variation():
    assert Estimate(0, 12).cv is None
    assert Estimate(0, 12).standard_error == pytest.approx(12 / 1.645)


def test_a_controlled_total_adds_no_error_and_cannot_be_tested_against_another():
    town = Estimate(18_400, 0)
    assert town.controlled
    assert (town.cv, town.reliability) == (0, Reliability.HIGH)
    assert proportion(Estimate(1840, 92), town).moe == pytest.approx(92 / 18_400)
    found = difference_test(town, Estimate(17_000, 0))
    assert (found.z, found.differs) == (None, None)
    assert "controlled" in found.reason
    assert difference_test(Estimate(1840, 92), town).differs is True


def test_change_and_product_follow_the_handbook():
    change = percent_change(Estimate(1000, 100), Estimate(1200, 90))
    assert change.value == pytest.approx(20)
    assert change.moe == pytest.approx(100 * sqrt(90**2 + 1.2**2 * 100**2) / 1000)
    made = product(Estimate(1000, 100), Estimate(0.3, 0.02))
    assert made.value == pytest.approx(300)
    assert made.moe == pytest.approx(sqrt(1000**2 * 0.02**2 + 0.3**2 * 100**2))


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (proportion(Estimate(0, 12), Estimate(0, 12)), "the whole is 0"),
        (proportion(Estimate(11, 2), Estimate(10, 2)), "not between 0 and its whole"),
        (ratio(Estimate(5, 1), Estimate(0, 1)), "the whole is 0"),
        (percent_change(Estimate(0, 12), Estimate(30, 12)), "the whole is 0"),
        (total([Estimate(5, 1), Estimate(None, None, "N")]), "not published"),
        (total([]), "nothing to add"),
        (difference(Estimate(None), Estimate(3, 1)), "not published"),
        (product(Estimate(None), Estimate(3, 1)), "not published"),
        (proportion(Estimate(None), Estimate(3, 1)), "not published"),
        (ratio(Estimate(3, 1), Estimate(None)), "not published"),
    ],
)
def test_what_cannot_be_computed_is_absent_and_says_why(found, why):
    assert (found.value, found.moe) == (None, None)
    assert why in found.note


def test_a_missing_margin_leaves_the_figure_and_takes_no_zero_for_it():
    for found in (
        total([Estimate(5, 1), Estimate(7)]),
        proportion(Estimate(5), Estimate(10, 1)),
        difference(Estimate(7), Estimate(2, 1)),
    ):
        assert found.value is not None
        assert found.moe is None
        assert "margins" in found.note
    assert difference_test(Estimate(7), Estimate(2, 1)).z is None


@given(st.lists(pairs, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_margin_of_a_sum_does_not_depend_on_the_order(parts, random):
    turned = list(parts)
    random.shuffle(turned)
    assert moe_of_sum(turned) == pytest.approx(moe_of_sum(parts))


@given(st.lists(pairs, min_size=1, max_size=8))
def test_the_margin_of_a_sum_lies_between_the_largest_and_the_linear_sum(parts):
    found = moe_of_sum(parts)
    assert max(moe for _, moe in parts) - 1e-6 <= found <= sum(moe for _, moe in parts) + 1e-6


@given(estimates, estimates)
def test_a_difference_has_the_same_margin_either_way_round(first, second):
    one, other = difference(first, second), difference(second, first)
    assert (one.value, one.moe) == (-other.value, other.moe)


@given(estimates)
def test_the_whole_is_all_of_itself_without_a_margin(whole):
    assert proportion(whole, whole) == Estimate(1.0, 0.0)


@given(pairs, pairs)
def test_the_margin_of_a_share_is_never_wider_than_that_of_a_ratio(part, whole):
    assume(0 < whole[0] >= part[0])
    share, other = proportion(Estimate(*part), Estimate(*whole)), ratio(Estimate(*part), Estimate(*whole))
    assert share.value == other.value
    assert share.moe <= other.moe


@given(estimates, st.integers(1, 1000))
def test_in_a_controlled_whole_share_and_ratio_have_one_margin(part, more):
    whole = Estimate(part.value + more, 0)
    assert proportion(part, whole) == ratio(part, whole)
    assert proportion(part, whole).moe == pytest.approx(part.moe / whole.value)


@given(st.integers(1, 1000), st.integers(2, 9), st.integers(1, 500))
def test_a_root_of_exactly_zero_is_not_sent_to_the_fallback(part, times, moe):
    # The margins stand to each other as the figures: floating point would now and then find a hair below 0 and jump.
    assert proportion(Estimate(part, moe), Estimate(part * times, moe * times)).moe == 0


@given(estimates, estimates)
def test_a_change_and_its_ratio_say_the_same(before, now):
    change, found = percent_change(before, now), ratio(now, before)
    assert change.value == pytest.approx(100 * found.value - 100)
    assert change.moe == pytest.approx(100 * found.moe)


@given(estimates, estimates)
def test_a_product_has_the_relative_margins_by_squares(first, second):
    found = product(first, second)
    assert found.moe / found.value == pytest.approx(sqrt((first.moe / first.value) ** 2 + (second.moe / second.value) ** 2))
