"""What could name a person is dropped at the door, before anything of a file is kept.

Columns go by their heading or by what their values look like: names, employee numbers and whatever else is different for each
person, social security numbers, e-mail and other addresses, phone numbers, birth dates and ages, notes. Single cells that hold
a social security number, an e-mail address or a phone number are emptied. What was dropped is told, not shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from equitybook.codebook import Column, Kind, Table
from equitybook.intake import shapes
from equitybook.intake.match import match_exactly, words
from equitybook.intake.sheet import Cell, Sheet
from equitybook.intake.wordlists import word_lists
from equitybook.outcomes.human_resources.staff_statistics.tables import Roster

MADE_HERE = frozenset({(Roster.table.id, "emp_key")})
"""Columns that are made here and never taken from a file."""

NAMES = "names of people"
NUMBERS = "a number or code of one person"
OWN_VALUES = "a value of its own for almost every person"
SOCIAL_SECURITY = "social security numbers"
EMAILS = "e-mail addresses"
PHONES = "phone numbers"
ADDRESSES = "addresses"
BIRTHS = "birth dates or ages"
NOTES = "notes in free text"

_FEW = 5
_UNIQUE = 0.9
_HALF = 0.5
_SHORT = 6  # no address, number or SSN is shorter


@dataclass(frozen=True, slots=True)
class Dropped:
    """A column that was dropped, and what it holds, for the page to say."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Screened:
    """What may be kept of a sheet, and what was dropped from it."""

    sheet: Sheet
    dropped: tuple[Dropped, ...]


def screen(sheet: Sheet, table: Table, *, today: dt.date | None = None) -> Screened:
    """Drop the columns that could name a person, and empty the single cells that do.

    Parameters
    ----------
    sheet
        The sheet as it was read.
    table
        The table it is meant for. Where a row is a person (the staff list), values are looked at strictly; columns the table
        declares are never taken for notes, and their dates never for birth dates.
    today
        The day birth dates are judged from.

    Returns
    -------
    Screened
        The sheet with the remaining columns, and each dropped column with the reason.
    """
    today = today or dt.datetime.now(tz=dt.UTC).date()
    dropped = [Dropped(name, reason) for name in sheet.columns if (reason := _reason(sheet, name, table, today))]
    gone = {one.column for one in dropped}
    kept = sheet.only([name for name in sheet.columns if name not in gone])
    emptied, told = _empty_cells(kept.rows, kept.columns)
    gone_before = tuple((one.column, one.reason) for one in dropped)
    kept = replace(kept, rows=emptied, messages=(*sheet.messages, *told), dropped=(*sheet.dropped, *gone_before), screened=True)
    return Screened(kept, tuple(Dropped(*one) for one in kept.dropped))


def of_a_person(column: Column, values: Sequence[Cell], *, people: bool) -> str:
    """Say what the values of a declared column hold that could name a person, as in ``Dropped.reason``; empty where nothing does.

    Parameters
    ----------
    column
        The column of the table they are meant for.
    values
        What came for it, from one paste.
    people
        Whether a row of that table is a person.
    """
    told = [value for value in values if value is not None and str(value).strip()]
    if column.kind not in {Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE}:
        return ""
    return _by_pattern(told) or (_by_known_value(told, column, people=people) if people else "")


def _reason(sheet: Sheet, name: str, table: Table, today: dt.date) -> str:
    """Say why a column is dropped; empty where it may stay."""
    known = match_exactly(table, name)
    if known and (table.id, known.name) in MADE_HERE:
        return NUMBERS
    values = [value for value in sheet.column(name) if value is not None and str(value).strip()]
    by_heading = "" if known else _by_heading(name)
    amounts = bool(set(words(name).split()) & word_lists().amounts) and shapes.are_numbers(values)
    return by_heading or _by_pattern(values) or ("" if amounts else _by_value(values, known, table, today))


