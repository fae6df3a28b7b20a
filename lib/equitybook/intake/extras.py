"""Rows of a sheet that are not of the list: totals and subtotals anywhere, notes below the last row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from equitybook.codebook.read_number import read_money
from equitybook.codebook.totals import is_total, is_total_of
from equitybook.intake.headings import is_filled, is_word
from equitybook.intake.sheet import Cell

_LOOKED_AT = 400
_USUAL = 0.5
_NOTE = re.compile(r"(?:foot)?(?:notes?|sources?)\s*:", re.IGNORECASE)
_PAIR = 2


def find_totals(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Find rows that add up other rows, anywhere in a sheet: indexes, by the words in the first column of words.

    ``Total`` alone is one. ``Police Total``, which Excel's subtotals are called, and ``Total staff`` are where the row lacks words
    that its neighbours have: a department may be called ``Total Fitness Center``.
    """
    maybe = {index: place for index, row in enumerate(rows) if (place := _place_of_total(row)) is not None}
    wordy = _columns_of_words([row for index, row in enumerate(rows) if index not in maybe]) if maybe else set()
    return [index for index, place in maybe.items() if is_total(rows[index][place]) or _lacks_words(rows[index], wordy - {place})]


def find_notes(rows: Sequence[Sequence[Cell]], totals: Sequence[int]) -> list[int]:
    """Find notes below the last row: indexes of rows at the end, totals between them passed over.

    Such a row has something in its first cell and nothing beside it, or one number, which is a sum without a word. A sheet in which
    most rows have one cell has none: there it is a list.
    """
    widths = [_width(row) for row in rows]
    if not widths or median(widths) < _PAIR:
        return []
    found, below = [], set(totals)
    for index in range(len(rows) - 1, 0, -1):
        if index not in below and (_is_note(rows[index], widths[index]) or _is_headed_note(rows[index], widths[index])):
            found.append(index)
        elif index not in below:
            break
    return sorted(found)


def _place_of_total(row: Sequence[Cell]) -> int | None:
    if not any(is_total(cell) or is_total_of(cell) for cell in row):
        return None
    place = next((place for place, cell in enumerate(row) if is_word(cell)), None)
    return place if place is not None and (is_total(row[place]) or is_total_of(row[place])) else None


def _columns_of_words(rows: Sequence[Sequence[Cell]]) -> set[int]:
    """Give the columns in which most rows have a word."""
    looked_at = rows[:_LOOKED_AT]
    width = max((len(row) for row in looked_at), default=0)
    return {
        place
        for place in range(width)
        if sum(place < len(row) and is_word(row[place]) for row in looked_at) > _USUAL * len(looked_at)
    }


def _lacks_words(row: Sequence[Cell], wordy: set[int]) -> bool:
    """Whether a word is missing that most rows have; where no other column has words there is nothing to miss, and the name decides."""
    return not wordy or any(place >= len(row) or not is_filled(row[place]) for place in wordy)


def _is_note(row: Sequence[Cell], width: int) -> bool:
    return width == 1 and (is_filled(row[0]) or any(is_filled(cell) and read_money(str(cell)) is not None for cell in row))


def _is_headed_note(row: Sequence[Cell], width: int) -> bool:
    first = next((cell for cell in row if is_filled(cell)), None)
    return width <= _PAIR and isinstance(first, str) and bool(_NOTE.match(first.strip()))


def _width(row: Sequence[Cell]) -> int:
    return sum(map(is_filled, row))
