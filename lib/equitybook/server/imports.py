"""Importing: the rows of an uploaded file as the person settled them, in one batch that can be taken back."""

from __future__ import annotations

import logging
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equitybook.charter.tables import Benchmark
from equitybook.errors import DataError
from equitybook.intake import door
from equitybook.intake.proposal import Mapping
from equitybook.server import census_files
from equitybook.server.access import Api, Refusal
from equitybook.server.intake_memory import remember
from equitybook.server.known_tables import known_table, news_of
from equitybook.server.locks import refuse_replacing
from equitybook.server.uploads import STAGED

if TYPE_CHECKING:
    from equitybook.codebook import Table
    from equitybook.store.handle import Handle

_log = logging.getLogger(__name__)

_MODES = frozenset({"replace", "append", "cancel"})
_HASH = re.compile(r"[0-9a-f]{64}")
_GONE = "This upload has been imported or has expired. Upload the file once more."


@dataclass(frozen=True, slots=True)
class _Wish:
    upload: str
    mapping: Mapping
    mode: str
    dry_run: bool


class ImportsHandler(Api):
    """``POST imports`` with ``{"upload", "mapping", "mode": "replace" | "append" | "cancel", "dry_run"}``."""

    async def post(self) -> None:
        """Import, or with ``dry_run`` say what an import would do, or forget the upload.

        A dry run answers with the report, the ``proposal`` as it stands with these choices, and how many rows it ``replaces`` in that
        mode; where something is still open, ``error`` says what, and there are no counts yet.
        """
        said = self.body()
        upload, mode = said.get("upload"), said.get("mode", "replace")
        if not isinstance(upload, str) or not _HASH.fullmatch(upload):
            raise Refusal(400, "upload is what the upload was answered with.")
        if mode not in _MODES:
            raise Refusal(400, 'mode is "replace", "append" or "cancel".')
        wish = _Wish(upload, Mapping.read(said.get("mapping") or {}), mode, bool(said.get("dry_run")))
        town = census_files.whole_name(self.shared.cohort.community(self.person.community or ""))
        self.answer(await self.shared.aside(_do, self.handle, wish, town))


def _do(handle: Handle, wish: _Wish, town: str) -> dict[str, Any]:
    if wish.mode == "cancel":
        return {"cancelled": handle.forget_file(wish.upload)}
    kind = _kind_of(handle, wish.upload)
    kept = handle.read_file(wish.upload)
    if kind == census_files.KIND:
        return _census(handle, kept, wish, town)
    table = known_table(kind)
    return _dry_run(handle, kept, table, wish) if wish.dry_run else _import(handle, kept, table, wish)


def _dry_run(handle: Handle, kept: bytes, table: Table, wish: _Wish) -> dict[str, Any]:
    proposal = door.propose_again(kept, table, wish.mapping).json()
    try:
        report = door.import_rows(kept, table, wish.mapping).json()
    except DataError as error:
        return {"dry_run": True, "proposal": proposal, "error": str(error)}
    return {"dry_run": True, "proposal": proposal, "replaces": len(handle.read(table.id)), **report}


def _import(handle: Handle, kept: bytes, table: Table, wish: _Wish) -> dict[str, Any]:
    if wish.mode == "replace":
        refuse_replacing(handle, table)
    imported = door.import_rows(kept, table, wish.mapping)
    batch = secrets.token_hex(8)
    added = handle.add_rows(table.id, imported.rows, replace=wish.mode == "replace", source="imported", batch=batch)
    proposal = door.propose_again(kept, table, wish.mapping)
    remember(handle, table, proposal.fingerprint, proposal.mapping.model_dump())
    handle.forget_file(wish.upload)
    _log.info("%s imported %s rows into %s.", handle.author, added, table.id)
    return {**imported.json(), "batch": batch, "added": added, **news_of(handle, table.id)}


def _census(handle: Handle, kept: bytes, wish: _Wish, town: str) -> dict[str, Any]:
    if wish.dry_run:
        return census_files.dry_run(handle, kept, town, wish.mapping)
    report = census_files.import_figures(handle, kept, town, wish.mapping)
    handle.forget_file(wish.upload)
    return {**report, **news_of(handle, Benchmark.table.id)}


def _kind_of(handle: Handle, upload: str) -> str:
    """Find what a staged file was uploaded for, a table's id or a census download; the browser has no say in it after the upload."""
    purpose = next((one.purpose for one in handle.files() if one.sha256 == upload and one.purpose.startswith(STAGED)), None)
    if purpose is None:
        raise Refusal(409, _GONE)
    return purpose.removeprefix(STAGED)
