"""The page's checks beside the steps they are about, and a comment in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import yaml

from equitybook.outcomes import all_outcomes, outcome
from equitybook.outcomes.content import Content
from equitybook.outcomes.gate import self_check
from equitybook.reviews import Comment, ReviewId, comment_html, open_checks, step_checks
from equitybook.reviews.checks import by_step
from equitybook.store import Store
from equitybook.store.handle import Edit

COMMENT = Comment(
    id=ReviewId(2, "HR1", "who_works_here"),
    section="Who works here",
    rating="1",
    strengths="One list.\nNo gaps.",
    question="Why this benchmark?",
    must_fix=False,
    override_reason="",
    coach="Sam Coach",
    released_on=dt.date(2026, 11, 24),
    at=dt.datetime(2026, 11, 24, 16, 4, tzinfo=dt.UTC),
    version=1,
)

RULES = """
code: ZZ1
title: Waiting
coach_question: Who waits?
steps:
  - {id: count, title: Count, minutes: 5, why: w, tables: [zz1_waits], findings: [ZZ1.long]}
  - {id: think, title: Think, minutes: 5, why: w, prompts: [first]}
prompts: [{id: first, label: First}]
done:
  - {id: rows, text: There are rows., rule: {rows: {table: zz1_waits, at_least: 1}}}
  - {id: said, text: It is said., rule: {any_of: [{answered: first}, {shown: ZZ1.long}]}}
  - {id: named, text: It is named., step: think, rule: {filled: zz1_waits.counter}}
  - {id: other, text: The charter is there., rule: {filled: charter.condition}}
"""


@pytest.fixture(scope="module")
def guide() -> Content:
    return Content.model_validate(yaml.safe_load(RULES))


def test_a_check_stands_at_the_step_it_names_or_looks_at_and_otherwise_at_every_step(guide):
    found = by_step(guide, self_check(guide, {}, []))
    assert {step: [one.id for one in lines] for step, lines in found.items()} == {
        "count": ["rows", "said", "other"],
        "think": ["said", "named", "other"],
    }


def test_every_done_rule_of_every_outcome_stands_at_a_step():
    for one in all_outcomes().values():
        lines = self_check(one.guide, {}, [])
        placed = {line.id for some in by_step(one.guide, lines).values() for line in some}
        assert placed == {line.id for line in lines}, one.code


def test_the_checks_are_made_from_what_the_town_has_entered(sqlite_store: Store):
    town = sqlite_store.community("prairie-glen", author="maria")

    def still_open():
        lines = step_checks(town, outcome("HR1"), town="Prairie Glen", today=dt.date(2026, 11, 24))["who_could_we_hire_from"]
        return {one.id for one in open_checks(lines)}

    assert "area_named" in still_open()
    town.write([Edit("hr1_setup", "one", "benchmark_geography", "Kane County", 0, "k")])
    assert "area_named" not in still_open()


def test_a_comment_says_who_when_on_which_step_and_what():
    html = comment_html(COMMENT)
    for words in ("Sam Coach on “Who works here”", "24 November 2026", "Emerging", "One list.\nNo gaps.", "Why this benchmark?"):
        assert words in html
    assert "put this right" not in html
    assert "<button" not in html
    assert ' id="' not in html, "it may stand twice on a page"


def test_what_a_coach_types_is_never_read_as_html():
    html = comment_html(
        replace(COMMENT, strengths="<script>1</script>", question='"><img>', coach="<b>", section="<i>", rating="<u>")
    )
    for tag in ("<script", "<img", "<b>", "<i>", "<u>"):
        assert tag not in html


def test_a_must_fix_has_a_button_on_the_workbooks_page_only_and_says_when_it_is_put_right():
    asked = replace(COMMENT, must_fix=True)
    assert "Please put this right" in comment_html(asked)
    assert "<button" not in comment_html(asked)
    assert 'data-eq-resolve="2-HR1-who_works_here" data-version="1"' in comment_html(asked, served=True)
    fixed = replace(asked, resolved_on=dt.date(2026, 11, 30), resolved_by="Maria Ruiz")
    assert "Marked as put right on 30 November 2026 by Maria Ruiz." in comment_html(fixed, served=True)
    assert "<button" not in comment_html(fixed, served=True)


def test_the_reason_why_it_is_ready_all_the_same_is_shown_with_ready_only():
    reason = replace(COMMENT, override_reason="Payroll answers next week.")
    assert "Payroll" in comment_html(replace(reason, rating="3"))
    assert "Payroll" not in comment_html(reason)
