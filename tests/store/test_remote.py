"""The store over HTTP: the same answers as beside the database, for one community, and clear words when the line is down."""

from __future__ import annotations

import datetime as dt
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from equitybook.errors import AccessError, DataError, StoreError
from equitybook.store import Store, wire
from equitybook.store.handle import Edit
from equitybook.store.local import LocalHandle
from equitybook.store.remote import RemoteHandle

TOKEN = "prairie-glen.maria.signed"


class Line(ThreadingHTTPServer):
    """A small server that answers calls for one handle, counts its connections, and can be told to misbehave."""

    daemon_threads = True
    handle: LocalHandle
    connections = 0
    trouble: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/equitybook/kernel/store"


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Line

    def setup(self) -> None:
        super().setup()
        self.server.connections += 1

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        trouble = self.server.trouble.pop(0) if self.server.trouble else ""
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return self.answer(403, {"error": "This token is not valid any more."})
        try:
            said = json.loads(body)
            status, answer = 200, wire.call(self.server.handle, said["method"], said["payload"])
        except Exception as error:
            status, answer = wire.refusal(error)
        if trouble == "drop":  # done, but the answer never arrives
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return None
        if trouble == "garbage":
            return self.answer(200, raw=b"<html>")
        if trouble == "other version":
            return self.answer(200, [{"unknown": 1}])
        self.answer(status, answer)
        self.close_connection = trouble == "close after"
        return None

    def answer(self, status: int, said=None, *, raw: bytes = b"") -> None:
        content = raw or json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_) -> None:
        pass


@pytest.fixture
def line(sqlite_store: Store) -> Iterator[Line]:
    with Line(("127.0.0.1", 0), Answering) as server:
        server.handle, server.trouble = sqlite_store.community("prairie-glen", author="maria"), []
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        serving.start()
        yield server
        server.shutdown()
        serving.join()


@pytest.fixture
def remote(line: Line) -> Iterator[RemoteHandle]:
    handle = RemoteHandle(line.url, TOKEN)
    yield handle
    handle.close()


def test_every_call_gives_what_it_gives_beside_the_database(line, remote):
    local = line.handle
    assert (remote.community, remote.author) == ("prairie-glen", "maria")
    edits = [Edit("t", "r", "f", "Ñ\ud800", 0, "k1", "pasted", "p", "why"), Edit("t", "r", "f", ["A"], 0, "k2")]
    receipts = remote.write(edits)
    assert [receipt.status for receipt in receipts] == ["saved", "conflict"]
    assert remote.write(edits) == local.write(edits) == receipts
    (stale,) = remote.write([Edit("t", "s", "f", 1, 0, "k3"), Edit("t", "r", "f", 2, 0, "k4")], together=True)
    assert (stale.key, stale.mine) == ("k4", 2)
    assert (
        remote.add_rows("t", [{"a": 1.5, "b": None}, {"a": dt.date(2026, 6, 30)}], replace=False, source="imported", batch="b") == 2
    )
    assert remote.read("t") == local.read("t")
    assert len(remote.read("t")) == 3
    assert remote.changes(after=1, table="t", wishes=True, limit=3) == local.changes(after=1, table="t", wishes=True, limit=3)
    assert remote.last_seq() == local.last_seq() == 6
    assert remote.undo("b") == 4
    made = remote.submit(2, tables=("t",), note="done", key="once")
    assert remote.submit(2, tables=("t",), note="done", key="once") == made
    assert remote.submissions(2) == local.submissions(2) == (made,)


def test_numbers_as_pandas_holds_them_travel_as_they_would_be_kept(line, remote):
    row = {"n": np.int64(3), "share": np.float64(0.5), "gap": float("nan"), "yes": np.bool_(True)}
    remote.add_rows("t", [row], replace=False, source="imported", batch="b")
    assert [record.values() for record in line.handle.read("t")] == [{"n": 3, "share": 0.5, "yes": True}]


def test_one_connection_serves_many_calls(line, remote):
    for _ in range(5):
        remote.last_seq()
    assert line.connections == 1


def test_a_connection_the_server_has_closed_is_opened_again(line, remote):
    line.trouble = ["close after"]
    remote.last_seq()
    assert remote.last_seq() == 0
    assert line.connections == 2


@pytest.mark.parametrize("key", ["", "mine"])
def test_a_call_whose_answer_was_lost_is_made_again_and_stored_once(line, remote, key):
    remote.last_seq()
    line.trouble = ["drop"]
    (receipt,) = remote.write([Edit("t", "r", "f", 1, 0, key)])
    assert (receipt.status, line.handle.last_seq()) == ("saved", 1)
    line.trouble = ["drop"]
    assert remote.add_rows("t", [{"a": 1}], replace=False, source="imported", batch=key) == 1
    assert len(line.handle.read("t")) == 2
    line.trouble = ["drop"]
    assert remote.submit(2, tables=["t"], key=key).number == 1
    assert len(line.handle.submissions(2)) == 1


