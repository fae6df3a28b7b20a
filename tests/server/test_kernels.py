"""Kernels: told only what they need, owned by one person, let go a while after their page is left."""

from __future__ import annotations

import asyncio
import html
import json
import re
import time

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from equitybook.errors import AccessError
from equitybook.server.kernel_environment import kernel_environment
from equitybook.store.remote import RemoteHandle
from tests.serving import CYCLE, KEN, MARIA, OTIS, Server, Visitor

pytestmark = pytest.mark.slow
PAGE = f"voila/render/prairie-glen/{CYCLE}.ipynb"


def kernel_of(page: str) -> str:
    found = re.search(r'"kernelId": "([0-9a-f-]{36})"', page)
    assert found
    return found[1]


def environment_of(page: str) -> dict[str, str]:
    found = re.search(r"<<<(.*)>>>", html.unescape(page), re.DOTALL)
    assert found
    return json.loads(found[1])


def leave(visitor: Visitor, kernel: str) -> int:
    """The beacon a browser sends."""
    return visitor.form(f"voila/api/shutdown/{kernel}").status


def connect(visitor: Visitor, kernel: str, **headers: str) -> WebSocketClientConnection:
    """Open the page's connection to its kernel. Raises HTTPClientError where that is refused."""
    address = f"{visitor.url.replace('http', 'ws', 1)}api/kernels/{kernel}/channels?session_id=s"
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    return websocket_connect(HTTPRequest(address, headers={"Cookie": cookies, **headers}))


