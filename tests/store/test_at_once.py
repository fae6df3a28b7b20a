"""Many at once: threads, pollers, replays, and writers that are killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from equitybook.store import Store
from equitybook.store.answers import append
from equitybook.store.counting import lock_community
from equitybook.store.handle import Edit, Handle

WRITERS, TURNS = 6, 12


def handles(store: Store) -> list[Handle]:
    return [store.community("prairie-glen", author=f"author-{number}") for number in range(WRITERS)]


def test_writers_of_one_field_each_win_or_are_told_and_no_wish_is_lost(store):
    def write(handle: Handle) -> list[str]:
        said, version = [], 0
        for turn in range(TURNS):
            (receipt,) = handle.write([Edit("t", "r", "f", f"{handle.author} {turn}", version, f"{handle.author}-{turn}")])
            said.append(receipt.status)
            version = receipt.change.version
        return said

    with ThreadPoolExecutor(WRITERS) as pool:
        said = [status for statuses in pool.map(write, handles(store)) for status in statuses]
    handle = handles(store)[0]
    told = handle.changes(limit=10_000, wishes=True)
    saved = [change for change in told if change.status == "saved"]
    assert len(said) == len(told) == WRITERS * TURNS
    assert said.count("saved") == len(saved)
    assert [change.version for change in saved] == list(range(1, len(saved) + 1))
    assert {change.value for change in told} == {f"author-{number} {turn}" for number in range(WRITERS) for turn in range(TURNS)}
    assert handle.read("t")[0].cells["f"].value == saved[-1].value


def test_a_poller_never_misses_a_change_however_many_write(store):
    writers, poller = handles(store), store.community("prairie-glen", author="poller")
    done, seen = threading.Event(), []

    def write(handle: Handle) -> None:
        for turn in range(TURNS):
            handle.write([Edit("t", handle.author, f"f{number}", turn, turn, "") for number in range(1 + turn % 3)])

    def poll() -> None:
        finishing = False
        while True:
            new = poller.changes(after=seen[-1] if seen else 0, wishes=True)
            seen.extend(change.seq for change in new)
            if finishing and not new:
                return
            finishing = done.is_set()

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        polling = pool.submit(poll)
        list(pool.map(write, writers))
        done.set()
        polling.result()
    assert seen == list(range(1, poller.last_seq() + 1))


def test_a_number_drawn_first_becomes_visible_first_even_if_its_writer_dawdles(store):
    """The case an ordinary database sequence gets wrong: the later number would be committed, and seen, before the earlier one."""
    handle = store.community("prairie-glen", author="quick")
    with ThreadPoolExecutor(1) as pool:
        with store._database.writing() as connection:
            last = lock_community(connection, "prairie-glen")
            stamp = {
                "community": "prairie-glen",
                "author": "slow",
                "at": store._clock(),
                "source": "typed",
                "batch": "",
                "reason": "",
            }
            field = {"table_name": "t", "row_id": "r", "field": "slow", "value": "1", "version": 1, "key": None, "lost_to": None}
            append(connection, "prairie-glen", [stamp | field | {"seq": last + 1}], after=last)
            quick = pool.submit(handle.write, [Edit("t", "r", "quick", 1, 0, "k")])
            with pytest.raises(TimeoutError):
                quick.result(timeout=0.5)
            assert handle.changes() == ()
        assert quick.result()[0].change.seq == 2
    assert [(change.seq, change.author) for change in handle.changes()] == [(1, "slow"), (2, "quick")]


def test_the_same_edits_sent_many_times_at_once_are_stored_once_and_answered_alike(store):
    store.community("prairie-glen", author="ken").write([Edit("t", "r", "taken", 1, 0, "first")])
    edits = [Edit("t", "r", f"f{number}", number, 0, f"k{number}") for number in range(5)] + [Edit("t", "r", "taken", 2, 0, "late")]
    maria = store.community("prairie-glen", author="maria")
    with ThreadPoolExecutor(WRITERS) as pool:
        answers = list(pool.map(lambda _: maria.write(edits), range(WRITERS * 2)))
    assert all(answer == answers[0] for answer in answers)
    assert [receipt.status for receipt in answers[0]] == ["saved"] * 5 + ["conflict"]
    assert maria.last_seq() == 7


def test_the_same_import_sent_many_times_at_once_is_added_once(store):
    maria = store.community("prairie-glen", author="maria")
    rows = [{"a": number} for number in range(30)]
    with ThreadPoolExecutor(WRITERS) as pool:
        added = list(pool.map(lambda _: maria.add_rows("t", rows, replace=False, source="imported", batch="b"), range(WRITERS)))
    assert added == [30] * WRITERS
    assert len(maria.read("t")) == 30


def test_a_reader_sees_a_replacement_whole_or_not_at_all(store):
    maria = store.community("prairie-glen", author="maria")
    maria.add_rows("t", [{"round": 0}] * 40, replace=True, source="imported", batch="0")
    done, seen = threading.Event(), set()

    def look() -> None:
        while not done.is_set():
            found = maria.read("t")
            seen.add((frozenset(record.cells["round"].value for record in found), len(found)))

    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(look)
        for turn in range(1, 12):
            maria.add_rows("t", [{"round": turn}] * 40, replace=True, source="imported", batch=str(turn))
        done.set()
        looking.result()
    assert seen <= {(frozenset({turn}), 40) for turn in range(12)}


WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from equitybook.store import Store
    from equitybook.store.handle import Edit

    maria = Store.open(sys.argv[1], files=Path(sys.argv[2])).community("prairie-glen", author="maria")
    for n in range(100_000):
        maria.write([Edit("typed", "r", f"f{n % 7}", n, n // 7, f"k{n}")])
        print("typed", n, flush=True)
        if n % 10 == 0:
            maria.add_rows(f"import{n}", [{"a": i, "b": n} for i in range(60)], replace=False, source="imported", batch=f"b{n}")
            print("import", n, flush=True)
    """
)


@pytest.mark.slow
@pytest.mark.parametrize("acknowledged", [1, 17, 60])
def test_everything_acknowledged_is_there_after_the_writer_is_killed(store, tmp_path, acknowledged):
    url = store._database.engine.url.render_as_string(hide_password=False)
    program = [sys.executable, "-c", WRITER, url, str(tmp_path / "files")]
    writer = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
    heard = [writer.stdout.readline().split() for _ in range(acknowledged)]
    writer.send_signal(signal.SIGKILL)
    heard += [line.split() for line in writer.stdout.read().splitlines() if len(line.split()) == 2]  # said just before it died
    assert writer.wait() == -signal.SIGKILL

    maria = store.community("prairie-glen", author="maria")
    typed = {change.value: change for change in maria.changes(table="typed", limit=100_000)}
    for kind, number in heard:
        if kind == "typed":
            assert int(number) in typed
        else:
            assert len(maria.read(f"import{number}")) == 60
    # What was under way when it died is there whole or not at all, and asking again does it exactly once.
    last = max(int(number) for kind, number in heard if kind == "typed")
    assert set(typed) <= set(range(last + 2))
    for number in (last, last + 1):
        (receipt,) = maria.write([Edit("typed", "r", f"f{number % 7}", number, number // 7, f"k{number}")])
        assert receipt.status == "saved"
    due = last - last % 10
    maria.add_rows(f"import{due}", [{"a": i, "b": due} for i in range(60)], replace=False, source="imported", batch=f"b{due}")
    assert len(maria.read(f"import{due}")) == 60
    assert [change.seq for change in maria.changes(limit=100_000)] == list(range(1, maria.last_seq() + 1))
