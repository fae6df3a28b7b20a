"""Whether the group meets, who comes, and whether what is agreed gets done."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equitybook.disclosure import Tier, release
from equitybook.flags import Flag
from tests.outcomes.working_group.group import IC1, measure, say

HELD = [
    {"date": "2026-10-29", "invited": 4, "attended": 4, "actions_open": 4, "actions_closed": 0},
    {"date": "2026-11-12", "invited": 12, "attended": 6, "actions_open": 3, "actions_closed": 3},
]
PLANNED = [{"date": "2026-12-03"}, {"date": "2026-12-17", "invited": 7}]


def test_attendance_is_a_share_of_sums_and_open_actions_are_counted_once():
    found = say(ic1_meetings=[*HELD, *PLANNED])["IC1.meetings"]
    # (4 + 6) / (4 + 12) = 62.5 %, not the mean of 100 % and 50 %; 3 done of 3 done and 3 still open.
    assert found.sentence == (
        "2 meetings were held and 2 meetings are planned. Of 16 invited over 2 meetings, 10 came (62.5 %). Of 6 things agreed, 3 are done."
    )
    assert found.table.rows == (("29 Oct 2026", "4", "4"), ("12 Nov 2026", "6", "12"), ("All", "10", "16"))
    assert found.chart.alt.startswith(
        "Of 16 invited over 2 meetings, 10 came. 29 Oct 2026: 4 of 4 came. 12 Nov 2026: 6 of 12 came."
    )


@pytest.mark.parametrize(("invited", "came", "said"), [(9, 6, "Of 9 invited, 6 came."), (10, 6, "Of 10 invited, 6 came (60 %).")])
def test_a_percentage_needs_ten_people_and_under_ten_the_numbers_stand_alone(invited, came, said):
    found = say(ic1_meetings=[{"date": "2026-11-12", "invited": invited, "attended": came}])["IC1.meetings"]
    assert found.sentence.endswith(said)
    assert found.chart is None


@pytest.mark.parametrize("tier", list(Tier))
def test_no_tier_reads_a_percentage_of_fewer_people_than_its_own_notice_asks_for(tier):
    held = [{"date": f"2026-11-0{day}", "invited": 4, "attended": 3, "actions_open": 1, "actions_closed": 1} for day in (3, 5)]
    released = release(measure(ic1_meetings=held), IC1.present, tier)
    [found] = [one for one in released.findings if one.id == "IC1.meetings"]
    assert "Of 8 invited over 2 meetings, 6 came." in found.sentence
    assert "%" not in f"{found.sentence}{found.table}{found.chart.alt}"


def test_dates_alone_are_a_plan_and_no_attendance():
    found = say(ic1_meetings=PLANNED)["IC1.meetings"]
    assert found.sentence == "No meeting was held yet; 2 meetings are planned."
    assert found.table is None
    assert found.chart is None
    assert found.flags == ()


def test_nobody_invited_and_nothing_agreed_divide_nothing():
    found = say(ic1_meetings=[{"date": "2026-11-12", "invited": 0, "attended": 0, "actions_open": 0, "actions_closed": 0}])[
        "IC1.meetings"
    ]
    assert "%" not in found.sentence
    assert "agreed" not in found.sentence
    assert say()["IC1.meetings"].empty


def test_nobody_came_is_a_real_nought():
    found = say(ic1_meetings=[{"date": "2026-11-12", "invited": 6, "attended": 0}])["IC1.meetings"]
    assert found.sentence.endswith("Of 6 invited, 0 came.")


def test_more_than_were_invited_is_left_out_and_told():
    found = say(ic1_meetings=[*HELD, {"date": "2026-11-19", "invited": 5, "attended": 9}])["IC1.meetings"]
    assert "Of 16 invited over 2 meetings, 10 came" in found.sentence
    [flag] = found.flags
    assert flag.flag is Flag.DATA_QUALITY


def test_a_meeting_that_has_passed_without_numbers_is_told():
    found = say(ic1_meetings=[*HELD, {"date": "2026-11-19"}])["IC1.meetings"]
    assert any(one.startswith("For 1 meeting that has passed") for one in found.notices)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30)), min_size=1, max_size=6))
def test_attendance_lies_between_the_best_and_the_worst_meeting(pairs):
    rows = [{"date": f"2026-10-{day:02d}", "invited": i, "attended": min(i, a)} for day, (i, a) in enumerate(pairs, start=1)]
    facts = measure(ic1_meetings=rows).facts["meetings"]
    shares = [Fraction(came, invited) for _, came, invited in facts["attendance"]]
    assert min(shares) <= Fraction(int(facts["came"]), int(facts["invited"])) <= max(shares)
