"""Whether the group meets, who comes, and whether what is agreed gets done."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from equitybook.flags import Flag
from tests.outcomes.working_group.group import measure, say

HELD = [
    {"date": "2026-10-29", "invited": 4, "attended": 4, "actions_open": 4, "actions_closed": 0},
    {"date": "2026-11-12", "invited": 12, "attended": 6, "actions_open": 3, "actions_closed": 3},
]
PLANNED = [{"date": "2026-12-03"}, {"date": "2026-12-17", "invited": 7}]


def test_attendance_is_a_share_of_sums_and_open_actions_are_counted_once():
    found = say(ic1_meetings=[*HELD, *PLANNED])["IC1.meetings"]
    # (4 + 6) / (4 + 12) = 62.5 %, not the mean of 100 % and 50 %; 3 done of 3 done and 3 still open.
    assert found.sentence == (
        "2 meetings were held and 2 meetings are planned. 62.5 % of those invited came (10 of 16). Of 6 things agreed, 3 are done (50 %)."
    )
    assert found.table.rows == (
        ("29 Oct 2026", "4", "4", "100 %"),
        ("12 Nov 2026", "6", "12", "50 %"),
        ("All", "10", "16", "62.5 %"),
    )
    assert "29 Oct 2026: 100 % (4 of 4). 12 Nov 2026: 50 % (6 of 12)" in found.chart.alt


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
    assert "0 % of those invited came (0 of 6)." in found.sentence


def test_more_than_were_invited_is_left_out_and_told():
    found = say(ic1_meetings=[*HELD, {"date": "2026-11-19", "invited": 5, "attended": 9}])["IC1.meetings"]
    assert "(10 of 16)" in found.sentence
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
