"""A community's part of the store, over HTTP with a kernel's token: a kernel holds no database address.

Only the standard library: a kernel that imports this starts no sooner for anything else, and needs nothing else.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import http.client
import ipaddress
import json
import secrets
import threading
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Never
from urllib.parse import urlsplit

from equitybook.errors import AccessError, StoreError
from equitybook.store.handle import Change, Edit, Receipt, Record, Source, StoredFile, Submission
from equitybook.store.values import from_json, to_json
from equitybook.store.wire import understand

PATIENCE = 30.0
"""Seconds to wait for an answer; longer than the server itself waits for the database."""

_DROPPED = (http.client.RemoteDisconnected, ConnectionResetError, ConnectionAbortedError, BrokenPipeError)


class RemoteHandle:
    """Meets ``Handle`` against the server. The token says which community and which author; both are asked for when needed.

    A connection is kept open between calls. When the server has closed it meanwhile, the call is made once more; that is
    safe because everything that writes carries a key (one is made where the caller gave none).
    """

    def __init__(self, url: str, token: str, *, patience: float = PATIENCE) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise StoreError("The store's address is not an http address. Open the workbook from your home page again.")
        if parts.scheme == "http" and not _is_this_machine(parts.hostname):
            raise StoreError(
                "The store's address leads to another machine without encryption, so the token is not sent. Use https."
            )
        self._kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._host, self._port, self._path = parts.hostname, parts.port, parts.path or "/"
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._patience = patience
        self._lock = threading.Lock()  # one connection, one call at a time
        self._connection: http.client.HTTPConnection | None = None
        self._who: Mapping[str, str] | None = None

    def __repr__(self) -> str:
        return f"RemoteHandle({self._host}:{self._port})"

    @property
    def community(self) -> str:
        """The community's slug, as the server reads it from the token."""
        return self._identity()["community"]

    @property
    def author(self) -> str:
        """Who is writing, as the server reads it from the token."""
        return self._identity()["author"]

    def read(self, table: str) -> tuple[Record, ...]:
        """Give the rows of a table as they stand, in order, without deleted rows."""
        records: tuple[Record, ...] = self._call("read", table=table)
        return records

    def write(self, edits: Sequence[Edit], *, together: bool = False) -> tuple[Receipt, ...]:
        """Save each edit by itself, or all of them or none; a stale one comes back as a conflict."""
        sent = [dataclasses.asdict(edit) | {"key": edit.key or secrets.token_hex(16)} for edit in edits]
        receipts: tuple[Receipt, ...] = self._call("write", edits=sent, together=together)
        return receipts

    def add_rows(
        self, table: str, rows: Sequence[Mapping[str, Any]], *, replace: bool | Collection[str], source: Source, batch: str
    ) -> int:
        """Append rows in one transaction, or replace all rows of the table by them, or those named. Returns the number added."""
        # Written and read once, so that dates and numpy's numbers travel as they would be kept.
        plain = [{name: from_json(to_json(value)) for name, value in row.items()} for row in rows]
        added: int = self._call(
            "add_rows",
            table=table,
            rows=plain,
            replace=replace if isinstance(replace, bool) else list(replace),
            source=source,
            batch=batch or secrets.token_hex(16),
        )
        return added

    def undo(self, batch: str) -> int:
        """Put every field a batch touched back to what it was, as new versions. Returns the number of fields restored."""
        restored: int = self._call("undo", batch=batch)
        return restored

    def changes(
        self, *, after: int = 0, table: str = "", row: str = "", field: str = "", limit: int = 1000, wishes: bool = False
    ) -> tuple[Change, ...]:
        """Tell the history after a sequence number, oldest first, narrowed to a table, row or field; at most 10,000 of it."""
        told: tuple[Change, ...] = self._call("changes", after=after, table=table, row=row, field=field, limit=limit, wishes=wishes)
        return told

    def last_seq(self) -> int:
        """Give the newest sequence number of this community; 0 where nothing was ever written."""
        seq: int = self._call("last_seq")
        return seq

    def submit(self, cycle: int, *, tables: Sequence[str], note: str = "", key: str = "") -> Submission:
        """Freeze the named tables as this cycle's next submission; the same ``key`` submits once."""
        made: Submission = self._call("submit", cycle=cycle, tables=list(tables), note=note, key=key or secrets.token_hex(16))
        return made

    def submissions(self, cycle: int) -> tuple[Submission, ...]:
        """Give the cycle's submissions, oldest first, with their answers."""
        made: tuple[Submission, ...] = self._call("submissions", cycle=cycle)
        return made

    def released_reviews(self) -> tuple[Record, ...]:
        """Give what the coach has released to this community, the newest release of each step. Drafts are not among it."""
        records: tuple[Record, ...] = self._call("released_reviews")
        return records

    def keep_file(self, content: bytes, *, media_type: str, purpose: str) -> StoredFile:  # noqa: ARG002
        """Refused: files are the server's."""
        _no_files()

    def read_file(self, sha256: str) -> bytes:  # noqa: ARG002
        """Refused: files are the server's."""
        _no_files()

    def files(self, purpose: str = "") -> tuple[StoredFile, ...]:  # noqa: ARG002
        """Refused: files are the server's."""
        _no_files()

    def forget_file(self, sha256: str) -> bool:  # noqa: ARG002
        """Refused: files are the server's."""
        _no_files()

    def forget_staged(self, older_than: dt.timedelta) -> int:  # noqa: ARG002
        """Refused: files are the server's."""
        _no_files()

    def close(self) -> None:
        """Let go of the connection; the next call opens a new one."""
        with self._lock:
            self._drop()

    def _identity(self) -> Mapping[str, str]:
        if self._who is None:
            self._who = self._call("who")
        return self._who

    def _call(self, method: str, **payload: Any) -> Any:  # noqa: ANN401 - what the handle's method returns
        body = to_wire({"method": method, "payload": payload})
        with self._lock:
            status, content = self._exchange(body)
        if status != http.client.OK:
            _refused(status, content)
        try:
            said = json.loads(content)
        except ValueError as error:
            raise StoreError("The server's answer was cut off or is not meant for a notebook. Reload the page.") from error
        return understand(method, said)

    def _exchange(self, body: bytes) -> tuple[int, bytes]:
        kept_open = self._connection is not None
        try:
            return self._request(body)
        except _DROPPED as error:
            if not kept_open:
                raise _unreachable(error) from error
        except (OSError, http.client.HTTPException) as error:
            raise _unreachable(error) from error
        try:
            return self._request(body)
        except (OSError, http.client.HTTPException) as error:
            raise _unreachable(error) from error

    def _request(self, body: bytes) -> tuple[int, bytes]:
        if self._connection is None:
            self._connection = self._kind(self._host, self._port, timeout=self._patience)
        try:
            self._connection.request("POST", self._path, body, self._headers)
            response = self._connection.getresponse()
            return response.status, response.read()
        except BaseException:
            self._drop()  # half an answer may be left in it, also after an interrupt
            raise

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def to_wire(said: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Write a call as the bytes that are sent.

    Raises
    ------
    StoreError
        If a value in it cannot be written as JSON.
    """
    try:
        return json.dumps(said, allow_nan=False).encode("ascii")
    except (TypeError, ValueError) as error:
        raise StoreError("A value cannot be sent to the store. Send text, a number, yes or no, a list or nothing.") from error


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refused(status: int, content: bytes) -> Never:
    try:
        words = str(json.loads(content)["error"])
    except (ValueError, KeyError, TypeError):
        words = f"The server refused ({status}) without saying why. Reload the page; if that does not help, restart the server."
    if status in {http.client.UNAUTHORIZED, http.client.FORBIDDEN}:
        raise AccessError(words)
    raise StoreError(words)


def _unreachable(error: Exception) -> StoreError:
    if isinstance(error, TimeoutError):
        return StoreError(
            "The server does not answer in time, so it is not known whether this step was saved. Try again in a minute."
        )
    return StoreError(
        "The server cannot be reached, so it is not known whether this step was saved. Reload the page when the server runs again."
    )


def _no_files() -> Never:
    raise AccessError(
        "A notebook reaches no uploaded files; the page and the server handle them. Use the tables they were read into."
    )
