"""Passwords, how long somebody has to wait after wrong ones, and which sessions still count.

Roles are not kept here: who may do what stands in cohort.toml.
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from equitybook.errors import StoreError
from equitybook.store.database import Clock, Database, utc_now
from equitybook.store.schema import accounts, sign_in_attempts
from equitybook.store.values import checked_name

log = logging.getLogger(__name__)

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 1000
FREE_FAILURES = 5
"""Wrong passwords in a row before a wait begins."""

FIRST_WAIT = dt.timedelta(seconds=15)
LONGEST_WAIT = dt.timedelta(minutes=15)
FORGIVEN_AFTER = dt.timedelta(days=1)
"""Failures older than this no longer count; it also keeps names typed at random from piling up."""

_NO_PASSWORD = "an account that does not exist"  # noqa: S105 - hashed only to spend the time a real one would take

_a, _t = accounts.c, sign_in_attempts.c


@dataclass(frozen=True, slots=True)
class Accounts:
    """The sign-in side of a store. User names are compared without regard to case and outer blanks."""

    database: Database
    clock: Clock = utc_now
    hasher: PasswordHasher = field(default_factory=PasswordHasher)

    def set_password(self, username: str, password: str) -> None:
        """Create an account or change its password; every session begun before ends, and any wait is over.

        Raises
        ------
        StoreError
            If the password is shorter than 8 or longer than 1,000 characters, or the user name cannot be kept.
        """
        name = _name(username)
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            problem = f"A password needs {SHORTEST_PASSWORD} to {LONGEST_PASSWORD:,} characters. A few words in a row are easy to remember."
            raise StoreError(problem)
        hashed = self.hasher.hash(password)
        with self.database.writing() as connection:
            add = _insert(connection)(accounts).values(username=name, password_hash=hashed, epoch=1, changed_at=self.clock())
            renewed = {"password_hash": hashed, "epoch": _a.epoch + 1, "changed_at": self.clock()}
            connection.execute(add.on_conflict_do_update(index_elements=["username"], set_=renewed))
            connection.execute(delete(sign_in_attempts).where(_t.username == name))

    def verify(self, username: str, password: str) -> bool:
        """Whether this is the user's password. Takes as long for a name nobody has, and says False while a wait runs.

        The attempt is counted before the password is looked at and taken back when it was right: many guesses sent at
        once are then many attempts, not one.
        """
        try:
            name = _name(username)
        except StoreError:
            name = ""
        allowed = bool(name) and self._count_attempt(name)
        stored = self._hash_of(name) if allowed else None
        right = self._matches(stored, password) and stored is not None
        if right and stored is not None:
            self._forgive(name)
            self._renew(name, stored, password)
        return right

    def retry_after(self, username: str) -> float:
        """Seconds until this name may try again; 0 where it may now."""
        now = self.clock()
        with self.database.reading() as connection:
            wanted = select(_t.retry_at).where(_t.username == username.strip().casefold())
            until = connection.execute(wanted).scalar()
        return max(0.0, (until - now).total_seconds()) if until else 0.0

    def epoch(self, username: str) -> int:
        """Give a number that rises with every change of password; 0 where there is no account.

        A session keeps the number it began with and ends when the two differ.
        """
        with self.database.reading() as connection:
            return connection.execute(select(_a.epoch).where(_a.username == username.strip().casefold())).scalar() or 0

    def end_sessions(self, username: str) -> None:
        """End every session of this user without changing the password."""
        with self.database.writing() as connection:
            connection.execute(update(accounts).where(_a.username == _name(username)).values(epoch=_a.epoch + 1))

    def remove(self, username: str) -> bool:
        """Take an account away; what the person has written stays. False where there was none."""
        with self.database.writing() as connection:
            return connection.execute(delete(accounts).where(_a.username == _name(username))).rowcount > 0

    def usernames(self) -> tuple[str, ...]:
        """Everybody who has a password, by name."""
        with self.database.reading() as connection:
            return tuple(connection.execute(select(_a.username).order_by(_a.username)).scalars())

    def _count_attempt(self, name: str) -> bool:
        now = self.clock()
        with self.database.writing() as connection:
            connection.execute(delete(sign_in_attempts).where(_t.last_at < now - FORGIVEN_AFTER))
            # The row is there before it is read, so that two first attempts at once cannot both find nothing.
            start = _insert(connection)(sign_in_attempts).values(username=name, failures=0, last_at=now, retry_at=None)
            connection.execute(start.on_conflict_do_nothing())
            failures, until = connection.execute(
                select(_t.failures, _t.retry_at).where(_t.username == name).with_for_update()
            ).one()
            if until and until > now:
                return False
            counted = {"failures": failures + 1, "last_at": now, "retry_at": _wait_until(failures + 1, now)}
            connection.execute(update(sign_in_attempts).where(_t.username == name).values(counted))
            return True

    def _hash_of(self, name: str) -> str | None:
        with self.database.reading() as connection:
            return connection.execute(select(_a.password_hash).where(_a.username == name)).scalar()

    def _matches(self, stored: str | None, password: str) -> bool:
        if stored is None or len(password) > LONGEST_PASSWORD:
            # The same parameters and the same work as a real comparison.
            self.hasher.hash(_NO_PASSWORD)
            return False
        try:
            return self.hasher.verify(stored, password)
        except VerificationError:
            return False
        except InvalidHashError:
            log.exception("The stored password of an account cannot be read; set a new one.")
            return False

    def _forgive(self, name: str) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(sign_in_attempts).where(_t.username == name))

    def _renew(self, name: str, stored: str, password: str) -> None:
        if not self.hasher.check_needs_rehash(stored):
            return
        hashed = self.hasher.hash(password)
        with self.database.writing() as connection:
            # Only where it is still the hash we compared with: a password changed meanwhile must not come back.
            same = update(accounts).where(_a.username == name, _a.password_hash == stored)
            connection.execute(same.values(password_hash=hashed))


def _wait_until(failures: int, now: dt.datetime) -> dt.datetime | None:
    if failures < FREE_FAILURES:
        return None
    doublings = min(failures - FREE_FAILURES, 20)  # beyond any wait, and far from the longest time span there is
    return now + min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _name(username: str) -> str:
    return checked_name(username.strip().casefold(), what="user")


def _insert(connection: Connection) -> type[postgresql.Insert] | type[sqlite.Insert]:
    return postgresql.Insert if connection.dialect.name == "postgresql" else sqlite.Insert
