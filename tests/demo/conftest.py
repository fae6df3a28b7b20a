"""The demonstration, created once."""

from __future__ import annotations

import pytest

from equitybook.demo.create import create_demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    return create_demo(tmp_path_factory.mktemp("cohorts") / "demo")
