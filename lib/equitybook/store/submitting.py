"""Submissions: a cycle's answers frozen under the hash of their content."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select

from equitybook.errors import StoreError
from equitybook.store.answers import read_records
from equitybook.store.counting import lock_community
from equitybook.store.handle import Submission
from equitybook.store.schema import submissions
from equitybook.store.values import checked_name

_s = submissions.c


def canonical_json(answers: Mapping[str, Any]) -> str:
    """Write answers the one way there is: keys sorted, no blanks, ASCII only, so that equal answers have an equal hash."""
    return json.dumps(answers, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def freeze(
    connection: Connection, community: str, author: str, cycle: int, *, tables: Sequence[str], note: str, key: str, at: dt.datetime
) -> Submission:
    """Freeze the named tables as they stand as the cycle's next submission; a key that was used returns its submission.

    Raises
    ------
    StoreError
        If no table is named, or a name or the note cannot be kept.
    """
    if not tables:
        raise StoreError("There is nothing to submit: name the tables of this cycle.")
    if "\0" in note:
        raise StoreError("The note holds a NUL character. Take it out, then submit again.")
    for table in tables:
        checked_name(table, what="table")
    seq = lock_community(connection, community)
    if key:
        checked_name(key, what="key")
        if earlier := connection.execute(select(submissions).where(_s.community == community, _s.key == key)).mappings().first():
            return _submission(earlier)
    answers = {table: _frozen(connection, community, table) for table in sorted(set(tables))}
    written = canonical_json(answers)
    last = connection.execute(select(func.max(_s.number)).where(_s.community == community, _s.cycle == cycle)).scalar() or 0
    digest = hashlib.sha256(written.encode("ascii")).hexdigest()
    made = Submission(secrets.token_hex(8), cycle, last + 1, author, at, digest, note, answers, seq)
    row = {"id": made.id, "community": community, "cycle": cycle, "number": made.number, "author": author, "at": at, "seq": seq}
    connection.execute(insert(submissions), row | {"content_hash": digest, "note": note, "answers": written, "key": key or None})
    return made


def _frozen(connection: Connection, community: str, table: str) -> list[dict[str, Any]]:
    return [{"id": record.id, "values": record.values()} for record in read_records(connection, community, table)]


def read_submissions(connection: Connection, community: str, cycle: int) -> tuple[Submission, ...]:
    """Give the cycle's submissions, oldest first."""
    wanted = select(submissions).where(_s.community == community, _s.cycle == cycle).order_by(_s.number)
    return tuple(_submission(row) for row in connection.execute(wanted).mappings())


def _submission(row: RowMapping) -> Submission:
    return Submission(
        id=row["id"],
        cycle=row["cycle"],
        number=row["number"],
        author=row["author"],
        at=row["at"],
        content_hash=row["content_hash"],
        note=row["note"],
        answers=json.loads(row["answers"]),
        seq=row["seq"],
    )
