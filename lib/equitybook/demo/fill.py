"""Entering an invented town's answers as its two participants would have: cycle 1 a month ago, cycle 2 since yesterday."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from equitybook.charter.tables.measures import BASELINE
from equitybook.demo.coaching import write_comments
from equitybook.demo.dated import DUE, moved
from equitybook.demo.projects import Rows
from equitybook.demo.towns import NEWCOMER, is_late, stories, town_answers
from equitybook.outcomes import outcome, registry
from equitybook.program import Cohort, Community
from equitybook.store import Store
from equitybook.store.handle import Edit, Handle, Source

CYCLE = 2
"""The cycle that is open."""

_AFTERNOON = dt.time(20, 10, tzinfo=dt.UTC)  # ten past two in Illinois
_FIRST_CYCLE = ("CHARTER", "IC1", "PM1")
_LATER_TABLES = ("story",)
_LATER_FIELDS = (*BASELINE, "baseline_plan", "baseline_due", "target_value", "target_date", "target_rationale", "target_note")
_AGAIN = "We looked again with the fire chief. It is the town, and half of it is one retirement year."


class Clock:
    """A clock of the demonstration's own: every look at it is a minute later."""

    def __init__(self, start: dt.datetime) -> None:
        self.now = start

    def __call__(self) -> dt.datetime:
        """Give the next moment, in UTC."""
        self.now += dt.timedelta(minutes=1)
        return self.now


def fill_town(store: Store, cohort: Cohort, community: Community, clock: Clock, *, yesterday: dt.datetime) -> None:
    """Enter what a town has done, hand in what it has handed in, and write what its coach said.

    A town that has answers already is left alone: a shared database may hold the demonstration.
    """
    first, second = (store.community(community.slug, author=person.username) for person in community.participants)
    if first.last_seq():
        return
    this = cohort.cycles[0]
    entered = {table: moved(rows, this.due - DUE) for table, rows in town_answers(community).items()}
    clock.now = dt.datetime.combine(this.due - dt.timedelta(days=4), _AFTERNOON)
    _enter_all(first, second, _first_cycle(entered))
    if entered and not is_late(community.slug):
        clock.now = dt.datetime.combine(this.due, _AFTERNOON)
        first.submit(1, tables=_tables(cohort, 1), note="For our first session.", key="demo-cycle-1")
    if community.slug == NEWCOMER:
        clock.now = dt.datetime.combine(this.coaching_from, _AFTERNOON)
        write_comments(store, cohort, community, today=this.coaching_from)
    clock.now = max(yesterday, clock.now)
    _enter_all(first, second, _second_cycle(entered))
    _sharpen(first, second, entered.get("measures", []))
    _hand_in(first, second, cohort, stories()[community.slug].submitted)


def _first_cycle(entered: Mapping[str, Rows]) -> dict[str, Rows]:
    mine = {row.table.id for code in _FIRST_CYCLE for row in outcome(code).tables} - set(_LATER_TABLES)
    rows = {table: found for table, found in entered.items() if table in mine}
    if "measures" in rows:
        rows["measures"] = [{name: value for name, value in row.items() if name not in _LATER_FIELDS} for row in rows["measures"]]
    return rows | _evidence(entered, cycle=1)


def _second_cycle(entered: Mapping[str, Rows]) -> dict[str, Rows]:
    earlier = {*_first_cycle(entered), "evidence"}
    return {table: rows for table, rows in entered.items() if table not in earlier} | _evidence(entered, cycle=2)


def _evidence(entered: Mapping[str, Rows], *, cycle: int) -> dict[str, Rows]:
    kept = [row for row in entered.get("evidence", ()) if row["cycle"] == cycle]
    return {"evidence": kept} if kept else {}


def _sharpen(first: Handle, second: Handle, measures: Rows) -> None:
    """Write into the measures what cycle 2 adds: plans and targets are typed, then the button locks the baselines."""
    for handle, names in ((first, [name for name in _LATER_FIELDS if name not in BASELINE]), (second, BASELINE)):
        rows = {record.values().get("measure_id"): record.id for record in handle.read("measures")}
        batch = secrets.token_hex(8)
        handle.write(
            [
                Edit("measures", rows[one["measure_id"]], name, one[name], expected=0, key=secrets.token_hex(8), batch=batch)
                for one in measures
                for name in names
                if one.get(name) not in (None, "")
            ]
        )


def _hand_in(first: Handle, second: Handle, cohort: Cohort, times: int) -> None:
    for number in range(times):
        if number:
            _enter(first, "hr1_words", [{"surprise": _AGAIN}])
        note = "With one answer changed." if number else "For our session."
        second.submit(CYCLE, tables=_tables(cohort, CYCLE), note=note, key=f"demo-{number}")


def _enter_all(first: Handle, second: Handle, entered: Mapping[str, Rows]) -> None:
    for place, (table, rows) in enumerate(entered.items()):
        _enter(second if place % 2 else first, table, rows)


def _enter(handle: Handle, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if registry.table(table).single:
        # a form has one record, under the name every page gives it
        seen = {record.id: record for record in handle.read(table)}.get("one")
        versions = {name: cell.version for name, cell in seen.cells.items()} if seen else {}
        edits = [
            Edit(table, "one", name, value, expected=versions.get(name, 0), key=secrets.token_hex(8))
            for row in rows
            for name, value in row.items()
        ]
        handle.write(edits)
        return
    source: Source = "imported" if table == "hr1_roster" else "typed" if table == "evidence" else "pasted"
    handle.add_rows(table, rows, replace=False, source=source, batch=secrets.token_hex(6))


def _tables(cohort: Cohort, cycle: int) -> tuple[str, ...]:
    return registry.tables_of(cohort.cycle(cycle).outcomes)