def _by_heading(name: str) -> str:
    tokens = words(name).split()
    found, squeezed = set(tokens), "".join(tokens)
    lists = word_lists()
    for reason, headings in lists.headings.items():
        if found & headings or squeezed in headings:
            return reason
    if {"social", "security"} <= found:
        return SOCIAL_SECURITY
    if found & {"name", "names"} and not found & lists.things:
        return NAMES
    if found and found <= {
        "manager",
        "reports",
        "to",
        "employee",
        "employees",
        "worker",
        "person",
        "incumbent",
        "staff",
        "member",
        "officer",
    }:
        return NAMES
    if (found & lists.numbers and (found & lists.people or found <= lists.numbers)) or not found:
        return NUMBERS
    return ""


def _by_pattern(values: Sequence[Cell]) -> str:
    for reason, pattern in (
        (SOCIAL_SECURITY, shapes.SSN),
        (EMAILS, shapes.EMAIL),
        (PHONES, shapes.PHONE),
        (ADDRESSES, shapes.ADDRESS),
    ):
        if shapes.share_of(values, pattern) >= 0.2:  # noqa: PLR2004 - fewer are emptied cell by cell
            return reason
    return ""


def _by_value(values: Sequence[Cell], known: Column | None, table: Table, today: dt.date) -> str:
    if not values or (known and known.kind not in {Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE}):
        return ""
    people = table.id == Roster.table.id
    if known:
        return _by_known_value(values, known, people=people)
    return NAMES if shapes.are_names(values) else _by_unknown_value(values, today, people=people)


def _by_known_value(values: Sequence[Cell], known: Column, *, people: bool) -> str:
    if not values or shapes.are_names(values):
        return NAMES if values else ""
    # A title or a grade may be rare; a code of its own on each row is a position number.
    own = people and known.kind is Kind.TEXT and len(values) >= _FEW and _are_codes(values)
    return NUMBERS if own else ""


def _by_unknown_value(values: Sequence[Cell], today: dt.date, *, people: bool) -> str:
    if shapes.are_birth_dates(values, today):
        return BIRTHS
    if _are_notes(values):
        return NOTES
    if people and _are_own_values(values, today):
        return OWN_VALUES
    return ""


def _are_codes(values: Sequence[Cell]) -> bool:
    return shapes.uniqueness(values) >= _UNIQUE and all(any(sign.isdigit() for sign in str(value)) for value in values)


def _are_own_values(values: Sequence[Cell], today: dt.date) -> bool:
    """Whether nearly every person has a value that nobody else has, dates and pay apart; of few people, only what is shaped so."""
    if shapes.uniqueness(values) < _UNIQUE or shapes.read_dates(values, today) is not None or shapes.are_plain_amounts(values):
        return False
    return len(values) >= _FEW or shapes.are_shaped_as_names(values) or shapes.are_shaped_as_numbers(values)


def _are_notes(values: Sequence[Cell]) -> bool:
    written = [value for value in values if isinstance(value, str)]
    long = [value for value in written if len(value) > 40 and len(value.split()) > 6]  # noqa: PLR2004 - longer than a title
    return len(long) >= 0.3 * len(values) and shapes.uniqueness(written) > _HALF


def _empty_cells(rows: tuple[tuple[Cell, ...], ...], columns: tuple[str, ...]) -> tuple[tuple[tuple[Cell, ...], ...], list[str]]:
    """Empty single cells that hold a social security number, an e-mail address or a phone number."""
    emptied = [0] * len(columns)
    made = []
    for row in rows:
        cells = list(row)
        for place, cell in enumerate(cells):
            if (
                isinstance(cell, str)
                and len(cell) >= _SHORT
                and any(one.search(cell) for one in (shapes.SSN, shapes.EMAIL, shapes.PHONE))
            ):
                cells[place] = None
                emptied[place] += 1
        made.append(tuple(cells))
    told = [
        f'{count} cell{"s" if count > 1 else ""} in "{name}" held an e-mail address, a phone number or a social security number and '
        f"{'were' if count > 1 else 'was'} emptied."
        for name, count in zip(columns, emptied, strict=True)
        if count
    ]
    return tuple(made), told
