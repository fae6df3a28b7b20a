"""Uploading: a file comes in as it is sent, is screened, and only what passed the screen is kept for a while."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from tornado.web import stream_request_body

from equitybook.intake import MOST_MEGABYTES, census, door
from equitybook.intake.roster import FORM
from equitybook.server import census_files
from equitybook.server.access import Api, Refusal
from equitybook.server.intake_memory import recall
from equitybook.server.known_tables import known_table

if TYPE_CHECKING:
    from equitybook.codebook import Table
    from equitybook.store.handle import Handle

_log = logging.getLogger(__name__)

LIMIT = MOST_MEGABYTES * 1024 * 1024
STAGED = "staged:"
"""How the purpose of a kept file begins until it is imported or forgotten."""

_DRAINED = 1024 * MOST_MEGABYTES * 1024 * 10
"""Bytes of a refused file that are still listened to, so that the browser reads the answer instead of a broken connection."""

_AT_ONCE = asyncio.Semaphore(2)  # a large spreadsheet takes a processor and some hundred megabytes for a few seconds


@stream_request_body
class UploadsHandler(Api):
    """``POST uploads``: the raw file, with ``X-File-Name``, ``X-Kind`` and perhaps ``X-Sheet`` and ``X-Header-Row``."""

    def initialize(self) -> None:
        """Nothing has come in yet."""
        self._parts = bytearray()
        self._refused = False

    async def admitted(self) -> None:
        """Look at the size that is announced: a file too large is refused before any of it is read, and never held in memory."""
        announced = int(self.request.headers.get("Content-Length") or 0)
        if announced <= LIMIT:
            self.request.connection.set_max_body_size(LIMIT + 1)  # type: ignore[union-attr]
            return
        if announced > _DRAINED:
            raise Refusal(413, _too_large(announced))
        self.request.connection.set_max_body_size(announced)  # type: ignore[union-attr]
        await self._refuse(announced)

    def data_received(self, chunk: bytes) -> None:
        """Take the next piece; what is refused is let through to nowhere."""
        if self._refused:
            return
        self._parts += chunk
        if len(self._parts) > LIMIT:  # sent in chunks, without a size
            raise Refusal(413, _too_large(len(self._parts)))

    async def post(self) -> None:
        """Propose what the file's columns and words mean."""
        if self._refused:
            await self.finish()
            return
        kind = self.request.headers.get("X-Kind", "roster")
        header_row = self.request.headers.get("X-Header-Row", "")
        if header_row and not header_row.isdecimal():
            raise Refusal(400, "The row of headings is a row number.")
        options = {
            "sheet": unquote(self.request.headers.get("X-Sheet", "")) or None,
            "header_row": int(header_row) if header_row else None,
        }
        name = unquote(self.request.headers.get("X-File-Name", ""))[:200] or "the file"
        async with _AT_ONCE:
            said = await self.shared.aside(self._receive, kind, name, options)
        self.answer(said)

    async def _refuse(self, size: int) -> None:
        """Answer now, completely; the connection stays open until the sender notices or is done."""
        self._refused = True
        said = json.dumps({"error": _too_large(size)}).encode()
        self.set_status(413)
        self.set_header("Content-Type", "application/json")
        self.set_header("Content-Length", str(len(said)))
        self.set_header("Connection", "close")
        self.write(said)
        await self.flush()

    def _receive(self, kind: str, name: str, options: dict[str, Any]) -> dict[str, Any]:
        content = bytes(self._parts)
        if kind != census_files.KIND:
            return _receive(self.handle, content, name, _table(kind), options)
        town = census_files.whole_name(self.shared.cohort.community(self.person.community or ""))
        proposal = census_files.receive(self.handle, content, name, town)
        kept = self.handle.keep_file(proposal.kept, media_type=census.MEDIA_TYPE, purpose=f"{STAGED}{census_files.KIND}")
        _log.info("%s uploaded a census file.", self.handle.author)
        return {"upload": kept.sha256, **proposal.json()}


def _table(kind: str) -> Table:
    if kind == "roster":
        return FORM.table
    prefix, _, table_id = kind.partition(":")
    if prefix != "table":
        raise Refusal(400, 'X-Kind is "roster", "census" or "table:" with a table\'s id.')
    return known_table(table_id)


def _receive(handle: Handle, content: bytes, name: str, table: Table, options: dict[str, Any]) -> dict[str, Any]:
    received = door.receive(content, name, table, **options)
    kept = handle.keep_file(received.kept, media_type=door.MEDIA_TYPE, purpose=f"{STAGED}{table.id}")
    said = received.json()
    remembered = recall(handle, table, received.proposal.fingerprint)
    if remembered is not None:
        said |= door.propose_again(received.kept, table, remembered).json()
    _log.info("%s uploaded a file for %s (%s rows).", handle.author, table.id, received.proposal.rows)
    return {"upload": kept.sha256, **said}


def _too_large(size: int) -> str:
    return (
        f"This file has {size / 1024 / 1024:,.0f} MB; at most {MOST_MEGABYTES} MB are taken. "
        "Delete sheets and columns that are not needed, save it as .xlsx or .csv, and upload that. Nothing was changed."
    )
