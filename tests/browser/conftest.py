"""Fixtures of browser tests.

``chrome``    one Chromium for the tests of a file: Playwright keeps its loop running, and other files have loops of their own
``served``    one server for the tests of a file, which show widgets on a bare page: no kernel is forked for it
``harness``   people's browsers on that server, with empty tables; fails on script errors and on requests that leave this machine
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from equitybook.store import Store
from tests.browser.harness import Harness, chromium
from tests.serving import NO_KERNELS, Server, small_cohort

TABLES = ("hr1_grid", "hr1_roster", "hr1_moves", "hr1_flow", "hr1_avail", "measures")


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(small_cohort(tmp_path_factory.mktemp("served") / "cohort"), environment=NO_KERNELS) as server:
        yield server


@pytest.fixture
def harness(chrome: Browser, served: Server) -> Iterator[Harness]:
    if served.process is None:  # the test before killed it
        served.start()
    with Store.of(served.folder) as store:
        handle = store.community("prairie-glen", author="ken")
        for table in TABLES:
            handle.add_rows(table, [], replace=True, source="imported", batch=secrets.token_hex(6))
        began = handle.last_seq()
    one = Harness(chrome, served, began)
    yield one
    for context in one.contexts:
        context.close()
    assert one.strays == []
    assert one.problems == []
