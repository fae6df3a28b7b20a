"""What could name a person stays out of the tables of people, however it comes: typed, pasted, or as a number for a key.

A file is screened before anything of it is kept (``intake.screen``). What is pasted or typed goes straight to the store, so it is looked
at here, with the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from equitybook.codebook import Kind
from equitybook.intake.roster import new_key
from equitybook.intake.screen import MADE_HERE, of_a_person
from equitybook.outcomes import registry
from equitybook.store.handle import ORDER, Edit

if TYPE_CHECKING:
    from equitybook.codebook import Column
    from equitybook.store.handle import Handle

_KEYS = dict(MADE_HERE)
"""The column of each table of people that is made here, by table id."""

_LEFT_OUT = "It looked like {what}, and nothing of it was kept."
_NO_KEY = "This is no key of your staff list, and nothing of it was kept: an employee number must not stand here. Choose a key of the list."


def left_out(handle: Handle, edits: Sequence[Edit]) -> Mapping[str, str]:
    """Name the edits, by their keys, that are not written because they could name a person, each with the sentence for the page."""
    found: dict[str, str] = {}
    for (table_id, field), some in _by_column(edits).items():
        column = registry.table(table_id).column(field)
        found.update(_no_keys(handle, column, some))
        if table_id in _KEYS:
            found.update(_of_people(column, some))
    return found


def with_keys(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Give each edit, and after one that begins a row of people the row's random key."""
    for edit in edits:
        yield edit
        if edit.table in _KEYS and edit.field == ORDER and edit.expected == 0:
            key = f"key:{edit.key}"[:64]
            yield Edit(edit.table, edit.row, _KEYS[edit.table], new_key(), 0, key=key, source=edit.source, batch=edit.batch)


def _by_column(edits: Sequence[Edit]) -> dict[tuple[str, str], list[Edit]]:
    sorted_out: dict[tuple[str, str], list[Edit]] = {}
    for edit in edits:
        if not edit.field.startswith("_") and edit.value not in (None, ""):
            sorted_out.setdefault((edit.table, edit.field), []).append(edit)
    return sorted_out


def _no_keys(handle: Handle, column: Column, edits: Sequence[Edit]) -> Iterator[tuple[str, str]]:
    table_id, _, field = column.refers.partition(".")
    if _KEYS.get(table_id) != field:
        return
    known = {record.values().get(field) for record in handle.read(table_id)}
    yield from ((edit.key, _NO_KEY) for edit in edits if edit.value not in known)


def _of_people(column: Column, edits: Sequence[Edit]) -> Iterator[tuple[str, str]]:
    """Judge a paste column by column, as a file is; what is typed by its own shape alone, for a title may be a name as well."""
    if column.kind not in {Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE}:
        return
    pasted = [edit for edit in edits if edit.source == "pasted"]
    reason = of_a_person(column, [edit.value for edit in pasted], people=True)
    for edit in edits:
        own = reason if edit in pasted else of_a_person(column, [edit.value], people=False)
        if own:
            yield edit.key, _LEFT_OUT.format(what=own)
