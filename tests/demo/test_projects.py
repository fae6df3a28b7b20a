"""The invented towns' projects: cycles 1 and 2 tell one story in each town, and say nothing the page would not accept."""

from __future__ import annotations

import datetime as dt
import html
from collections import Counter

import pytest

from equitybook.analysis import Answers
from equitybook.codebook.check import check_table
from equitybook.codebook.columns import Kind
from equitybook.demo.dated import BEGUN, moved
from equitybook.demo.residents import benchmark_rows, fiscal_year
from equitybook.demo.towns import stories, town_answers
from equitybook.disclosure import Tier
from equitybook.outcomes import outcome, registry
from equitybook.outcomes.gate import self_check
from equitybook.outcomes.requests import requested_steps
from equitybook.report import render_html
from equitybook.standing import StepState, step_status
from equitybook.store import Store
from equitybook.summary import summary

COMPLETE = {"copper-crossing", "larkfield", "tallgrass-junction"}
GROUPS = {"kettle-bluff": "Lower bluff", "otter-ridge": "Trailer courts", "tallgrass-junction": "East side"}
"""A group of residents by the name a town gave it."""
FIRST = ("CHARTER", "IC1", "PM1")


@pytest.fixture(scope="module")
def entered(demo):
    return {town.slug: town_answers(town) for town in demo.communities}


@pytest.fixture(scope="module")
def store(demo):
    with Store.of(demo.folder, demo.database_url) as opened:
        yield opened


def numbered(found):
    return tuple((f"r{number}", values) for number, values in enumerate(found))


def messages(found):
    return {table: [one.text for one in check_table(registry.table(table), numbered(rows))] for table, rows in found.items()}


def not_done(name, found, code):
    """The lines of an outcome's self-check that do not hold."""
    one = outcome(code)
    tables = {row.table.id: numbered(found.get(row.table.id, ())) for row in (*one.tables, *one.reads)}
    answers = Answers(one, tables)
    findings = one.present(answers.measure(name, today=BEGUN))
    asked = requested_steps(found.get("pm1_requests", ()), code, today=BEGUN)
    lines = self_check(one.guide, {table: answers.values(table) for table in tables}, findings, requested=asked)
    return [line.id for line in lines if not line.done]


def test_every_field_an_invented_town_fills_is_one_its_page_has(entered):
    for slug, found in entered.items():
        for table, rows in found.items():
            known = {column.name for column in registry.table(table).columns}
            assert {name for row in rows for name in row} <= known, (slug, table)


def test_only_the_target_that_reads_as_a_quota_is_asked_about_in_towns_without_faults(entered):
    asked = {
        (slug, table): texts
        for slug, found in entered.items()
        if not stories()[slug].faults
        for table, texts in messages(found).items()
        if texts
    }
    assert list(asked) == [("stone-harrow", "measures")]
    assert len(asked["stone-harrow", "measures"]) == 1
    assert "goals may not be quotas" in asked["stone-harrow", "measures"][0]


def test_the_town_with_faults_is_asked_about_its_charter_team_data_and_measures(entered):
    found = messages(entered["otter-ridge"])
    said = " ".join(text for texts in found.values() for text in texts)
    assert {table for table, texts in found.items() if texts} >= {
        "charter",
        "measures",
        "pm2_values",
        "ic1_members",
        "ic1_group",
        "ic1_rasci",
        "ic1_meetings",
        "pm1_datasets",
        "pm1_fields",
        "pm1_requests",
    }
    assert "sounds like a remedy" in said
    assert "on the other side of the baseline" in said


@pytest.mark.parametrize("slug", sorted(COMPLETE))
@pytest.mark.parametrize("code", [*FIRST, "PM2", "HR1"])
def test_a_complete_town_passes_every_line_of_the_self_check(demo, entered, slug, code):
    assert not_done(demo.community(slug).name, entered[slug], code) == []


@pytest.mark.parametrize("slug", sorted(COMPLETE))
@pytest.mark.parametrize("code", [*FIRST, "PM2", "HR1"])
def test_every_step_of_a_complete_town_reads_complete(entered, slug, code):
    one = outcome(code)
    tables = {row.table.id: numbered(entered[slug].get(row.table.id, ())) for row in (*one.tables, *one.reads)}
    answers = Answers(one, tables)
    states = {step.title: step_status(step, answers, answers.messages()).state for step in one.guide.steps}
    assert states == dict.fromkeys(states, StepState.COMPLETE)


