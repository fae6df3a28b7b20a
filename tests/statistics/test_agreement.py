"""Agreement of two raters: a published vector, a case by hand, and what must not be a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitybook.statistics.agreement import agreement

A = [0, 1, 2, 3, 1, 2, 0, 3, 2, 1]
B = [0, 1, 1, 3, 2, 2, 0, 2, 2, 1]


def test_the_quadratic_weighted_kappa_of_the_specification():
    found = agreement(A, B)
    assert found.kappa == pytest.approx(0.8421, abs=5e-5)  # vector 20
    assert (found.exact, found.within_one) == (0.7, 1.0)  # three of ten differ, each by one


def test_chance_alone_is_nought_and_opposite_scores_are_below():
    assert agreement([0, 0, 1, 1], [0, 1, 0, 1], least=4).kappa == 0  # by hand: seen 1/2, expected 1/2
    assert agreement([0, 0, 1, 1], [1, 1, 0, 0], least=4).kappa == -1  # by hand: seen 1, expected 1/2


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [([2] * 10, [2] * 10, "same score throughout"), ([1, 2], [1, 2], "fewer than 10"), ([], [], "nothing was rated")],
)
def test_what_cannot_be_computed_is_no_number_and_says_why(first, second, reason):
    found = agreement(first, second)
    assert found.kappa is None
    assert reason in found.reason


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=10, max_size=40))
def test_it_does_not_matter_who_is_named_first(pairs):
    first, second = zip(*pairs, strict=True)
    assert agreement(first, second) == agreement(second, first)
    if len(set(first)) > 1:
        assert agreement(first, first).kappa == 1


def test_raters_of_different_items_are_refused():
    with pytest.raises(ValueError, match="zip"):
        agreement([1, 2], [1])
