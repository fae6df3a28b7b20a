"""A file of data.census.gov, to its tables: a CSV of either layout, or the ZIP with the table, its columns and its notes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from equitybook.errors import DataError
from equitybook.intake.census.codes import Rows, has_codes, read_codes
from equitybook.intake.census.labels import has_labels, read_labels
from equitybook.intake.census.naming import read_name, read_notes
from equitybook.intake.census.packed import unpack_parts
from equitybook.intake.census.shapes import SHAPES
from equitybook.intake.census.table import CensusTable
from equitybook.intake.delimited import Delimited, read_delimited
from equitybook.intake.sniff import MAX_UPLOAD_BYTES, sniff

MAX_FIGURES = 400_000
"""Most figures of one table: ten thousand places of a table of forty lines."""

_MAX_ROWS = 20_000
_FEWER = "Choose fewer places on data.census.gov (your town, its county, the state) and download again."
_WANTED = f"Upload a table of data.census.gov as CSV or ZIP: {', '.join(SHAPES)}."


def read_census(content: bytes, name: str) -> tuple[CensusTable, ...]:
    """Read every census table in a file.

    Parameters
    ----------
    content
        The file. Its first bytes decide what it is, not its name.
    name
        The file's name: it says which table and which years, where the file itself does not.

    Returns
    -------
    tuple
        One table for a CSV, one or several for a ZIP, in its order. Figures are numbers, or None with the reason; no sign and no
        negative stand-in becomes a number.

    Raises
    ------
    DataError
        If no table can be read: the sentence names the file, the place, what would be right and the next step.
    """
    if not content.startswith(b"PK"):
        return (_table(content, name, notes=""),)
    if len(content) > MAX_UPLOAD_BYTES:
        sniff(content, name)
    tables = tuple(_table(part.content, part.name, notes=part.notes) for part in unpack_parts(content, name))
    for table_id, times in Counter(one.table_id for one in tables).items():
        if times > 1:
            years = " and ".join(one.vintage or "unknown years" for one in tables if one.table_id == table_id)
            problem = f"The ZIP holds table {table_id} {times} times ({years})."
            raise DataError(problem, file=name, fix="Upload the one that is to be used.")
    return tables


def _table(content: bytes, name: str, *, notes: str) -> CensusTable:
    if sniff(content, name) != "text":
        fix = "On data.census.gov choose Download, then ZIP or CSV, and upload that."
        raise DataError("This is a spreadsheet, not the table as data.census.gov gives it.", file=name, fix=fix)
    text = read_delimited(content, name, limit=_MAX_ROWS)
    rows = _rows(text, name)
    named, said = read_name(name), read_notes(notes)
    messages: tuple[str, ...] = tuple(text.messages)
    if has_labels(rows.cells[0]):
        table_id, geographies, noticed = read_labels(rows, named)
        messages += noticed
    elif has_codes(rows.cells[0]):
        table_id, geographies = read_codes(rows)
    else:
        raise _neither(rows, name)
    table = CensusTable(table_id, said.vintage or named.vintage, geographies, said.survey or named.survey, messages)
    return replace(table, messages=(*messages, *_noticed(table)))


def _rows(text: Delimited, name: str) -> Rows:
    """Leave out blank rows above the headings, and everything when there would be too much of it."""
    first = next((at for at, row in enumerate(text.rows) if any(cell.strip() for cell in row)), len(text.rows))
    cells, lines = text.rows[first:], text.lines[first:]
    if not cells:
        raise DataError("Nothing is filled in.", file=name, fix=_WANTED)
    figures = len(cells) * len(cells[0]) // 2
    if figures > MAX_FIGURES:
        problem = f"The table holds {figures:,} figures; at most {MAX_FIGURES:,} are read."
        raise DataError(problem, file=name, fix=_FEWER)
    return Rows(name, cells, lines)


def _neither(rows: Rows, name: str) -> DataError:
    first = [cell.strip() for cell in rows.cells[0] if cell.strip()][:3]
    if first[:2] == ["Column Name", "Label"]:
        problem = "This is the description of the columns that comes with a table, not the table."
        return DataError(problem, file=name, fix="Upload the file whose name ends in -Data.csv, or the whole ZIP.")
    if any("American Community Survey" in cell for row in rows.cells[:30] for cell in row):
        problem = "These are the notes that come with a table, not the table."
        return DataError(problem, file=name, fix="Upload the file whose name ends in -Data.csv, or the whole ZIP.")
    shown = ", ".join(f'"{cell[:40]}"' for cell in first)
    problem = f'The first row ({shown}) has neither census codes such as GEO_ID nor "Label (Grouping)".'
    return DataError(problem, file=name, row=rows.lines[0], fix=_WANTED)


def _noticed(table: CensusTable) -> tuple[str, ...]:
    said = []
    if not any(figure.moe is not None for one in table.geographies for figure in one.values.values()):
        said.append(
            "The file has no margins of error, so nothing can be said about how sure these figures are. Download the table with them."
        )
    unread = [
        (one, number, figure) for one in table.geographies for number, figure in one.values.items() if _is_unread(figure.note)
    ]
    if unread:
        place, number, figure = unread[0]
        which = "1 cell is left empty" if len(unread) == 1 else f"{len(unread):,} cells are left empty; the first"
        said.append(f"{which}: line {number} of {place.name}, {figure.note}.")
    if not table.vintage:
        said.append("Neither the file's name nor its notes say which years the figures cover. Fill them in under Source.")
    return tuple(said)


def _is_unread(note: str) -> bool:
    return note.startswith("not a number")
