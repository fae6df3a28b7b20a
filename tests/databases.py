"""A private PostgreSQL server for the tests: its own folder, its own socket, no network, gone afterwards.

Each pytest process (so each xdist worker) runs one of its own; nothing has to be shared, installed as a service or cleaned up.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

FASTER_THAN_SAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=60")


class NoPostgresError(Exception):
    """There is no PostgreSQL to start here; says which package is missing."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running PostgreSQL server."""

    folder: Path

    def url(self, database: str) -> str:
        """The address of a database, by the socket in the cluster's folder."""
        return f"postgresql://equitybook@/{database}?host={quote(str(self.folder))}"

    def run(self, statement: str) -> None:
        """Run one statement outside any test database."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    @contextlib.contextmanager
    def database(self, *, template: str = "template1") -> Iterator[str]:
        """A new database, empty or a copy of another; dropped afterwards. Gives its name."""
        name = f"t{secrets.token_hex(6)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield name
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def postgresql() -> Iterator[Cluster]:
    """Make a cluster in a temporary folder, run it, and take it away again.

    Raises
    ------
    NoPostgresError
        If PostgreSQL's server programs are not installed, or root finds no user to run them as (they refuse root).
    """
    programs, account = _programs(), _account()
    # Not below pytest's own folder: that one belongs to root alone, and a socket's path may have 107 characters only.
    folder = Path(tempfile.mkdtemp(prefix="equitybook-pg-"))
    server: subprocess.Popen[bytes] | None = None

    def stop() -> None:
        if server is not None and server.poll() is None:
            server.send_signal(signal.SIGQUIT)  # at once: nothing here is worth writing to disk
            server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    try:
        if account:
            shutil.chown(folder, account["user"], account["group"])
        data = folder / "data"
        make = [programs / "initdb", "-D", data, "-U", "equitybook", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run(make, check=True, capture_output=True, cwd=folder, **account)
        settings = [part for setting in FASTER_THAN_SAFE for part in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, "-k", folder, *settings], stdout=log, stderr=log, cwd=folder, **account
            )
        cluster = Cluster(folder)
        _wait_for(cluster, server)
        yield cluster
    finally:
        stop()
        atexit.unregister(stop)


def _wait_for(cluster: Cluster, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            cluster.run("SELECT 1")
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError((cluster.folder / "log").read_text()) from None
            time.sleep(0.05)
        else:
            return


def _programs() -> Path:
    """The folder of PostgreSQL's server programs: on the path, or where Debian puts them."""
    found = [Path(path).resolve().parent] if (path := shutil.which("initdb")) else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    for folder in found:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoPostgresError("PostgreSQL is not installed; on Debian or Ubuntu: apt-get install postgresql")


def _account() -> dict[str, Any]:
    """How to run a program as somebody PostgreSQL accepts: as ourselves, or, for root, as the user postgres."""
    if os.geteuid() != 0:
        return {}
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        raise NoPostgresError(
            "PostgreSQL refuses to run as root and there is no user postgres; run the tests as another user"
        ) from None
    return {"user": "postgres", "group": "postgres", "extra_groups": []}
