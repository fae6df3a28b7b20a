"""Whether the row taken for headings is a row of the list: a file without headings must not lose its first row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from equitybook.codebook import Column, Table, Vocabulary
from equitybook.codebook.read_choice import plain, read_choice
from equitybook.codebook.read_date import read_date
from equitybook.codebook.read_number import read_money
from equitybook.intake.headings import is_filled
from equitybook.intake.match import match_heading
from equitybook.intake.sheet import Cell, Sheet

_LOOKED_AT = 200
_MOSTLY = 0.5
_LEAST = 2
_YEARS = range(1900, 2101)


def has_no_headings(sheet: Sheet, table: Table) -> bool:
    """Whether a sheet's headings are values of the table, as those below them are.

    A column speaks for it where its heading and most cells below are numbers or dates, or words of one list of the table (a race, a
    job group), or where the heading comes again below. One known heading speaks against it, and so does each column of numbers
    under a word. Years are headings as often as numbers.
    """
    columns = [one for one in table.columns if one.typed]
    if sheet.table_id or any(match_heading(tuple(columns), name) for name in sheet.columns):
        return False
    values = again = against = 0
    for name in sheet.columns:
        below = [cell for cell in sheet.column(name)[:_LOOKED_AT] if is_filled(cell)]
        numeric = _most(below, _is_figure)
        if (numeric and _is_figure(name) and not _is_year(name)) or _of_one_list(name, below, columns):
            values += 1
        elif plain(name) in {plain(str(cell)) for cell in below}:
            again += 1
        elif numeric and not _is_figure(name):
            against += 1
    return values > 0 and values + again >= max(_LEAST, _MOSTLY * len(sheet.columns)) and values + again > against


def _of_one_list(name: str, below: Sequence[Cell], columns: Sequence[Column]) -> bool:
    lists = [one.vocabulary for one in columns if one.vocabulary and not one.vocabulary.open_ended]
    return any(read_choice(one, name) is not None and _most(below, _in(one)) for one in lists)


def _in(vocabulary: Vocabulary) -> Callable[[Cell], bool]:
    return lambda cell: read_choice(vocabulary, str(cell)) is not None


def _most(cells: Sequence[Cell], true: Callable[[Cell], bool]) -> bool:
    return bool(cells) and sum(map(true, cells)) > _MOSTLY * len(cells)


def _is_figure(cell: Cell) -> bool:
    return read_money(str(cell)) is not None or read_date(str(cell)).date is not None


def _is_year(name: str) -> bool:
    return name.isdecimal() and int(name) in _YEARS
