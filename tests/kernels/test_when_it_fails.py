"""Whatever becomes of the process that forks: a kernel starts, and none stays behind."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from equitybook.kernels import fork_server, zygote
from equitybook.kernels.fork_server import SWITCH, ForkServer
from equitybook.kernels.forked import STATUS_UNKNOWN
from equitybook.kernels.tally import TALLY
from tests.kernels.harness import kernel, runs, until

ALIVE = "print('alive')"

# An owner in a process of its own: starts a kernel, says who is there, and waits.
OWNER = """
import sys, time
from equitybook.kernels.fork_server import ForkServer
from tests.kernels.harness import kernel
with ForkServer() as forks, kernel(forks.address) as one:
    assert one.forked
    child = one.run("import subprocess; print(subprocess.Popen(['sleep', '600']).pid)")
    print(forks.pid, one.pid, child, flush=True)
    time.sleep(600)
"""

# A zygote that imported nothing and has a thread too many.
THREADED = """
import socket, sys, threading, time
threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
from equitybook.kernels.zygote import Zygote
Zygote(socket.socket(fileno=int(sys.argv[1]))).serve()
"""


@pytest.mark.slow
def test_a_zygote_killed_in_the_middle_costs_no_kernel_and_comes_back():
    with ForkServer() as forks, kernel(forks.address) as before:
        first = forks.pid
        os.kill(first, signal.SIGKILL)
        assert until(lambda: not runs(first))
        with kernel(forks.address) as meanwhile:
            assert meanwhile.run(ALIVE) == "alive"
        assert before.run(ALIVE) == "alive", "a kernel that runs does not need the process it was forked from"
        assert until(lambda: forks.pid not in {None, first})
        with kernel(forks.address) as after:
            assert after.forked
        process = before.process
        os.kill(before.pid, signal.SIGKILL)
        assert until(lambda: process.poll() is not None)
        assert process.returncode == STATUS_UNKNOWN, "nobody is left who could say"


@pytest.mark.slow
def test_a_zygote_that_dies_while_it_is_asked_leaves_an_ordinary_kernel():
    with ForkServer() as forks:
        killer = threading.Timer(0.3, lambda: os.kill(forks.pid, signal.SIGKILL))
        killer.start()  # still warming up, so the request waits in line
        with kernel(forks.address) as one:
            assert one.run(ALIVE) == "alive"


@pytest.mark.slow
def test_when_the_owner_is_killed_nothing_of_it_stays_behind():
    owner = subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    pids = [int(one) for one in owner.stdout.readline().split()]
    assert len(pids) == 3
    assert all(runs(pid) for pid in pids)
    owner.kill()
    owner.wait()
    assert until(lambda: not any(runs(pid) for pid in pids))


@pytest.mark.slow
def test_a_zygote_killed_before_its_owner_leaves_no_kernel_behind_either():
    owner = subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    parent, one, _child = (int(pid) for pid in owner.stdout.readline().split())
    os.kill(owner.pid, signal.SIGSTOP)  # so that it cannot start another
    os.kill(parent, signal.SIGKILL)
    assert until(lambda: not runs(parent))
    assert runs(one)
    owner.kill()
    owner.wait()
    assert until(lambda: not runs(one))


@pytest.mark.slow
def test_a_zygote_with_a_second_thread_refuses_and_the_kernel_is_an_ordinary_one(tmp_path: Path):
    address = tmp_path / "fork"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(address))
        listener.listen()
        process = subprocess.Popen(
            [sys.executable, "-c", THREADED, str(listener.fileno())], stdin=subprocess.PIPE, pass_fds=(listener.fileno(),)
        )
        try:
            with kernel(str(address)) as one:
                assert not one.forked
                assert one.run(ALIVE) == "alive"
        finally:
            process.kill()
            process.wait()
    assert TALLY.others["the process that forks has 2 threads"] == 1


@pytest.mark.slow
def test_a_kernel_that_a_fork_cannot_be_is_started_the_ordinary_way(forks: ForkServer):
    with kernel(forks.address, env={"LC_ALL": "C", "PYTHONUTF8": "0"}) as one:
        assert not one.forked, "Python reads its locale once, when it starts"
        assert one.run("import sys; print(sys.flags.utf8_mode)") == "0"
    with kernel(forks.address, stdout=subprocess.PIPE) as piped:
        assert not piped.forked


@pytest.mark.slow
def test_warming_up_meets_no_error(forks: ForkServer):
    with kernel(forks.address) as one:
        assert one.forked
    assert forks._errors.read_text() == ""


@pytest.mark.slow
def test_a_zygote_that_cannot_live_is_tried_a_few_times_and_then_no_more(monkeypatch, caplog):
    monkeypatch.setenv("PYTHONHOME", "/nowhere-at-all")
    with caplog.at_level(logging.WARNING), ForkServer() as forks:
        monkeypatch.delenv("PYTHONHOME")
        monkeypatch.setattr(fork_server, "bare", lambda _: {"PYTHONHOME": "/nowhere-at-all"})
        assert until(lambda: "once too often" in caplog.text)
        assert caplog.text.count("is started anew") == fork_server._STARTS - 1
        with kernel(forks.address) as one:
            assert not one.forked
            assert one.run(ALIVE) == "alive"


@pytest.mark.slow
def test_a_server_that_never_started_its_zygote_does_not_keep_a_kernel_waiting_for_ever(monkeypatch):
    monkeypatch.setattr("equitybook.kernels.provisioner.PATIENCE", 0.5)
    with kernel(ForkServer().address) as one:
        assert not one.forked


def test_switched_off_there_is_no_address_and_nothing_is_started(monkeypatch):
    monkeypatch.setenv(SWITCH, "0")
    with ForkServer() as forks:
        assert (forks.address, forks.pid) == ("", None)


def test_stopping_while_it_warms_up_leaves_no_process_and_no_folder():
    forks = ForkServer().start()
    pid, folder = forks.pid, Path(forks.address).parent
    assert folder.stat().st_mode & 0o777 == 0o700
    assert Path(forks.address).stat().st_mode & 0o777 == 0o600
    forks.stop()
    forks.stop()
    assert not runs(pid)
    assert not folder.exists()
    assert forks.start().pid is None


def test_a_second_thread_and_another_user_are_reasons_to_refuse(monkeypatch):
    here, there = socket.socketpair()
    with here, there:
        release = threading.Event()
        thread = threading.Thread(target=release.wait)
        thread.start()
        assert "threads" in zygote._may_not(here)
        release.set()
        thread.join()
        monkeypatch.setattr(os, "getuid", lambda: 4711)
        assert zygote._may_not(here) == "another user of this machine asked"
