from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import NO_KERNELS, Server, small_cohort


@pytest.fixture
def cohort_folder(tmp_path: Path) -> Path:
    """A small cohort of two towns, with passwords and workbooks."""
    return small_cohort(tmp_path / "cohort")


@pytest.fixture(scope="module")
def running_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that leave it as they find it; a made-up secret stands in its environment."""
    folder = small_cohort(tmp_path_factory.mktemp("served") / "cohort")
    secrets = {"DATABASE_PASSWORD": "hunter2", "AWS_SECRET_ACCESS_KEY": "hunter3", "JUPYTER_TOKEN": "hunter4", **NO_KERNELS}
    with Server(folder, environment=secrets, options={"grace": 2}) as server:
        yield server
