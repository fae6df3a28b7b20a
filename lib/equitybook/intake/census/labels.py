"""The on-screen download: one row for each line, ``Label (Grouping)`` first, then two columns for each place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from equitybook.errors import DataError
from equitybook.intake.census.codes import Rows, figure
from equitybook.intake.census.naming import Named, is_detailed
from equitybook.intake.census.shapes import SHAPES, Misfit, Path, Shape, misfit, shape_of
from equitybook.intake.census.symbols import read_estimate, read_margin
from equitybook.intake.census.table import Geography

_ESTIMATE, _MARGIN = "estimate", "margin of error"
_AGAIN = "On data.census.gov open the table with all its lines shown, download it as CSV or ZIP, and upload that, unchanged."


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    path: Path
    cells: Sequence[str]


def has_labels(header: Sequence[str]) -> bool:
    """Whether a first row belongs to the on-screen download."""
    return bool(header) and "(grouping)" in header[0].lower()


def read_labels(rows: Rows, named: Named) -> tuple[str, tuple[Geography, ...], tuple[str, ...]]:
    """Read the table id, every place, and what was noticed.

    Raises
    ------
    DataError
        If the table is turned on its side, cannot be told, or its lines are not all there in their published order.
    """
    places = _places(rows)
    lines = _lines(rows)
    table_id, messages = _table_id(rows, named, lines)
    geographies = tuple(
        Geography(
            name,
            name,
            {
                f"{at + 1:03d}": figure(read_estimate(_cell(line, found[0])), read_margin(_cell(line, found[1])))
                for at, line in enumerate(lines)
            },
        )
        for name, found in places.items()
    )
    return table_id, geographies, messages


def _places(rows: Rows) -> Mapping[str, tuple[int, int | None]]:
    """Find the columns of every place: its estimate, and its margin of error where there is one."""
    header = [cell.replace("\xa0", " ").strip() for cell in rows.cells[0]]
    if not header[0].lower().startswith("label"):
        problem = f'The table lies on its side: its first column is "{header[0]}".'
        raise DataError(problem, file=rows.name, row=rows.lines[0], fix=f"Switch Transpose off. {_AGAIN}")
    found: dict[str, dict[str, int]] = {}
    for at, cell in enumerate(header[1:], start=1):
        place, _, what = cell.rpartition("!!")
        if "!!" in place or what.lower().startswith("percent"):
            problem = "is a column of a subject table or profile, whose lines are not variables."
            fix = f"Choose a detailed table: {', '.join(SHAPES)}."
            raise DataError(problem, file=rows.name, row=rows.lines[0], value=cell, fix=fix)
        if what.lower() in {_ESTIMATE, _MARGIN} and place:
            if what.lower() in found.setdefault(place, {}):
                raise DataError("The column is there twice.", file=rows.name, row=rows.lines[0], column=cell, fix=_AGAIN)
            found[place][what.lower()] = at
    places = {place: (kinds[_ESTIMATE], kinds.get(_MARGIN)) for place, kinds in found.items() if _ESTIMATE in kinds}
    if not places:
        problem = 'No heading says "!!Estimate", so there is no place with figures.'
        raise DataError(problem, file=rows.name, row=rows.lines[0], fix=_AGAIN)
    return places


def _lines(rows: Rows) -> list[_Line]:
    """Give the lines with the headings they stand under, read from the blanks before their labels."""
    body = [
        (number, cells) for number, cells in zip(rows.lines[1:], rows.cells[1:], strict=True) if any(cell.strip() for cell in cells)
    ]
    while body and not any(cell.strip() for cell in body[-1][1][1:]):
        body.pop()  # a note below the table has a label and no figure
    made: list[_Line] = []
    open_headings: list[tuple[int, str]] = []
    for number, cells in body:
        text = cells[0].replace("\xa0", " ").replace("\t", "    ").rstrip()
        label, depth = text.strip().removesuffix(":"), len(text) - len(text.lstrip())
        if not label:
            raise DataError("The line has figures but no label.", file=rows.name, row=number, fix=_AGAIN)
        while open_headings and open_headings[-1][0] >= depth:
            open_headings.pop()
        open_headings.append((depth, label))
        made.append(_Line(number, tuple(word for _, word in open_headings), cells))
    if not made:
        raise DataError("There are headings but no line below them.", file=rows.name, fix=_AGAIN)
    return made


def _table_id(rows: Rows, named: Named, lines: Sequence[_Line]) -> tuple[str, tuple[str, ...]]:
    """Tell the table by all of its labels; by the file's name only where the table is none of those whose labels are known."""
    paths = [line.path for line in lines]
    known = shape_of(paths)
    if known is not None:
        other = named.table_id if named.table_id not in {"", known.table_id} else ""
        said = f"The file is named {other}, but its lines are those of {known.table_id} ({known.counts}); it is read as that."
        return known.table_id, (said,) if other else ()
    if named.table_id in SHAPES:
        shape = SHAPES[named.table_id]
        wrong = misfit(shape, paths)
        if wrong is not None:
            raise _does_not_fit(rows, shape, wrong, lines)
    if not is_detailed(named.table_id):
        what = (
            f"Table {named.table_id} is a subject table or profile."
            if named.table_id
            else "Neither the file's name nor its lines say which table it is."
        )
        fix = f"Download one of {', '.join(SHAPES)} and leave the file's name as it is."
        raise DataError(what, file=rows.name, fix=fix)
    return named.table_id, ()


def _does_not_fit(rows: Rows, shape: Shape, wrong: Misfit, lines: Sequence[_Line]) -> DataError:
    if not wrong.found:
        problem = f'The table ends after line {len(lines)}; line {wrong.line} of {shape.table_id} should be "{wrong.expected}".'
        return DataError(problem, file=rows.name, fix=_AGAIN)
    row = lines[wrong.line - 1].row
    if not wrong.expected:
        problem = f"{shape.table_id} has only {len(shape.lines)} lines, and this is one more."
    else:
        problem = f'is line {wrong.line} here, but line {wrong.line} of {shape.table_id} is "{wrong.expected}": lines are missing, moved or of another table.'
    return DataError(problem, file=rows.name, row=row, column="Label (Grouping)", value=wrong.found, fix=_AGAIN)


def _cell(line: _Line, at: int | None) -> str:
    return "" if at is None or at >= len(line.cells) else line.cells[at]
