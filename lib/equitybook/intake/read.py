"""A spreadsheet file, to its rows: whatever it is called, however it was exported, with a sentence for everything in the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from equitybook.errors import DataError
from equitybook.intake.delimited import Delimited, read_delimited, too_many_rows
from equitybook.intake.extras import find_notes, find_totals
from equitybook.intake.headings import Headings, find_headings, is_filled, no_heading, without_headings
from equitybook.intake.sheet import Cell, Sheet
from equitybook.intake.sniff import sniff
from equitybook.intake.workbooks import Grid, read_workbook

MAX_ROWS = 100_000
MAX_COLUMNS = 500
NO_HEADINGS = 0
"""Asked for as the heading row of a file that has none."""
_TOP = 8
_UNEVEN = 0.5
_GUARDED = re.compile(r"^'(?='*[=+\-@\t＝＋－＠])")  # the apostrophe our own downloads put before what looks like a formula


def read_spreadsheet(content: bytes, name: str, *, sheet: str | None = None, header_row: int | None = None) -> Sheet:
    """Read CSV, TSV, XLSX, XLS or ODS bytes.

    Parameters
    ----------
    content
        The file. Its first bytes decide what it is, not its name.
    name
        The file's name, for the messages.
    sheet
        The sheet to read; without it, the first visible sheet that holds something.
    header_row
        The row of headings, counted as the spreadsheet program counts; ``NO_HEADINGS`` where the file has none, and its columns are
        named by their letters; without it, the first wide row of words.

    Returns
    -------
    Sheet
        Rows between the headings and the end, blank rows left out, dates as ISO text. ``messages`` say what was noticed.

    Raises
    ------
    DataError
        If nothing can be read: the sentence names the file, the place, what would be right and the next step.
    """
    kind = sniff(content, name)
    if kind == "text":
        text = read_delimited(content, name, limit=MAX_ROWS + _TOP)
        return _from_text(text, name, header_row)
    grid = read_workbook(content, name, kind, sheet=sheet, limit=MAX_ROWS)
    return _from_grid(grid, name, header_row)


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows of a file before their headings are known, and where they come from."""

    name: str
    rows: list[list[Cell]]
    numbers: list[int]
    messages: list[str]
    sheet: str = ""
    sheet_names: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    table_id: str = ""


def _from_text(text: Delimited, name: str, header_row: int | None) -> Sheet:
    rows: list[list[Cell]] = [[_GUARDED.sub("", cell) if cell.strip() else None for cell in row] for row in text.rows]
    rows, numbers = _filled(rows, text.lines)
    found = _Found(name, rows, numbers, text.messages, encoding=text.encoding, delimiter=text.delimiter)
    headings = _headings(found, header_row)
    uneven = _uneven(found, headings)
    found.messages.extend(_uneven_message(uneven, "columns in most rows" if headings.row is None else "headings"))
    return _sheet(found, headings, left_out=set(uneven))


def _from_grid(grid: Grid, name: str, header_row: int | None) -> Sheet:
    rows, numbers = _filled(grid.rows, range(1, len(grid.rows) + 1))
    found = _Found(name, rows, numbers, grid.messages, sheet=grid.sheet, sheet_names=grid.sheet_names, table_id=grid.table_id)
    headings = _headings(found, header_row)
    found.messages.extend(_spread_merged(grid, numbers[headings.first - 1] if headings.first else 0))
    return _sheet(found, headings, left_out=set())


def _filled(rows: list[list[Cell]], numbers: Sequence[int]) -> tuple[list[list[Cell]], list[int]]:
    kept = [(number, row) for number, row in zip(numbers, rows, strict=True) if any(map(is_filled, row))]
    return [row for _, row in kept], [number for number, _ in kept]


def _headings(found: _Found, header_row: int | None) -> Headings:
    rows, numbers, name = found.rows, found.numbers, found.name
    if not rows:
        raise DataError("Nothing is filled in.", file=name, fix="Check that the list is in the file, save it and upload it again.")
    if header_row not in {None, NO_HEADINGS, *numbers}:
        problem = f"Row {header_row} is empty or not there, so it cannot hold the headings."
        raise DataError(problem, file=name, fix="Choose a row that has them.")
    width = max(len(row) for row in rows)
    if width > MAX_COLUMNS:
        problem = f"The sheet has {width:,} columns; at most {MAX_COLUMNS} are read."
        raise DataError(problem, file=name, fix="Keep the columns you need, save it and upload that.")
    if header_row == NO_HEADINGS:
        headings = without_headings(rows, numbers=numbers)
    else:
        headings = find_headings(rows, wanted=numbers.index(header_row) if header_row is not None else None, numbers=numbers)
    if headings.row is not None and headings.first >= len(rows):
        problem = "There are headings but no rows below them."
        raise DataError(
            problem, file=name, row=numbers[headings.row], fix="Fill in at least one row, or choose another sheet or heading row."
        )
    if len(rows) - headings.first > MAX_ROWS:
        raise too_many_rows(name, MAX_ROWS)
    return headings


