from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equitybook.statistics import compare, retention, turnover
from equitybook.statistics.comparison import fisher

LEFT = [1, 0, 2, 1, 0, 1, 3, 0, 1, 0, 2, 1]
HEADS = [100, 101, 99, 98, 99, 100, 97, 98, 99, 100, 98, 97]


def test_a_year_of_turnover_is_the_sum_over_the_mean():
    found = turnover(LEFT, HEADS)
    assert 100 * found.value == pytest.approx(12.14, abs=5e-3)
    assert 100 * sum(LEFT) / ((HEADS[0] + HEADS[-1]) / 2) == pytest.approx(12.18, abs=5e-3)
    assert 100 * sum(s / h for s, h in zip(LEFT, HEADS, strict=True)) == pytest.approx(12.22, abs=5e-3)


def test_turnover_and_retention_are_not_complements():
    # Ten at the start, all stay; five hired in the year leave again.
    assert retention(10, 10).value == 1
    assert turnover([5], [10]).value == 0.5


def test_a_rate_of_nobody_says_why():
    for found in (turnover([2], []), turnover([0], [0]), retention(0, 0)):
        assert found.value is None
        assert found.reason
    assert turnover([0], [20]).value == 0, "nobody left is a real zero"


def test_two_against_four_percent_shows_both_ratios():
    found = compare({"A": (4, 100), "B": (2, 100)}, counts="bad", reference="best")["A"]
    assert found.reference == "B"
    assert found.favourable_ratio == pytest.approx(0.98, abs=5e-4)
    assert found.adverse_ratio == pytest.approx(0.50)
    assert found.gap == pytest.approx(2)
    assert not found.beyond_chance


def test_fisher_gives_the_worked_values():
    assert fisher((3, 20), (12, 40)) == pytest.approx(0.3431, abs=5e-5)
    assert fisher((30, 200), (120, 400)) == pytest.approx(5.7e-5, rel=0.02)
    assert fisher((0, 5), (0, 9)) == 1
    assert fisher((12, 8.5), (1, 40)) is None


def test_exactly_four_fifths_is_not_below_the_line():
    found = compare({"A": (30, 50), "B": (60, 80)}, counts="good", reference="best")["A"]
    assert found.favourable_ratio == pytest.approx(0.8)
    assert (30 / 50) / (60 / 80) < 0.8, "floating point would say below"
    # The bad result: 40 % against 25 %, a ratio of 0.625.
    assert found.below_line is True
    assert compare({"A": (20, 50), "B": (40, 80)}, counts="good", reference="best")["A"].adverse_ratio == pytest.approx(5 / 6)


def test_a_tiny_group_with_a_perfect_record_is_not_the_reference():
    found = compare({"A": (10, 100), "B": (8, 100), "TINY": (0, 12)}, counts="bad", reference="best")
    assert found["A"].reference == "B"
    assert "B" not in found


def test_nobody_dismissed_has_no_ratio_of_losses():
    found = compare({"A": (0, 50), "B": (0, 60)}, counts="bad", reference="others")["A"]
    assert found.adverse_ratio is None
    assert found.favourable_ratio == 1
    assert found.worse is False


@settings(deadline=None)  # the first example also loads scipy
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(30, 60)), min_size=2, max_size=5))
def test_renaming_groups_only_renames_the_results(pairs):
    first = compare({str(at): pair for at, pair in enumerate(pairs)}, counts="bad", reference="others")
    second = compare({f"x{at}": pair for at, pair in reversed(list(enumerate(pairs)))}, counts="bad", reference="others")
    for code, one in first.items():
        other = second[f"x{code}"]
        assert (one.gap, one.favourable_ratio, one.p) == (other.gap, other.favourable_ratio, other.p)
        assert one.p_adjusted == pytest.approx(other.p_adjusted)
        assert one.p_adjusted >= one.p


def test_one_person_of_the_group_with_the_other_result_lifts_it_to_the_line_or_does_not():
    # Four fifths of 40 of 50 are 0.64: 31 of 50 are 0.62, one more is exactly on the line; 30 of 50 are two short.
    for part, lifted in ((31, True), (30, False), (32, False)):
        assert compare({"A": (part, 50), "B": (40, 50)}, counts="good", reference="others")["A"].one_person is lifted
    # 18 of 50 lost: the same, seen from the other side.
    assert compare({"A": (19, 50), "B": (10, 50)}, counts="bad", reference="others")["A"].one_person is True
