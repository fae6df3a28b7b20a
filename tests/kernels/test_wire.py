"""What is said between asker, zygote and kernel arrives whole, or is refused."""

from __future__ import annotations

import os
import socket

import pytest

from equitybook.kernels import provisioner
from equitybook.kernels.environment import ONE_THREAD, bare, steering
from equitybook.kernels.tally import Tally
from equitybook.kernels.wire import Asked, Lines, ask, read_asked, say


@pytest.fixture
def line():
    here, there = socket.socketpair()
    with here, there:
        yield here, there


def test_a_request_arrives_with_its_outputs(line):
    here, there = line
    asked = Asked(argv=["-f", "kernel.json"], env={"TOWN": "Prairie Glen", "SIGN": "é"}, cwd="/", umask=0o077)
    reading, writing = os.pipe()
    ask(here, asked, [writing, writing])
    found, outputs = read_asked(there)
    os.close(writing)
    assert found == asked
    os.write(outputs[1], b"heard")
    assert os.read(reading, 5) == b"heard"
    for one in (reading, *outputs):
        os.close(one)


def test_half_a_request_is_none(line):
    here, there = line
    socket.send_fds(here, [b"\x00\x00\x01\x00"], [1, 2])
    here.sendall(b'{"argv"')
    here.close()
    with pytest.raises(EOFError):
        read_asked(there)


def test_a_request_without_outputs_or_beyond_all_size_is_none_of_ours(line):
    here, there = line
    here.sendall(b"\x00\x00\x00\x02{}")
    with pytest.raises(ValueError, match="0 descriptors"):
        read_asked(there)


def test_words_come_in_pieces_and_whole(line):
    here, there = line
    assert say(here, started=12)
    assert say(here, ended=-9)
    lines, content = Lines(), there.recv(4096)
    found = [word for at in range(len(content)) for word in lines.feed(content[at : at + 1])]
    assert found == [{"started": 12}, {"ended": -9}]
    there.close()
    assert not say(here, ended=0)


def test_a_bare_environment_has_what_a_process_needs_and_no_secret():
    given = {
        "PATH": "/bin",
        "LC_ALL": "C",
        "PYTHONPATH": "/lib",
        "EQUITYBOOK_DATABASE_URL": "x",
        "AWS_SECRET": "x",
        "OMP_NUM_THREADS": "8",
    }
    assert bare(given) == {"PATH": "/bin", "LC_ALL": "C", "PYTHONPATH": "/lib", **ONE_THREAD}


def test_what_python_reads_at_its_start_only_is_told_from_the_rest():
    assert steering({"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "1", "PYTHONEXECUTABLE": "x", "TZ": "UTC", "HOME": "/"}) == {
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONUTF8": "1",
    }


def test_ordinary_starts_are_said_once_and_counted(caplog):
    tally = Tally()
    tally.forked()
    for _ in range(3):
        tally.ordinary("it is a test")
    assert caplog.text.count("it is a test") == 1
    assert str(tally) == "1 kernels forked, 3 started the ordinary way (3 because it is a test)"


def test_code_newer_than_its_installation_has_ordinary_kernels_and_says_why(monkeypatch, caplog):
    monkeypatch.setattr(provisioner, "NAME", "not-installed-yet")
    told = provisioner.provisioning("/tmp/fork")
    assert told.KernelProvisionerFactory.default_provisioner_name == "local-provisioner"
    assert "Install it again" in caplog.text
