"""Who does what: the letters as a table, with what to look at per task and per member."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equitybook.findings import Finding, Measured, Provenance, Shown
from equitybook.flags import Flag, Flagged
from equitybook.outcomes.wording import listing, things

ID = "IC1.rasci"
METRIC = "IC1.rasci_errors"
TITLE = "Who does what"
EMPTY = "Add members and tasks, then choose the first letter above."
_NOTE = "R does the work, A answers for it, S helps, C is asked before, I is told after. AR is A and R in one person."


def letters(measured: Measured) -> Finding:
    """Say how many tasks have exactly one to answer for them and somebody to do them."""
    facts, grid = measured.facts["letters"], measured.words.get("letters")
    if not facts["letters"]:
        return Finding(ID, METRIC, TITLE, empty=EMPTY)
    return Finding(
        ID,
        METRIC,
        TITLE,
        sentence=_sentence(facts),
        table=_table(grid) if grid else None,
        flags=_flags(facts, grid or {}),
        notices=_notices(facts, grid or {}),
        provenance=Provenance(source="The table of letters", numerator="tasks without exactly one A, or without any R"),
    )


def _sentence(facts: Mapping[str, Any]) -> str:
    tasks = things(facts["tasks"], "task")
    if not facts["errors"]:
        each = "The one task has" if facts["tasks"] == 1 else f"Each of the {tasks} has"
        return f"{each} one person who answers for it and somebody who does it."
    return f"{facts['errors']} of {tasks} {'needs' if facts['errors'] == 1 else 'need'} another look: each needs one person who answers for it and somebody who does it."


def _table(grid: Mapping[str, Any]) -> Shown:
    problems = grid["problems"]
    rows = tuple(
        (
            name,
            *(grid["cells"].get((task, member), "") for member in grid["members"]),
            _sentences((*problems[task].errors, *problems[task].warnings)) or "In order",
        )
        for task, name in grid["tasks"].items()
    )
    columns = ("Task", *grid["members"].values(), "To look at")
    return Shown("Who does what", columns, rows, "l" * len(columns), notes=(_NOTE,))


def _flags(facts: Mapping[str, Any], grid: Mapping[str, Any]) -> tuple[Flagged, ...]:
    """One flag for all tasks that need another look: the gate reads it."""
    said = []
    if facts["errors"]:
        named = [f"{grid['tasks'][task]}: {_sentences(one.errors)}" for task, one in grid.get("problems", {}).items() if one.errors]
        said.append(" ".join(named) or f"{things(facts['errors'], 'task has', 'tasks have')} not exactly one A, or no R.")
    if facts["twice"]:
        said.append(
            f"{things(facts['twice'], 'pair')} of task and member {'has' if facts['twice'] == 1 else 'have'} two letters; the first is shown."
        )
    return tuple(
        Flagged(Flag.DATA_QUALITY, METRIC, value=facts["errors"], reference=0, reason=one, next_step="Change the letters above.")
        for one in said
    )


def _notices(facts: Mapping[str, Any], grid: Mapping[str, Any]) -> tuple[str, ...]:
    names = grid.get("members", {})
    said = []
    if facts["crowded"]:
        said.append(
            f"{things(facts['crowded'], 'task has', 'tasks have')} more than two R. Where many do it, it is often left to the others."
        )
    if facts["overloaded"]:
        who = listing([names[one] for one in grid.get("overloaded", ())]) or things(facts["overloaded"], "member")
        said.append(f"{who} answers for more than five tasks, or for over 40 percent of them. Who could take one over?")
    if facts["without"]:
        who = listing([names[one] for one in grid.get("without", ())]) or things(facts["without"], "member")
        said.append(f"No part in any task yet: {who}.")
    if facts["astray"]:
        said.append(f"{things(facts['astray'], 'letter')} for tasks or members that are no longer listed; not counted.")
    return tuple(said)


def _sentences(problems: tuple[str, ...]) -> str:
    return " ".join(one[:1].upper() + one[1:] for one in problems)
