"""Passwords, waits after wrong ones, and the end of sessions."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from equitybook.errors import StoreError
from equitybook.store import Store
from equitybook.store.accounts import Accounts
from equitybook.store.schema import accounts as table
from equitybook.store.schema import sign_in_attempts

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
RIGHT, WRONG = "three plain words", "not these words"


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(store: Store, clock: Clock) -> Accounts:
    made = Accounts(store._database, clock=clock, hasher=CHEAP)
    made.set_password("maria", RIGHT)
    return made


def fail(accounts: Accounts, times: int, username="maria") -> None:
    for _ in range(times):
        assert accounts.verify(username, WRONG) is False


def test_the_right_password_opens_and_a_wrong_one_does_not(accounts):
    assert accounts.verify("maria", RIGHT) is True
    assert accounts.verify("maria", WRONG) is False
    assert accounts.verify("maria", "") is False
    assert accounts.verify("maria", RIGHT.upper()) is False


def test_user_names_are_compared_without_case_and_outer_blanks(accounts):
    assert accounts.verify("  Maria ", RIGHT) is True
    assert accounts.usernames() == ("maria",)
    assert accounts.epoch("MARIA") == 1


@pytest.mark.parametrize("name", ["nobody", "", "a\0b", "x" * 500, "maria'; --"])
def test_a_name_nobody_has_is_simply_false(accounts, name):
    assert accounts.verify(name, RIGHT) is False
    assert accounts.epoch(name.replace("\0", "")) == 0


def test_the_stored_password_is_an_argon2id_hash(sqlite_store):
    sqlite_store.accounts.set_password("maria", RIGHT)
    with sqlite_store._database.reading() as connection:
        stored = connection.execute(select(table.c.password_hash)).scalar_one()
    assert stored.startswith("$argon2id$")
    assert sqlite_store.accounts.verify("maria", RIGHT)


@pytest.mark.parametrize("password", ["short", "", "x" * 1001])
def test_a_password_too_short_or_too_long_is_refused_with_what_would_be_right(accounts, password):
    with pytest.raises(StoreError, match="8 to 1,000 characters"):
        accounts.set_password("maria", password)
    assert accounts.verify("maria", RIGHT) is True


def test_changing_the_password_ends_the_sessions_begun_before(accounts):
    before = accounts.epoch("maria")
    accounts.set_password("maria", "other plain words")
    assert accounts.epoch("maria") == before + 1
    assert accounts.verify("maria", RIGHT) is False
    assert accounts.verify("maria", "other plain words") is True
    accounts.end_sessions("maria")
    assert accounts.epoch("maria") == before + 2


def test_a_removed_account_does_not_open_and_has_no_sessions(accounts):
    assert accounts.remove("maria") is True
    assert (accounts.verify("maria", RIGHT), accounts.epoch("maria"), accounts.remove("maria")) == (False, 0, False)


def test_four_mistakes_cost_no_wait_and_the_right_password_forgives_them(accounts):
    fail(accounts, 4)
    assert accounts.retry_after("maria") == 0
    assert accounts.verify("maria", RIGHT) is True
    fail(accounts, 4)
    assert accounts.retry_after("maria") == 0


def test_after_five_mistakes_the_wait_begins_and_grows_to_a_quarter_of_an_hour(accounts, clock):
    fail(accounts, 5)
    waits = []
    for _ in range(9):
        waits.append(accounts.retry_after("maria"))
        clock.wait(waits[-1])
        fail(accounts, 1)
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]


def test_during_the_wait_even_the_right_password_is_refused_and_afterwards_it_opens(accounts, clock):
    fail(accounts, 5)
    assert accounts.verify("maria", RIGHT) is False
    assert accounts.retry_after("maria") == 15  # asking during the wait does not make it longer
    clock.wait(15)
    assert accounts.verify("maria", RIGHT) is True
    assert accounts.retry_after("maria") == 0


def test_the_wait_outlives_a_restart(store, accounts, clock):
    fail(accounts, 5)
    assert Accounts(store._database, clock=clock, hasher=CHEAP).retry_after("Maria ") == 15


def test_a_name_nobody_has_waits_just_the_same(accounts):
    fail(accounts, 5, "nobody")
    assert accounts.retry_after("nobody") == 15
    assert accounts.retry_after("maria") == 0


def test_a_new_password_ends_the_wait(accounts):
    fail(accounts, 6)
    accounts.set_password("maria", "other plain words")
    assert accounts.retry_after("maria") == 0
    assert accounts.verify("maria", "other plain words") is True


def test_mistakes_are_forgotten_after_a_day_and_their_names_too(store, accounts, clock):
    fail(accounts, 4)
    fail(accounts, 5, "nobody")
    clock.wait(25 * 3600)
    fail(accounts, 1)
    assert accounts.retry_after("maria") == 0
    with store._database.reading() as connection:
        assert connection.execute(select(sign_in_attempts.c.username)).scalars().all() == ["maria"]


class Counting(PasswordHasher):
    """A hasher that remembers how many passwords it was asked to compare, and how often it did the work that costs time."""

    compared = 0
    worked = 0

    def verify(self, stored, password) -> bool:
        self.compared += 1
        self.worked += 1
        return super().verify(stored, password)

    def hash(self, password, *, salt=None) -> str:
        self.worked += 1
        return super().hash(password, salt=salt)


def test_of_guesses_sent_at_once_only_five_are_looked_at(store, accounts, clock):
    hasher = Counting(time_cost=1, memory_cost=8, parallelism=1)
    guarded = Accounts(store._database, clock=clock, hasher=hasher)
    barrier = threading.Barrier(5)  # as many as the store keeps connections ready

    def guess(_) -> list[bool]:
        guarded.retry_after("maria")
        barrier.wait()
        return [guarded.verify("maria", WRONG) for _ in range(4)]

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(guess, range(5)))
    assert answers == [[False] * 4] * 5
    assert hasher.compared == 5
    assert guarded.retry_after("maria") == 15


def test_a_password_is_hashed_again_when_the_parameters_have_changed(store, accounts, clock):
    stronger = Accounts(store._database, clock=clock, hasher=PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert stronger.verify("maria", WRONG) is False
    weak, epoch = _stored(store), stronger.epoch("maria")
    assert stronger.verify("maria", RIGHT) is True
    assert "m=8,t=1" in weak
    assert "m=16,t=2" in _stored(store)
    assert stronger.epoch("maria") == epoch  # nobody is signed out by that
    assert stronger.verify("maria", RIGHT) is True


def _stored(store: Store) -> str:
    with store._database.reading() as connection:
        return connection.execute(select(table.c.password_hash)).scalar_one()


def test_a_name_nobody_has_costs_as_much_as_one_somebody_has(sqlite_store):
    hasher = Counting(time_cost=1, memory_cost=8, parallelism=1)
    accounts = Accounts(sqlite_store._database, hasher=hasher)
    accounts.set_password("maria", RIGHT)
    for name in ("maria", "nobody", "not a name!"):
        before = hasher.worked
        assert not accounts.verify(name, WRONG)
        assert hasher.worked == before + 1, name
