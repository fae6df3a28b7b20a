"""Forked kernels beside ordinary ones, in one run: generating a cohort's workbooks, opening their pages, and what an open page holds."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil

from equitybook.batch.generate import generate
from equitybook.demo.create import create_demo
from equitybook.kernels.fork_server import SWITCH
from equitybook.program import Cohort
from equitybook.store import Store
from tests.benchmarks.entry import Measured, percentile, seconds
from tests.kernels.harness import pss
from tests.serving import Server, Visitor

CYCLE, TOWN = 2, "walnut-ferry"
"""A town that has entered nearly everything: staff list, measures, targets."""

TURNS = 3
PAGES = 5
AT_ONCE = 56
"""Fourteen towns, two people each, in two windows."""
EDITS = 60
PATIENCE = 600.0
WARM = 8.0
"""Seconds until the process that forks has certainly warmed up."""

FORKED, ORDINARY = "1", "0"


def forked_beside_ordinary(folder: Path) -> list[Measured]:
    """Measure both in turn, so that the machine's drift is shared."""
    cohort = create_demo(folder / "demo")
    return [_generating(cohort), *_opening(cohort)]


def _generating(cohort: Cohort) -> Measured:
    made: dict[str, list[float]] = {FORKED: [], ORDINARY: []}
    with Store.of(cohort.folder) as store:
        for _ in range(TURNS):
            for switch, times in made.items():
                with _switched(switch):
                    times.append(seconds(lambda: generate(cohort, store, cycle=CYCLE, force=True)))
    return f"generate {len(cohort.communities)} towns / with ordinary kernels", made[FORKED], made[ORDINARY]


@contextmanager
def _switched(switch: str) -> Iterator[None]:
    before = os.environ.get(SWITCH)
    os.environ[SWITCH] = switch
    try:
        yield
    finally:
        os.environ.pop(SWITCH)
        if before is not None:
            os.environ[SWITCH] = before


@dataclass
class _Opened:
    """One server with kernels of one kind, and what was measured at it: seconds, and MiB of a kernel."""

    server: Server
    visitor: Visitor
    address: str
    first: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    crowd: list[float] = field(default_factory=list)
    edits: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def open(self) -> None:
        answer = self.visitor.get(self.address)
        assert answer.status == 200, answer.status

    def open_at_once(self) -> None:
        crowd = [threading.Thread(target=replace(self, visitor=replace(self.visitor)).open) for _ in range(AT_ONCE)]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()

    def edit(self, number: int) -> None:
        answer = self.visitor.edit(
            "hr1_avail", f"{self.server.port}n{number}", "ext_source", "County", key=f"{self.server.port}-{number}"
        )
        assert answer.status == 200, answer.status

    def kernels(self) -> list[int]:
        assert self.server.process is not None
        family = psutil.Process(self.server.process.pid).children(recursive=True)
        return [one.pid for one in family if not one.children()]


def _opening(cohort: Cohort) -> list[Measured]:
    """Open the real page at two servers of one cohort, in turn."""
    address = f"voila/render/{TOWN}/{cohort.cycle(CYCLE).slug}.ipynb"
    with ExitStack() as running:
        both: list[_Opened] = []
        for switch in (FORKED, ORDINARY):
            server = running.enter_context(Server(cohort.folder, environment={SWITCH: switch}))
            one = _Opened(server, replace(server.sign_in(*_somebody(cohort)), patience=PATIENCE), address)
            one.first.append(seconds(one.open))
            both.append(one)
        time.sleep(WARM)
        for _ in range(PAGES):
            for one in both:
                one.pages.append(seconds(one.open))
        for one in both:
            one.crowd.append(seconds(one.open_at_once))
            one.memory += [pss(pid) for pid in one.kernels()]
            one.edits += [seconds(lambda one=one, at=at: one.edit(at)) for at in range(EDITS)]
            one.server.stop()  # its kernels with it: the next has the machine to itself
    forked, ordinary = both
    return [
        ("the first page after the server started / with ordinary kernels", forked.first, ordinary.first),
        ("a page of the second cycle, complete over HTTP", forked.pages, ordinary.pages),
        (f"{AT_ONCE} such pages at once, until the last is complete", forked.crowd, ordinary.crowd),
        ("MiB an open page's kernel holds (proportional share)", forked.memory, ordinary.memory),
        (f"MiB that {AT_ONCE} open pages' kernels hold together", [sum(forked.memory)], [sum(ordinary.memory)]),
        (
            f"an edit, sent to acknowledged, while {AT_ONCE} pages are open (p95)",
            [percentile(forked.edits)],
            [percentile(ordinary.edits)],
        ),
    ]


def _somebody(cohort: Cohort) -> tuple[str, str]:
    """Somebody of the town, with the password the demonstration wrote down."""
    names = {one.username for one in cohort.people if one.community == TOWN}
    lines = (cohort.folder / "demo-sign-ins.txt").read_text(encoding="utf-8").splitlines()
    username, password = next(line.split()[:2] for line in lines if line.split()[0] in names)
    return username, password
