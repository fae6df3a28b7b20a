"""What is changed in an agreed charter is counted, told at the top of every workbook and read by the coach in every cycle."""

from __future__ import annotations

import datetime as dt
import secrets

import pytest

from equitybook.charter.tables import Charter
from equitybook.disclosure import Tier
from equitybook.place import Place
from equitybook.program import Cohort
from equitybook.report import render_html
from equitybook.store import Store
from equitybook.store.bulk import UNDO as TAKEN_BACK
from equitybook.store.handle import Edit, Handle
from equitybook.store.history import RESTORED, UNDO, revisions, whole_history
from equitybook.summary import summary
from equitybook.workbook import Workbook
from tests.serving import KEN, MARIA, small_cohort

TODAY = dt.date(2026, 11, 15)
WHY = "The permit log shows that it is they who wait."
OTHER = "The sponsor gave us the review as well."


@pytest.fixture
def cohort(tmp_path):
    return Cohort.read(small_cohort(tmp_path / "cohort"))


@pytest.fixture
def town(cohort):
    with Store.of(cohort.folder) as store:
        yield store.community("prairie-glen", author=MARIA)


def enter(town: Handle, values: dict[str, object], *, reason: str = "", batch: str = "") -> str:
    seen = next((one.cells for one in town.read("charter")), {})
    batch = batch or secrets.token_hex(6)
    edits = [
        Edit(
            "charter",
            "one",
            name,
            value,
            seen[name].version if name in seen else 0,
            secrets.token_hex(6),
            batch=batch,
            reason=reason,
        )
        for name, value in values.items()
    ]
    assert all(one.status == "saved" for one in town.write(edits))
    return batch


def agree(town: Handle) -> None:
    enter(town, {"problem_statement": "Residents wait.", "population_of_focus": "Residents", "lever": "the intake"})
    enter(town, {"approved_on": "2026-10-30"})


def found(town: Handle):
    return revisions(Charter.table, whole_history(town, "charter"))


def test_a_change_with_a_reason_after_the_agreement_is_a_revision_and_nothing_else_is(town):
    enter(town, {"lever": "a"}, reason="A reason before anything was agreed.")
    agree(town)
    enter(town, {"constraints": "The union contract"}, reason="A reason for what is not agreed upon.")
    enter(town, {"lever": "b"}, reason=RESTORED)
    enter(town, {"lever": "c"}, reason=UNDO)
    enter(town, {"lever": "d"})
    assert found(town) == ()
    batch = enter(town, {"population_of_focus": "Spanish-speaking residents", "lever": "e"}, reason=WHY)
    assert [(one.field, one.old, one.new, one.reason, one.author, one.batch) for one in found(town)] == [
        ("population_of_focus", "Residents", "Spanish-speaking residents", WHY, MARIA, batch),
        ("lever", "d", "e", WHY, MARIA, batch),
    ]


def test_a_revision_that_was_taken_back_is_none(town):
    agree(town)
    batch = enter(town, {"lever": "the review"}, reason=WHY)
    assert len(found(town)) == 1
    town.undo(batch)
    assert found(town) == ()
    assert {one.reason for one in town.changes(table="charter") if one.batch == TAKEN_BACK + batch} == {UNDO}


def test_the_fields_of_one_act_are_one_version_at_the_top_of_the_workbook(cohort, town):
    book = Workbook(Place.of(cohort, "prairie-glen", 2), town, today=TODAY)
    enter(town, {"problem_statement": "Some wait."}, reason="A reason before anything was agreed.")
    assert "Still a draft" in book.recap().static_face()
    agree(town)
    assert "Version 1" in book.recap().static_face()
    enter(town, {"population_of_focus": "Spanish-speaking residents", "problem_statement": "They wait."}, reason=WHY)
    enter(town, {"lever": "the review"}, reason=OTHER)
    page = book.recap().static_face()
    assert "Version 3" in page
    assert "Changes to your charter: 3" in page
    assert "Who is affected? “Residents” became “Spanish-speaking residents”." in page
    assert "Assistant village manager" in page
    assert MARIA not in page


@pytest.mark.parametrize("cycle", [1, 2])
def test_the_coach_reads_what_changed_in_every_cycle_and_the_public_in_none(cohort, town, cycle):
    agree(town)

    def page(tier):
        return render_html(summary(cohort, town, cycle=cycle, tier=tier, today=TODAY))

    assert ("Nothing has changed since your sponsor agreed." in page(Tier.T2)) is (cycle == 1)
    enter(town, {"population_of_focus": "Spanish-speaking residents"}, reason=WHY)
    read = page(Tier.T2)
    for words in ("Spanish-speaking residents", WHY, "Version 2", "Assistant village manager", "Residents"):
        assert words in read
    assert "Maria" not in read
    public = page(Tier.T3)
    assert [words for words in ("Spanish-speaking", WHY, "What changed in your charter") if words in public] == []


def test_a_later_cycles_summary_begins_with_the_project_for_the_coach_and_not_for_the_public(cohort, town):
    enter(town, {"problem_statement": "Spanish-speaking residents wait longer for a permit."})
    town.add_rows(
        "evidence",
        [{"evidence_id": "C1-PM1-001", "statement": "One export tells languages apart."}],
        replace=False,
        source="typed",
        batch="kept",
    )

    def report(cycle, tier):
        return summary(cohort, town, cycle=cycle, tier=tier, today=TODAY)

    first = report(2, Tier.T2).sections[0]
    assert (first.id, first.title) == ("the-project", "The project")
    read = render_html(report(2, Tier.T2))
    assert read.index("Spanish-speaking residents wait longer") < read.index("One export tells languages apart.")
    assert "the-project" not in [one.id for one in report(1, Tier.T2).sections]
    assert "Spanish-speaking" not in render_html(report(2, Tier.T3))


def test_a_change_is_told_in_the_role_of_who_made_it(cohort):
    with Store.of(cohort.folder) as store:
        ken = store.community("prairie-glen", author=KEN)
        agree(ken)
        enter(ken, {"lever": "the review"}, reason=WHY)
        book = Workbook(Place.of(cohort, "prairie-glen", 1), ken, today=TODAY)
        face = book.finding("CHARTER.changes").static_face()
    assert "Director" in face
    assert "the intake" in face
    assert "the review" in face
