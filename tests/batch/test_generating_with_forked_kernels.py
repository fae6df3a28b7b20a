"""Generating has its kernels forked by one process for all workers, and leaves neither that process nor a kernel behind."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from equitybook.batch import generate
from equitybook.kernels.fork_server import SWITCH, possible
from tests.kernels.harness import runs, until

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not possible(), reason="kernels are not forked on this system")]

PARAMETERS = 'community: str = ""  # the town\ncycle: int = 2  # which cycle'
NOTES_WHO_RUNS_IT = """
import json, os
from pathlib import Path
parent = Path(f"/proc/{os.getppid()}/cmdline").read_bytes().decode().split("\\0")
Path("FOLDER", community).write_text(json.dumps([os.getpid(), os.getppid(), "equitybook.kernels.zygote" in parent]))
"""
NEVER_ENDS_IN_BLUESTEM = 'while community == "bluestem": pass'


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Where each town's notebook writes its own process, its parent's, and whether that is one that forks."""
    folder = tmp_path / "notes"
    folder.mkdir()
    return folder


@pytest.fixture
def template(tmp_path: Path, notes: Path) -> Path:
    cells = [nbformat.v4.new_code_cell(PARAMETERS), nbformat.v4.new_code_cell(NOTES_WHO_RUNS_IT.replace("FOLDER", str(notes)))]
    cells[0].metadata["tags"] = ["parameters"]
    made = nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_code_cell(NEVER_ENDS_IN_BLUESTEM)])
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, tmp_path / "template.ipynb")
    return tmp_path / "template.ipynb"


def noted(folder: Path) -> dict[str, tuple[int, int, bool]]:
    return {path.name: tuple(json.loads(path.read_text())) for path in folder.iterdir()}


def test_a_town_whose_workbook_never_ends_costs_nobody_else_and_leaves_nothing_behind(cohort, store, template, notes):
    manifest = generate(cohort, store, cycle=2, template=template, workers=1, timeout=12)
    assert {entry.community: entry.outcome for entry in manifest.entries} == {
        "bluestem": "failed",
        "prairie-glen": "generated",
        "walnut-ferry": "generated",
    }
    assert manifest.failed[0].error == "It did not finish within 12 seconds."
    found = noted(notes)
    assert all(forked for _, _, forked in found.values())
    assert len({parent for _, parent, _ in found.values()}) == 1
    assert until(lambda: not any(runs(pid) for kernel, parent, _ in found.values() for pid in (kernel, parent)))


def test_where_each_worker_has_one_workbook_nothing_is_warmed_up_for_it(cohort, store, template, notes):
    generate(cohort, store, cycle=2, communities=["prairie-glen"], template=template)
    assert [forked for _, _, forked in noted(notes).values()] == [False]


def test_switched_off_every_kernel_starts_the_ordinary_way(cohort, store, template, notes, monkeypatch):
    monkeypatch.setenv(SWITCH, "0")
    manifest = generate(cohort, store, cycle=2, communities=["prairie-glen", "walnut-ferry"], template=template, workers=1)
    assert not manifest.failed
    assert [forked for _, _, forked in noted(notes).values()] == [False, False]
