"""A sheet as it was read: headings, rows, where it stood in the file, and what to say about it."""

from __future__ import annotations

import json
from collections.abc import Set
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from equitybook.errors import DataError

Cell = str | int | float | bool | None
"""One cell: dates are ISO text, empty cells None."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of one file, between its headings and its last row.

    ``columns`` are unique headings; ``rows`` have one cell per column; ``row_numbers`` say where each row stands in the file,
    counted as the spreadsheet program counts them. ``header_row`` is 0 where the file has no headings. ``totals`` are row numbers
    that look like sums of other rows, ``notes`` those at the end that look like a note below the list.
    ``top`` holds the first rows of the sheet, each with its number, for choosing another heading row; it is never kept.
    ``table_id`` names the table whose blank file this is, or is empty. ``screened`` is true once columns that could name a person
    are gone; ``dropped`` names them, each with what it held.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_numbers: tuple[int, ...]
    header_row: int = 1
    sheet: str = ""
    sheet_names: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    totals: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    messages: tuple[str, ...] = ()
    table_id: str = ""
    top: tuple[tuple[int, tuple[Cell, ...]], ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    screened: bool = False

    def column(self, name: str) -> list[Cell]:
        """Give the cells of one column, in the order of the rows."""
        place = self.columns.index(name)
        return [row[place] for row in self.rows]

    def without(self, numbers: Set[int]) -> Sheet:
        """Give the same sheet without the rows of these numbers."""
        kept = [(number, row) for number, row in zip(self.row_numbers, self.rows, strict=True) if number not in numbers]
        return (
            replace(self, rows=tuple(row for _, row in kept), row_numbers=tuple(number for number, _ in kept)) if numbers else self
        )

    def only(self, names: list[str]) -> Sheet:
        """Give the same sheet with only these columns, without the rows above its headings."""
        places = [self.columns.index(name) for name in names]
        rows = tuple(tuple(row[place] for place in places) for row in self.rows)
        return replace(self, columns=tuple(names), rows=rows, top=())


def column_letters(index: int) -> str:
    """Name a column as spreadsheets do: 0 is ``A``, 26 is ``AA``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def pack(sheet: Sheet) -> bytes:
    """Write a sheet as JSON bytes, without the rows above its headings."""
    return json.dumps(asdict(replace(sheet, top=())), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def unpack(content: bytes) -> Sheet:
    """Read a sheet that was packed.

    Raises
    ------
    DataError
        If the bytes are no packed sheet.
    """
    try:
        stored = json.loads(content)
        values: dict[str, Any] = {one.name: stored[one.name] for one in fields(Sheet)}
        return Sheet(**{name: _tuples(value) if isinstance(value, list) else value for name, value in values.items()})
    except (ValueError, KeyError, TypeError) as error:
        problem = "The file that was uploaded earlier cannot be read again."
        raise DataError(problem, fix="Upload it once more.") from error


def _tuples(value: list[Any]) -> Any:  # noqa: ANN401 - JSON
    return tuple(tuple(one) if isinstance(one, list) else one for one in value)