def test_prairie_glen_has_finished_cycle_one_and_begun_cycle_two(entered):
    glen = entered["prairie-glen"]
    assert [not_done("Prairie Glen", glen, code) for code in FIRST] == [[], [], []]
    assert [row["measure_id"] for row in glen["measures"]] == ["M1", "M2", "M3"]
    assert not any(name.startswith(("baseline_", "target_", "retired_")) for row in glen["measures"] for name in row)
    assert not {"pm2_values", "story", "pm2_words", "hr1_roster"} & set(glen)


def test_a_town_whose_target_is_a_quota_cannot_pass_that_line(demo, entered):
    assert "targets_fit" in not_done("Stone Harrow", entered["stone-harrow"], "PM2")


def test_what_a_town_has_asked_for_counts_for_the_step_it_is_for(entered):
    asked = entered["quarry-bend"]["pm1_requests"]
    assert requested_steps(asked, "HR1", today=BEGUN) == {"who_works_here", "who_could_we_hire_from", "who_stays_who_moves_up"}
    assert requested_steps(asked, "PM2", today=BEGUN) == {"baseline"}


def test_every_project_is_another_one_about_departments_there_are(demo, entered):
    begun = {slug: found["charter"][0] for slug, found in entered.items() if found}
    assert set(entered) - set(begun) == {"hazel-fork"}
    assert len({charter["problem_statement"] for charter in begun.values()}) == 13
    for slug, charter in begun.items():
        town = demo.community(slug)
        there = {*town.departments, *(person.department for person in town.participants)}
        assert set(charter["focus_departments"]) <= there or slug == "otter-ridge", slug


def test_measures_values_and_causes_point_at_each_other(entered):
    for slug, found in entered.items():
        measures = {row["measure_id"] for row in found.get("measures", ())}
        pointing = [row for table in ("pm2_values", "story", "evidence") for row in found.get(table, ())]
        assert {row["measure_id"] for row in pointing} <= measures, slug


def test_a_locked_baseline_is_the_newest_value_for_everybody(entered):
    (first, *_) = entered["copper-crossing"]["measures"]
    # 210 of 7,440 accounts from May 2025 to April 2026
    assert first["baseline_value"] == pytest.approx(2.8225806)
    assert (first["baseline_n"], first["baseline_period"]) == (7440, "May 2025 to April 2026")
    assert first["baseline_locked_on"] == BEGUN.isoformat()


def test_residents_by_race_add_up_to_everybody_and_have_margins(demo):
    for town in demo.communities:
        rows = [row for row in benchmark_rows(town, stories()[town.slug].race) if row["topic"] == "RACE"]
        counts = {row["group"]: row["estimate"] for row in rows}
        assert counts.pop("TOTAL") == town.population == sum(counts.values())
        assert all(row["moe"] > 0 for row in rows)


def test_a_fiscal_year_is_a_whole_year():
    assert fiscal_year("05-01", 2025) == ("2025-05-01", "2026-04-30")
    assert fiscal_year("01-01", 2024) == ("2024-01-01", "2024-12-31")


def test_dates_of_the_work_move_with_the_calendar_and_dates_of_the_data_do_not():
    row = {"asked_on": "2026-11-16", "got_on": "", "period_end": "2026-06-30", "target_date": "2028-06-30"}
    assert moved([row], dt.timedelta(days=7)) == [{**row, "asked_on": "2026-11-23"}]


def test_the_same_town_enters_the_same_every_time(demo, entered):
    assert town_answers(demo.community("larkfield")) == entered["larkfield"]
    assert town_answers(demo.communities[0]) == entered["prairie-glen"]


def test_cycle_one_is_handed_in_by_all_but_one_that_is_late_and_one_that_has_not_begun(demo, store):
    handed_in = {town.slug for town in demo.communities if store.community(town.slug, author="reader").submissions(1)}
    assert {town.slug for town in demo.communities} - handed_in == {"hazel-fork", "rush-meadow"}


