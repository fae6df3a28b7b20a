"""Kept files: content-addressed, private, forgotten when they were only staged."""

from __future__ import annotations

import datetime as dt
import hashlib
import stat
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from equitybook.errors import StoreError
from equitybook.store import Store
from equitybook.store.vault import Vault

CSV = b"hire date,race\n2014-03-10,White\n"
NAME = hashlib.sha256(CSV).hexdigest()


def keep(handle, content=CSV, purpose="staged:roster"):
    return handle.keep_file(content, media_type="text/csv", purpose=purpose)


@pytest.fixture
def maria(store: Store):
    return store.community("prairie-glen", author="maria")


@pytest.fixture
def otis(store: Store):
    return store.community("oak-bluff", author="otis")


def on_disk(tmp_path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "files").rglob("*") if path.is_file())


def test_a_file_lies_under_the_hash_of_its_content_and_only_its_owner_may_read_it(maria, tmp_path):
    kept = keep(maria)
    assert (kept.sha256, kept.size, kept.author, kept.media_type, kept.purpose) == (
        NAME,
        len(CSV),
        "maria",
        "text/csv",
        "staged:roster",
    )
    path = tmp_path / "files" / NAME[:2] / NAME
    assert path.read_bytes() == maria.read_file(NAME) == CSV
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, path.parent.parent)} == {0o700}
    assert on_disk(tmp_path) == [NAME]


def test_keeping_the_same_file_again_returns_the_first_entry(maria, store):
    first = keep(maria)
    assert keep(store.community("prairie-glen", author="ken")) == first
    assert maria.files() == (first,)


def test_knowing_a_hash_opens_nothing_in_another_community(maria, otis):
    keep(maria)
    with pytest.raises(StoreError, match="oak-bluff keeps no file"):
        otis.read_file(NAME)
    assert otis.files() == ()
    assert otis.forget_file(NAME) is False
    assert maria.read_file(NAME) == CSV


def test_a_forgotten_file_is_gone_from_the_disk(maria, tmp_path):
    keep(maria)
    assert maria.forget_file(NAME) is True
    assert on_disk(tmp_path) == []
    with pytest.raises(StoreError, match="upload it again"):
        maria.read_file(NAME)
    assert maria.forget_file(NAME) is False


def test_the_bytes_stay_while_another_community_or_purpose_keeps_them(maria, otis, tmp_path):
    keep(maria)
    keep(otis)
    maria.forget_file(NAME)
    assert otis.read_file(NAME) == CSV
    keep(otis, purpose="evidence")
    otis.forget_file(NAME)
    assert otis.read_file(NAME) == CSV
    assert [file.purpose for file in otis.files()] == ["evidence"]


def test_a_file_that_was_not_staged_is_not_forgotten(maria):
    keep(maria, purpose="evidence")
    assert maria.forget_file(NAME) is False
    assert maria.forget_staged(dt.timedelta(seconds=-1)) == 0
    assert maria.read_file(NAME) == CSV


def test_staged_files_are_forgotten_when_they_are_old_enough(store, maria, otis, tmp_path):
    now = [dt.datetime(2026, 3, 1, tzinfo=dt.UTC)]
    timed = Store(store._database, store._vault, clock=lambda: now[0])
    keep(timed.community("prairie-glen", author="maria"))
    now[0] += dt.timedelta(hours=3)
    keep(timed.community("prairie-glen", author="maria"), b"newer")
    keep(timed.community("oak-bluff", author="otis"), b"elsewhere")
    assert timed.community("prairie-glen", author="ken").forget_staged(dt.timedelta(hours=2)) == 1
    assert [file.size for file in maria.files()] == [5]
    now[0] += dt.timedelta(hours=3)
    assert timed.forget_staged(dt.timedelta(hours=2)) == 2
    assert on_disk(tmp_path) == []


def test_files_can_be_listed_by_purpose(maria):
    keep(maria)
    keep(maria, b"other", purpose="evidence")
    assert [file.purpose for file in maria.files("evidence")] == ["evidence"]
    assert len(maria.files()) == 2


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, NAME[:-1], NAME + "\n"])
def test_what_is_no_hash_reaches_no_path(maria, name):
    with pytest.raises(StoreError, match="not the name of a kept file"):
        maria.read_file(name)


def test_a_damaged_file_is_said_to_be_damaged_and_a_lost_one_lost(maria, tmp_path):
    keep(maria)
    path = tmp_path / "files" / NAME[:2] / NAME
    path.write_bytes(CSV[:-3])
    with pytest.raises(StoreError, match=r"is damaged\. Restore"):
        maria.read_file(NAME)
    path.unlink()
    with pytest.raises(StoreError, match=r"cannot be read.*backup"):
        maria.read_file(NAME)


def test_a_folder_that_cannot_be_written_is_an_error_in_words(maria, tmp_path):
    (tmp_path / "files").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="could not be kept"):
        keep(maria)
    assert maria.files() == ()


class Dawdling(Vault):
    """A vault on a slow disk: deleting takes a while."""

    def drop(self, sha256: str) -> None:
        DROPPING.set()
        time.sleep(0.4)
        super().drop(sha256)


DROPPING = threading.Event()


def test_a_file_somebody_begins_to_keep_while_it_is_being_forgotten_is_kept(store, maria, otis):
    keep(maria)
    slow = Store(store._database, Dawdling(store._vault.folder)).community("prairie-glen", author="ken")
    DROPPING.clear()
    with ThreadPoolExecutor(1) as pool:
        forgetting = pool.submit(slow.forget_file, NAME)
        assert DROPPING.wait(10)
        keep(otis)
        assert forgetting.result() is True
    assert otis.read_file(NAME) == CSV


def test_keeping_and_forgetting_the_same_bytes_at_once_never_loses_a_kept_file(store):
    handles = [store.community(f"town-{n}", author="a") for n in range(6)]

    def turn(handle) -> None:
        for _ in range(8):
            keep(handle)
            assert handle.read_file(NAME) == CSV
            handle.forget_file(NAME)
        keep(handle)

    with ThreadPoolExecutor(len(handles)) as pool:
        list(pool.map(turn, handles))
    assert [handle.read_file(NAME) for handle in handles] == [CSV] * len(handles)
