from __future__ import annotations

import datetime as dt

import pytest

from equitybook.flags import Flag
from equitybook.outcomes.performance_management.metrics.outline import Period
from equitybook.outcomes.performance_management.metrics.present.aims import best_year
from equitybook.outcomes.performance_management.metrics.present.series import Point
from tests.outcomes.metrics.town import DAYS, SHARE, say, year

LOCKED = {
    **DAYS,
    "baseline_value": 40,
    "baseline_n": 46,
    "baseline_period": "July 2023 to June 2024",
    "baseline_locked_on": "2026-12-05",
    "target_value": 20,
    "target_date": "2028-06-30",
    "target_rationale": "trend",
}
HISTORY = [
    year("M2", 2024, value=40, denominator=46),
    year("M2", 2025, value=36, denominator=44),
    year("M2", 2026, value=30, denominator=45),
]


def flags(finding) -> list[tuple[Flag, str]]:
    return [(one.flag, one.group) for one in finding.flags]


def test_without_a_measure_every_finding_says_what_to_do():
    assert all(one.empty for one in say().values())


def test_a_measure_without_its_numerator_in_words_is_flagged_by_name():
    found = say(measures=[{**SHARE, "numerator_def": ""}])["PM2.cards"]
    assert flags(found) == [(Flag.DATA_QUALITY, "M1")]
    assert "Complete at first submission does not say what is counted" in found.flags[0].reason


def test_a_plain_count_needs_no_denominator_in_words():
    assert not say(measures=[{**SHARE, "unit": "count", "denominator_def": ""}])["PM2.cards"].flags


def test_what_the_set_of_measures_lacks_is_said():
    said = " ".join(say(measures=[{**SHARE, "rba": "HOW_MUCH", "disaggregate_by": []}])["PM2.cards"].notices)
    for words in ("Three measures are needed; one is here", "how well you do it", "anyone is better off", "for whom it moves"):
        assert words in said


def test_an_activity_dressed_up_as_an_outcome_is_asked_about():
    said = say(measures=[{**SHARE, "name": "Number of trainings held", "rba": "BETTER_OFF_N"}])["PM2.cards"].notices
    assert any("Whose life is better if it moves?" in one for one in said)
    assert not any("Whose life" in one for one in say(measures=[{**SHARE, "rba": "BETTER_OFF_PCT"}])["PM2.cards"].notices)


def test_a_measure_of_everybody_in_town_is_no_single_departments():
    said = say(measures=[{**SHARE, "level": "POPULATION"}])["PM2.cards"].notices
    assert any("cannot answer for it alone" in one for one in said)


def test_measures_stand_in_the_quarter_of_their_question():
    found = say(measures=[{**SHARE, "rba": "BETTER_OFF_PCT"}, {**DAYS, "rba": "HOW_MUCH"}])["PM2.quadrants"]
    effort, effect = found.table.rows
    assert "Days to a permit" in effort[1]
    assert "Complete at first submission" in effect[2]
    assert (effort[2], effect[1]) == ("—", "—")


def test_a_retired_measure_is_on_no_card():
    assert say(measures=[{**SHARE, "retired_on": "2026-01-01"}])["PM2.cards"].empty


def cause(kind: str, **more: str) -> dict[str, str]:
    return {"measure_id": "M1", "cause": "Forms in English only", "kind": kind, "evidence": "Read with two applicants", **more}


def test_the_story_needs_two_causes_of_each_kind():
    short = say(measures=[SHARE], story=[cause("INSIDE"), cause("INSIDE"), cause("OUTSIDE")])["PM2.story"]
    assert short.sentence == "Three causes so far: 2 you can influence, 1 you cannot."
    assert short.notices[0] == "There are not two causes of each kind yet: causes you cannot influence are still needed."
    whole = say(measures=[SHARE], story=[cause("INSIDE"), cause("INSIDE"), cause("OUTSIDE"), cause("OUTSIDE")])["PM2.story"]
    assert not whole.notices


def test_a_cause_nothing_shows_is_called_a_guess():
    said = say(measures=[SHARE], story=[cause("INSIDE", evidence="")])["PM2.story"].notices
    assert any("a guess until you have looked" in one for one in said)


def test_progress_so_far_is_half_of_the_way_down():
    found = say(measures=[LOCKED], pm2_values=HISTORY)["PM2.targets"]
    [line] = found.table.rows
    assert line[1:4] == ("40 days", "30 days", "20 days")
    assert line[5] == "50 %"
    assert line[6] == "61 %", "893 of 1461 days"
    assert line[7:9] == ("−5 days", "−6 days")
    assert not found.flags


@pytest.mark.parametrize(
    "words",
    ["Hire 10 Black officers by 2028", "At least half of new hires be women"],
)
def test_a_quota_is_kept_marked_and_passes_no_gate(words):
    found = say(measures=[{**LOCKED, "target_note": words}], pm2_values=HISTORY)["PM2.targets"]
    assert flags(found) == [(Flag.DATA_QUALITY, "M2")]
    assert "quotas" in found.flags[0].reason
    assert found.table, "what was typed is still shown"


def test_words_that_are_a_quota_are_marked_without_any_number_too():
    bare = {**DAYS, "target_note": "Hire 10 Black officers by 2028"}
    assert flags(say(measures=[bare])["PM2.targets"]) == [(Flag.DATA_QUALITY, "M2")]


def test_a_target_on_the_wrong_side_of_the_baseline_does_not_fit():
    found = say(measures=[{**LOCKED, "target_value": 50}], pm2_values=HISTORY)["PM2.targets"]
    assert flags(found) == [(Flag.DATA_QUALITY, "M2")]
    assert "on the other side of the baseline 40 days" in found.flags[0].reason


