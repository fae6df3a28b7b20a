"""Where disclosure takes away what a number was of, the number goes too, or its words say what it is of now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equitybook.disclosure import Tier, release
from tests.outcomes.staff_statistics.town import HR1, SETUP, everything_said, findings, invented, measure, people, row


def without(measured, table, *places):
    one = measured.counts[table]
    return replace(measured, counts={**measured.counts, table: replace(one, cells={**one.cells, **dict.fromkeys(places)})})


@pytest.fixture(scope="module")
def risen():
    """Ten of forty in service-maintenance are promoted; sixty others are not in that job group."""
    roster = people(40, race="WHITE", sex="F", jobcat="8") + people(60, race="HISP", sex="M", jobcat="4")
    moves = [
        {"emp_key": one["emp_key"], "date": "2026-06-30", "kind": "PROMOTION", "from_jobcat": "8", "to_jobcat": "7"}
        for one in roster[:10]
    ]
    return measure(roster=roster, moves=moves, setup=[SETUP])


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ("promoted.race_jobcat", ("TOTAL", "8")),
        ("promoted.race_jobcat", ("TOTAL", "4")),
        ("average.race_jobcat", ("TOTAL", "8")),
    ],
)
def test_no_rate_of_promotion_is_given_where_those_who_could_be_are_hidden(risen, table, place):
    assert "10 people were promoted, of 40.0 on average in service-maintenance: 2" in findings(risen)["HR1.promotion_rate"].sentence
    found = findings(without(risen, table, place))["HR1.promotion_rate"]
    assert found.sentence == "In the year to 30 June 2026, 10 people were promoted."
    assert found.table.columns == ("Group", "Promoted", "Share of promoted")
    assert row(found, "White")["Share of promoted"] == "100.0 %"
    assert "No rate is given." in found.notices[0]
    assert "could be" not in everything_said(found).replace("could be worked out", "")


def test_a_group_whose_part_of_those_who_could_be_is_hidden_has_no_rate(risen):
    found = findings(without(risen, "average.race_jobcat", ("WHITE", "8")))["HR1.promotion_rate"]
    assert row(found, "All staff")["Average staff who could be"] == "40.0"
    assert "White" not in [line[0] for line in found.table.rows]


def test_job_groups_that_are_not_told_apart_need_no_columns():
    rows = [
        {"period": "2025-26", "group": group, "headcount_start": 60, "headcount_end": 60, "promotions_from": 9}
        for group in ("WHITE", "ALL")
    ]
    measured = measure(flow=rows)
    whole = findings(measured)["HR1.promotion_rate"].sentence
    assert "of 60.0 on average in all job groups" in whole
    assert findings(without(measured, "promoted.race_jobcat", ("TOTAL", "4")))["HR1.promotion_rate"].sentence == whole


@pytest.fixture(scope="module")
def some_unknown():
    roster = [
        *people(30, race="WHITE", sex="M", jobcat="4"),
        *people(6, race="BLACK", sex="M", jobcat="4"),
        *people(4, sex="M", jobcat="4"),
        *people(40, race="BLACK", sex="M", jobcat="8"),
    ]
    avail = [{"jobcat": "4", "group": "BLACK", "ext_pct": 40.0, "ext_source": "Census 6W"}]
    return measure(roster=roster, avail=avail, setup=[SETUP])


def test_levels_say_whom_their_shares_are_of_and_never_two_things(some_unknown):
    before = findings(some_unknown)["HR1.ladder"]
    assert row(before, "Protective Service Workers")["Black or African American"] == "6 (16.7 %)"
    found = findings(without(some_unknown, "staff.race_jobcat", ("UNK", "4")))["HR1.ladder"]
    # 6 of 40 with the four unknown among them, and all staff on the same footing: 46 of 80, not of 76.
    assert row(found, "Protective Service Workers")["Black or African American"] == "6 (15.0 %)"
    assert row(found, "All staff")["Black or African American"] == "46 (57.5 %)"
    among = "those of unknown race or ethnicity among them"
    assert all(among in said for said in (found.sentence, found.table.notes[0], found.provenance.denominator, found.chart.alt))
    assert any(said.startswith("4 people have no race or ethnicity on record. ") and among in said for said in found.notices)
    assert "They are in no share" not in everything_said(found)


def test_five_questions_say_that_people_of_unknown_group_are_among_those_counted(some_unknown):
    before = findings(some_unknown)["HR1.utilisation"]
    assert "Of: people in the job group whose group is known." in before.table.notes
    found = findings(without(some_unknown, "staff.race_jobcat", ("UNK", "4")))
    whom = "all people in the job group, those of unknown group among them"
    assert found["HR1.utilisation"].provenance.denominator == whom
    assert any(note.startswith(f"Of: {whom}.") for note in found["HR1.utilisation"].table.notes)
    assert "people of unknown group are counted" in " ".join(found["HR1.rep_index"].notices)


def test_a_whole_that_is_hidden_is_not_called_small(some_unknown):
    found = findings(without(some_unknown, "staff.race_jobcat", ("BLACK", "4")))["HR1.rep_index"]
    assert "fewer than" not in found.empty
    assert "small ones could be worked out" in found.empty
    small = measure(
        roster=people(12, race="WHITE", jobcat="4"),
        avail=[{"jobcat": "4", "group": "WHITE", "ext_pct": 40.0, "ext_source": "Census 6W"}],
        setup=[SETUP],
    )
    assert "fewer than 20 staff" in findings(small)["HR1.rep_index"].empty


def test_a_large_group_that_is_hidden_is_not_put_down_to_its_own_size(some_unknown):
    """Thirty of forty are no small group: their number is hidden because six would follow from it."""
    ladder = findings(without(some_unknown, "staff.race_jobcat", ("WHITE", "4"), ("BLACK", "4")))["HR1.ladder"]
    assert row(ladder, "Protective Service Workers")["White"] == "—"
    assert (
        "— stands for a number that is not known, or not shown: its group is small, or a small one could be worked out from it."
        in (ladder.table.notes)
    )
    shares = findings(without(some_unknown, "staff.race_sex", ("WHITE", "TOTAL")))["HR1.share.race"]
    assert "White" not in [line[0] for line in shares.table.rows]
    assert "Groups whose numbers are not known, or not shown to protect a small group, are left out." in shares.table.notes


def test_curves_in_whole_percentages_are_written_so():
    measured = measure(**invented())
    assert "." in row(findings(measured)["HR1.tenure"], "All staff")["After 2 years"]
    coach = {one.id: one for one in release(measured, HR1.present, Tier.T2).findings}["HR1.tenure"]
    assert "." not in row(coach, "All staff")["After 2 years"]
    assert ".0 %" not in coach.sentence