def test_a_line_that_stays_down_is_an_error_in_words_and_heals_by_itself(line, remote):
    remote.last_seq()
    line.trouble = ["drop", "drop"]
    with pytest.raises(StoreError, match="cannot be reached"):
        remote.last_seq()
    assert remote.last_seq() == 0


def test_a_server_that_is_not_there_or_says_nothing_is_an_error_in_words(line):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(StoreError, match="does not answer in time"):
            RemoteHandle(f"http://127.0.0.1:{port}/", TOKEN, patience=0.1).last_seq()
    with pytest.raises(StoreError, match="cannot be reached"):
        RemoteHandle(f"http://127.0.0.1:{port}/", TOKEN).last_seq()


@pytest.mark.parametrize(("trouble", "words"), [("garbage", "cut off"), ("other version", "another version")])
def test_an_answer_nobody_understands_is_an_error_in_words(line, remote, trouble, words):
    line.trouble = [trouble]
    with pytest.raises(StoreError, match=words):
        remote.read("t")


def test_the_servers_own_words_reach_the_notebook(line, remote):
    with pytest.raises(AccessError, match="not valid any more"):
        RemoteHandle(line.url, "forged").read("t")
    with pytest.raises(StoreError, match="printable characters"):
        remote.write([Edit("t", "", "f", 1, 0, "k")])


def test_a_fault_nobody_foresaw_says_nothing_about_itself():
    assert wire.refusal(KeyError("geheim")) == (
        500,
        {"error": "The server could not do that. Nothing of this step was saved; try again."},
    )


@pytest.mark.parametrize("url", ["http://10.0.0.7/x", "http://store.example/x"])
def test_a_token_is_not_sent_to_another_machine_without_encryption(url):
    with pytest.raises(StoreError, match="without encryption"):
        RemoteHandle(url, TOKEN)


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/x", "/equitybook/kernel/store", ""])
def test_what_is_no_http_address_is_refused(url):
    with pytest.raises(StoreError, match="not an http address"):
        RemoteHandle(url, TOKEN)


def test_the_token_is_in_no_repr(line, remote):
    assert TOKEN not in repr(remote)


@pytest.mark.parametrize(
    "method", ["keep_file", "read_file", "files", "forget_file", "_database", "__class__", "community", "close", ""]
)
def test_only_listed_methods_can_be_called(line, method):
    with pytest.raises(AccessError, match="may not call"):
        wire.call(line.handle, method, {})


@pytest.mark.parametrize(
    ("method", "payload"),
    [
        ("read", {"table": "t", "community": "oak-bluff"}),
        ("read", {}),
        ("read", {"table": 3}),
        ("read", ["t"]),
        ("read", None),
        ("write", {"edits": []}),
        ("write", {"edits": [], "together": 1}),
        ("write", {"edits": [{"table": "t"}], "together": False}),
        ("write", {"edits": ["x"], "together": False}),
        (
            "write",
            {
                "edits": [{**vars_of, "author": "ken"} for vars_of in [{"table": "t", "row": "r", "field": "f"}]],
                "together": False,
            },
        ),
        ("changes", {"after": True, "table": "", "row": "", "field": "", "limit": 1, "wishes": False}),
        ("add_rows", {"table": "t", "rows": [[1]], "replace": False, "source": "imported", "batch": "b"}),
        ("submit", {"cycle": 2, "tables": [1], "note": "", "key": ""}),
    ],
)
def test_a_payload_that_is_not_exactly_right_is_refused(line, method, payload):
    with pytest.raises(DataError, match="Send"):
        wire.call(line.handle, method, payload)


def test_a_notebook_reaches_no_files(remote):
    calls = [
        lambda: remote.keep_file(b"", media_type="text/csv", purpose="x"),
        lambda: remote.read_file("0" * 64),
        remote.files,
        lambda: remote.forget_file("0" * 64),
        lambda: remote.forget_staged(dt.timedelta()),
    ]
    for call in calls:
        with pytest.raises(AccessError, match="reaches no uploaded files"):
            call()


def test_a_kernel_imports_no_database_library_to_reach_the_store():
    program = "import sys, equitybook.store.remote; print([name for name in ('sqlalchemy', 'alembic', 'psycopg', 'argon2') if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_threads_may_share_a_handle(line, remote):
    def write(number: int) -> None:
        for turn in range(10):
            remote.write([Edit("t", f"r{number}", "f", turn, turn, "")])

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {record.cells["f"].value for record in remote.read("t")} == {9}
    assert remote.last_seq() == 40
