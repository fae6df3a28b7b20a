"""XLSX, XLS and ODS through calamine, and the cells calamine is silent about: errors, formulas that were never computed."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import python_calamine as calamine

from equitybook.errors import DataError
from equitybook.intake.delimited import too_many_rows
from equitybook.intake.sheet import Cell, column_letters
from equitybook.intake.sniff import FileKind, locked

MAX_CELLS = 5_000_000
"""Most cells between the first and the last filled one: a stray cell far away must not fill the memory."""

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/?)>(.*?)(?=<(?:\w+:)?c\b|</(?:\w+:)?row>|</(?:\w+:)?sheetData>|$)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*?)(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*?)(?:/>|>(.*?)</table:(?:covered-)?table-cell>)", re.DOTALL)
_REPEATED = re.compile(rb'-repeated="(\d{1,18})')
_INSTRUCTIONS = re.compile(r"how to|read ?me|instruction|notes?$|about|legend|guide|lookup|lists?$", re.IGNORECASE)
_COVERED = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet, from the first row and column of the file, and how the sheet was found."""

    rows: list[list[Cell]]
    sheet: str
    sheet_names: tuple[str, ...]
    merged: tuple[_COVERED, ...]
    table_id: str
    messages: list[str]


def read_workbook(content: bytes, name: str, kind: FileKind, *, sheet: str | None, limit: int) -> Grid:
    """Read one sheet of a workbook.

    Raises
    ------
    DataError
        If it cannot be opened, is locked, has no such sheet, nothing on it, or more cells than fit.
    """
    parts = _Parts.of(content) if kind == "xlsx" else None
    if kind == "ods":
        _check_repeats(content, name)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = _readable_sheets(book, name)
            chosen = _choose(book, names, sheet, name, parts)
            found = book.get_sheet_by_name(chosen)
            if found.total_height > limit + _HEADING_ROOM:
                raise too_many_rows(name, limit)
            rows = [[_plain(one) for one in row] for row in found.to_python(skip_empty_area=False)]
            merged = tuple(found.merged_cell_ranges or ())
    except calamine.PasswordError as error:
        raise locked(name) from error
    except calamine.CalamineError as error:
        problem = f"The spreadsheet cannot be opened ({str(error).strip()[:120]})."
        raise DataError(problem, file=name, fix="Open it in your spreadsheet program, save it again and upload that.") from error
    messages = _which_sheet(chosen, names) if sheet is None else []
    if parts is not None:
        messages += _mark_silent_cells(rows, parts.cells(chosen))
    return Grid(rows, chosen, names, merged, parts.table_id if parts else "", messages)


_HEADING_ROOM = 30


def _readable_sheets(book: Any, name: str) -> tuple[str, ...]:  # noqa: ANN401 - calamine is not typed
    worksheet, visible = calamine.SheetTypeEnum.WorkSheet, calamine.SheetVisibleEnum.Visible
    names = tuple(one.name for one in book.sheets_metadata if one.typ == worksheet and one.visible == visible)
    if not names:
        raise DataError(
            "The workbook has no visible sheet.", file=name, fix="Unhide the sheet with your list, save and upload it again."
        )
    return names


def _choose(book: Any, names: tuple[str, ...], wanted: str | None, name: str, parts: _Parts | None) -> str:  # noqa: ANN401 - calamine is not typed
    if wanted is not None and wanted not in names:
        problem = f'There is no sheet "{wanted}".'
        raise DataError(problem, file=name, fix=f"Choose one of: {', '.join(names)}.")
    candidates = [wanted] if wanted is not None else sorted(names, key=lambda one: bool(_INSTRUCTIONS.search(one)))
    for candidate in candidates:
        if parts is not None:
            _check_extent(parts.extent(candidate), name, f'The sheet "{candidate}"')
        if book.get_sheet_by_name(candidate).total_height > 0:
            return candidate
    where = f'The sheet "{wanted}"' if wanted is not None else "Every sheet"
    problem = f"{where} is empty."
    raise DataError(problem, file=name, fix="Check that the list is in the file, save it and upload it again.")


def _which_sheet(chosen: str, names: tuple[str, ...]) -> list[str]:
    others = ", ".join(f'"{one}"' for one in names if one != chosen and not _INSTRUCTIONS.search(one))
    if not others:
        return []
    return [f'The file has {len(names)} sheets. "{chosen}" is read; choose another if your list is on it ({others}).']


def _check_extent(cells: int, name: str, sheet: str) -> None:
    if cells > MAX_CELLS:
        problem = f"{sheet} reaches over {cells:,} cells, more than {MAX_CELLS:,}: one cell far away is often the reason."
        raise DataError(problem, file=name, fix="Copy only your list into a new workbook, save it and upload that.")


