"""The way in for a file: read, screened, proposed; and, once the user has settled what it means, its rows.

Only what passed the door is kept: the server stores ``Received.kept``, never the file itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from equitybook.codebook import Table
from equitybook.intake import tables
from equitybook.intake.headless import has_no_headings
from equitybook.intake.proposal import Imported, Mapping, Proposal
from equitybook.intake.read import NO_HEADINGS, read_spreadsheet
from equitybook.intake.screen import screen
from equitybook.intake.sheet import Cell, Sheet, pack, unpack

MEDIA_TYPE = "application/vnd.equitybook.sheet+json"
"""Of what is kept."""

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Received:
    """A file that came in.

    ``kept`` is the screened sheet as bytes, all that may be stored. ``top`` are the first rows as (row number, cells), for choosing
    another heading row: for this person's page only.
    """

    kept: bytes
    proposal: Proposal
    top: tuple[tuple[int, tuple[Cell, ...]], ...]

    def json(self) -> dict[str, Any]:
        """Give the proposal as JSON, with the first rows."""
        return {**self.proposal.json(), "top": [{"row": number, "cells": cells} for number, cells in self.top]}


def receive(
    content: bytes, name: str, table: Table, *, sheet: str | None = None, header_row: int | None = None, remembered: object = None
) -> Received:
    """Read a file for a table, drop what could name a person, and propose what the rest means.

    ``header_row`` as for ``read_spreadsheet``. Without it, a list whose first row is like the others is read as one without headings.

    Raises
    ------
    DataError
        If the file cannot be read as a table; the sentence is for the page.
    """
    read = read_spreadsheet(content, name, sheet=sheet, header_row=header_row)
    if header_row is None and has_no_headings(read, table):
        read = _without_headings(content, name, read)
    screened = screen(read, table).sheet
    return Received(pack(screened), tables.propose(screened, table, remembered), _top(read, screened))


def _without_headings(content: bytes, name: str, read: Sheet) -> Sheet:
    """Read a file once more as one without headings, and say why. The row is not quoted: it may name a person."""
    again = read_spreadsheet(content, name, sheet=read.sheet or None, header_row=NO_HEADINGS)
    said = (
        f"Row {read.header_row} is like the rows below it, so it is read as one of them and the file as one without headings. "
        "If that is wrong, choose the row of headings under “Headings are in”."
    )
    return replace(again, messages=(said, *again.messages))


def propose_again(kept: bytes, table: Table, mapping: object) -> Proposal:
    """Propose anew for a kept file, with the user's choices so far: other columns bring other words to settle."""
    return tables.propose(unpack(kept), table, mapping)


def import_rows(kept: bytes, table: Table, mapping: Mapping | object) -> Imported:
    """Make the rows of a kept file as the user settled them.

    Raises
    ------
    DataError
        If the mapping does not fit or leaves something open; the sentence lists all that is to be settled.
    """
    return tables.apply(unpack(kept), table, mapping)


def _top(read: Sheet, screened: Sheet) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    """Give the first rows of the file; below the headings, what was dropped is already gone."""
    first = read.row_numbers[0] if read.row_numbers else 0
    above = [(number, cells) for number, cells in read.top if number < first]
    places = [screened.columns.index(name) if name in screened.columns else None for name in read.columns]
    below = zip(screened.row_numbers[:_SHOWN], screened.rows[:_SHOWN], strict=True)
    return (*above, *((number, tuple(None if place is None else row[place] for place in places)) for number, row in below))
