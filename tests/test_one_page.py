"""The cycle's deliverable on one page, from the worked example of Prairie Glen."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from equitybook.demo.dated import BEGUN
from equitybook.disclosure import Tier
from equitybook.outcomes import all_outcomes
from equitybook.place import Place
from equitybook.program import Cohort
from equitybook.report import render_html, render_pdf
from equitybook.store import Store
from equitybook.summary import one_page, summary
from equitybook.workbook import Workbook
from tests.serving import MARIA, small_cohort

TODAY = dt.date(2026, 11, 20)


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    return Cohort.read(small_cohort(tmp_path_factory.mktemp("one-page") / "cohort"))


@pytest.fixture(scope="module")
def handle(cohort):
    with Store.of(cohort.folder) as store:
        store.migrate()
        town = store.community("prairie-glen", author=MARIA)
        for one in all_outcomes().values():
            for table, rows in one.example.items():
                town.add_rows(table, rows, replace=True, source="imported", batch=f"example-{table}")
        yield town


def page(cohort, handle, cycle, tier=Tier.T1, today=TODAY):
    return one_page(cohort, handle, cycle=cycle, tier=tier, today=today)


def sheets(report):
    return len(PdfReader(io.BytesIO(render_pdf(report))).pages)


def test_every_piece_is_a_finding_of_its_outcome(handle):
    for one in all_outcomes().values():
        there = {name for step in one.guide.steps for name in step.findings}
        assert {piece.finding for piece in one.guide.deliverable} <= there, one.code


def test_the_first_cycles_page_has_the_charter_who_does_what_and_what_was_asked_for(cohort, handle):
    said = render_html(page(cohort, handle, 1))
    assert "Spanish-speaking residents wait longer" in said
    assert "Village manager" in said
    assert "Write the charter and have it agreed" in said
    assert said.count('class="eq-table"') == 3
    assert "Read with care" not in said


def test_the_second_cycles_page_has_the_measures_and_the_workforce(cohort, handle):
    said = render_html(page(cohort, handle, 2))
    assert "Median days to a residential permit" in said
    assert "112" in said
    assert said.count("<svg") == 2


@pytest.mark.parametrize("cycle", [1, 2])
@pytest.mark.parametrize("tier", [Tier.T1, Tier.T2])
def test_it_fits_its_page_and_is_tagged(cohort, handle, cycle, tier):
    reader = PdfReader(io.BytesIO(render_pdf(page(cohort, handle, cycle, tier))))
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.slow  # fourteen towns; in their own words, with nothing hidden, a page is fullest
def test_every_town_of_the_demonstration_has_its_cycle_on_one_page(demo):
    with Store.of(demo.folder) as store:
        longer = [
            town.slug
            for town in demo.communities
            if sheets(page(demo, store.community(town.slug, author="reader"), 2, Tier.T1, BEGUN)) > 1
        ]
        assert sheets(page(demo, store.community("otter-ridge", author="reader"), 1, Tier.T1, BEGUN)) == 1
    assert longer == []


@pytest.mark.parametrize(("tier", "there"), [(Tier.T1, True), (Tier.T2, True), (Tier.T3, False)])
def test_a_later_cycles_page_begins_with_the_project_in_one_sentence(cohort, handle, tier, there):
    report = page(cohort, handle, 2, tier)
    assert (report.sections[0].title == "The project") is there
    said = PdfReader(io.BytesIO(render_pdf(report))).pages[0].extract_text()
    assert ("wait longer for a residential building permit" in " ".join(said.split())) is there
    assert "Your charter on one page" not in said


def test_the_coachs_page_is_the_same_with_small_groups_hidden(cohort, handle):
    own, coach = (render_html(page(cohort, handle, 2, tier)) for tier in (Tier.T1, Tier.T2))
    assert "Spanish" in coach
    assert own != coach
    assert "Small groups are hidden" in coach or "not shown" in coach.lower()


def test_the_coach_sees_in_the_second_cycle_what_its_steps_wait_for(cohort, handle):
    said = render_html(summary(cohort, handle, cycle=2, tier=Tier.T2, today=TODAY))
    assert "Data asked for" in said
    assert "Skilled workers by occupation in Cook County" in said
    assert "Data asked for" not in render_html(summary(cohort, handle, cycle=1, tier=Tier.T2, today=TODAY)), "there it has its step"
    with Store.of(cohort.folder) as store:
        nothing_asked = store.community("oak-bluff", author="otis")
        assert "Data asked for" not in render_html(summary(cohort, nothing_asked, cycle=2, tier=Tier.T2, today=TODAY))


def test_an_empty_workbook_has_a_page_that_says_what_to_do(cohort):
    with Store.of(cohort.folder) as store:
        empty = store.community("oak-bluff", author="otis")
        assert "Fill in the charter" in render_html(page(cohort, empty, 1))


def test_the_workbook_shows_it_filled_in_and_names_no_finding_twice(cohort, handle):
    book = Workbook(Place.of(cohort, "prairie-glen", 1), handle, today=TODAY)
    shown = book.deliverable()
    assert "Spanish-speaking residents wait longer" in shown.html
    assert "data-finding" not in shown.html
    assert "Village manager" in shown.static_face()