def _check_repeats(content: bytes, name: str) -> None:
    """Refuse an ODS file whose few bytes repeat cells or rows beyond what fits."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        xml = packed.read("content.xml") if "content.xml" in packed.namelist() else b""
    for sheet in xml.split(b"<table:table ")[1:]:
        height = last_row = widest = 0
        for row_attributes, inside in _ODS_ROW.findall(sheet):
            height += _repeats(row_attributes)
            width = last_cell = 0
            for cell_attributes, value in _ODS_CELL.findall(inside):
                width += _repeats(cell_attributes)
                last_cell = width if b"<text:p" in value or b"office:value" in cell_attributes else last_cell
            last_row = height if last_cell else last_row
            widest = max(widest, last_cell)
        _check_extent(last_row * widest, name, "A sheet of the file")


def _repeats(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found.group(1)) if found else 1


def _plain(value: Any) -> Cell:  # noqa: ANN401 - calamine gives any cell type
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value  # noqa: PLR2004 - beyond, floats skip integers
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat() if isinstance(value, dt.date) else (value if isinstance(value, int) else str(value))


def _mark_silent_cells(rows: list[list[Cell]], cells: Iterator[tuple[int, int, bytes, bytes]]) -> list[str]:
    """Put error values back where calamine leaves nothing, and count formulas that hold no result."""
    uncomputed: list[str] = []
    for row, column, attributes, inside in cells:
        value = _VALUE.search(inside)
        if b't="e"' in attributes and value and row < len(rows) and column < len(rows[row]):
            rows[row][column] = html.unescape(value.group(1).decode(errors="replace"))
        elif value is None and _FORMULA.search(inside) and b"<is>" not in inside:
            uncomputed.append(f"{column_letters(column)}{row + 1}")
    if not uncomputed:
        return []
    shown = ", ".join(uncomputed[:5]) + (f" and {len(uncomputed) - 5} more" if len(uncomputed) > 5 else "")  # noqa: PLR2004
    return [
        f"{len(uncomputed)} formula{'s have' if len(uncomputed) > 1 else ' has'} no result in the file ({shown}) and counts as empty. "
        "Open the file in your spreadsheet program, save it and upload it again."
    ]


def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


@dataclass(frozen=True, slots=True)
class _Parts:
    """The XML inside an XLSX file that calamine does not tell about."""

    content: bytes
    sheets: dict[str, str]
    table_id: str

    @classmethod
    def of(cls, content: bytes) -> _Parts:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
            book = packed.read("xl/workbook.xml").decode(errors="replace")
            relations = "xl/_rels/workbook.xml.rels"
            links = packed.read(relations).decode(errors="replace") if relations in names else ""
            custom = packed.read("docProps/custom.xml").decode(errors="replace") if "docProps/custom.xml" in names else ""
        targets = {_attribute(tag, "Id"): _attribute(tag, "Target") for tag in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", links)}
        sheets = {}
        for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
            target = targets.get(_attribute(tag, r"\w+:id"), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if path in names:
                sheets[html.unescape(_attribute(tag, "name"))] = path
        table = re.search(r'name="equitybook_table"[^>]*>\s*<vt:lpwstr>([a-z0-9_]{1,40})<', custom)
        return cls(content, sheets, table.group(1) if table else "")

    def cells(self, sheet: str) -> Iterator[tuple[int, int, bytes, bytes]]:
        """Give every filled cell: row, column (both from 0), its attributes and what is inside."""
        if sheet not in self.sheets:
            return
        with zipfile.ZipFile(io.BytesIO(self.content)) as packed:
            xml = packed.read(self.sheets[sheet])
        for found in _CELL.finditer(xml):
            attributes, closed, inside = found.groups()
            place = _REFERENCE.search(attributes)
            if place and not closed and inside.strip():
                yield int(place.group(2)) - 1, _column_index(place.group(1)), attributes, inside

    def extent(self, sheet: str) -> int:
        """Count the cells of the rectangle from the first to the last filled cell."""
        lowest_row = lowest_column = 1 << 30
        highest_row = highest_column = -1
        for row, column, _, _ in self.cells(sheet):
            lowest_row, highest_row = min(lowest_row, row), max(highest_row, row)
            lowest_column, highest_column = min(lowest_column, column), max(highest_column, column)
        return max(0, (highest_row + 1) * (highest_column + 1)) if highest_row >= 0 else 0


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found.group(1) if found else ""
