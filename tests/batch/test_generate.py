"""Generating workbooks with real kernels: one file per town, the same every time, and one town's trouble is its own."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from pathlib import Path
from unittest.mock import patch

import pytest

from equitybook import house
from equitybook.batch import Manifest, generate
from equitybook.batch.tidy import read_notebook
from equitybook.errors import ConfigError, GenerateError
from equitybook.outcomes import outcome
from equitybook.reviews import ReviewId, read_sheet, release
from equitybook.store.handle import Edit

pytestmark = pytest.mark.slow


def outcomes(manifest: Manifest) -> dict[str, str]:
    return {entry.community: entry.outcome for entry in manifest.entries}


def text_of(path: Path) -> str:
    return json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False)


def test_each_town_gets_a_workbook_run_with_its_own_answers(cohort, store, notebook):
    seen = []
    manifest = generate(cohort, store, cycle=2, template=notebook("counts_rows"), on_progress=lambda *step: seen.append(step))
    assert outcomes(manifest) == dict.fromkeys(("bluestem", "prairie-glen", "walnut-ferry"), "generated")
    assert "Prairie Glen has 2 rows in cycle 2" in text_of(cohort.workbook_path("prairie-glen", 2))
    assert "Bluestem has 0 rows in cycle 2" in text_of(cohort.workbook_path("bluestem", 2))
    assert [(done, total) for _, done, total in seen] == [(1, 3), (2, 3), (3, 3)]


def test_a_workbook_tells_nothing_about_the_machine_or_the_time(cohort, store, notebook):
    generate(cohort, store, cycle=2, communities=["bluestem"], template=notebook("counts_rows"))
    path = cohort.workbook_path("bluestem", 2)
    said = text_of(path)
    assert "three {towns}" not in said
    assert os.environ.get("VIRTUAL_ENV", "/nowhere-at-all") not in said
    assert "start_time" not in said
    assert "iopub" not in said
    assert path.stat().st_mode & 0o777 == 0o600


def test_generating_again_gives_the_same_bytes_and_writes_no_answers(cohort, store, notebook):
    here = {"communities": ["prairie-glen"], "template": notebook("counts_rows")}
    before = store.community("prairie-glen", author="maria").last_seq()
    first = generate(cohort, store, cycle=2, **here).entries[0]
    content = cohort.workbook_path("prairie-glen", 2).read_bytes()
    second = generate(cohort, store, cycle=2, force=True, **here).entries[0]
    assert cohort.workbook_path("prairie-glen", 2).read_bytes() == content
    assert first.output_hash == second.output_hash
    assert store.community("prairie-glen", author="maria").last_seq() == before


def test_what_is_unchanged_is_skipped_until_an_answer_changes(cohort, store, notebook):
    here = {"communities": ["bluestem", "prairie-glen"], "template": notebook("counts_rows")}
    generate(cohort, store, cycle=2, **here)
    manifest_file = cohort.workbooks / "manifest.json"
    written = manifest_file.read_bytes()
    with patch("equitybook.batch.generate.run_jobs") as nothing_to_run:
        assert set(outcomes(generate(cohort, store, cycle=2, **here)).values()) == {"unchanged"}
    nothing_to_run.assert_not_called()
    assert manifest_file.read_bytes() == written
    store.community("bluestem", author="howard").add_rows("hr1_grid", [{"n": 1}], replace=False, source="typed", batch="late")
    assert outcomes(generate(cohort, store, cycle=2, **here)) == {"bluestem": "generated", "prairie-glen": "unchanged"}
    comment_on(store, "prairie-glen")
    assert outcomes(generate(cohort, store, cycle=2, **here)) == {"bluestem": "unchanged", "prairie-glen": "generated"}


def comment_on(store, slug: str) -> None:
    side, place = store.coach_side(slug, author="sam"), ReviewId(2, "HR1", "who_works_here")
    side.write([Edit("review", str(place), "question", "Why the county?", expected=0, key="asked")])
    [sheet] = [one for one in read_sheet(side, 2, [outcome("HR1")], {"HR1": {}}) if str(one.id) == str(place)]
    release(side, sheet, coach="Sam Coach", today=dt.date(2026, 11, 24))


def test_a_failing_town_keeps_its_earlier_workbook_and_the_others_are_generated(cohort, store, notebook):
    generate(cohort, store, cycle=2, communities=["bluestem"], template=notebook("counts_rows"))
    earlier = cohort.workbook_path("bluestem", 2).read_bytes()
    two = ["bluestem", "walnut-ferry"]
    manifest = generate(cohort, store, cycle=2, communities=two, template=notebook("fails_for_bluestem"))
    assert outcomes(manifest) == {"bluestem": "failed", "walnut-ferry": "generated"}
    (failed,) = manifest.failed
    assert failed.error == "KeyError: 'Bluestem'"
    assert failed.cell == 'code cell 4, under "What the data say": people[town]'
    assert cohort.workbook_path("bluestem", 2).read_bytes() == earlier
    kept = cohort.workbook_path("bluestem", 2).with_name("cycle_2_measures_workforce.failed.ipynb")
    assert "KeyError" in text_of(kept)


def test_a_town_that_failed_is_tried_again_and_its_failed_notebook_goes(cohort, store, notebook):
    generate(cohort, store, cycle=2, communities=["bluestem"], template=notebook("fails_for_bluestem"))
    manifest = generate(cohort, store, cycle=2, communities=["bluestem"], template=notebook("counts_rows"))
    assert outcomes(manifest) == {"bluestem": "generated"}
    assert [path.name for path in cohort.workbook_path("bluestem", 2).parent.iterdir()] == ["cycle_2_measures_workforce.ipynb"]


def test_a_cell_that_takes_too_long_is_named(cohort, store, notebook):
    manifest = generate(cohort, store, cycle=2, communities=["bluestem"], template=notebook("never_ends"), cell_timeout=3)
    (failed,) = manifest.failed
    assert "timed out" in failed.error
    assert 'under "The long wait"' in failed.cell


def test_a_workbook_that_never_ends_is_ended_with_its_kernel(cohort, store, notebook):
    (failed,) = generate(cohort, store, cycle=2, communities=["bluestem"], template=notebook("never_ends"), timeout=40).failed
    assert failed.error == "It did not finish within 40 seconds."
    assert 'under "The long wait"' in failed.cell
    assert not _kernels_of(cohort.folder, within=10)


def _kernels_of(folder: Path, *, within: float) -> list[str]:
    """Processes that still have this cohort in their environment, once they have had time to go."""
    until = time.monotonic() + within
    while True:
        left = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if f"EQUITYBOOK_COHORT={folder}".encode() in (process / "environ").read_bytes():
                    left.append(process.name)
            except OSError:
                continue
        if not left or time.monotonic() > until:
            return left
        time.sleep(0.5)


def test_a_kernel_that_dies_costs_its_own_town_only(cohort, store, notebook):
    two = ["bluestem", "walnut-ferry"]
    manifest = generate(cohort, store, cycle=2, communities=two, template=notebook("kills_its_kernel"), workers=1)
    assert outcomes(manifest) == {"bluestem": "failed", "walnut-ferry": "generated"}
    assert "died" in manifest.failed[0].error.lower()


def test_a_worker_that_dies_costs_its_own_town_only(cohort, store, notebook):
    two = ["bluestem", "walnut-ferry"]
    manifest = generate(cohort, store, cycle=2, communities=two, template=notebook("kills_its_worker"), workers=1)
    assert outcomes(manifest) == {"bluestem": "failed", "walnut-ferry": "generated"}
    assert "ended unexpectedly" in manifest.failed[0].error


def test_widgets_leave_no_dead_views_behind(cohort, store, notebook):
    # Now and then nbclient waits for an answer to a widget's word until the cell's time is over; nothing is lost but that time.
    generate(cohort, store, cycle=2, communities=["bluestem"], template=notebook("shows_a_widget"), cell_timeout=30)
    executed = read_notebook(cohort.workbook_path("bluestem", 2))
    assert "widgets" not in executed.metadata
    assert not any(
        "widget-view" in kind for cell in executed.cells for out in cell.get("outputs", ()) for kind in out.get("data", {})
    )
    assert "<p>for readers</p>" in text_of(cohort.workbook_path("bluestem", 2))


def test_a_workbook_adapted_by_hand_is_kept(cohort, store, notebook):
    here = {"communities": ["bluestem"]}
    generate(cohort, store, cycle=2, template=notebook("counts_rows"), **here)
    path = cohort.workbook_path("bluestem", 2)
    adapted = path.read_text(encoding="utf-8").replace("# Counting", "# Counting in Bluestem")
    path.write_text(adapted, encoding="utf-8")
    assert outcomes(generate(cohort, store, cycle=2, template=notebook("shows_a_widget"), **here)) == {"bluestem": "kept"}
    assert path.read_text(encoding="utf-8") == adapted
    generate(cohort, store, cycle=2, template=notebook("shows_a_widget"), force=True, **here)
    assert path.with_name("cycle_2_measures_workforce.adapted.ipynb").read_text(encoding="utf-8") == adapted
    assert "Counting" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "words"),
    [("no_parameters", 'no parameter "community"'), ("cycle_as_text", '"cycle" of cycle_as_text.ipynb should be str')],
)
def test_parameters_the_notebook_does_not_take_stop_everything_before_it_starts(cohort, store, notebook, name, words):
    with pytest.raises(GenerateError, match=words):
        generate(cohort, store, cycle=2, template=notebook(name))
    assert not cohort.workbooks.exists()


def test_unknown_towns_and_cycles_without_a_notebook_are_told(cohort, store, tmp_path, monkeypatch):
    with pytest.raises(ConfigError, match='Did you mean "bluestem"'):
        generate(cohort, store, cycle=2, communities=["blue-stem"])
    monkeypatch.setattr(house, "workbooks", lambda: tmp_path)
    with pytest.raises(GenerateError, match=r"no notebook cycle_1_charter_team_data\.ipynb"):
        generate(cohort, store, cycle=1)
