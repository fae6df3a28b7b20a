"""Rates and scores by hand, at their lines, and where there is nothing to divide by."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitybook.outcomes.performance_management.data_systems.measure.scores import Cell, DataSet, Standing
from equitybook.outcomes.performance_management.data_systems.present.words import score
from tests.outcomes.data_systems.inventory_of import CORE, core, data_set, field, measure, say


def of(records: int | None, *usable: int | None, method: str = "SELF_REPORT") -> DataSet:
    cells = {name: Cell(asked=n is not None, n_asked=n, n_usable=n) for name, n in zip(CORE, usable, strict=True)}
    return DataSet(records=records, method=method, cells=cells)


def test_the_score_is_the_mean_of_five_usable_shares_by_hand():
    """640 permits: address usable in 634, language in 402, nothing else asked: (634 + 402) / (5 · 640) = 0.32375."""
    permits = of(640, None, None, 634, 402, None)
    assert permits.score == Fraction(634 + 402, 5 * 640)
    assert float(permits.score) == 0.32375
    assert permits.standing is Standing.NOT_READY
    assert score(permits) == "0.32"


def test_asked_and_usable_are_both_shares_of_all_records():
    permits = DataSet(640, cells={"language": Cell(asked=True, n_asked=480, n_usable=402, n_declined=31)})
    assert permits.asked_rate("language") == Fraction(3, 4)
    assert permits.usable_rate("language") == Fraction(402, 640)


@pytest.mark.parametrize(
    ("usable", "expected"),
    [
        ((3, 3, 4, 5, 6), Standing.READY),  # 21 of 30: exactly 0.7, which floating point puts a hair below
        ((3, 3, 4, 5, 5), Standing.PARTIAL),
        ((2, 2, 2, 3, 3), Standing.PARTIAL),  # 12 of 30: exactly 0.4
        ((2, 2, 2, 2, 3), Standing.NOT_READY),
        ((0, 0, 0, 0, 0), Standing.NOT_READY),
        ((6, 6, 6, 6, 6), Standing.READY),
    ],
)
def test_the_lines_belong_to_the_better_class(usable: tuple[int, ...], expected: Standing):
    assert of(6, *usable).standing is expected


def test_a_score_is_cut_and_not_rounded_up_over_its_line():
    almost = of(1000, 698, 698, 698, 698, 698)
    assert almost.standing is Standing.PARTIAL
    assert score(almost) == "0.69"


def test_without_records_there_is_no_rate_and_no_score():
    empty = of(0, 0, 0, 0, 0, 0)
    assert empty.usable_rate("language") is None
    assert empty.asked_rate("language") is None
    assert empty.score is None
    assert empty.standing is None


def test_a_field_not_described_leaves_the_score_open_and_a_field_not_asked_counts_nothing():
    some = DataSet(100, cells={"language": Cell(asked=True, n_asked=100, n_usable=90)})
    assert some.score is None
    assert some.unknown_core == 4
    assert of(100, None, None, None, 90, None).score == Fraction(90, 500)


def test_where_nothing_is_collected_a_field_not_described_is_not_asked():
    assert DataSet(412, method="NOT_COLLECTED").score == 0


def test_numbers_that_contradict_each_other_make_no_rate():
    assert Cell(asked=True, n_asked=12, n_usable=14).usable_rate(100) is None
    assert Cell(asked=True, n_asked=120, n_usable=90).asked_rate(100) is None
    assert Cell(asked=True, n_asked=None, n_usable=101).usable_rate(100) is None


counts = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.integers(0, n), min_size=5, max_size=5)))


@given(counts)
def test_a_score_lies_between_the_lowest_and_the_highest_rate(drawn: tuple[int, list[int]]):
    records, usable = drawn
    one = of(records, *usable)
    assert one.score is not None
    assert Fraction(min(usable), records) <= one.score <= Fraction(max(usable), records)
    assert of(records * 3, *(3 * n for n in usable)).score == one.score


def test_coverage_counts_departments_in_scope_with_one_good_data_set():
    datasets = [
        data_set("D1", department="Police"),
        data_set("D2", department="Finance"),
        data_set("D3", department="Library"),
        data_set("D4", department="police"),
    ]
    fields = (
        core("D1", 40, 40, 40, 40, 40) + core("D2", 39, 40, 40, 40, 40) + core("D3", 90, 90, 90, 90, 90) + core("D4", *[90] * 5)
    )
    found = say(datasets=datasets, fields=fields, profile=[{"departments": ["Police", "Finance", "Public Works"]}])["inventory"]
    assert found.sentence == (
        "4 data sets from 3 departments. 1 of 3 departments in scope (33.3 %) has one that can be split by group, at least in part."
    )
    assert "No data set yet from Public Works." in found.notices
    assert "Not among the departments in scope, and so in no share: “Library”." in found.notices


def test_coverage_by_staff_takes_the_sizes_and_the_scope_of_the_list_of_departments():
    datasets = [data_set("D1", department="Police"), data_set("D2", department="Library")]
    fields = core("D1", *[90] * 5) + core("D2", *[90] * 5)
    sizes = [("Police", 46, True), ("Finance", 8, True), ("Public Works", 31, True), ("Library", 20, False)]
    rows = [{"department": name, "headcount": size, "in_scope": scope} for name, size, scope in sizes]
    found = say(datasets=datasets, fields=fields, ic1_departments=rows)["inventory"]
    # Police is one of three in scope: 46 of 46 + 8 + 31 = 85 staff, 54.1 %. The library's data set is outside.
    assert "1 of 3 departments in scope (33.3 %)" in found.sentence
    assert found.sentence.endswith("at least in part; 54.1 % of the staff in scope work there.")
    unsized = say(datasets=datasets, fields=fields, ic1_departments=[{**rows[0], "headcount": None}, *rows[1:]])["inventory"]
    assert "of the staff in scope" not in unsized.sentence
    nine = say(datasets=datasets, fields=fields, ic1_departments=[{**one, "headcount": 3} for one in rows])["inventory"]
    assert "of the staff in scope" not in nine.sentence  # three departments in scope, nine people: a percentage needs ten


def test_without_a_list_of_departments_there_is_no_share_of_them():
    found = say(datasets=[data_set()])["inventory"]
    assert "%" not in found.sentence
    assert "List your departments" in found.sentence


def test_the_charters_departments_are_in_scope_where_the_profile_lists_none():
    coverage = measure(datasets=[data_set()], charter=[{"focus_departments": ["Police", "Finance"]}]).facts["coverage"]
    assert (coverage["in_scope"], coverage["without"]) == (2, 1)


def test_a_field_described_twice_counts_in_no_rate_and_is_flagged():
    fields = [
        field("D1", "language", n_asked=50, n_usable=40),
        field("D1", "language", n_asked=90, n_usable=80),
        field("D1", "age", asked=False),
    ]
    measured = measure(datasets=[data_set()], fields=fields)
    assert measured.facts["datasets"][0].usable_rate("language") is None
    assert [one.text for one in measured.facts["problems"]] == ["1 field is described twice and counted in no rate"]