def _uneven(found: _Found, headings: Headings) -> list[int]:
    """Find rows with more filled cells than headings: their cells have moved, and a name may stand where a group should.

    Raises
    ------
    DataError
        If that is so for most rows.
    """
    width = len(headings.names)
    body = range(headings.first, len(found.rows))
    uneven = [index for index in body if any(map(is_filled, found.rows[index][width:]))]
    if len(uneven) > _UNEVEN * len(body):
        cells = len(found.rows[uneven[0]])
        problem = f"There are {width} headings but {cells} cells here and in most rows, so cells stand under the wrong heading."
        fix = "Usually names are written Last, First without quotation marks. Save the list as .xlsx and upload that."
        raise DataError(problem, file=found.name, row=found.numbers[uneven[0]], fix=fix)
    return [found.numbers[index] for index in uneven]


def _uneven_message(rows: list[int], than: str) -> list[str]:
    if not rows:
        return []
    which = ", ".join(map(str, rows[:5])) + (f" and {len(rows) - 5} more" if len(rows) > 5 else "")  # noqa: PLR2004 - five are shown
    return [
        f"{'Rows' if len(rows) > 1 else 'Row'} {which}: more cells than {than}, so cells have moved to the wrong column. "
        "They are left out. Put cells that contain a comma in quotation marks, or save the list as .xlsx."
    ]


def _spread_merged(grid: Grid, last_heading: int) -> list[str]:
    """Write the value of cells merged over several rows into each of them."""
    spread = 0
    for (top, left), (bottom, _) in grid.merged:
        if top < last_heading or bottom == top or top >= len(grid.rows) or left >= len(grid.rows[top]):
            continue
        for row in grid.rows[top + 1 : bottom + 1]:
            if left < len(row) and row[left] is None:
                row[left] = grid.rows[top][left]
        spread += 1
    return (
        [f"Cells merged over several rows ({spread} times) are read as the same value on each row. Check that it is meant so."]
        if spread
        else []
    )


def _sheet(found: _Found, headings: Headings, *, left_out: set[int]) -> Sheet:
    body = [
        (number, row)
        for number, row in zip(found.numbers[headings.first :], found.rows[headings.first :], strict=True)
        if number not in left_out and any(map(is_filled, row))
    ]
    names, places = _used_columns(headings, [row for _, row in body])
    rows = tuple(tuple(row[place] if place < len(row) else None for place in places) for _, row in body)
    totals = find_totals(rows)
    if len(names) == 1:
        found.messages.append(
            "Only one column was found. If there are more, save the file as .xlsx, or as .csv with commas, and upload that."
        )
    return Sheet(
        name=found.name,
        columns=names,
        rows=rows,
        row_numbers=tuple(number for number, _ in body),
        header_row=NO_HEADINGS if headings.row is None else found.numbers[headings.row],
        sheet=found.sheet,
        sheet_names=found.sheet_names,
        encoding=found.encoding,
        delimiter=found.delimiter,
        totals=tuple(body[index][0] for index in totals),
        notes=tuple(body[index][0] for index in find_notes(rows, totals)),
        messages=(*headings.messages, *found.messages),
        table_id=found.table_id,
        top=tuple(zip(found.numbers[:_TOP], map(tuple, found.rows[:_TOP]), strict=True)),
    )


def _used_columns(headings: Headings, rows: list[list[Cell]]) -> tuple[tuple[str, ...], list[int]]:
    """Leave out columns that have neither a heading nor a value, and name those that have only values."""
    names = headings.names
    width = max(len(names), max((len(row) for row in rows), default=0))
    filled = {place for row in rows for place, cell in enumerate(row) if is_filled(cell)}
    named = [names[place] if place < len(names) else no_heading(place) for place in range(width)]
    headed = [headings.row is not None and name != no_heading(place) for place, name in enumerate(named)]
    places = [place for place in range(width) if headed[place] or place in filled]
    return tuple(named[place] for place in places), places
