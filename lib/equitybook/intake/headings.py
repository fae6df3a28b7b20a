"""Where the headings of a sheet stand, and what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from equitybook.codebook.read_choice import plain
from equitybook.codebook.read_date import read_date
from equitybook.codebook.read_number import read_number
from equitybook.intake.sheet import Cell, column_letters

_SEARCHED = 30
_MOSTLY = 0.8
_ENOUGH = 0.6
_FEW = 2


@dataclass(frozen=True, slots=True)
class Headings:
    """Headings and the index of the first row of data under them. ``row`` is the index of the heading row, None where there is none."""

    names: tuple[str, ...]
    row: int | None
    first: int
    messages: tuple[str, ...]


def find_headings(rows: Sequence[Sequence[Cell]], *, wanted: int | None, numbers: Sequence[int]) -> Headings:
    """Find the heading row: ``wanted`` (an index) where the user has chosen, else the first wide row of words.

    Title rows above are passed over; a second heading row below is left out of the data; group labels above (merged cells)
    are put in front of headings that would otherwise repeat.
    """
    messages: list[str] = []
    row = wanted if wanted is not None else _likely(rows)
    names = [_name(cell) for cell in rows[row]]
    if wanted is None and not _is_words(rows[row]):
        messages.append(
            f"Row {numbers[row]} is read as headings although it holds numbers. If the file has no headings, say so under “Headings are in”."
        )
    if row and wanted is None:
        messages.append(_above(rows, row, numbers))
    names = _with_group_labels(names, rows[row - 1] if row else ())
    first = row + 1
    if _is_second_heading(rows, row):
        first += 1
        messages.append(
            f"Rows {numbers[row]} and {numbers[row + 1]} both look like headings. Row {numbers[row]} is used and row "
            f"{numbers[row + 1]} is left out. If the names in row {numbers[row + 1]} are better, choose it as the heading row."
        )
    return Headings(_unique(names, messages), row, first, tuple(one for one in messages if one))


def without_headings(rows: Sequence[Sequence[Cell]], *, numbers: Sequence[int]) -> Headings:
    """Name the columns of a list without headings ``Column A``, ``Column B``, …; title rows above it are passed over and said.

    As many are named as most rows have cells, so that a row whose cells have moved is still noticed.
    """
    first = _enough(rows)[0]
    width = Counter(len(row) for row in rows[first:]).most_common(1)[0][0]
    above = (
        f"Row{'s' if first > 1 else ''} {_span(numbers[0], numbers[first - 1])} above the list {'are' if first > 1 else 'is'} left out."
        if first
        else ""
    )
    return Headings(tuple(f"Column {column_letters(place)}" for place in range(width)), None, first, (above,) if above else ())


def is_filled(cell: Cell) -> bool:
    """Whether a cell holds anything."""
    return cell is not None and (not isinstance(cell, str) or bool(cell.replace("\u00a0", " ").strip()))


def no_heading(place: int) -> str:
    """Name a column that has no heading, by its place from 0."""
    return f"Column {column_letters(place)} (no heading)"


def _likely(rows: Sequence[Sequence[Cell]]) -> int:
    enough = _enough(rows)
    wordy = [index for index in enough if _is_words(rows[index]) and index + 1 < len(rows)]  # nothing is below the last one
    return (wordy or enough)[0]


def _enough(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Give the first rows that are about as wide as most: a title is not. Never empty."""
    usual = median([_width(row) for row in rows[:200] if _width(row)])
    return [index for index, row in enumerate(rows[:_SEARCHED]) if _width(row) >= max(1, _ENOUGH * usual)] or [0]


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _width(row: Sequence[Cell]) -> int:
    return sum(is_filled(cell) for cell in row)


def is_word(cell: Cell) -> bool:
    """Whether a cell holds words: neither a number nor a date."""
    return isinstance(cell, str) and is_filled(cell) and read_number(cell) is None and read_date(cell).date is None


def _is_words(row: Sequence[Cell]) -> bool:
    filled = [cell for cell in row if is_filled(cell)]
    return bool(filled) and sum(map(is_word, filled)) >= _MOSTLY * len(filled)


def _is_second_heading(rows: Sequence[Sequence[Cell]], row: int) -> bool:
    """Whether the row below the headings is words of its own, although its columns hold numbers or dates further down."""
    below = rows[row + 2 : row + 202]
    second = {place: cell for place, cell in enumerate(rows[row + 1]) if is_filled(cell)} if row + 1 < len(rows) else {}
    if len(below) < _FEW or not _is_words(list(second.values())) or len(second) < _ENOUGH * _width(rows[row]):
        return False
    if len({plain(str(cell)) for cell in second.values()}) < len(second):
        return False
    numeric = False
    for place, cell in second.items():
        values = [one[place] for one in below if place < len(one) and is_filled(one[place])]
        if any(plain(str(value)) == plain(str(cell)) for value in values):
            return False  # a value that comes again is no heading
        numeric = numeric or (is_word(cell) and len(values) >= _FEW and not any(map(is_word, values)))
    return numeric


def _above(rows: Sequence[Sequence[Cell]], row: int, numbers: Sequence[int]) -> str:
    if not any(_width(one) for one in rows[:row]):
        return ""
    which = f"Row {numbers[0]} above them is" if row == 1 else f"The {row} rows above them are"
    return f"Row {numbers[row]} is read as headings. {which} left out. Choose another heading row if that is wrong."


def _name(cell: Cell) -> str:
    return " ".join(str(cell).replace("\u00a0", " ").replace("\ufeff", "").split()) if is_filled(cell) else ""


def _with_group_labels(names: list[str], above: Sequence[Cell]) -> list[str]:
    repeats = {name for name, times in Counter(plain(name) for name in names if name).items() if times > 1}
    if not repeats or sum(map(is_word, above)) < 2:  # noqa: PLR2004 - one word above is a title
        return names
    label, labelled = "", []
    for place, name in enumerate(names):
        label = _name(above[place]) if place < len(above) and is_filled(above[place]) else label
        labelled.append(f"{label} {name}".strip() if plain(name) in repeats else name)
    return labelled


def _unique(names: list[str], messages: list[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    unique: list[str] = []
    for place, name in enumerate(names):
        base = name or no_heading(place)
        seen[base.casefold()] += 1
        unique.append(base if seen[base.casefold()] == 1 else f"{base} ({seen[base.casefold()]})")
    doubled = sorted({name for name in names if name and seen[name.casefold()] > 1}, key=str.casefold)
    messages.extend(
        f'{seen[name.casefold()]} columns are called "{name}". They are numbered here; check which one is meant.'
        for name in doubled
    )
    return tuple(unique)
