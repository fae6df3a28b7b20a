"""Several tables of the same people, and populations that nearly repeat each other: nothing is derived from them together."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from equitybook.disclosure import Tier, policy
from equitybook.disclosure.linked import protect
from equitybook.disclosure.suppression import Suppressed
from equitybook.findings import TOTAL, CountTable
from tests.disclosure.made import dimension, table, views

K = Tier.T2.thresholds.smallest_group

cubes = st.tuples(st.integers(2, 4), st.integers(2, 3), st.integers(2, 3), st.integers(0, 10_000), st.integers(20, 120)).map(
    lambda drawn: (
        np.random.default_rng(drawn[3])
        .multinomial(drawn[4], np.random.default_rng(drawn[3] + 1).dirichlet(np.full(drawn[0] * drawn[1] * drawn[2], 0.5)))
        .reshape(drawn[:3])
    )
)


def attack(cube: np.ndarray, tables: dict[str, Suppressed]) -> dict[tuple[str, tuple[str, str]], tuple[float, float]]:
    """Bound every hidden small cell by a linear programme over the full cube, written without the product's own audit."""
    shape = cube.shape
    axes = {"race": 0, "sex": 1, "job": 2}
    matrix, right = [], []

    def mask(shown: CountTable, at: tuple[str, str]) -> np.ndarray:
        chosen = np.ones(shape, dtype=bool)
        for side, code in ((shown.rows, at[0]), (shown.columns, at[1])):
            if code != TOTAL:
                index = np.indices(shape)[axes[side.name]]
                chosen &= np.isin(index, [int(part[1:]) for part in code.split("+")])
        return chosen.ravel()

    for one in tables.values():
        for at, value in one.table.cells.items():
            if value is not None:
                matrix.append(mask(one.table, at).astype(float))
                right.append(value)
    bounds = {}
    for name, one in tables.items():
        for at in one.hidden:
            chosen = mask(one.table, at).astype(float)
            if 0 < float(chosen @ cube.ravel()) < K:
                ends = [linprog(sign * chosen, A_eq=matrix or None, b_eq=right or None, bounds=(0, None)) for sign in (1, -1)]
                bounds[name, at] = tuple(
                    sign * end.fun if end.status == 0 else np.inf for sign, end in zip((1, -1), ends, strict=True)
                )
    return bounds


@settings(max_examples=40, deadline=None)
@given(cubes)
def test_an_attacker_with_the_full_cross_classification_cannot_narrow_a_small_cell(cube: np.ndarray) -> None:
    tables, _ = protect(views(cube), K, policy())
    for value in (v for one in tables.values() for v in one.table.cells.values()):
        assert value is None or value == 0 or value >= K
    for where, (low, high) in attack(cube, tables).items():
        assert high >= K - 1e-6, where
        assert high - low > 1e-6, where


@settings(max_examples=25, deadline=None)
@given(cubes)
def test_a_margin_hidden_in_one_table_is_hidden_in_all(cube: np.ndarray) -> None:
    tables, _ = protect(views(cube), K, policy())
    by_sex, by_job = tables["race_sex"].table, tables["race_job"].table
    assert {code: by_sex.at(row=code) for code in by_sex.row_codes()} == {code: by_job.at(row=code) for code in by_job.row_codes()}
    assert by_sex.at() == by_job.at() == tables["sex_job"].table.at()


@settings(max_examples=15, deadline=None)
@given(cubes)
def test_the_same_counts_are_always_protected_in_the_same_way(cube: np.ndarray) -> None:
    assert protect(views(cube), K, policy()) == protect(views(cube), K, policy())


def test_a_ring_of_three_tables_tells_more_than_its_margins_and_is_audited_whole() -> None:
    cube = np.array([[[20, 9, 0], [8, 2, 12]], [[30, 0, 14], [25, 40, 3]], [[2, 1, 0], [0, 11, 18]]])
    tables, _ = protect(views(cube), K, policy())
    assert not any(one.collapsed for one in tables.values())
    found = attack(cube, tables)
    assert found
    assert all(high >= K and high > low for low, high in found.values())


def test_tables_of_different_people_do_not_touch_each_other() -> None:
    staff = table([[30, 20], [25, 15]], name="staff", of="staff")
    leavers = table([[2, 6, 9], [8, 9, 11], [7, 12, 8]], name="leavers", of="leavers")
    tables, _ = protect({"staff": staff, "leavers": leavers}, K, policy())
    assert not tables["staff"].hidden
    assert tables["leavers"].hidden


def test_a_group_hidden_among_staff_is_hidden_in_the_average_that_repeats_it() -> None:
    staff = table([[30, 20, 25], [2, 7, 8], [12, 15, 9]], name="staff", of="staff")
    average = table([[29.5, 20.5, 24], [5.5, 6.5, 8.5], [12, 14, 9.5]], name="average", of="average staff")
    tables, _ = protect({"staff": staff, "average": average}, K, policy())
    assert tables["staff"].hidden
    assert tables["staff"].hidden <= tables["average"].hidden


def test_two_dimensions_of_the_same_name_with_other_margins_are_not_taken_for_one() -> None:
    status, filled = dimension("status", 2), dimension("filled", 2)
    paid = table([[40, 6], [20, 9]], name="paid", rows=status, columns=filled)
    hired = table([[39, 7], [21, 8]], name="hired", rows=status, columns=filled)
    tables, _ = protect({"paid": paid, "hired": hired}, K, policy())
    assert not tables["paid"].hidden
    assert not tables["hired"].hidden


def test_a_table_of_the_same_people_with_another_total_is_withheld() -> None:
    one, other = table([[40, 6], [20, 9]], name="one"), table([[40, 6], [20, 10]], name="other")
    tables, _ = protect({"one": one, "other": other}, K, policy())
    assert tables["other"].collapsed
    assert not tables["one"].hidden


@pytest.mark.parametrize("people", [60, 112, 300])
def test_a_town_of_that_size_still_sees_its_larger_groups(people: int) -> None:
    weights = np.einsum("i,j,k->ijk", [0.55, 0.22, 0.12, 0.06, 0.03, 0.02], [0.36, 0.6, 0.04], np.full(6, 1 / 6)).ravel()
    cube = np.random.default_rng(7).multinomial(people, weights).reshape(6, 3, 6)
    tables, _ = protect(views(cube), K, policy())
    shown = [tables["race_sex"].table.at(row=f"r{i}") for i in range(6)]
    assert shown[0] == cube[0].sum()
    assert sum(value is not None for value in shown) >= 3


def test_every_code_of_a_cell_can_be_read_back() -> None:
    tables, _ = protect(views(np.arange(8, 20).reshape(2, 2, 3)), K, policy())
    assert all(
        set(one.table.cells) == set(product((*one.table.rows.labels, TOTAL), (*one.table.columns.labels, TOTAL)))
        for one in tables.values()
    )
