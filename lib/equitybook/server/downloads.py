"""Downloads: a town's own tables, blank files to fill in, and the EEO-4 report. Nothing in them is run by a spreadsheet program."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import xlsxwriter

from equitybook.codebook.frames import frame
from equitybook.intake.blank import blank_csv, blank_workbook
from equitybook.intake.download import download_csv, download_workbook
from equitybook.outcomes.human_resources.staff_statistics import tables as staff
from equitybook.outcomes.human_resources.staff_statistics.eeo4 import eeo4, sheets
from equitybook.server.access import Page
from equitybook.server.known_tables import known_table

if TYPE_CHECKING:
    from equitybook.codebook import Table
    from equitybook.store.handle import Handle

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=UTF-8",
}
_BLANK: Mapping[str, Callable[[Table], bytes]] = {"xlsx": blank_workbook, "csv": blank_csv}


class _File(Page):
    def send(self, content: bytes, name: str) -> None:
        """Send a file to be saved: named, never shown in the page, kept by no cache."""
        self.set_header("Content-Type", _TYPES[name.rpartition(".")[2]])
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.set_header("Cache-Control", "no-store")
        self.finish(content)


class TableDownload(_File):
    """``GET downloads/<table>.<xlsx|csv>``."""

    async def get(self, table: str, format: str) -> None:  # noqa: A002 - the address says it so
        """Send the table as it stands."""
        content = await self.shared.aside(_filled, self.handle, known_table(table), format)
        self.send(content, f"{self.person.community}-{table.replace('_', '-')}-{self.shared.today()}.{format}")


class BlankSpreadsheet(_File):
    """``GET downloads/blank/<table>.<xlsx|csv>``."""

    async def get(self, table: str, format: str) -> None:  # noqa: A002 - the address says it so
        """Send the blank file of a table."""
        content = await self.shared.aside(_BLANK[format], known_table(table))
        self.send(content, f"blank-{table.replace('_', '-')}.{format}")


class Eeo4(_File):
    """``GET downloads/eeo4.xlsx``."""

    async def get(self) -> None:
        """Send the EEO-4 report of the town's own staff, with exact numbers: it is for the town's filing, and for nobody else."""
        content = await self.shared.aside(_eeo4, self.handle, self.shared.today())
        self.send(content, f"{self.person.community}-eeo-4-{self.shared.today()}.xlsx")


def _eeo4(handle: Handle, today: dt.date) -> bytes:
    tables = {row.table.id: [(one.id, one.values()) for one in handle.read(row.table.id)] for row in staff.TABLES}
    frames = {row.table.id: frame(row.table, tables[row.table.id]) for row in staff.TABLES}
    return _workbook(sheets(eeo4(frames, today=today)))


def _workbook(sheets: Mapping[str, Sequence[Sequence[str | int]]]) -> bytes:
    """Write sheets of plain cells: numbers as numbers, everything else as text that is never run."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                write = sheet.write_number if isinstance(value, int) else sheet.write_string
                write(number, place, value)
        sheet.set_column(1, 1, 48)
    book.close()
    return out.getvalue()


def _filled(handle: Handle, table: Table, form: str) -> bytes:
    records = [(row.id, row.values()) for row in handle.read(table.id)]
    return download_workbook(table, records) if form == "xlsx" else download_csv(table, records)
