"""Which community keeps which file, and why: the register beside the vault.

The same bytes lie on the disk once, however many keep them. A community reaches only the files in its own register: knowing
a hash opens nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, text

from equitybook.errors import StoreError
from equitybook.store.counting import lock_community
from equitybook.store.database import Database
from equitybook.store.handle import StoredFile
from equitybook.store.schema import files
from equitybook.store.values import checked_name
from equitybook.store.vault import Vault

STAGED = "staged:"
"""How the purpose of a file begins that only waits to be read."""

_f = files.c


def keep(database: Database, vault: Vault, community: str, entry: StoredFile, content: bytes) -> StoredFile:
    """Keep a file and enter it in the register; where it is there for the same purpose, the first entry is returned.

    ``entry.sha256`` and ``entry.size`` are worked out here.
    """
    checked_name(entry.purpose, what="purpose")
    checked_name(entry.media_type, what="media type")
    with vault.incoming(content) as (sha256, passing), database.writing() as connection:
        _lock(connection)
        vault.place(sha256, passing)
        same = _f.community == community, _f.sha256 == sha256, _f.purpose == entry.purpose
        if found := _read(connection, *same):
            return found[0]
        lock_community(connection, community)  # makes sure the register may name the community
        kept = StoredFile(sha256, entry.media_type, len(content), entry.author, entry.at, entry.purpose)
        row = {"community": community, "sha256": sha256, "purpose": kept.purpose, "media_type": kept.media_type}
        connection.execute(insert(files), row | {"size": kept.size, "author": kept.author, "at": kept.at})
        return kept


def read(database: Database, vault: Vault, community: str, sha256: str) -> bytes:
    """Give the bytes of a file in the community's register.

    Raises
    ------
    StoreError
        If the community keeps no such file, or the file is gone or damaged.
    """
    vault.path(sha256)  # refuses what is no hash
    with database.reading() as connection:
        if not _read(connection, _f.community == community, _f.sha256 == sha256):
            problem = f"{community} keeps no file {sha256[:12]}…. It may have been forgotten after it was read; upload it again."
            raise StoreError(problem)
    return vault.read(sha256)


def listed(database: Database, community: str, purpose: str) -> tuple[StoredFile, ...]:
    """Give the community's register, oldest first, narrowed to a purpose where one is given."""
    with database.reading() as connection:
        return _read(connection, _f.community == community, *([_f.purpose == purpose] if purpose else []))


def forget(database: Database, vault: Vault, *conditions: ColumnElement[bool]) -> int:
    """Take staged files out of the register and delete the bytes nobody keeps any more; return how many entries went."""
    staged = func.substr(_f.purpose, 1, len(STAGED)) == STAGED
    with database.writing() as connection:
        _lock(connection)
        hashes = connection.execute(select(_f.sha256).where(staged, *conditions)).scalars().all()
        connection.execute(delete(files).where(staged, *conditions))
        _drop_unkept(connection, vault, hashes)
        return len(hashes)


def _drop_unkept(connection: Connection, vault: Vault, hashes: Sequence[str]) -> None:
    # Inside the transaction and under the lock: nobody can begin to keep the same bytes while we delete them. Should the
    # commit then fail, the register still names a file that is gone; that is said in plain words when it is read.
    for sha256 in set(hashes):
        if connection.execute(select(_f.sha256).where(_f.sha256 == sha256).limit(1)).first() is None:
            vault.drop(sha256)


def older_than(age: dt.timedelta, *, now: dt.datetime) -> ColumnElement[bool]:
    """Give the condition that an entry was made longer ago than that."""
    return _f.at < now - age


def of(community: str, sha256: str = "") -> tuple[ColumnElement[bool], ...]:
    """Give the condition that an entry is a community's, and of one content where that is given."""
    return (_f.community == community, *([_f.sha256 == sha256] if sha256 else []))


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # SQLite has locked the whole database already
        connection.execute(text("LOCK TABLE files IN SHARE ROW EXCLUSIVE MODE"))


def _read(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[StoredFile, ...]:
    wanted = select(_f.sha256, _f.media_type, _f.size, _f.author, _f.at, _f.purpose).where(*conditions).order_by(_f.at, _f.sha256)
    return tuple(StoredFile(*row) for row in connection.execute(wanted))
