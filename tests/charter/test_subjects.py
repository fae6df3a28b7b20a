"""What evidence may be about: rows and flags of a finding, with their numbers."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from equitybook.analysis import Answers
from equitybook.charter.keeping import evidence_row
from equitybook.charter.subjects import WHOLE, subject_of, subjects
from equitybook.charter.tables import Evidence
from equitybook.codebook.check import check_table
from equitybook.findings import Finding, Provenance, Shown
from equitybook.flags import Flag, Flagged
from equitybook.outcomes import all_outcomes, outcome

TODAY = dt.date(2026, 12, 10)
EXAMPLES = {table_id: rows for one in all_outcomes().values() for table_id, rows in one.example.items()}
WRITTEN = {"statement": "Applications in Spanish are sent back twice as often.", "measure_id": None, "confidence": "medium"}


@cache
def findings(code: str) -> dict[str, Finding]:
    one = outcome(code)
    tables = {
        row.table.id: tuple((f"r{at}", values) for at, values in enumerate(EXAMPLES.get(row.table.id, ()))) for row in one.looked_at
    }
    return {found.id: found for found in one.present(Answers(one, tables).measure("Prairie Glen", today=TODAY))}


def about(finding: Finding, group: str, measure: str = ""):
    return next(one for one in subjects(finding) if (one.group, one.measure_id) == (group, measure))


def test_a_flagged_row_carries_the_flags_exact_numbers_and_its_period():
    one = about(findings("PM2")["PM2.gaps"], "Applied in Spanish", "M2")
    assert one.value == pytest.approx(100 * 28 / 46)
    assert (one.n, one.flag, one.metric_id, one.period) == (46, "LOOK_CLOSER", "PM2.gap_abs", "July 2025 to June 2026")
    assert one.lower < one.value < one.upper
    assert one.label == "M2, Applied in Spanish: 60.9 % (Look closer)"


def test_a_row_without_a_flag_carries_what_the_page_shows():
    one = about(findings("PM2")["PM2.values"], "Applied in English", "M2")
    assert (one.value, one.lower, one.upper, one.n, one.flag) == (80.7, 74.1, 86.0, 166, "")
    assert one.period == "July 2025 to June 2026"
    everybody = about(findings("PM2")["PM2.values"], "ALL", "M1")
    assert (everybody.value, everybody.lower, everybody.n) == (31, None, 46)


def test_an_interval_of_the_reference_is_not_taken_for_the_values():
    one = about(findings("HR1")["HR1.rep_index"], "Female")
    assert one.flag == "BELOW_REFERENCE_SMALL_N"
    assert one.value == pytest.approx(12.3, abs=0.05)
    assert (one.lower, one.upper) == (None, None)


def test_a_share_stands_on_all_it_is_a_share_of_and_a_margin_becomes_an_interval():
    share = about(findings("HR1")["HR1.share.race"], "Hispanic or Latino")
    assert (share.value, share.n) == (19.8, 111), "of those whose group is known"
    resident = about(findings("CHARTER")["CHARTER.residents.race"], "White")
    assert (resident.value, resident.lower, resident.upper, resident.n) == (54.0, 51.8, 56.2, 18_400)


def test_years_below_the_groups_are_everybodys():
    turnover = subjects(findings("HR1")["HR1.turnover.race"])
    assert [(one.group, one.period) for one in turnover if one.label.startswith("2024-25")] == [("ALL", "2024-25")]
    assert {one.period for one in turnover} == {"2023-24 to 2025-26", "2023-24", "2024-25", "2025-26"}


@pytest.mark.parametrize("code", list(all_outcomes()))
def test_every_finding_offers_itself_first_and_nothing_twice_and_each_can_be_stored(code):
    for found in findings(code).values():
        if found.empty:
            continue
        offered = subjects(found)
        labels = [one.label for one in offered]
        assert labels[0] == WHOLE
        assert len(set(labels)) == len(labels)
        for one in offered:
            row = evidence_row(found, one, WRITTEN, code=f"C2-{code}-001", cycle=2, today=TODAY)
            assert check_table(Evidence.table, [("a", row)]) == ()
            assert row["tier"] == "T1"


@pytest.mark.parametrize("code", ["HR1", "PM2"])
def test_every_row_of_a_group_says_how_many_stand_behind_it_whatever_its_table_calls_them(code):
    rows = [one for found in findings(code).values() if not found.empty for one in subjects(found) if one.group]
    assert len(rows) > 15
    assert [one.label for one in rows if one.n is None or one.value is None] == []


def test_lists_of_words_offer_no_rows():
    for code, finding_id in (("IC1", "IC1.rasci"), ("PM1", "PM1.inventory"), ("CHARTER", "CHARTER.page"), ("PM2", "PM2.cards")):
        assert [one.label for one in subjects(findings(code)[finding_id])] == [WHOLE]


def test_a_flag_on_no_row_is_offered_by_its_own_name_and_one_on_nobody_belongs_to_the_whole():
    flags = (
        Flagged(Flag.LOOK_CLOSER, "X.m", "M3: Renters", n=20, value=-4.5, interval=(-9.0, -1.0), reason="Seen."),
        Flagged(Flag.DATA_QUALITY, "X.m", reason="Numbers disagree."),
    )
    found = Finding("X.f", "X.m", "X", sentence="Seen.", flags=flags, provenance=Provenance(n=12, as_of=dt.date(2026, 6, 30)))
    whole, renters = subjects(found)
    assert (whole.flag, whole.n, whole.period) == ("DATA_QUALITY", 12, "30 June 2026")
    assert (renters.label, renters.group, renters.measure_id) == ("M3, Renters (Look closer)", "Renters", "M3")
    assert (renters.value, renters.lower, renters.upper) == (-4.5, -9.0, -1.0)


def test_numbers_are_read_as_they_are_written():
    rows = (("White", "$52,300", "40"), ("Asian", "−3.2", "1,204"), ("Black", "—", "30"))
    table = Shown("", ("Group", "Value", "People"), rows, "lrr")
    found = Finding("X.f", "X.m", "X", sentence="Seen.", table=table)
    assert [(one.value, one.n) for one in subjects(found)[1:]] == [(52_300, 40), (-3.2, 1_204)]


def test_what_a_page_offered_is_found_again_only_while_it_says_the_same():
    gaps = findings("PM2")["PM2.gaps"]
    assert subject_of(gaps, "").label == WHOLE
    assert subject_of(gaps, "M2, Applied in Spanish: 60.9 % (Look closer)").measure_id == "M2"
    assert subject_of(gaps, "M2, Applied in Spanish: 58.0 %") is None


def test_a_measure_that_was_chosen_goes_before_the_one_the_row_is_about():
    found = findings("PM2")["PM2.gaps"]
    one = about(found, "Applied in Spanish", "M2")
    assert evidence_row(found, one, WRITTEN, code="C2-PM2-001", cycle=2, today=TODAY)["measure_id"] == "M2"
    chosen = evidence_row(found, one, {**WRITTEN, "measure_id": "M1"}, code="C2-PM2-001", cycle=2, today=TODAY)
    assert chosen["measure_id"] == "M1"
    assert chosen["created_on"] == "2026-12-10"
