from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from equitybook.statistics import availability, composite_availability, representation_index, utilisation


def test_sixty_eight_incumbents_and_sixteen_of_the_group():
    found = utilisation(68, 16, 0.268)
    assert (found.expected, found.shortfall) == pytest.approx((18.224, 2.224))
    assert found.ratio == pytest.approx(0.878, abs=5e-4)
    assert (found.any_difference, found.whole_person, found.eighty, found.both) == (True, True, False, False)
    assert found.z == pytest.approx(-0.609, abs=5e-4)
    assert (found.p_below, found.p) == pytest.approx((0.3246, 0.5871), abs=5e-5)


def test_none_of_six_is_one_person_short_and_may_be_chance():
    found = utilisation(6, 0, 0.20)
    assert found.shortfall == pytest.approx(1.2)
    assert found.ratio == 0
    assert found.both is True
    assert found.p_below == pytest.approx(0.2621, abs=5e-5)
    assert found.z is None, "six people are too few for the normal approximation"


def test_exactly_four_fifths_is_not_below():
    # 4 of 20 against 25 %: 0.2 / 0.25 is exactly 0.8; in floating point 0.8 * 0.35 is 0.27999999999999997.
    assert utilisation(20, 4, 0.25).eighty is False
    assert utilisation(100, 28, 0.35).eighty is False
    assert utilisation(100, 27, 0.35).eighty is True


@given(st.integers(1, 2000), st.integers(1, 1000))
def test_no_decimal_availability_flags_exactly_four_fifths(expected_quarter, thousandths):
    incumbents = 1250 * expected_quarter
    people = Fraction(4, 5) * incumbents * Fraction(thousandths, 1000)
    assert people.denominator == 1
    assert utilisation(incumbents, int(people), thousandths / 1000).eighty is False


def test_exactly_one_person_short_is_a_whole_person():
    assert utilisation(10, 2, 0.3).whole_person is True  # in floating point 10 * 0.3 - 2 is 1, but 100 * 0.29 is 28.999999999999996
    assert utilisation(100, 28, 0.29).whole_person is True


@given(st.integers(1, 200), st.data())
def test_the_test_is_the_exact_binomial(incumbents, data):
    people = data.draw(st.integers(0, incumbents))
    share = data.draw(st.integers(1, 99)) / 100
    found = utilisation(incumbents, people, share)
    assert found.p_below == pytest.approx(binomtest(people, incumbents, share, alternative="less").pvalue)
    assert found.p == pytest.approx(binomtest(people, incumbents, share).pvalue)
    assert found.both == (found.eighty and found.whole_person)


@pytest.mark.parametrize(("incumbents", "share", "why"), [(0, 0.2, "nobody"), (5, None, "not filled in"), (5, 0, "available is 0")])
def test_what_cannot_be_computed_says_why_and_is_never_zero(incumbents, share, why):
    found = utilisation(incumbents, 0, share)
    assert found.ratio is None
    assert found.both is None
    assert why in found.reason


def test_two_factors_give_twenty_eight_point_four_percent_exactly():
    assert availability(0.32, 0.20, w_external=0.7, w_internal=0.3) == Fraction(284, 1000)


def test_weights_that_do_not_add_up_share_out_one_whole():
    assert availability(0.3, 0.1, w_external=3, w_internal=1) == Fraction(1, 4)
    with pytest.raises(ValueError, match="both 0"):
        availability(0.3, w_external=0)


def test_composite_availability_weighs_by_people():
    assert composite_availability([(30, 0.2), (10, 0.4)]) == Fraction(1, 4)
    assert composite_availability([]) is None


def test_representation_of_twelve_percent_against_twenty_one_plus_minus_three():
    found = representation_index(0.12, 0.21, 0.03)
    assert found.value == pytest.approx(0.571, abs=5e-4)
    assert found.interval == pytest.approx((0.50, 0.667), abs=5e-4)
    assert found.cv == pytest.approx(100 * 0.03 / 1.645 / 0.21)


def test_representation_without_a_benchmark_is_not_a_number():
    assert representation_index(0.12, 0).value is None
    assert representation_index(0.12, 0.02, 0.03).interval[1] is None, "a margin that reaches 0 leaves the index open above"


def test_one_person_more_is_tried_and_not_taken_for_granted():
    assert utilisation(35, 2, 0.22).one_person is False, "four fifths of 7.7 are 6.16"
    assert utilisation(25, 11, 0.56).one_person is True, "four fifths of 14 are 11.2"
    assert utilisation(6, 0, 0.2).one_person is True, "one person more, and 1.2 could be expected"
    assert utilisation(68, 16, 0.268).one_person is False, "it is above four fifths as it is"


@given(st.integers(1, 80), st.data())
def test_one_person_says_what_adding_one_does(incumbents, data):
    people = data.draw(st.integers(0, incumbents))
    share = data.draw(st.integers(1, 99)) / 100
    now, more = utilisation(incumbents, people, share), utilisation(incumbents, people + 1, share)
    assert now.one_person == (now.both and not more.both)
