"""Forked kernels are ordinary kernels: alone, told only what they are told, and nothing is left of them."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import signal
from pathlib import Path

import psutil
import pytest
from jupyter_client.manager import AsyncKernelManager

from equitybook.kernels.environment import bare
from equitybook.kernels.fork_server import ForkServer
from equitybook.kernels.forked import ForkedKernel
from equitybook.kernels.provisioner import provisioning
from tests.kernels.conftest import SECRET
from tests.kernels.harness import kernel, our_provisioner, pss, runs, until

pytestmark = pytest.mark.slow

TOLD = "import json, os; print(json.dumps(dict(os.environ)))"
MANY = 30

# Looks through all that this process may write to, backwards and for words spelled backwards: it must not find itself.
SEARCH = """
def holds(backwards):
    found = 0
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            place, rights, *_ = line.split()
            if rights.startswith("rw"):
                start, end = (int(one, 16) for one in place.split("-"))
                try:
                    memory.seek(start)
                    content = memory.read(end - start)
                except OSError:
                    continue
                found += content[::-1].count(backwards)
    return found
"""


def test_two_kernels_share_nothing_but_code(forks: ForkServer, tmp_path: Path):
    mark = "import equitybook, builtins, os, sys\nmine = builtins.mine = equitybook.mine = 'first'\nos.chdir('/')\nsys.path.insert(0, '/first')"
    look = "import equitybook, builtins, os, sys\nprint('mine' in globals(), hasattr(builtins, 'mine'), hasattr(equitybook, 'mine'), os.getcwd(), '/first' in sys.path)"
    with kernel(forks.address) as first:
        assert first.forked
        assert first.run(mark) == ""
        with kernel(forks.address, cwd=str(tmp_path)) as second:
            assert second.run(look) == f"False False False {tmp_path} False"
            assert os.getsid(first.pid) == first.pid
            assert os.getsid(second.pid) == second.pid


def test_a_kernel_has_only_the_environment_it_was_given(forks: ForkServer):
    given = {"EQUITYBOOK_USER": "maria", "TZ": "Pacific/Kiritimati"}
    with kernel(forks.address, env=given) as forked, kernel("", env=given) as ordinary:
        assert (forked.forked, ordinary.forked) == (True, False)
        told, usual = (json.loads(one.run(TOLD)) for one in (forked, ordinary))
        assert told == usual
        assert SECRET not in told.values()
        assert forked.run("import time; print(time.strftime('%z'))") == "+1400", "the zone is read again"


def test_neither_the_owners_secret_nor_another_kernels_token_is_in_a_kernels_memory(forks: ForkServer):
    token = secrets.token_hex(16)
    with kernel(forks.address, env={"EQUITYBOOK_KERNEL_TOKEN": token}) as first, kernel(forks.address) as second:
        for one in (first, second):
            one.run(SEARCH)
        assert int(first.run(f"print(holds({token[::-1].encode()!r}))")) > 0, "the search finds what is there"
        assert second.run(f"print(holds({token[::-1].encode()!r}))") == "0"
        assert second.run(f"print(holds({SECRET[::-1].encode()!r}))") == "0"
        assert SECRET.encode() not in Path(f"/proc/{forks.pid}/environ").read_bytes()


def test_in_a_list_of_processes_it_looks_like_an_ordinary_one(forks: ForkServer):
    with kernel(forks.address) as forked, kernel("") as ordinary:
        mine, usual = (psutil.Process(one.pid).cmdline() for one in (forked, ordinary))
        assert [word for word in mine if word][:-1] == usual[:-1]
        assert mine[len(usual) - 1] == forked.manager.connection_file


def test_random_numbers_differ_between_kernels(forks: ForkServer):
    draw = "import random, numpy, uuid\nprint(random.random(), numpy.random.rand(), uuid.uuid4())"
    with kernel(forks.address) as first, kernel(forks.address) as second:
        drawn = [one.run(draw).split() for one in (first, second)]
        assert all(here != there for here, there in zip(*drawn, strict=True))


def test_a_kernel_begins_without_comms_widgets_or_threads_of_somebody_else(forks: ForkServer):
    look = "import ipywidgets, comm, threading\nprint(len(comm.get_comm_manager().comms), len(ipywidgets.Widget.widgets), threading.active_count())"
    with kernel(forks.address) as forked, kernel("") as ordinary:
        mine, usual = forked.run(look).split(), ordinary.run(look).split()
        assert mine[:2] == usual[:2] == ["0", "0"]
        assert int(mine[2]) <= int(usual[2])


def test_thirty_kernels_asked_for_at_once_all_answer(forks: ForkServer):
    async def one() -> tuple[bool, str]:
        manager = AsyncKernelManager(config=provisioning(forks.address))
        await manager.start_kernel(env=bare(os.environ))
        client = manager.client()
        client.start_channels()
        said: list[str] = []
        try:
            await client.wait_for_ready(timeout=120)
            await client.execute_interactive(
                "import os; print(os.getpid())", output_hook=lambda m: said.append(m["content"].get("text", "")), timeout=60
            )
            return isinstance(manager.provisioner.process, ForkedKernel), "".join(said).strip()
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    async def all_of_them() -> list[tuple[bool, str]]:
        return list(await asyncio.gather(*(one() for _ in range(MANY))))

    with our_provisioner():
        answers = asyncio.run(all_of_them())
    assert all(forked for forked, _ in answers)
    assert len({pid for _, pid in answers}) == MANY
    assert until(lambda: not any(runs(int(pid)) for _, pid in answers))


def test_an_interrupt_stops_the_cell_and_not_the_kernel(forks: ForkServer):
    with kernel(forks.address) as one:
        # After a cell that failed ipykernel turns away what it thinks was queued behind it: for a moment, unless told not to.
        started = one.client.execute("print('here', flush=True)\nwhile True: pass", stop_on_error=False)
        while one.client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
            pass
        one.manager.interrupt_kernel()
        while (reply := one.client.get_shell_msg(timeout=60))["parent_header"].get("msg_id") != started:
            pass
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert one.run("print('still here')") == "still here"


@pytest.mark.parametrize(("ending", "status"), [("os._exit(7)", 7), ("os.kill(os.getpid(), 9)", -9), ("os.abort()", -6)])
def test_how_a_kernel_ended_is_known(forks: ForkServer, ending: str, status: int):
    with kernel(forks.address) as one:
        process = one.process
        assert process.poll() is None
        one.client.execute(f"import os\n{ending}")
        assert until(lambda: process.poll() is not None)
        assert process.poll() == process.wait() == status
        assert not one.manager.is_alive()


def test_a_kernel_asked_to_shut_down_ends_by_itself(forks: ForkServer):
    with kernel(forks.address) as one:
        process = one.process
        one.manager.request_shutdown()
        assert until(lambda: process.poll() is not None)
        assert process.returncode == 0


def test_a_kernel_of_somebody_who_hung_up_is_ended_with_what_it_started(forks: ForkServer):
    with kernel(forks.address) as one:
        child = int(one.run("import subprocess; print(subprocess.Popen(['sleep', '600']).pid)"))
        assert runs(child)
        one.process._line.close()
        assert until(lambda: not runs(one.pid))
        assert until(lambda: not runs(child))


def test_what_a_kernel_writes_to_its_own_output_goes_where_it_was_sent(forks: ForkServer, tmp_path: Path):
    with (tmp_path / "out").open("wb") as out, kernel(forks.address, stdout=out, stderr=out) as one:
        one.run("import sys; print('to the log', file=sys.__stderr__, flush=True)")
        assert one.forked
    assert "to the log" in (tmp_path / "out").read_text()


def test_files_are_as_private_as_those_of_whoever_asked(forks: ForkServer, tmp_path: Path):
    before = os.umask(0o077)
    try:
        with kernel(forks.address, cwd=str(tmp_path)) as one:
            one.run("open('mine', 'w').close()")
            assert one.forked
    finally:
        os.umask(before)
    assert (tmp_path / "mine").stat().st_mode & 0o777 == 0o600


def test_a_forked_kernels_memory_is_a_fraction_of_an_ordinary_ones(forks: ForkServer):
    need = "import equitybook.workbook, altair, scipy.stats"
    with kernel(forks.address) as first, kernel(forks.address) as second, kernel("") as ordinary:
        for one in (first, second, ordinary):
            assert one.run(need) == ""
        assert pss(second.pid) < pss(ordinary.pid) / 2


def test_a_killed_kernel_is_started_anew_by_jupyters_own_restarter(forks: ForkServer):
    from jupyter_client.ioloop import AsyncIOLoopKernelManager

    async def killed_and_back() -> tuple[int, int, bool]:
        manager = AsyncIOLoopKernelManager(config=provisioning(forks.address))
        await manager.start_kernel(env=bare(os.environ))
        first = manager.provisioner.pid
        client = manager.client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=120)
            os.kill(first, signal.SIGKILL)
            async with asyncio.timeout(60):
                while manager.provisioner.pid == first:
                    await asyncio.sleep(0.1)
            await client.wait_for_ready(timeout=120)
            return first, manager.provisioner.pid, isinstance(manager.provisioner.process, ForkedKernel)
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    with our_provisioner():
        first, second, forked = asyncio.run(killed_and_back())
    assert first != second
    assert forked
