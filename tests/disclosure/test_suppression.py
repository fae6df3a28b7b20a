"""One table: the published examples, and what may never be derived from what is left."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from equitybook.disclosure import suppress
from equitybook.disclosure.audit import Attacker
from equitybook.disclosure.cells import population
from equitybook.findings import TOTAL, CountTable
from tests.disclosure.made import table

grids = st.integers(2, 3).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 6), min_size=width, max_size=width), min_size=2, max_size=3)
)


def hidden_numbers(numbers: list[list[int]], k: int) -> list[float]:
    made = table(numbers)
    return sorted(made.cells[at] or 0 for at in suppress(made, k).hidden)


def test_the_first_published_example_hides_two_small_cells_and_four_more() -> None:
    assert hidden_numbers([[45, 12, 3, 2], [60, 25, 14, 11], [30, 40, 22, 16]], 10) == [2, 3, 11, 12, 14, 25]


def test_the_first_published_example_leaves_the_published_ranges() -> None:
    made = table([[45, 12, 3, 2], [60, 25, 14, 11], [30, 40, 22, 16]])
    people = population("staff", {"t": made})
    attacker = Attacker(people, {people.places["t"][at] for at in suppress(made, 10).hidden})
    ranges = [attacker.bounds(people.places["t"]["r0", column]) for column in ("j1", "j2", "j3")]
    assert ranges == [pytest.approx((0, 17)), pytest.approx((0, 17)), pytest.approx((0, 13))]


def test_the_second_published_example_hides_a_rectangle() -> None:
    assert hidden_numbers([[45, 12, 3], [60, 25, 14], [30, 40, 22]], 10) == [3, 12, 14, 25]


def test_the_third_published_example_collapses() -> None:
    left = suppress(table([[45, 12, 0], [60, 25, 4], [30, 40, 0]]), 10)
    assert left.collapsed
    assert all(value is None for at, value in left.table.cells.items() if TOTAL not in at)


def test_a_table_without_small_groups_is_left_as_it_is() -> None:
    made = table([[45, 12], [60, 25]])
    left = suppress(made, 10)
    assert left.table == made
    assert not left.hidden


def test_a_small_margin_is_hidden_like_any_small_number() -> None:
    left = suppress(table([[30, 20], [1, 1], [12, 15]]), 5)
    assert left.table.at(row="r1") is None
    assert left.table.at() == 79


def test_zeros_of_a_small_group_are_hidden_and_zeros_of_a_large_one_are_shown() -> None:
    left = suppress(table([[30, 20, 0], [2, 0, 1], [12, 15, 14]]), 5)
    assert left.table.at("r0", "j2") == 0 or left.table.at("r0", "j2") is None
    assert left.table.at("r1", "j1") is None
    assert suppress(table([[30, 20, 0], [12, 15, 14]]), 5).table.at("r0", "j2") == 0


def test_a_table_whose_margins_do_not_add_up_is_not_shown_at_all() -> None:
    made = table([[30, 20], [12, 15]])
    broken = dict(made.cells) | {(TOTAL, TOTAL): 99}
    left = suppress(type(made)("t", "t", "staff", made.rows, made.columns, broken), 5)
    assert left.collapsed
    assert set(left.table.cells.values()) == {None}


def test_averages_are_protected_like_counts() -> None:
    left = suppress(table([[30.25, 20.5], [2.75, 11.25], [12.0, 15.125]]), 5)
    assert left.table.at("r1", "j0") is None
    assert sum(value is None for value in left.table.cells.values()) >= 4


@settings(max_examples=80, deadline=None)
@given(grids, st.integers(2, 5))
def test_someone_who_tries_every_possible_table_cannot_narrow_a_small_cell(numbers: list[list[int]], k: int) -> None:
    """Whole numbers only: the attacker knows that people do not come in halves."""
    made = table(numbers)
    shown = suppress(made, k).table
    for at, value in made.cells.items():
        if 0 < (value or 0) < k:
            low, high = whole_number_bounds(shown, at)
            assert high >= k, (at, low, high, numbers)
            assert high > low, (at, low, high, numbers)


def whole_number_bounds(shown: CountTable, at: tuple[str, str]) -> tuple[float, float]:
    """The smallest and largest value of a cell over all tables of whole numbers that agree with all that is shown."""
    inner = list(product(shown.rows.labels, shown.columns.labels))

    def parts(place: tuple[str, str]) -> np.ndarray:
        return np.array([float(place[0] in (row, TOTAL) and place[1] in (column, TOTAL)) for row, column in inner])

    known = [(parts(place), value) for place, value in shown.cells.items() if value is not None]
    rules = LinearConstraint(np.array([row for row, _ in known]), *[[value for _, value in known]] * 2) if known else ()
    ends = [
        milp(sign * parts(at), constraints=rules, integrality=np.ones(len(inner)), bounds=Bounds(0, 10_000)) for sign in (1, -1)
    ]
    return ends[0].fun, -ends[1].fun