def test_a_kernel_is_told_nothing_that_is_not_on_the_list(running_server: Server):
    maria = running_server.sign_in(MARIA)
    told = environment_of(maria.get(f"{PAGE}?secret=hunter5").text)
    assert "hunter" not in json.dumps(told)
    own = {
        "EQUITYBOOK_STORE_URL", "EQUITYBOOK_KERNEL_TOKEN", "EQUITYBOOK_PLACE", "EQUITYBOOK_USER", "VOILA_REQUEST_URL",
        "VOILA_BASE_URL", "VOILA_SERVER_URL", "VOILA_APP_PORT", "VOILA_PREHEAT", "VOILA_KERNEL_ID", "SERVER_NAME", "SERVER_PORT",
        "SERVER_PROTOCOL", "SERVER_SOFTWARE", "SCRIPT_NAME", "PATH_INFO", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS",
    }  # fmt: skip
    of_every_process = {"PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "VIRTUAL_ENV", "JUPYTER_PATH"}
    of_ipython = {
        "JPY_PARENT_PID",
        "PYDEVD_USE_FRAME_EVAL",
        "TERM",
        "CLICOLOR",
        "FORCE_COLOR",
        "CLICOLOR_FORCE",
        "PAGER",
        "GIT_PAGER",
        "MPLBACKEND",
    }
    rest = {name for name in told if not name.startswith(("LC_", "PYTHON"))} - own - of_every_process - of_ipython
    assert rest == set()
    assert own <= told.keys()


def test_the_list_itself_lets_no_secret_through():
    given = {
        "PATH": "/bin",
        "LC_ALL": "C",
        "DATABASE_URL": "x",
        "JUPYTER_TOKEN": "x",
        "EQUITYBOOK_DATABASE_URL": "x",
        "QUERY_STRING": "x",
        "HTTP_COOKIE": "x",
    }
    told = kernel_environment(given, {"EQUITYBOOK_USER": "maria"})
    assert "x" not in told.values()
    assert told["PATH"] == "/bin"
    assert told["EQUITYBOOK_USER"] == "maria"


def test_a_kernels_token_opens_its_own_town_and_nothing_else(running_server: Server):
    maria = running_server.sign_in(MARIA)
    told = environment_of(maria.get(PAGE).text)
    maria.edit("hr1_setup", "one", "period_end", "2026-06-30", key="from-page")
    handle = RemoteHandle(told["EQUITYBOOK_STORE_URL"], told["EQUITYBOOK_KERNEL_TOKEN"])
    assert (handle.community, handle.author) == ("prairie-glen", MARIA)
    assert handle.read("hr1_setup")[0].values()["period_end"] == "2026-06-30"
    with pytest.raises(AccessError):
        RemoteHandle(told["EQUITYBOOK_STORE_URL"], told["EQUITYBOOK_KERNEL_TOKEN"] + "x").read("hr1_setup")
    assert maria.post("equitybook/kernel/store", {"method": "read", "payload": {"table": "hr1_setup"}}).status == 403, (
        "a cookie is no token"
    )


def test_another_towns_participant_is_refused_before_any_kernel_starts(running_server: Server):
    before = running_server.log.read_text().count("Kernel started")
    assert running_server.sign_in(OTIS).get(PAGE).status == 403
    assert running_server.log.read_text().count("Kernel started") == before


def test_a_kernel_answers_its_owner_and_neither_the_colleague_nor_a_stranger(running_server: Server):
    maria, ken, otis = (running_server.sign_in(name) for name in (MARIA, KEN, OTIS))
    kernel = kernel_of(maria.get(PAGE).text)

    async def outcome(visitor: Visitor, **headers: str) -> int:
        try:
            (await connect(visitor, kernel, **headers)).close()
        except HTTPClientError as error:
            return error.code
        return 101

    async def outcomes() -> list[int]:
        nobody = running_server.visitor()
        return [
            await outcome(maria),
            await outcome(ken),
            await outcome(otis),
            await outcome(nobody),
            await outcome(maria, Origin="https://elsewhere.example"),
        ]

    opened, by_ken, by_otis, by_nobody, from_elsewhere = asyncio.run(outcomes())
    assert opened == 101
    assert {by_ken, by_otis, by_nobody} == {403}
    assert from_elsewhere in {403, 404}, "another site's page cannot talk to a kernel with this person's cookie"
    assert [leave(ken, kernel), leave(otis, kernel)] == [403, 403]
    time.sleep(4)
    assert maria.get(f"api/kernels/{kernel}").status == 200


def test_a_left_pages_kernel_goes_after_the_grace_and_one_still_connected_when_that_closes(running_server: Server):
    maria = running_server.sign_in(MARIA)
    left, kept = kernel_of(maria.get(PAGE).text), kernel_of(maria.get(PAGE).text)

    async def leave_both() -> None:
        connection = await connect(maria, kept)
        assert [leave(maria, left), leave(maria, kept)] == [204, 204]
        assert maria.get(f"api/kernels/{left}").status == 200, "not at once: a reload or a download link says the same"
        await asyncio.sleep(5)
        assert maria.get(f"api/kernels/{left}").status == 403, "gone, so it is nobody's"
        assert maria.get(f"api/kernels/{kept}").status == 200
        connection.close()
        await asyncio.sleep(5)
        assert maria.get(f"api/kernels/{kept}").status == 403, "it was said to be left; on a slow line the connection closes later"

    asyncio.run(leave_both())


def test_a_page_may_send_no_code_to_its_kernel(running_server: Server):
    maria = running_server.sign_in(MARIA)
    kernel = kernel_of(maria.get(PAGE).text)
    marker = running_server.folder / "made-by-a-browser"

    def message(kind: str, content: object) -> str:
        header = {
            "msg_id": kind,
            "username": "",
            "session": "s",
            "msg_type": kind,
            "version": "5.3",
            "date": "2026-01-01T00:00:00Z",
        }
        return json.dumps(
            {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell", "buffers": []}
        )

    async def try_it() -> None:
        connection = await connect(maria, kernel)
        code = {
            "code": f"open({str(marker)!r}, 'w')",
            "silent": False,
            "store_history": False,
            "user_expressions": {},
            "allow_stdin": False,
        }
        await connection.write_message(message("execute_request", code))
        await connection.write_message(message("kernel_info_request", {}))
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            said = await asyncio.wait_for(connection.read_message(), 30)
            if said and json.loads(said)["header"]["msg_type"] == "kernel_info_reply":
                break
        connection.close()

    asyncio.run(try_it())
    assert not marker.exists()
