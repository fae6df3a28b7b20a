"""Percentages need ten people: a row of fewer shows how many people there are, and nothing of how they are split."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equitybook.disclosure import Tier, policy, release
from equitybook.disclosure.audit import Attacker
from equitybook.disclosure.cells import population
from equitybook.disclosure.linked import protect
from equitybook.findings import TOTAL, CountTable, Finding, Measured, Statistic
from tests.disclosure.made import dimension, table

SPLIT = dimension("counted", 2, labels=("IN", "NOT_IN"))


def shares(*pairs: tuple[int, int]) -> CountTable:
    rows = dimension("group", len(pairs))
    return replace(table([list(pair) for pair in pairs], name="t", of="applicants", rows=rows, columns=SPLIT), shares=True)


def seen(measured: Measured, tier: Tier) -> Measured:
    given: list[Measured] = []

    def present(left: Measured) -> tuple[Finding, ...]:
        given.append(left)
        return ()

    release(measured, present, tier)
    return given[0]


def test_seven_of_seven_is_a_number_of_people_and_no_percent_for_the_coach() -> None:
    left = seen(Measured(counts={"t": shares((7, 0))}), Tier.T2).counts["t"]
    assert left.at() == 7
    assert [left.at(row, column) for row in ("g0", TOTAL) for column in ("IN", "NOT_IN")] == [None] * 4


def test_ten_of_ten_is_a_percentage_for_the_coach() -> None:
    assert seen(Measured(counts={"t": shares((10, 0))}), Tier.T2).counts["t"].at("g0", "IN") == 10


def test_a_table_that_is_no_split_keeps_its_rows_of_fewer_than_ten() -> None:
    plain = replace(shares((7, 0), (40, 60)), shares=False)
    assert seen(Measured(counts={"t": plain}), Tier.T2).counts["t"].at("g0", "IN") == 7


@pytest.mark.parametrize(("pair", "value"), [((36, 4), None), ((30, 10), 75.0)])
def test_a_share_is_hidden_with_the_part_it_would_tell(pair: tuple[int, int], value: float | None) -> None:
    measured = Measured(counts={"t": shares(pair)}, statistics=(Statistic("v", TOTAL, 100 * pair[0] / sum(pair), sum(pair), "t"),))
    [left] = seen(measured, Tier.T2).statistics
    assert left.value == value


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=1, max_size=5), st.sampled_from([Tier.T2, Tier.T3]))
def test_no_share_of_too_few_people_is_shown_or_worked_out(pairs: list[tuple[int, int]], tier: Tier) -> None:
    limits, made = tier.thresholds, shares(*pairs)
    taken = protect({"t": made}, limits.smallest_group, policy(), rates_from=limits.statistic_from)[0]["t"]
    people = population("applicants", {"t": made})
    attacker = Attacker(people, {people.places["t"][at] for at in taken.hidden})
    for row in (*made.row_codes(), TOTAL):
        if not 0 < (made.at(row) or 0) < limits.statistic_from:
            continue
        for column in ("IN", "NOT_IN"):
            assert taken.table.at(row, column) is None
            if 0 in {made.at(TOTAL, one) for one in ("IN", "NOT_IN")}:
                continue  # nobody at all, or everybody: whoever sees that knows it of every row
            # A row of one person is one or the other; between them nobody can tell.
            assert attacker.safe(people.places["t"][row, column], least=1.0)
