"""A day that was typed and cannot be read is never replaced by another one."""

from __future__ import annotations

import pytest

from equitybook.errors import DataError
from equitybook.flags import Flag
from equitybook.outcomes.gate import self_check
from equitybook.outcomes.human_resources.staff_statistics.eeo4 import eeo4
from tests.outcomes.staff_statistics.town import HR1, SETUP, TODAY, everything_said, findings, measure, people, say, tables

AS_OF_PAYDAY = (
    "HR1.headcount",
    "HR1.share.race",
    "HR1.share.sex",
    "HR1.ladder",
    "HR1.median_pay",
    "HR1.rep_index",
    "HR1.utilisation",
)
OVER_TIME = (
    "HR1.turnover.race",
    "HR1.turnover.sex",
    "HR1.retention",
    "HR1.first_year_loss",
    "HR1.terminations",
    "HR1.promotion_rate",
    "HR1.tenure",
)
GRID = [{"department": "Police", "jobcat": "4", "status": "FT", "race": "WHITE", "sex": "M", "n": 64}]
LEFT = {"sep_date": "2026-01-01", "sep_type": "VOLUNTARY"}
ROSTER = people(40, race="WHITE", sex="F", jobcat="4") + people(30, race="HISP", sex="M", jobcat="8") + people(12, sex="F", **LEFT)
AVAIL = [{"jobcat": "4", "group": "HISP", "ext_pct": 20, "ext_source": "Census 6W"}]


def done(setup, **rows):
    """The self-check's line on the headcount."""
    found = say(setup=[setup], **rows)
    lines = self_check(HR1.guide, {"hr1_setup": [setup]}, list(found.values()))
    return next(line.done for line in lines if line.id == "headcount_reconciles")


@pytest.mark.parametrize("rows", [{"grid": GRID}, {"roster": ROSTER, "avail": AVAIL}])
def test_nobody_is_counted_on_a_payday_that_cannot_be_read(rows):
    found = say(setup=[{"snapshot_date": "13/45/2026", "payroll_headcount": 64}], **rows)
    for name in AS_OF_PAYDAY:
        assert not found[name].sentence, name
        assert found[name].table is None
    assert found["HR1.headcount"].empty == (
        "In “The payday you count on”, “Count staff as of” cannot be read, so nothing is counted by it. "
        "Correct it: write a day like 30 Jun 2026 or 6/30/2026."
    )
    assert found["HR1.ladder"].empty == "This waits for the same entry."
    assert "November 2026" not in "".join(map(everything_said, found.values())), "no other day stands in for it"


def test_the_self_check_does_not_pass_on_a_payday_or_a_payroll_that_cannot_be_read():
    good = {"snapshot_date": "2026-06-30", "payroll_headcount": 64}
    assert done(good, grid=GRID)
    assert not done({**good, "snapshot_date": "13/45/2026"}, grid=GRID)
    assert not done({**good, "payroll_headcount": "about 64"}, grid=GRID)
    [flag] = say(setup=[{**good, "payroll_headcount": "about 64"}], grid=GRID)["HR1.headcount"].flags
    assert flag.reason.endswith("“People on that payroll” cannot be read as a number.")


def test_a_payday_nobody_entered_is_said_in_the_sentence():
    listed = say(roster=people(12, race="WHITE", sex="F", hire_date="2026-06-16"))
    said = "as of 16 June 2026 (the latest date on the staff list: no payday is entered)"
    assert said in listed["HR1.headcount"].sentence
    assert "on 16 June 2026 (the latest date on the staff list: no payday is entered)" in listed["HR1.share.sex"].sentence
    counted = say(grid=GRID)
    assert counted["HR1.headcount"].sentence == "64 people work here as of 22 November 2026 (today: no payday is entered)."
    leaving = say(roster=ROSTER)["HR1.turnover.sex"].sentence
    assert leaving.startswith("In the year to 1 January 2026 (the latest date on the staff list: no payday is entered), ")


@pytest.mark.parametrize("field", ["period_start", "period_end", "records_from"])
def test_leaving_is_not_counted_over_another_period_than_the_one_typed(field):
    found = say(roster=ROSTER, setup=[{**SETUP, field: "last summer"}])
    assert found["HR1.headcount"].sentence, "the payday is there"
    for name in OVER_TIME[:6]:
        assert found[name].empty, name
        assert not found[name].sentence
    assert "cannot be read" in found["HR1.turnover.race"].empty
    by_count = say(
        setup=[{**SETUP, field: "last summer"}],
        flow=[{"period": "2025-26", "group": "ALL", "headcount_start": 50, "headcount_end": 50, "hires": 5, "sep_vol": 5}],
    )
    assert by_count["HR1.turnover.race"].sentence.startswith("In 2025-26, 5 people left"), "a counted period has its own name"


def test_a_period_that_ends_before_it_starts_is_not_replaced_by_a_year():
    found = say(roster=ROSTER, setup=[{**SETUP, "period_start": "2026-07-01", "period_end": "2025-07-01"}])
    assert "is before the one in “Leavers and promotions from”" in found["HR1.turnover.race"].empty
    assert not found["HR1.turnover.race"].sentence


def test_reasons_that_cannot_be_read_do_not_become_every_reason():
    roster = people(20, hire_date="2020-01-01") + people(10, hire_date="2020-01-01", sep_date="2022-01-01", sep_type="DEATH")
    found = say(roster=roster, setup=[{**SETUP, "tenure_events": "whoever quit"}])["HR1.tenure"]
    assert not found.sentence
    assert "choose from its list" in found.empty


def test_a_leaver_whose_day_cannot_be_read_keeps_the_headcount_from_passing():
    roster = [*people(20, race="WHITE"), *people(1, race="WHITE", sep_date="31/12/25")]
    found = say(roster=roster, setup=[SETUP])
    assert [flag.flag for flag in found["HR1.headcount"].flags] == [Flag.DATA_QUALITY]
    assert "“Left on” cannot be read" in found["HR1.headcount"].flags[0].reason
    rows = [
        {
            "period": "2025-26",
            "group": "ALL",
            "headcount_start": 50,
            "headcount_end": 50,
            "hires": 5,
            "sep_ret": 5,
            "sep_vol": "five",
        }
    ]
    assert "“Resigned” cannot be read" in say(flow=rows)["HR1.turnover.race"].flags[0].reason


def test_what_is_typed_wrong_is_counted_in_nothing_that_leaves_the_town_either():
    measured = measure(roster=ROSTER, setup=[{**SETUP, "snapshot_date": "13/45/2026", "period_end": None}])
    assert not measured.counts
    assert not measured.curves
    assert all(one.empty for one in findings(measured).values())


def test_the_eeo_4_report_is_not_made_for_another_day():
    with pytest.raises(DataError, match="Write it like 30 Jun 2026"):
        eeo4(tables(roster=ROSTER, setup=[{"snapshot_date": "13/45/2026"}]), today=TODAY)
