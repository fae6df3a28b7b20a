from __future__ import annotations

from collections.abc import Iterator

import pytest

from equitybook.kernels.fork_server import ForkServer, possible

SECRET = "hunter2-and-a-long-tail"


@pytest.fixture(scope="module")
def forks() -> Iterator[ForkServer]:
    """A fork server whose owner has a secret in its environment."""
    if not possible():
        pytest.skip("kernels are not forked on this system")
    with pytest.MonkeyPatch.context() as owner:
        owner.setenv("DATABASE_PASSWORD", SECRET)
        with ForkServer() as started:
            yield started
