"""What a forked kernel makes is what an ordinary one makes, to the letter, ids and times apart."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from equitybook import house
from equitybook.batch.execute import Job, execute
from equitybook.kernels.fork_server import SWITCH, ForkServer
from equitybook.kernels.tally import TALLY
from equitybook.program import Cohort
from tests.kernels.harness import our_provisioner
from tests.serving import Server

pytestmark = pytest.mark.slow

TOWNS = ("walnut-ferry", "prairie-glen")
"""One that has entered nearly everything, and one that has barely begun."""

_WIDGETS = 30
"""So many at least show that the whole notebook was run."""

_IDS = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_TIMES = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(?:Z|[+-]\d\d:\d\d)?")
_PLACES = re.compile(r"0x[0-9a-f]+")
_FOR_EACH_RUN = ("id", "duration", "output_path", "input_path")


@pytest.fixture(scope="module")
def towns(demo: Cohort, tmp_path_factory: pytest.TempPathFactory) -> Cohort:
    """The demonstration, to write into."""
    return Cohort.read(shutil.copytree(demo.folder, tmp_path_factory.mktemp("cohorts") / "demo"))


@pytest.fixture
def in_this_process() -> Iterator[None]:
    """``execute`` tells its process for good where kernels come from; here others come after it."""
    with our_provisioner():
        yield


def run(cohort: Cohort, town: str, cycle: int, output: Path, *, forks: str) -> Any:
    """Run the real notebook of a cycle and give it without ids and times."""
    job = Job(
        community=town,
        template=house.workbooks() / f"{cohort.cycle(cycle).slug}.ipynb",
        output=output,
        parameters={"community": town, "cycle": cycle},
        environment={"EQUITYBOOK_COHORT": str(cohort.folder), "EQUITYBOOK_COMMUNITY": town, "EQUITYBOOK_USER": "generate"},
        cell_timeout=120,
        timeout=300,
    )
    assert execute(job, forks=forks) == ""
    return comparable(json.loads(output.read_text(encoding="utf-8")))


def comparable(part: Any) -> Any:
    """Drop what differs from run to run, however the kernel was started."""
    if isinstance(part, dict):
        if "application/vnd.jupyter.widget-state+json" in part:
            models = part["application/vnd.jupyter.widget-state+json"]["state"].values()
            return sorted(json.dumps(comparable(one), sort_keys=True) for one in models)
        return {name: comparable(one) for name, one in part.items() if name not in _FOR_EACH_RUN}
    if isinstance(part, list):
        return [comparable(one) for one in part]
    return letters(part) if isinstance(part, str) else part


def letters(text: str) -> str:
    return _PLACES.sub("PLACE", _TIMES.sub("TIME", _IDS.sub("ID", text)))


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("cycle", [1, 2])
@pytest.mark.usefixtures("in_this_process")
def test_papermill_makes_the_same_workbook_with_a_forked_kernel(
    forks: ForkServer, towns: Cohort, tmp_path: Path, town: str, cycle: int
):
    before = TALLY.forks
    forked = run(towns, town, cycle, tmp_path / "forked.ipynb", forks=forks.address)
    assert TALLY.forks == before + 1
    ordinary = run(towns, town, cycle, tmp_path / "ordinary.ipynb", forks="")
    assert TALLY.forks == before + 1
    assert forked == ordinary
    assert forked["metadata"]["widgets"], "there was something to compare"


def test_a_page_is_the_same_with_a_forked_kernel(towns: Cohort, tmp_path: Path):
    words = {line.split()[0]: line.split()[1] for line in sign_ins(towns) if line.endswith("Walnut Ferry")}
    user, password = next(iter(words.items()))
    slug = towns.cycle(2).slug
    target = towns.workbook_path("walnut-ferry", 2)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes((house.workbooks() / f"{slug}.ipynb").read_bytes())
    pages = {}
    for switch in ("1", "0"):
        with Server(towns.folder, environment={SWITCH: switch}) as server:
            page = server.sign_in(user, password).get(f"voila/render/walnut-ferry/{slug}.ipynb")
            assert page.status == 200
            assert page.text.count("widget-view+json") > _WIDGETS
            pages[switch] = letters(page.text).replace(str(server.port), "PORT")
        count = "1 kernels forked" if switch == "1" else "0 kernels forked"
        assert count in server.log.read_text()
        server.log.unlink()
    assert pages["1"] == pages["0"]


def sign_ins(cohort: Cohort) -> list[str]:
    lines = (cohort.folder / "demo-sign-ins.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