def test_more_than_three_times_the_best_past_year_bears_a_question_and_no_mark():
    steep = {**LOCKED, "target_value": 2, "target_date": "2025-12-31"}
    found = say(measures=[steep], pm2_values=HISTORY)["PM2.targets"]
    assert not found.flags, "a pace is asked about; it is no difference between groups"
    [said] = [one for one in found.notices if "more than three times the best past year (6 days)" in one]
    assert "what will be different this time" in said


def test_a_measure_that_never_moved_the_right_way_bears_a_question():
    worse = [year("M2", 2024, value=40), year("M2", 2025, value=42), year("M2", 2026, value=44)]
    found = say(measures=[LOCKED], pm2_values=worse)["PM2.targets"]
    assert any("in no past year did it move that way" in one for one in found.notices)
    assert found.table.rows[0][5] == "−20 %", "not clipped at nothing"


KEEP = {**LOCKED, "direction": "MAINTAIN", "target_value": 40, "tolerance": 10}


def test_a_measure_to_keep_is_held_within_its_tolerance():
    assert say(measures=[KEEP], pm2_values=HISTORY)["PM2.targets"].table.rows[0][5] == "within its tolerance"
    tight = {**KEEP, "tolerance": 9}
    assert say(measures=[tight], pm2_values=HISTORY)["PM2.targets"].table.rows[0][5] == "outside its tolerance"


def test_a_measure_to_keep_needs_no_target_besides_its_baseline():
    found = say(measures=[{**KEEP, "target_value": None}], pm2_values=HISTORY)["PM2.targets"]
    [line] = found.table.rows
    assert (line[3], line[5], line[7]) == ("stay, give or take 10 days", "within its tolerance", "—")
    assert "Days to a permit: to stay at 40 days, give or take 10 days." in found.sentence
    assert not found.flags


def test_another_target_of_a_measure_to_keep_is_shown_as_typed_and_marked():
    share = {**SHARE, **{name: LOCKED[name] for name in LOCKED if name.startswith(("baseline", "target"))}}
    keep = {**share, "direction": "MAINTAIN", "baseline_value": 60, "baseline_n": 50, "tolerance": 5, "target_value": 40}
    rows = [year("M1", 2024, numerator=30, denominator=50), year("M1", 2026, numerator=45, denominator=60)]
    found = say(measures=[keep], pm2_values=rows)["PM2.targets"]
    assert flags(found) == [(Flag.DATA_QUALITY, "M1")]
    assert "should stay where it is, at 60.0 %, but the target is 40.0 %" in found.flags[0].reason
    assert found.table.rows[0][3] == "40.0 %"
    assert found.table.rows[0][5] == "outside its tolerance", "75 % is 15 points off, and no −75 % of a way"


def test_a_measure_to_keep_without_a_tolerance_is_asked_for_it():
    bare = {**KEEP, "tolerance": None}
    found = say(measures=[bare], pm2_values=HISTORY)["PM2.targets"]
    assert found.table.rows[0][5] == "no tolerance set"
    assert any("how far it may move" in one for one in found.notices)
    assert say(measures=[{**bare, "target_value": None}], pm2_values=HISTORY)["PM2.targets"].empty


def test_a_target_typed_as_the_baseline_reads_is_the_baseline():
    # 34 of 46 are 73.913…, which the page shows as 73.9.
    share = {**SHARE, "baseline_value": 100 * 34 / 46, "baseline_n": 46, "baseline_locked_on": "2026-12-05", "target_value": 73.9}
    for direction in ("MAINTAIN", "UP", "DOWN"):
        found = say(measures=[{**share, "direction": direction, "tolerance": 2}], pm2_values=[])["PM2.targets"]
        assert not found.flags, direction


@pytest.mark.parametrize(
    "more",
    [
        {"name": "Black police officers", "unit": "count"},
        {"numerator_def": "Women hired", "unit": "pct", "denominator_def": "All hires"},
    ],
)
def test_a_target_of_a_measure_that_counts_one_group_of_staff_is_a_quota(more):
    found = say(measures=[{**SHARE, **more, "target_value": 6}])["PM2.targets"]
    assert flags(found) == [(Flag.DATA_QUALITY, "M1")]
    assert "quotas" in found.flags[0].reason


def test_a_plan_without_a_day_is_still_to_do_and_one_whose_day_is_over_is_said():
    planned = {**SHARE, "baseline_plan": "From the January log"}
    assert "by which day" in say(measures=[planned])["PM2.cards"].table.rows[0][8]
    dated = say(measures=[{**planned, "baseline_due": "2027-01-10"}])["PM2.cards"]
    assert dated.table.rows[0][7:] == ("planned for 10 January 2027", "nothing")
    over = say(measures=[{**planned, "baseline_due": "2026-12-09"}])["PM2.cards"]
    assert any("was planned for 9 December 2026" in one for one in over.notices)


def test_a_target_without_reason_date_or_locked_baseline_is_asked_for_them():
    said = " ".join(say(measures=[{**DAYS, "target_value": 20}], pm2_values=HISTORY)["PM2.targets"].notices)
    for words in ("no reason yet", "lock the baseline", "no date"):
        assert words in said


def test_the_best_year_is_of_values_about_a_year_apart():
    def point(year: int, month: int, value: float) -> Point:
        return Point(Period(dt.date(year, month, 1), dt.date(year, month, 28)), value)

    quarters = [point(2025, 1, 40), point(2025, 4, 30), point(2026, 1, 36), point(2026, 4, 29)]
    assert best_year(quarters, "DOWN") == pytest.approx(-11 / (455 / 365.25)), (
        "40 to 29 over 455 days, none of the jumps within a year"
    )
    assert best_year(quarters[:2], "DOWN") is None
    assert best_year([], "UP") is None
