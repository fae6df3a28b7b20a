"""What a notebook, the page's server handlers and the batch see of the store: one community, and nothing else.

``Handle`` is the contract. ``store.local`` meets it against a database; ``store.remote`` meets it over HTTP with a kernel's
token, so that a kernel holds no database address.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Source = Literal["typed", "pasted", "imported", "carried"]

ORDER = "_order"
"""System field: where a row stands (a number; ties by row id)."""

DELETED = "_deleted"
"""System field: true once a row is taken out; its cells stay, so that it can come back."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The newest version of one field. ``value`` is any JSON value; ``version`` counts from 1; ``at`` is UTC."""

    value: Any
    version: int
    author: str
    at: dt.datetime
    source: Source


@dataclass(frozen=True, slots=True)
class Record:
    """One row as it stands: its id, its place, and its cells by field (system fields left out).

    ``system`` gives the versions of the system fields that were ever written: who moves a row says which place it saw.
    """

    id: str
    order: float
    cells: Mapping[str, Cell]
    system: Mapping[str, int]

    def values(self) -> dict[str, Any]:
        """Give the plain values by field."""
        return {name: cell.value for name, cell in self.cells.items()}


@dataclass(frozen=True, slots=True)
class Edit:
    """One wish to change one field.

    ``expected`` is the version the author saw (0 where the field was empty and never written). ``key`` makes a replay harmless:
    the same key is stored once. ``batch`` groups the edits of one paste or import, so that they can be undone together.
    """

    table: str
    row: str
    field: str
    value: Any
    expected: int
    key: str
    source: Source = "typed"
    batch: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One version of one field, as history tells it. ``seq`` orders all changes of a community.

    ``status`` "conflict" marks a wish that lost: it is kept, but it never became a version (``version`` is 0).
    """

    seq: int
    table: str
    row: str
    field: str
    value: Any
    version: int
    author: str
    at: dt.datetime
    source: Source
    batch: str = ""
    reason: str = ""
    status: Literal["saved", "conflict"] = "saved"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one edit: ``saved`` with the change, or ``conflict`` with the change that came first.

    In a conflict ``mine`` is the wish, which the history keeps too. Where nothing came first (the author had seen a version
    this store does not know), the change is an empty one with version 0 and seq 0.
    """

    key: str
    status: Literal["saved", "conflict"]
    change: Change
    mine: Any = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file kept under the hash of its content. ``sha256`` is its name; the uploaded file's own name is not kept."""

    sha256: str
    media_type: str
    size: int
    author: str
    at: dt.datetime
    purpose: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A cycle's answers, frozen. ``content_hash`` is the SHA-256 of the canonical JSON of ``answers``.

    ``answers`` maps a table to its rows, each ``{"id": …, "values": {field: value}}``. ``seq`` is the newest change it
    includes; ``changed_since`` tells whether the answers have changed since.
    """

    id: str
    cycle: int
    number: int
    author: str
    at: dt.datetime
    content_hash: str
    note: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    seq: int = 0


class Handle(Protocol):
    """One community's part of the store, on behalf of one author."""

    @property
    def community(self) -> str:
        """The community's slug."""

    @property
    def author(self) -> str:
        """Who is writing."""

    def read(self, table: str) -> tuple[Record, ...]:
        """Give the rows of a table as they stand, in order, without deleted rows."""

    def write(self, edits: Sequence[Edit], *, together: bool = False) -> tuple[Receipt, ...]:
        """Save each edit by itself; a stale one comes back as a conflict and both values are kept in the history.

        An edit that wants exactly what the field already holds is no conflict, whatever version its author had seen.
        ``together`` saves all of them or, where one is stale, none at all: then the receipts are those of the stale ones alone.
        """

    def add_rows(
        self, table: str, rows: Sequence[Mapping[str, Any]], *, replace: bool | Collection[str], source: Source, batch: str
    ) -> int:
        """Append rows in one transaction, or replace all rows of the table by them, or those named by their ids. Returns the number added.

        Empty cells are left out. The same batch for the same table is added once; repeated, it returns the first number.
        """

    def undo(self, batch: str) -> int:
        """Put every field a batch touched back to what it was, as new versions. Returns the number of fields restored.

        Rows the batch created are taken out; fields somebody has changed since stay as they are. The undo is itself the
        batch ``"undo:" + batch``, so that it can be undone.
        """

    def changes(
        self, *, after: int = 0, table: str = "", row: str = "", field: str = "", limit: int = 1000, wishes: bool = False
    ) -> tuple[Change, ...]:
        """Tell the history after a sequence number, oldest first, narrowed to a table, row or field.

        ``wishes`` adds the values that lost a conflict (a history shows them; a page that follows along does not want them).
        """

    def last_seq(self) -> int:
        """Give the newest sequence number of this community; 0 where nothing was ever written."""

    def submit(self, cycle: int, *, tables: Sequence[str], note: str = "", key: str = "") -> Submission:
        """Freeze the named tables as this cycle's next submission; the same ``key`` submits once."""

    def submissions(self, cycle: int) -> tuple[Submission, ...]:
        """Give the cycle's submissions, oldest first, with their answers."""

    def released_reviews(self) -> tuple[Record, ...]:
        """Give what the coach has released to this community, the newest release of each step. Drafts are not among it."""

    def keep_file(self, content: bytes, *, media_type: str, purpose: str) -> StoredFile:
        """Keep a file under the hash of its content, outside anything served.

        A ``purpose`` that begins with ``"staged:"`` says that the file only waits to be read and will be forgotten.
        """

    def read_file(self, sha256: str) -> bytes:
        """Give the bytes of a file this community keeps."""

    def files(self, purpose: str = "") -> tuple[StoredFile, ...]:
        """Give the files this community keeps, oldest first, narrowed to one purpose."""

    def forget_file(self, sha256: str) -> bool:
        """Forget a staged file, and delete its bytes unless somebody else keeps them. False where it was not staged."""

    def forget_staged(self, older_than: dt.timedelta) -> int:
        """Forget this community's staged files kept longer ago than that. Returns how many."""


def changed_since(handle: Handle, one: Submission) -> bool:
    """Tell whether anything was written since in a table that the submission froze; other cycles' tables do not count."""
    return handle.last_seq() > one.seq and any(handle.changes(after=one.seq, table=table, limit=1) for table in one.answers)


def newest_note(submitted: Sequence[Submission]) -> Submission | None:
    """Find the newest submission with a note to the coach; submitting once more without one does not take it back."""
    return next((one for one in reversed(submitted) if one.note.strip()), None)
