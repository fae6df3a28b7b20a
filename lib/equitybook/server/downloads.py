"""Downloads: a town's own tables, blank files to fill in, and the EEO-4 report. Nothing in them is run by a spreadsheet program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from equitybook.intake.blank import blank_csv, blank_workbook
from equitybook.intake.download import download_csv, download_workbook
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


def _filled(handle: Handle, table: Table, form: str) -> bytes:
    records = [(row.id, row.values()) for row in handle.read(table.id)]
    return download_workbook(table, records) if form == "xlsx" else download_csv(table, records)
