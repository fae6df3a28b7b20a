"""The web server's kernels are forked, whatever happens to the process that forks; and all of it ends with the server."""

from __future__ import annotations

import html
import json
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from equitybook.kernels.fork_server import possible
from tests.kernels.conftest import SECRET
from tests.kernels.harness import runs, until
from tests.serving import CYCLE, MARIA, Server, small_cohort

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not possible(), reason="kernels are not forked on this system")]
PAGE = f"voila/render/prairie-glen/{CYCLE}.ipynb"

WHO = """
import json, os
from pathlib import Path
parent = Path(f"/proc/{os.getppid()}/cmdline").read_bytes().decode().split("\\0")
print("<<<" + json.dumps([os.getpid(), os.getppid(), "equitybook.kernels.zygote" in parent]) + ">>>")
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = small_cohort(tmp_path / "cohort", notebook=(WHO,))
    with Server(folder, environment={"DATABASE_PASSWORD": SECRET}) as running:
        yield running


def open_page(server: Server) -> tuple[int, int, bool]:
    """Open Maria's page: its kernel's process, that one's parent, and whether the parent is one that forks."""
    answer = server.sign_in(MARIA).get(PAGE)
    assert answer.status == 200
    found = re.search(r"<<<(.*?)>>>", html.unescape(answer.text))
    assert found
    kernel, parent, forked = json.loads(found[1])
    return kernel, parent, forked


def test_a_page_asked_for_before_all_is_warm_waits_and_has_a_forked_kernel(server: Server):
    kernel, parent, forked = open_page(server)
    assert forked
    assert SECRET.encode() not in Path(f"/proc/{parent}/environ").read_bytes()
    assert runs(kernel)


def test_pages_open_while_the_process_that_forks_is_gone_and_after_it_came_back(server: Server):
    before, parent, _ = open_page(server)
    os.kill(parent, signal.SIGKILL)
    assert until(lambda: not runs(parent))
    open_page(server)
    assert runs(before), "a page that is open keeps its kernel"
    assert until(lambda: open_page(server)[2])


def test_a_killed_server_leaves_no_kernel_behind(server: Server):
    kernel, parent, _ = open_page(server)
    server.kill()
    assert until(lambda: not runs(kernel))
    assert until(lambda: not runs(parent))


def test_a_stopped_server_leaves_no_kernel_behind_and_says_how_they_were_started(server: Server):
    kernel, parent, _ = open_page(server)
    server.stop()
    assert not runs(kernel)
    assert not runs(parent)
    assert "1 kernels forked, 0 started the ordinary way" in server.log.read_text()
