"""Open a cohort's store."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import URL

from equitybook.errors import StoreError
from equitybook.store import heads, kept_files, migrate
from equitybook.store.accounts import Accounts
from equitybook.store.beside import coach_side
from equitybook.store.database import PATIENCE, Clock, Database, connect, utc_now
from equitybook.store.local import LocalHandle
from equitybook.store.values import checked_name
from equitybook.store.vault import Vault

URL_VARIABLE = "EQUITYBOOK_DATABASE_URL"


class Store:
    """A cohort's database and files. Notebooks never see it: they get the ``Handle`` of one community.

    A store may be shared by the threads of a process. A process that forks opens its own.

    Examples
    --------
    >>> with Store.of(Path("cohorts/demo")) as store:
    ...     store.migrate()
    ...     mine = store.community("prairie-glen", author="maria")
    """

    def __init__(self, database: Database, vault: Vault, *, clock: Clock = utc_now) -> None:
        self._database, self._vault, self._clock = database, vault, clock
        self._ready = False
        self.accounts = Accounts(database, clock=clock)
        """Passwords, waiting times and session epochs."""

    @classmethod
    def open(cls, url: str, *, files: Path, clock: Clock = utc_now, patience: float = PATIENCE) -> Self:
        """Open the store at a database address.

        Parameters
        ----------
        url
            ``sqlite:///path`` or ``postgresql://user:password@host/name``.
        files
            The folder for kept files; made when the first one is kept.
        clock
            Gives the moment, in UTC.
        patience
            Seconds to wait for a lock that another program holds.

        Raises
        ------
        StoreError
            If the address is wrong, or the file would lie on a network share or in a folder that is not there.
        """
        return cls(connect(url, patience=patience), Vault(files), clock=clock)

    @classmethod
    def of(cls, cohort_folder: Path, url: str | None = None, *, clock: Clock = utc_now) -> Self:
        """Open a cohort's store: at ``url``, else where EQUITYBOOK_DATABASE_URL says, else as SQLite in the cohort's folder."""
        folder = Path(cohort_folder).resolve()
        beside = URL.create("sqlite", database=str(folder / "equitybook.sqlite")).render_as_string()
        return cls.open(url or os.environ.get(URL_VARIABLE) or beside, files=folder / "files", clock=clock)

    def pending(self) -> tuple[str, ...]:
        """Give the migrations still to come. This only reads.

        Raises
        ------
        StoreError
            If the database was written by a newer program, or cannot be reached.
        """
        return migrate.pending(self._database)

    def migrate(self) -> tuple[str, ...]:
        """Bring the database up to date; return the migrations that ran. Safe to call at every start and from several programs.

        Raises
        ------
        StoreError
            If the database was written by a newer program, is locked, or cannot be reached.
        """
        return migrate.migrate(self._database)

    def community(self, slug: str, *, author: str) -> LocalHandle:
        """One community's part of the store, on behalf of one author.

        Raises
        ------
        StoreError
            If the store is not up to date.
        """
        self._check_ready()
        checked_name(slug, what="community")
        checked_name(author, what="author")
        return LocalHandle(slug, author, self._database, self._vault, self._clock)

    def coach_side(self, slug: str, *, author: str) -> LocalHandle:
        """Open what coaches write about a community, on behalf of a coach. None of the community's answers is in reach of it.

        Raises
        ------
        StoreError
            If the store is not up to date.
        """
        return self.community(coach_side(slug), author=author)

    def rebuild_heads(self) -> int:
        """Make the newest version of every field again from the history; return the number of fields."""
        self._check_ready()
        with self._database.writing() as connection:
            return heads.rebuild_heads(connection)

    def forget_staged(self, older_than: dt.timedelta) -> int:
        """Forget the staged files of all communities kept longer ago than that; return how many."""
        self._check_ready()
        return kept_files.forget(self._database, self._vault, kept_files.older_than(older_than, now=self._clock()))

    def close(self) -> None:
        """Let go of all connections. The store opens new ones if it is used again."""
        self._database.engine.dispose()

    def _check_ready(self) -> None:
        if not self._ready and (todo := self.pending()):
            problem = (
                f"The store {self._database.name} is not set up for this version yet ({len(todo)} step{'s' if len(todo) > 1 else ''} to do). "
                "Make a backup, then bring it up to date (Store.migrate; starting the server does it)."
            )
            raise StoreError(problem)
        self._ready = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Store({self._database.name!r})"