def test_what_was_handed_in_had_neither_targets_nor_baselines_yet(store):
    handle = store.community("copper-crossing", author="reader")
    (given,) = handle.submissions(1)
    then = [row["values"] for row in given.answers["measures"]]
    now = [record.values() for record in handle.read("measures")]
    assert len(then) == len(now) == 3
    assert not any(name.startswith(("baseline_", "target_")) for row in then for name in row)
    assert all(row["baseline_locked_on"] and row["target_value"] for row in now)


def test_cycle_one_was_worked_on_before_cycle_two_and_by_both_participants(demo, store):
    changes = store.community("larkfield", author="reader").changes(limit=100_000)
    at = {table: [one.at.date() for one in changes if one.table == table] for table in ("charter", "ic1_members", "pm2_values")}
    first = demo.cycles[0]
    assert all(first.work_from <= day <= first.due for table in ("charter", "ic1_members") for day in at[table])
    assert min(at["pm2_values"]) > first.coaching_to
    assert set(Counter(one.author for one in changes)) == {"simone", "derek"}
    assert [one.at for one in changes] == sorted(one.at for one in changes)


def test_nothing_the_towns_did_lies_in_the_future(demo, store):
    today = dt.datetime.now(dt.UTC).date().isoformat()
    for town in demo.communities:
        handle = store.community(town.slug, author="reader")
        done = [
            record.values().get(field)
            for table, field in (("pm1_requests", "asked_on"), ("charter", "approved_on"), ("evidence", "kept_on"))
            for record in handle.read(table)
        ]
        assert all(day <= today for day in done if day), town.slug


def test_evidence_is_kept_as_the_page_said_it(store):
    kept = [record.values() for record in store.community("copper-crossing", author="reader").read("evidence")]
    assert [one["evidence_id"] for one in kept] == ["C1-CHARTER-001", "C2-PM2-001", "C2-HR1-001"]
    assert all(one["says"] and one["source"] for one in kept)
    assert kept[0]["says"].startswith("Of 22,600 residents")


@pytest.fixture(scope="module")
def pages(demo, store):
    """What a wider circle reads of every town, and the coach of four of them."""
    wanted = [(town.slug, cycle, Tier.T3) for town in demo.communities for cycle in (1, 2)]
    wanted += [(slug, 2, Tier.T2) for slug in GROUPS] + [("larkfield", 1, Tier.T2)]
    return {
        (slug, cycle, tier): render_html(summary(demo, store.community(slug, author="reader"), cycle=cycle, tier=tier, today=BEGUN))
        for slug, cycle, tier in wanted
    }


@pytest.mark.slow  # two cycles, fourteen towns
def test_summaries_of_both_cycles_are_written_for_every_town(demo, pages):
    assert len(pages) == 14 * 2 + len(GROUPS) + 1
    assert all(demo.community(slug).name in page for (slug, _, _), page in pages.items())


@pytest.mark.slow  # two cycles, fourteen towns
def test_the_coach_reads_the_words_and_the_public_none_of_them(entered, pages):
    for slug, found in entered.items():
        typed = {text for table, rows in found.items() for text in _typed(table, rows)}
        shown = [page for (town, _, tier), page in pages.items() if town == slug and tier is Tier.T3]
        assert [text for text in typed for page in shown if html.escape(text) in page] == [], slug
    read = pages["larkfield", 1, Tier.T2]
    assert html.escape(entered["larkfield"]["charter"][0]["problem_statement"]) in read


@pytest.mark.slow  # two cycles, fourteen towns
def test_names_of_groups_stay_in_town(pages):
    for slug, name in GROUPS.items():
        assert name in pages[slug, 2, Tier.T2]
        assert name not in pages[slug, 2, Tier.T3]


WRITTEN_BY_THE_PAGE = {"says", "source", "as_of", "finding_id", "metric_id", "period", "baseline_period", "municipality"}


def _typed(table, rows):
    """Texts people wrote: neither choices and codes, nor what the page wrote, nor figures that the Census has published."""
    if table == "benchmark" or (table.startswith("hr1_") and table != "hr1_words"):
        return
    columns = [one for one in registry.table(table).columns if one.kind in {Kind.TEXT, Kind.LONG_TEXT}]
    for row in rows:
        for column in columns:
            text = str(row.get(column.name) or "")
            # Shorter ones, "Service requests" for one, are words of the workbook's own lists as well.
            if len(text) > 20 and column.name not in WRITTEN_BY_THE_PAGE:
                yield text
