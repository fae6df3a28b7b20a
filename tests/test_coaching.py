"""What a summary says beside its numbers: where each step stands, what was submitted, what the coach has said; and to whom."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from equitybook.disclosure import Tier
from equitybook.outcomes import known
from equitybook.outcomes.requests import Request
from equitybook.program import Cohort
from equitybook.report import Report, Words, render_html, render_pdf
from equitybook.reviews import Review, ReviewId, read_sheet, release
from equitybook.store import Store
from equitybook.store.handle import Edit, Handle
from equitybook.summary import one_page, summary
from tests.serving import MARIA, SAM, small_cohort

TODAY = dt.date(2026, 11, 15)
AT = dt.datetime(2026, 11, 15, 20, 0, tzinfo=dt.UTC)
ASKED = {
    "what": "Skilled workers by occupation",
    "who_role": "the county planner",
    "asked_on": "2026-11-02",
    "expected_on": "2026-11-20",
    "for_step": "HR1.who_could_we_hire_from",
}


@pytest.fixture
def cohort(tmp_path: Path) -> Cohort:
    return Cohort.read(small_cohort(tmp_path / "cohort"))


@pytest.fixture
def store(cohort: Cohort):
    with Store.of(cohort.folder) as store:
        yield store


@pytest.fixture
def town(store: Store) -> Handle:
    return store.community("prairie-glen", author=MARIA)


def add(town: Handle, table: str, **values: object) -> None:
    town.add_rows(table, [values], replace=False, source="typed", batch=f"b-{table}-{len(town.read(table))}")


def comment(store: Store, cohort: Cohort, step: str, **values: object) -> None:
    side = store.coach_side("prairie-glen", author=SAM)
    place = ReviewId(2, "HR1", step)
    side.write([Edit(Review.table.id, str(place), name, value, 0, f"{step}-{name}") for name, value in values.items()])
    sheet = read_sheet(side, 2, known(cohort.parts_of(cohort.cycle(2))), {})
    release(side, next(one for one in sheet if one.id == place), coach="Sam Coach", today=TODAY)


def told(cohort: Cohort, town: Handle, tier: Tier = Tier.T2, *, alone: bool = False) -> Report:
    return summary(cohort, town, cycle=2, tier=tier, today=TODAY, at=AT, alone=alone)


def states(report: Report) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {section.id: (stands.state, stands.open) for section, stands in report.steps}


def test_a_step_waits_for_its_data_in_the_words_of_the_log(cohort, town):
    add(town, "pm1_requests", **ASKED)
    found = states(told(cohort, town))
    assert found["hr1-who_could_we_hire_from"] == (
        "Data requested",
        ("Asked for on 2 November 2026, of the county planner: Skilled workers by occupation. Expected by 20 November 2026.",),
    )
    assert found["hr1-who_stays_who_moves_up"] == ("Not started", ())


@pytest.mark.parametrize(
    ("status", "got_on", "words"),
    [
        ("asked", None, "Asked for on 2 November 2026, of the clerk: The log."),
        ("refused", None, "Asked for on 2 November 2026, of the clerk: The log. The answer was: refused."),
        ("asked", dt.date(2026, 11, 9), "Asked for on 2 November 2026, of the clerk: The log. It came on 9 November 2026."),
        ("received", None, "Asked for on 2 November 2026, of the clerk: The log. It is here."),
    ],
)
def test_a_request_says_how_it_stands(status, got_on, words):
    assert Request("The log", "the clerk", dt.date(2026, 11, 2), got_on=got_on, status=status).words == words


def test_what_is_open_at_a_step_is_said_without_any_of_the_towns_numbers(cohort, town):
    add(town, "hr1_grid", department="Police", jobcat="4", status="FT", race="WHITE", sex="M", n="three")
    state, lines = states(told(cohort, town))["hr1-who_works_here"]
    assert state == "In progress"
    assert "Something in its tables is to be checked." in lines
    assert not re.search(r"\d", " ".join(lines))


def test_what_the_coach_asks_to_put_right_is_among_it_until_it_is(cohort, store, town):
    add(town, "hr1_grid", department="Police", jobcat="4", status="FT", race="WHITE", sex="M", n=30)
    comment(store, cohort, "who_works_here", question="Where is Finance?", must_fix=True)
    assert "What the coach asks to put right." in states(told(cohort, town))["hr1-who_works_here"][1]


def test_a_summary_read_away_from_the_page_holds_the_note_and_the_released_comments(cohort, store, town):
    add(town, "hr1_grid", department="Police", jobcat="4", status="FT", race="WHITE", sex="M", n=30)
    town.submit(2, tables=["hr1_grid"], note="Please look at Police first.")
    comment(store, cohort, "who_works_here", rating="1", strengths="One list.", question="Where is Finance?", must_fix=True)
    side = store.coach_side("prairie-glen", author=SAM)
    side.write([Edit(Review.table.id, "2-HR1-reflect", "question", "Thinking aloud", 0, "draft")])
    report = told(cohort, town, alone=True)
    first = report.sections[0]
    assert (first.id, first.title) == ("submitted", "What was submitted")
    assert re.fullmatch(r"Prairie Glen submitted on \d+ \w+ \d{4}; nothing has changed since then\.", first.lead)
    assert first.blocks[0].text == "Please look at Police first."
    said = [block for section in report.sections if section.id == "hr1-who_works_here" for block in section.blocks][-1]
    assert said == Words(
        "Sam Coach, 15 November 2026: Emerging", "Strong: One list.\nA question: Where is Finance?\nPlease put this right."
    )
    assert "Thinking aloud" not in render_html(report)
    beside = render_html(told(cohort, town))
    assert "Please look at Police first." not in beside, "the page shows it beside the summary"
    assert "Where is Finance?" not in beside


def test_a_town_that_changed_something_since_is_said_to_have(cohort, town):
    add(town, "hr1_grid", department="Police", jobcat="4", status="FT", race="WHITE", sex="M", n=30)
    town.submit(2, tables=["hr1_grid"], note="")
    add(town, "hr1_grid", department="Finance", jobcat="2", status="FT", race="WHITE", sex="F", n=12)
    assert "something has changed since then" in told(cohort, town, alone=True).sections[0].lead
    assert not told(cohort, town, alone=True).sections[0].blocks


def test_a_wider_circle_hears_of_no_state_no_note_and_no_comment(cohort, store, town):
    add(town, "pm1_requests", **ASKED)
    town.submit(2, tables=["hr1_grid"], note="Please look at Police first.")
    comment(store, cohort, "who_works_here", question="Where is Finance?")
    report = told(cohort, town, Tier.T3, alone=True)
    assert not report.steps
    html = render_html(report)
    for secret in ("county planner", "Police first", "Where is Finance?", "Where each step stands", "submitted on"):
        assert secret not in html


def test_the_page_begins_with_a_table_of_the_steps_that_leads_to_each(cohort, town):
    add(town, "pm1_requests", **ASKED)
    html = render_html(told(cohort, town))
    table = html[html.index('id="standing-title"') : html.index("</table>")]
    rows = re.findall(r'<tr><th scope="row"><a href="#([\w-]+)">([^<]+)</a></th>\s*<td>([^<]+)', table)
    assert ("hr1-who_could_we_hire_from", "Who could we hire from", "Data requested") in rows
    for anchor, title, _ in rows:
        assert html.count(f'id="{anchor}"') == 1
        assert f'id="{anchor}-title">{title}</h2>' in html


def test_on_paper_the_same_table_stands_before_the_steps(cohort, town):
    add(town, "pm1_requests", **ASKED)
    pages = PdfReader(io.BytesIO(render_pdf(told(cohort, town, alone=True)))).pages
    said = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
    assert "Who could we hire from Data requested Asked for on 2 November 2026, of the county planner" in said
    assert said.index("Where each step stands") < said.index("What was submitted") < said.index("A measure is a promise")


def test_a_step_without_findings_or_words_has_a_place_for_a_comment(cohort, town):
    report = summary(cohort, town, cycle=1, tier=Tier.T2, today=TODAY, at=AT)
    assert "charter-community" in {section.id for section in report.sections}


def test_one_page_has_neither(cohort, town):
    add(town, "pm1_requests", **ASKED)
    assert not one_page(cohort, town, cycle=2, today=TODAY, at=AT).steps
