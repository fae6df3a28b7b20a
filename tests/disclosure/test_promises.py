"""A community may have promised the people counted that no group below a larger number is reported; disclosure keeps the promise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equitybook.disclosure import Tier, policy, release
from equitybook.disclosure.audit import Attacker
from equitybook.disclosure.cells import CLOSE, population
from equitybook.disclosure.linked import protect
from equitybook.findings import TOTAL, CountTable, Finding, Measured, Statistic
from tests.disclosure.made import dimension, table


def seen(measured: Measured, tier: Tier) -> tuple[Measured, tuple[str, ...]]:
    given: list[Measured] = []

    def present(left: Measured) -> tuple[Finding, ...]:
        given.append(left)
        return ()

    notices = release(measured, present, tier).notices
    return given[0], notices


def groups(*sizes: int, promised: int = 0, of: str = "people counted for M1") -> CountTable:
    return replace(table([[size] for size in sizes], of=of), promised=promised)


def test_a_group_of_seven_is_shown_to_the_coach_and_hidden_where_ten_were_promised() -> None:
    plain, _ = seen(Measured(counts={"t": groups(7, 40, 60)}), Tier.T2)
    assert plain.counts["t"].at("r0") == 7
    kept, notices = seen(Measured(counts={"t": groups(7, 40, 60, promised=10)}), Tier.T2)
    assert kept.counts["t"].at("r0") is None
    assert kept.counts["t"].at("r2") == 60
    assert any("promised to report no group of fewer than 10 people" in one for one in notices)


@pytest.mark.parametrize(("promised", "shown"), [(5, True), (11, False)])
def test_a_promise_makes_a_tier_stricter_and_never_laxer(promised: int, shown: bool) -> None:
    coach, _ = seen(Measured(counts={"t": groups(10, 40, 60, promised=promised)}), Tier.T2)
    public, _ = seen(Measured(counts={"t": groups(10, 40, 60, promised=promised)}), Tier.T3)
    assert (coach.counts["t"].at("r0") is not None) is shown
    assert public.counts["t"].at("r0") is None


def test_the_town_itself_sees_its_own_numbers() -> None:
    assert seen(Measured(counts={"t": groups(7, 40, promised=11)}), Tier.T1)[0].counts["t"].at("r0") == 7


def test_people_to_whom_nothing_was_promised_are_shown_as_before() -> None:
    both = {"a": groups(7, 40, 60, promised=10), "b": replace(groups(7, 400, 90, of="people counted for M2"), id="b")}
    left, _ = seen(Measured(counts=both), Tier.T2)
    assert left.counts["a"].at("r0") is None
    assert left.counts["b"].at("r0") == 7


def test_a_median_of_ten_is_not_shown_where_eleven_were_promised() -> None:
    for promised, value in ((10, 31.0), (11, None)):
        measured = Measured(
            counts={"t": groups(10, 40, promised=promised)}, statistics=(Statistic("days", "r0", 31.0, 10, counted_in="t"),)
        )
        [left] = seen(measured, Tier.T2)[0].statistics
        assert left.value == value


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 14), min_size=2, max_size=2), min_size=2, max_size=4), st.sampled_from([10, 11]))
def test_nothing_below_the_promise_is_shown_or_worked_out(numbers: list[list[int]], promised: int) -> None:
    made = replace(table(numbers, rows=dimension("group", len(numbers))), promised=promised)
    taken = protect({"t": made}, Tier.T2.thresholds.smallest_group, policy())[0]["t"]
    people = population(made.of, {"t": made})
    attacker = Attacker(people, {people.places["t"][at] for at in taken.hidden})
    for row in (*made.row_codes(), TOTAL):
        for column in (*made.column_codes(), TOTAL):
            if CLOSE < (made.at(row, column) or 0) < promised:
                assert taken.table.at(row, column) is None
                assert attacker.safe(people.places["t"][row, column], least=1.0)
