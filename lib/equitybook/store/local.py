"""A community's part of the store, straight from the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equitybook.store import answers, bulk, counting, kept_files, submitting
from equitybook.store.beside import RELEASED, coach_side
from equitybook.store.database import Clock, Database
from equitybook.store.handle import Change, Edit, Receipt, Record, Source, StoredFile, Submission
from equitybook.store.vault import Vault


@dataclass(frozen=True, slots=True, repr=False)
class LocalHandle:
    """Meets ``Handle`` against a database. Made by ``Store.community``; no method takes a community."""

    community: str
    author: str
    _database: Database
    _vault: Vault
    _clock: Clock

    def __repr__(self) -> str:
        return f"LocalHandle({self.community!r}, author={self.author!r})"

    def read(self, table: str) -> tuple[Record, ...]:
        """Give the rows of a table as they stand, in order, without deleted rows."""
        with self._database.reading() as connection:
            return answers.read_records(connection, self.community, table)

    def write(self, edits: Sequence[Edit], *, together: bool = False) -> tuple[Receipt, ...]:
        """Save each edit by itself, or all of them or none; a stale one comes back as a conflict.

        Raises
        ------
        StoreError
            If the store cannot be written, or an edit cannot be kept as it is; then none of these edits is saved.
        """
        if not edits:
            return ()
        with self._database.writing() as connection:
            return answers.save_edits(connection, self.community, self.author, edits, self._clock(), together=together)

    def add_rows(
        self, table: str, rows: Sequence[Mapping[str, Any]], *, replace: bool | Collection[str], source: Source, batch: str
    ) -> int:
        """Append rows in one transaction, or replace all rows of the table by them, or those named. Returns the number added."""
        with self._database.writing() as connection:
            return bulk.import_rows(
                connection, self.community, self.author, table, rows, replace=replace, source=source, batch=batch, at=self._clock()
            )

    def undo(self, batch: str) -> int:
        """Put every field a batch touched back to what it was, as new versions. Returns the number of fields restored."""
        with self._database.writing() as connection:
            return bulk.undo_batch(connection, self.community, self.author, batch, at=self._clock())

    def changes(
        self, *, after: int = 0, table: str = "", row: str = "", field: str = "", limit: int = 1000, wishes: bool = False
    ) -> tuple[Change, ...]:
        """Tell the history after a sequence number, oldest first, narrowed to a table, row or field."""
        with self._database.reading() as connection:
            return answers.read_changes(
                connection, self.community, after=after, table=table, row=row, field=field, limit=limit, wishes=wishes
            )

    def last_seq(self) -> int:
        """Give the newest sequence number of this community; 0 where nothing was ever written."""
        with self._database.reading() as connection:
            return counting.last_seq(connection, self.community)

    def submit(self, cycle: int, *, tables: Sequence[str], note: str = "", key: str = "") -> Submission:
        """Freeze the named tables as this cycle's next submission; the same ``key`` submits once."""
        with self._database.writing() as connection:
            return submitting.freeze(
                connection, self.community, self.author, cycle, tables=tables, note=note, key=key, at=self._clock()
            )

    def submissions(self, cycle: int) -> tuple[Submission, ...]:
        """Give the cycle's submissions, oldest first, with their answers."""
        with self._database.reading() as connection:
            return submitting.read_submissions(connection, self.community, cycle)

    def released_reviews(self) -> tuple[Record, ...]:
        """Give what the coach has released to this community, the newest release of each step. Drafts are not among it."""
        with self._database.reading() as connection:
            return answers.read_records(connection, coach_side(self.community), RELEASED)

    def keep_file(self, content: bytes, *, media_type: str, purpose: str) -> StoredFile:
        """Keep a file under the hash of its content, outside anything served."""
        entry = StoredFile("", media_type, len(content), self.author, self._clock(), purpose)
        return kept_files.keep(self._database, self._vault, self.community, entry, content)

    def read_file(self, sha256: str) -> bytes:
        """Give the bytes of a file this community keeps."""
        return kept_files.read(self._database, self._vault, self.community, sha256)

    def files(self, purpose: str = "") -> tuple[StoredFile, ...]:
        """Give the files this community keeps, oldest first, narrowed to one purpose."""
        return kept_files.listed(self._database, self.community, purpose)

    def forget_file(self, sha256: str) -> bool:
        """Forget a staged file, and delete its bytes unless somebody else keeps them. False where it was not staged."""
        return kept_files.forget(self._database, self._vault, *kept_files.of(self.community, sha256)) > 0

    def forget_staged(self, older_than: dt.timedelta) -> int:
        """Forget this community's staged files kept longer ago than that. Returns how many."""
        old = kept_files.older_than(older_than, now=self._clock())
        return kept_files.forget(self._database, self._vault, *kept_files.of(self.community), old)
