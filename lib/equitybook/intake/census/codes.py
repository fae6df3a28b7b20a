"""The download with a row of codes (``GEO_ID,NAME,B03002_001E,…``) above a row of labels: one row for each place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from equitybook.errors import DataError
from equitybook.intake.census.shapes import SHAPES, fits
from equitybook.intake.census.symbols import Read, is_sign, read_estimate, read_margin
from equitybook.intake.census.table import Geography
from equitybook.statistics.census import Estimate

_CODE = re.compile(r"([A-Z]{1,2}\d{2,6}[A-Z]{0,3})_((?:C\d{2}_)?\d{3,4})(E|M|EA|MA)")
_ID, _NAME = frozenset({"GEO_ID", "GEOID"}), frozenset({"NAME"})
_OLD = frozenset({"GEO.ID", "GEO.ID2", "GEO.DISPLAY-LABEL"})
_AGAIN = "Download the table again from data.census.gov (Download, then ZIP or CSV) and upload that, unchanged."


@dataclass(frozen=True, slots=True)
class Rows:
    """The cells of a text file, and the line each row starts on."""

    name: str
    cells: Sequence[Sequence[str]]
    lines: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Columns:
    table_id: str
    geo_id: int | None
    name: int | None
    figures: Mapping[str, Mapping[str, int]]
    """By variable number, the place of its ``E``, ``M``, ``EA`` and ``MA``."""


def has_codes(header: Sequence[str]) -> bool:
    """Whether a first row is one of codes, or of what is left of them."""
    words = {_word(cell) for cell in header}
    return bool(words & (_ID | _OLD | {"GEOGRAPHY"})) or any(_CODE.fullmatch(word) for word in words)


def read_codes(rows: Rows) -> tuple[str, tuple[Geography, ...]]:
    """Read the table id and every place.

    Raises
    ------
    DataError
        If codes are missing or twice there, belong to several tables, do not fit their labels, or a row or a place is broken.
    """
    columns = _columns(rows)
    first = 1
    if len(rows.cells) > 1 and _is_labels(rows.cells[1], columns):
        _check_labels(rows, columns)
        first = 2
    geographies = tuple(
        _geography(rows, at, columns) for at in range(first, len(rows.cells)) if any(cell.strip() for cell in rows.cells[at])
    )
    if not geographies:
        raise DataError("There are headings but no place below them.", file=rows.name, fix=f"Choose a place first. {_AGAIN}")
    _check_once(rows, geographies)
    return columns.table_id, geographies


def _word(cell: str) -> str:
    return cell.strip().lstrip("\ufeff").strip('" ').upper()


def _columns(rows: Rows) -> _Columns:
    words = [_word(cell) for cell in rows.cells[0]]
    if _OLD & set(words):
        raise DataError("This is a download of American FactFinder, which is no longer kept up.", file=rows.name, fix=_AGAIN)
    figures: dict[str, dict[str, int]] = {}
    tables: dict[str, None] = {}
    for at, word in enumerate(words):
        if found := _CODE.fullmatch(word):
            table_id, number, kind = found.groups()
            tables[table_id] = None
            if kind in figures.setdefault(number, {}) and len(tables) == 1:
                raise DataError("The column is there twice.", file=rows.name, row=rows.lines[0], column=word, fix=_AGAIN)
            figures[number][kind] = at
    if not tables:
        problem = "The row of codes (GEO_ID, NAME, B03002_001E and so on) is missing, so nobody can say which line is which."
        raise DataError(problem, file=rows.name, row=rows.lines[0], fix=_AGAIN)
    if len(tables) > 1:
        problem = f"The file holds columns of {len(tables)} tables: {', '.join(tables)}."
        raise DataError(problem, file=rows.name, row=rows.lines[0], fix="Download and upload one table at a time.")
    figures = {number: kinds for number, kinds in figures.items() if "E" in kinds}
    geo_id, name = (next((at for at, word in enumerate(words) if word in known), None) for known in (_ID, _NAME))
    if not figures or (geo_id is None and name is None):
        missing = "estimates (codes that end in E)" if not figures else "places (GEO_ID or NAME)"
        problem = f"There is no column of {missing}."
        raise DataError(problem, file=rows.name, row=rows.lines[0], fix=_AGAIN)
    return _Columns(next(iter(tables)), geo_id, name, figures)


def _is_labels(cells: Sequence[str], columns: _Columns) -> bool:
    """Whether the second row is the labels and not a place: its first figure would be words."""
    for kinds in columns.figures.values():
        text = _cell(cells, kinds["E"])
        if text:
            return not is_sign(text) and read_estimate(text)[0] is None and any(letter.isalpha() for letter in text)
    return False


def _check_labels(rows: Rows, columns: _Columns) -> None:
    shape = SHAPES.get(columns.table_id)
    if shape is None:
        return
    for number, kinds in columns.figures.items():
        label = _cell(rows.cells[1], kinds["E"])
        index = int(number) - 1 if number.isdecimal() else -1
        if fits(shape, index, tuple(label.split("!!")[1:])):
            continue
        wanted = f'is "{shape.lines[index][-1]}"' if 0 <= index < len(shape.lines) else "is not there"
        problem = f"is the label here, but line {number} of {shape.table_id} {wanted}."
        code = f"{shape.table_id}_{number}E"
        raise DataError(problem, file=rows.name, row=rows.lines[1], column=code, value=label, fix=_AGAIN)


def _geography(rows: Rows, at: int, columns: _Columns) -> Geography:
    cells = rows.cells[at]
    if any(cell.strip() for cell in cells[len(rows.cells[0]) :]):
        problem = f"There are {len(rows.cells[0])} headings but {len(cells)} cells here, so figures have moved."
        raise DataError(problem, file=rows.name, row=rows.lines[at], fix=_AGAIN)
    geo_id, name = _cell(cells, columns.geo_id), _cell(cells, columns.name)
    if not geo_id and not name:
        raise DataError("The row has figures but no place.", file=rows.name, row=rows.lines[at], fix=_AGAIN)
    values = {number: _figure(cells, kinds) for number, kinds in columns.figures.items()}
    return Geography(geo_id or name, name or geo_id, values)


def _figure(cells: Sequence[str], kinds: Mapping[str, int]) -> Estimate:
    """Read one figure. A sign in its column of notes (``EA``, ``MA``) stands for the number beside it."""

    def text(kind: str) -> str:
        noted = _cell(cells, kinds.get(kind + "A"))
        return noted if noted.lower() != "null" and is_sign(noted) else _cell(cells, kinds.get(kind))

    return figure(read_estimate(text("E")), read_margin(text("M")))


def figure(value: Read, margin: Read) -> Estimate:
    """Join a figure and its margin; a figure that is not there has no margin, and its note comes first."""
    if value[0] is None:
        return Estimate(None, None, value[1])
    return Estimate(value[0], margin[0], margin[1])


def _cell(cells: Sequence[str], at: int | None) -> str:
    return "" if at is None or at >= len(cells) else cells[at].replace("\xa0", " ").strip()


def _check_once(rows: Rows, geographies: Sequence[Geography]) -> None:
    seen: set[str] = set()
    for one in geographies:
        if one.geo_id in seen:
            raise DataError("The place is there twice.", file=rows.name, column="GEO_ID", value=one.geo_id, fix=_AGAIN)
        seen.add(one.geo_id)
