"""Fixtures of browser tests.

``chrome``    one Chromium for the whole run
``harness``   a person's browser on a server of its own test; fails on script errors and on requests that leave this machine
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.harness import Harness, chromium
from tests.serving import Server, small_cohort


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def harness(chrome: Browser, tmp_path: Path) -> Iterator[Harness]:
    with Server(small_cohort(tmp_path / "cohort")) as server:
        one = Harness(chrome, server)
        yield one
        for context in one.contexts:
            context.close()
    assert one.strays == []
    assert one.problems == []
