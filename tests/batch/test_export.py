"""The export of a cohort: every community by itself, nothing overwritten, everything accounted for."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
import stat
from pathlib import Path

import pytest
from pypdf import PdfReader

from equitybook.batch import export as exporting
from equitybook.batch.export import export
from equitybook.disclosure import Tier
from equitybook.errors import ConfigError, ExportError
from equitybook.program import Cohort
from equitybook.store import Store

AT = dt.datetime(2026, 11, 22, 16, 4, tzinfo=dt.UTC)
PEOPLE = [
    ("Police", "4", "WHITE", "M", 21),
    ("Police", "4", "WHITE", "F", 8),
    ("Police", "4", "HISP", "M", 7),
    ("Finance", "2", "WHITE", "F", 12),
    ("Finance", "2", "HISP", "F", 6),
    ("Finance", "2", "AIAN", "F", 1),
]


@pytest.fixture
def filled(store: Store) -> Store:
    """Bluestem with counts, one of them a single person, and with words."""
    rows = [{"department": d, "jobcat": j, "status": "FT", "race": r, "sex": s, "n": n} for d, j, r, s, n in PEOPLE]
    handle = store.community("bluestem", author="ana")
    handle.add_rows("hr1_grid", rows, replace=True, source="typed", batch="b")
    handle.add_rows(
        "hr1_setup", [{"snapshot_date": "2026-06-30", "payroll_headcount": 55}], replace=True, source="typed", batch="c"
    )
    handle.add_rows(
        "hr1_words", [{"first_look_here": "Start with Public Works <b>postings</b>."}], replace=True, source="typed", batch="d"
    )
    return store


def test_one_community_gets_a_page_a_tagged_pdf_and_a_manifest_that_describes_both(
    cohort: Cohort, filled: Store, tmp_path: Path
) -> None:
    made = export(cohort, filled, cycle=2, communities=["bluestem"], folder=tmp_path / "out", at=AT)
    facts = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert [one["path"] for one in facts["communities"][0]["documents"]] == [
        "bluestem/summary-cycle-2.html",
        "bluestem/summary-cycle-2.pdf",
    ]
    for one in facts["communities"][0]["documents"]:
        content = (tmp_path / "out" / one["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == one["sha256"]
        assert len(content) == one["size"]
    assert facts["policy"]["Smallest group shown"] == 5
    assert facts["at"] == "2026-11-22T16:04:00+00:00"
    assert "coach" in facts["who"]
    assert facts["program"].startswith("equitybook ")
    assert str(tmp_path) not in json.dumps(facts)
    assert not made.failed
    pdf = PdfReader(tmp_path / "out" / "bluestem" / "summary-cycle-2.pdf")
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_person_alone_in_a_group_is_in_no_file(cohort: Cohort, filled: Store, tmp_path: Path) -> None:
    export(cohort, filled, cycle=2, communities=["bluestem"], folder=tmp_path / "out", at=AT)
    page = (tmp_path / "out" / "bluestem" / "summary-cycle-2.html").read_text()
    printed = "\n".join(one.extract_text() for one in PdfReader(tmp_path / "out" / "bluestem" / "summary-cycle-2.pdf").pages)
    assert "55 people" in page
    for text in (re.sub(r"<[^>]+>", " ", page), printed):
        assert "Start with Public Works" in text
        assert not re.search(r"American Indian or Alaska Native\s+1\b", text)
        assert "1 person" not in text


def test_the_same_answers_exported_twice_give_the_same_files(cohort: Cohort, filled: Store, tmp_path: Path) -> None:
    first, second = (
        export(cohort, filled, cycle=2, communities=["bluestem"], folder=tmp_path / name, at=AT) for name in ("a", "b")
    )
    assert first.communities == second.communities


def test_an_export_never_overwrites(cohort: Cohort, filled: Store, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep")
    with pytest.raises(ExportError, match="never overwrites"):
        export(cohort, filled, cycle=2, communities=["bluestem"], folder=tmp_path / "out")
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_files_are_readable_by_their_owner_only(cohort: Cohort, filled: Store, tmp_path: Path) -> None:
    export(cohort, filled, cycle=2, communities=["bluestem"], formats=("html",), folder=tmp_path / "out", at=AT)
    for path in (tmp_path / "out").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_failing_community_is_named_and_stops_nobody_else(
    cohort: Cohort, filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = exporting.summary

    def broken(cohort: Cohort, handle, **options):
        if handle.community == "prairie-glen":
            raise ValueError("the disk is on fire")
        return whole(cohort, handle, **options)

    monkeypatch.setattr(exporting, "summary", broken)
    seen: list[tuple[str, int, int]] = []
    made = export(
        cohort, filled, cycle=2, formats=("html",), folder=tmp_path / "out", on_progress=lambda *step: seen.append(step), at=AT
    )
    assert [one.community for one in made.failed] == ["prairie-glen"]
    assert "the disk is on fire" in made.failed[0].error
    assert sorted(path.parent.name for path in (tmp_path / "out").rglob("*.html")) == ["bluestem", "walnut-ferry"]
    assert [step[1:] for step in seen] == [(1, 3), (2, 3), (3, 3)]


def test_a_document_that_came_out_empty_is_an_error_and_not_a_file(
    cohort: Cohort, filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(exporting.EXPORTS, "pdf", lambda _: b"%PDF-1.7 %%EOF")
    made = export(cohort, filled, cycle=2, communities=["bluestem"], formats=("pdf",), folder=tmp_path / "out", at=AT)
    assert "incomplete" in made.failed[0].error
    assert not list((tmp_path / "out").rglob("*.pdf"))


def test_exact_numbers_are_never_exported(cohort: Cohort, filled: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="stay with the town"):
        export(cohort, filled, cycle=2, folder=tmp_path / "out", tier=Tier.T1)


def test_a_wider_circle_reads_no_words_of_the_participants(cohort: Cohort, filled: Store, tmp_path: Path) -> None:
    export(cohort, filled, cycle=2, communities=["bluestem"], formats=("html",), folder=tmp_path / "out", tier="cohort", at=AT)
    assert "Public Works" not in (tmp_path / "out" / "bluestem" / "summary-cycle-2.html").read_text()


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"formats": ("docx",)}, ExportError, "one of: html, pdf"),
        ({"tier": "everyone"}, ExportError, "coach, cohort"),
        ({"communities": ["atlantis"]}, ConfigError, "atlantis"),
        ({"cycle": 9}, ConfigError, "9"),
    ],
)
def test_a_wrong_wish_is_refused_before_anything_is_written(
    *, cohort: Cohort, filled: Store, tmp_path: Path, options: dict, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        export(cohort, filled, folder=tmp_path / "out", **{"cycle": 2, **options})
    assert not (tmp_path / "out").exists()


def test_a_town_that_has_entered_nothing_still_gets_a_summary_that_says_so(cohort: Cohort, filled: Store, tmp_path: Path) -> None:
    made = export(cohort, filled, cycle=2, communities=["walnut-ferry"], folder=tmp_path / "out", at=AT)
    assert not made.failed
    text = "\n".join(
        page.extract_text()
        for page in PdfReader(io.BytesIO((tmp_path / "out" / "walnut-ferry" / "summary-cycle-2.pdf").read_bytes())).pages
    )
    assert "Not answered yet" in text
