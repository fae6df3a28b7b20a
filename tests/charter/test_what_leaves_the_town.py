"""The charter's changes, decisions and evidence: in words for the town and its coach, numbers for the town alone, nothing for others."""

from __future__ import annotations

import datetime as dt

import pytest

from equitybook.analysis import Answers
from equitybook.charter import OUTCOME
from equitybook.codebook.revisions import Revision
from equitybook.disclosure import Tier, release

TODAY = dt.date(2027, 2, 1)
KEPT = {
    "evidence_id": "C2-HR1-001",
    "cycle": 2,
    "outcome": "HR1",
    "metric_id": "HR1.turnover",
    "finding_id": "HR1.turnover.race",
    "measure_id": "M1",
    "group": "Hispanic or Latino",
    "value": 71.3,
    "lower": 52.7,
    "upper": 84.9,
    "n": 137,
    "flag": "LOOK_CLOSER",
    "period": "2025-26",
    "says": "Of 3 people in the permit office 2 have left.",
    "source": "Staff list",
    "statement": "People in the permit office stay half as long as elsewhere.",
    "confidence": "medium",
    "tier": "T1",
    "created_on": "2026-12-10",
}
DECISION = {"decision_id": "DEC1", "cycle": 1, "question": "All permits?", "chosen": "Residential only", "why": "Nine of ten are."}
CHANGE = Revision(
    "charter",
    "one",
    "population_of_focus",
    "Residents",
    "Spanish-speaking residents",
    "The permit log shows who waits.",
    "maria",
    dt.datetime(2027, 1, 15, tzinfo=dt.UTC),
    "b1",
)
CHARTER = {"problem_statement": "People wait.", "approved_on": "2026-11-30"}


def shown(tier: Tier, *, evidence=(KEPT,), changes=(CHANGE,), charter=CHARTER):
    rows = {"charter": [charter], "evidence": evidence, "decisions": [DECISION]}
    tables = {
        row.table.id: tuple((f"r{at}", values) for at, values in enumerate(rows.get(row.table.id, ()))) for row in OUTCOME.looked_at
    }
    answers = Answers(OUTCOME, tables, tuple(changes), {"maria": "Assistant village manager"})
    measured = answers.measure("Prairie Glen", today=TODAY)
    return {one.id: one for one in release(measured, OUTCOME.present, tier).findings}


NUMBERS = ("71.3", "52.7", "84.9", "137", "Of 3 people")


def test_the_town_reads_the_numbers_of_its_evidence():
    found = shown(Tier.T1)["CHARTER.evidence"]
    assert found.table.columns[5] == "Number"
    assert found.table.rows[0][4:6] == ("Hispanic or Latino", "71.3 (52.7 to 84.9), 137 people or cases")


@pytest.mark.parametrize("tier", [Tier.T2, Tier.T3])
@pytest.mark.parametrize("group", ["Hispanic or Latino", "ALL", ""])
def test_no_number_of_evidence_leaves_the_town(tier, group):
    said = repr(shown(tier, evidence=[{**KEPT, "group": group}]))
    assert [number for number in NUMBERS if number in said] == []


def test_what_is_hidden_never_reaches_the_findings_of_a_coach():
    tables = {row.table.id: (("a", KEPT),) if row.table.id == "evidence" else () for row in OUTCOME.looked_at}
    measured = Answers(OUTCOME, tables).measure("Prairie Glen", today=TODAY)
    assert [number for number in NUMBERS if number in repr(measured.words) + repr(measured.facts)] == []
    seen = []
    release(measured, lambda visible: seen.append(visible) or (), Tier.T2)
    assert [number for number in NUMBERS if number in repr(seen)] == []


def test_a_coach_reads_the_sentences_the_changes_and_the_decisions():
    found = shown(Tier.T2)
    assert KEPT["statement"] in found["CHARTER.evidence"].table.rows[0]
    assert "Number" not in found["CHARTER.evidence"].table.columns
    assert found["CHARTER.changes"].table.rows == (
        (
            "Version 2",
            "Who is affected?",
            "Residents",
            "Spanish-speaking residents",
            "The permit log shows who waits.",
            "15 January 2027",
            "Assistant village manager",
        ),
    )
    assert "version 2" in found["CHARTER.changes"].sentence
    assert "Residential only" in found["CHARTER.decisions"].table.rows[0]
    assert "maria" not in repr(found)


@pytest.mark.parametrize("finding", ["CHARTER.changes", "CHARTER.decisions", "CHARTER.evidence"])
def test_the_public_reads_none_of_it(finding):
    found = shown(Tier.T3)[finding]
    assert found.table is None
    assert found.sentence == ""
    assert found.empty, "and a finding that says nothing is left out of what the public gets"


def test_a_charter_without_changes_says_so():
    assert shown(Tier.T2, changes=())["CHARTER.changes"].empty.startswith("Nothing has changed")
    draft = {"problem_statement": "People wait."}
    assert shown(Tier.T2, changes=(), charter=draft)["CHARTER.changes"].empty.startswith("Your charter is a draft")


def test_evidence_kept_before_it_had_numbers_stays_readable():
    old = {name: KEPT[name] for name in ("evidence_id", "cycle", "outcome", "finding_id", "says", "source", "statement")}
    found = shown(Tier.T1, evidence=[{**old, "kept_on": "2026-12-10"}])["CHARTER.evidence"]
    assert found.table.rows == (("C2-HR1-001", KEPT["statement"], "—", "—", "—", "HR1.turnover.race"),)
    mixed = shown(Tier.T1, evidence=[{**old, "evidence_id": "C1-HR1-001"}, KEPT])["CHARTER.evidence"]
    assert [row[5] for row in mixed.table.rows] == ["71.3 (52.7 to 84.9), 137 people or cases", "—"]


def test_two_sentences_are_named_and_a_decision_still_open_is_asked_about():
    long = {**KEPT, "statement": "They wait. We know why."}
    [notice] = shown(Tier.T2, evidence=[long])["CHARTER.evidence"].notices
    assert notice.startswith("C2-HR1-001 reads as more than one sentence.")
