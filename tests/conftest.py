"""Fixtures for all tests.

``shared_data``       the folder of real data files, or a skip
``database_url``      an empty database, once on SQLite and once on PostgreSQL (slow)
``store``             a store that is set up, once on SQLite and once on PostgreSQL (slow)
``sqlite_store``      a store that is set up, on SQLite only, for tests of something else
``postgresql_server`` the private PostgreSQL server (slow)
``demo``              the demonstration, created once: to be read, not written
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from equitybook.program import Cohort
from equitybook.store import Store
from tests.databases import Cluster, NoPostgresError, postgresql

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data files: where EQUITYBOOK_SHARED_DATA says, else beside the project."""
    folder = Path(os.environ.get("EQUITYBOOK_SHARED_DATA") or PROJECT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("the real data files are not here; set EQUITYBOOK_SHARED_DATA to their folder")
    return folder


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Cohort:
    """The demonstration, created once in each process. Whoever writes copies it."""
    from equitybook.demo.create import create_demo  # what it loads, most tests do not need

    return create_demo(tmp_path_factory.mktemp("cohorts") / "demo")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Cluster]:
    """One private PostgreSQL server for all tests of this process."""
    try:
        with postgresql() as cluster:
            yield cluster
    except NoPostgresError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a database that is set up; copying it is faster than setting up another."""
    with postgresql_server.database() as name:
        with Store.open(postgresql_server.url(name), files=tmp_path_factory.mktemp("files")) as store:
            store.migrate()
        yield name


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'equitybook.sqlite'}"
        return
    cluster: Cluster = request.getfixturevalue("postgresql_server")
    with cluster.database() as name:
        yield cluster.url(name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store that is set up, with its files in the test's own folder."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_store")
        return
    cluster: Cluster = request.getfixturevalue("postgresql_server")
    template: str = request.getfixturevalue("postgresql_template")
    with cluster.database(template=template) as name, Store.open(cluster.url(name), files=tmp_path / "files") as opened:
        yield opened


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """A store that is set up, in the test's own folder as in a cohort's."""
    with Store.open(f"sqlite:///{tmp_path / 'equitybook.sqlite'}", files=tmp_path / "files") as opened:
        opened.migrate()
        yield opened
