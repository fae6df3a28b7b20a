from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equitybook.flags import FLAG_TEXTS, Flag
from tests.outcomes.staff_statistics.town import SETUP, findings, invented, measure, people, row, say


def flow(period, group, start, end, **counts):
    return {"period": period, "group": group, "headcount_start": start, "headcount_end": end, **counts}


def test_turnover_is_leavers_over_the_average_of_every_day():
    # 29 people all year and one for the 183 days before 31 December: 29 + 183/365 on average.
    roster = people(29, race="WHITE", sex="M") + people(1, race="WHITE", sex="M", sep_date="2025-12-31", sep_type="VOLUNTARY")
    measured = measure(roster=roster, setup=[SETUP])
    assert measured.counts["average.race_jobcat"].at("WHITE") == pytest.approx(29 + 183 / 365)
    found = row(findings(measured)["HR1.turnover.race"], "All staff")
    assert found["Average staff"] == "29.5"
    assert found["A year"] == "3.4 %"
    assert found["Resigned"] == "1 (3.4 %)"


def test_counted_years_are_pooled_as_a_ratio_of_sums():
    # 8 of 40, then 8 of 160: 16 in 200 years of work, not the mean of 20 % and 5 %.
    rows = [flow("2024-25", "ALL", 40, 40, hires=8, sep_vol=8), flow("2025-26", "ALL", 160, 160, hires=8, sep_vol=8)]
    found = say(flow=rows)["HR1.turnover.race"]
    assert row(found, "All staff")["A year"] == "8.0 %"
    assert row(found, "2024-25")["A year"] == "20.0 %"
    assert row(found, "2025-26")["Average staff"] == "160.0"


def test_the_counted_path_uses_start_and_end_and_says_so():
    found = say(flow=[flow("2025-26", "ALL", 100, 97, hires=9, sep_vol=8, sep_ret=4)])["HR1.turnover.race"]
    assert row(found, "All staff")["A year"] == "12.2 %"
    assert "that of its start and end" in " ".join(found.notices)


def test_people_counted_in_no_group_are_unknown_not_lost():
    rows = [
        flow("2025-26", "ALL", 50, 50),
        flow("2025-26", "WHITE", 30, 30),
        flow("2025-26", "HISP", 16, 16),
        flow("2025-26", "F", 20, 20),
    ]
    counts = measure(flow=rows).counts
    assert counts["average.race_jobcat"].at("UNK") == 4
    assert counts["average.sex_jobcat"].at("UNK") == 30


def test_groups_larger_than_all_staff_and_rows_that_do_not_add_up_are_flagged():
    rows = [flow("2025-26", "ALL", 30, 30), flow("2025-26", "WHITE", 31, 33, hires=1, sep_vol=0)]
    reasons = " ".join(flag.reason for flag in say(flow=rows)["HR1.turnover.race"].flags)
    assert "start + came − left is not the end in one of the rows" in reasons
    assert "the groups together are more than “All staff”" in reasons


def test_a_row_for_all_job_groups_is_not_added_to_the_rows_it_repeats():
    parted = [
        flow("2025-26", "ALL", 20, 20, jobcat="4"),
        flow("2025-26", "ALL", 30, 30, jobcat="8"),
        flow("2025-26", "ALL", 50, 50),
    ]
    measured = measure(flow=parted)
    assert measured.counts["average.race_jobcat"].at() == 50
    assert measured.facts["flow_doubled"]


def test_hires_who_leave_again_count_in_turnover_and_not_in_retention():
    roster = people(30, race="WHITE") + people(5, race="WHITE", hire_date="2025-08-01", sep_date="2026-05-01", sep_type="VOLUNTARY")
    found = say(roster=roster, setup=[SETUP])
    assert row(found["HR1.retention"], "All staff")["Share"] == "100.0 %"
    assert row(found["HR1.turnover.race"], "All staff")["Left"] == "5"


def test_counts_cannot_tell_who_stayed():
    found = say(flow=[flow("2025-26", "ALL", 100, 97, hires=9, sep_vol=12)])["HR1.retention"]
    assert found.table is None
    assert "cannot tell who stayed" in found.empty


def test_first_year_loss_follows_only_hires_whose_first_year_is_over():
    roster = [
        *people(7, race="HISP", hire_date="2024-01-01"),
        *people(2, race="HISP", hire_date="2024-01-01", sep_date="2024-12-31", sep_type="VOLUNTARY"),  # day 365 of a leap year
        *people(1, race="HISP", hire_date="2024-01-01", sep_date="2025-01-01", sep_type="VOLUNTARY"),  # day 366
        *people(5, race="HISP", hire_date="2025-07-02"),
        *people(5, race="HISP", hire_date="2014-01-01"),
    ]
    found = row(say(roster=roster, setup=[SETUP])["HR1.first_year_loss"], "All staff")
    assert (found["Hired"], found["Left within a year"], found["Share"]) == ("10", "2", "20.0 %*")


def test_two_against_four_percent_dismissed_gives_both_ratios_and_no_verdict():
    rows = [
        flow("2025-26", "WHITE", 100, 100, hires=2, sep_invol=2),
        flow("2025-26", "BLACK", 100, 100, hires=4, sep_invol=4),
    ]
    found = say(flow=rows)["HR1.terminations"]
    assert "4.0 %, White: 2.0 %, 2.0 points more." in found.notices[0]
    # Both are below 1 for the group that fares worse, so each says what it divides by what.
    assert "Ratio of being kept 0.98 (Black or African American over White)" in found.notices[0]
    assert "ratio of being dismissed 0.50 (White over Black or African American)" in found.notices[0]
    assert [flag.flag for flag in found.flags] == [Flag.NO_SIGNAL]


def test_a_difference_beyond_chance_says_look_closer_with_everything_a_flag_carries():
    rows = [
        flow("2025-26", "WHITE", 100, 100, hires=5, sep_vol=5),
        flow("2025-26", "BLACK", 60, 60, hires=20, sep_vol=20),
    ]
    found = say(flow=rows)["HR1.turnover.race"]
    [flag] = found.flags
    assert (flag.flag, flag.group, flag.n) == (Flag.LOOK_CLOSER, "Black or African American", 60)
    assert (flag.value, flag.reference) == (pytest.approx(33.3, abs=0.05), pytest.approx(5.0))
    assert flag.interval[0] < flag.value < flag.interval[1]
    assert flag.reason
    assert flag.next_step
    assert "points more. Ratio of staying 0.70 (Black or African American over White)" in found.notices[0]
    assert "ratio of leaving 0.15 (White over Black or African American)" in found.notices[0]


def test_groups_too_small_alone_are_seen_together():
    rows = [flow("2025-26", "WHITE", 60, 60, hires=3, sep_vol=3)]
    rows += [flow("2025-26", code, 12, 12, hires=5, sep_vol=5) for code in ("HISP", "BLACK")]
    found = say(flow=rows)["HR1.turnover.race"]
    assert row(found, "Hispanic or Latino")["A year"] == "—"
    assert row(found, "All other groups together")["A year"] == "41.7 %"
    assert [(flag.flag, flag.group) for flag in found.flags] == [(Flag.LOOK_CLOSER, "All other groups together")]


def promoted(roster, at, **values):
    return [
        {"emp_key": one["emp_key"], "date": at, "kind": "PROMOTION", "from_jobcat": "8", "to_jobcat": "7", **values}
        for one in roster
    ]


def test_promotions_are_counted_against_the_job_group_left_behind():
    risen = people(2, race="HISP", jobcat="7")
    roster = people(18, race="HISP", jobcat="8") + risen + people(10, race="HISP", jobcat="7")
    moves = promoted(risen, "2026-01-01") + promoted(roster[:3], "2026-01-01", kind="RECLASS", from_jobcat="8", to_jobcat="8")
    found = say(roster=roster, moves=moves, setup=[SETUP])["HR1.promotion_rate"]
    # 18 all year, and two for the 184 days before they rose.
    assert row(found, "Hispanic or Latino")["Average staff who could be"] == f"{18 + 2 * 184 / 365:.1f}"
    assert row(found, "All staff")["Promoted"] == "2"
    assert row(found, "All staff")["A year"] == "10.5 %*"
    assert "in service-maintenance" in found.sentence


def test_moves_of_people_who_are_not_on_the_list_are_said_not_guessed():
    roster = people(30, race="WHITE", jobcat="8")
    moves = promoted(roster[:3], "2026-01-01") + promoted([{"emp_key": "gone"}], "2026-01-01")
    found = say(roster=roster, moves=moves, setup=[SETUP])["HR1.promotion_rate"]
    assert row(found, "All staff")["Promoted"] == "3"
    assert "a key that is not in the staff list" in " ".join(found.notices)


def test_tenure_follows_old_hands_only_from_where_records_begin():
    roster = [
        *people(15, race="WHITE", sex="F", hire_date="2020-01-01", sep_date="2022-01-01", sep_type="VOLUNTARY"),
        *people(15, race="WHITE", sex="F", hire_date="2020-01-01"),
        *people(40, race="HISP", sex="M", hire_date="2000-01-01"),
        *people(9, race="HISP", sex="M", hire_date="2000-01-01", sep_date="2003-01-01", sep_type="VOLUNTARY"),
    ]
    measured = measure(roster=roster, setup=[{**SETUP, "records_from": "2019-05-01"}])
    half = measured.statistic("HR1.median_tenure")
    assert (half.value, half.n) == (2.0, 30)
    found = findings(measured)["HR1.tenure"]
    assert row(found, "All staff")["After 1 year"] == "100 %"
    assert row(found, "All staff")["After 5 years"] == "50 %"
    assert "Half" in found.table.columns[-1]
    assert "since 1 May 2019" in " ".join(found.notices)


def leavers(n, **values):
    return people(n, hire_date="2020-01-01", sep_date="2024-01-01", sep_type="VOLUNTARY", **values)


def test_the_curves_of_one_grouping_are_all_drawn_or_none_and_who_is_not_drawn_is_said():
    roster = [
        *people(15, race="WHITE", sex="F", hire_date="2020-01-01"),
        *people(15, race="HISP", sex="M", hire_date="2020-01-01"),
        *people(15, race="BLACK", sex="M", hire_date="2020-01-01"),
        *people(4, race="ASIAN", sex="F", hire_date="2020-01-01"),
        *(one for race in ("WHITE", "HISP", "BLACK") for sex in "FM" for one in leavers(3, race=race, sex=sex)),
    ]
    found = say(roster=roster, setup=[SETUP])["HR1.tenure"]
    assert "Female: " in found.chart.alt
    assert "Male: " in found.chart.alt
    assert "White: " not in found.chart.alt, "Asian staff have no curve, so races would not be all there"
    assert "In the table only: Hispanic or Latino, White and Black or African American." in found.chart.alt
    missing = "Without a curve, because too few can be followed or none of them left: Asian."
    assert found.chart.alt.endswith(missing)
    assert missing in found.table.notes
    assert "69 people" not in found.notices[0]
    assert f"{found.provenance.n:,.0f} people are the most who can be followed at any one length of service." in found.notices[0]
    # With nobody of one sex leaving, that sex has no curve; the other is not drawn by itself.
    one_sex = [*people(20, sex="M", race="WHITE"), *people(20, sex="F", race="HISP"), *leavers(12, sex="F", race="HISP")]
    alone = say(roster=one_sex, setup=[SETUP])["HR1.tenure"]
    assert "Female: " not in alone.chart.alt
    assert "Latino: " not in alone.chart.alt


def test_a_group_below_the_line_is_said_to_hang_on_few_people_only_under_twenty_or_by_one_person():
    stay, go = people(30, race="BLACK"), people(30, race="BLACK", sep_date="2026-01-01", sep_type="VOLUNTARY")
    others = people(34, race="WHITE") + people(16, race="WHITE", sep_date="2026-01-01", sep_type="VOLUNTARY")
    reasons = [flag.reason for flag in say(roster=stay + go + others, setup=[SETUP])["HR1.retention"].flags]
    assert reasons == ["Below the reference line; chance alone could explain it: p = 0.08."]
    few = people(8, race="BLACK") + people(6, race="BLACK", sep_date="2026-01-01", sep_type="VOLUNTARY")
    [flag] = say(roster=few + people(80, race="WHITE") + people(10, race="WHITE", sep_date="2026-01-01"), setup=[SETUP])[
        "HR1.retention"
    ].flags
    assert flag.flag is Flag.LOOK_CLOSER or flag.reason == FLAG_TEXTS[Flag.BELOW_REFERENCE_SMALL_N]


def test_what_is_missing_is_asked_for_once():
    found = say(roster=people(30, race="WHITE"), setup=[SETUP])
    asked = [
        one.empty for name, one in found.items() if name.startswith(("HR1.turnover", "HR1.ret", "HR1.first", "HR1.term", "HR1.ten"))
    ]
    assert len(asked) == 6
    assert "Ask payroll for the people who left" in asked[0]
    assert set(asked[1:]) == {"Nothing yet: this needs the people who left, too."}
    nothing = [one.empty for one in say().values()]
    assert sum("Upload a staff list or fill in" in one for one in nothing) == 1
    assert sum("Fill in the table “Who could we hire from”" in one for one in nothing) == 1


def test_a_probability_says_how_many_comparisons_it_is_corrected_for():
    # Fisher's exact test of 20 of 50 against 30 of 50 is 0.0713 (R: fisher.test(matrix(c(20, 30, 30, 20), 2))$p.value = 0.07134).
    def staff(sex, race, n, gone):
        left = {"sep_date": "2026-01-01", "sep_type": "VOLUNTARY"}
        return people(n - gone, sex=sex, race=race) + people(gone, sex=sex, race=race, **left)

    one_question = say(roster=staff("F", None, 50, 30) + staff("M", None, 50, 20), setup=[SETUP])["HR1.retention"]
    assert one_question.notices[0].endswith("chance alone: p = 0.07.")
    roster = staff("F", "WHITE", 50, 30) + staff("M", "HISP", 25, 10) + staff("M", "BLACK", 25, 10)
    four = say(roster=roster, setup=[SETUP])["HR1.retention"]
    # Four questions: White, Hispanic, Black against the others, and one sex. Holm: the smallest times four, and no later one below it.
    assert "Female: 40.0 %, Male: 60.0 %, 20.0 points less." in " ".join(four.notices)
    assert "chance alone: p = 0.29, corrected for 4 comparisons." in " ".join(four.notices)


def test_only_the_chosen_reasons_end_a_tenure():
    roster = people(20, hire_date="2020-01-01") + people(10, hire_date="2020-01-01", sep_date="2022-01-01", sep_type="DEATH")
    every = measure(roster=roster, setup=[SETUP])
    chosen = measure(roster=roster, setup=[{**SETUP, "tenure_events": ["VOLUNTARY", "INVOLUNTARY"]}])
    assert len(every.curves) == 1
    assert not chosen.curves


def test_a_period_before_the_records_begin_is_cut_and_said():
    roster = people(30) + people(2, sep_date="2026-01-01", sep_type="VOLUNTARY")
    setup = {**SETUP, "period_start": "2021-07-01", "records_from": "2024-07-01"}
    found = say(roster=roster, setup=[setup])["HR1.turnover.race"]
    assert found.sentence.startswith("In the 2 years to 30 June 2026, 2 people left")
    assert "on file only since 1 July 2024" in " ".join(found.notices)


@settings(max_examples=4, deadline=None)
@given(st.randoms())
def test_leavers_promotions_and_curves_do_not_depend_on_the_order_of_rows(random):
    town = invented()
    first = measure(**town)
    second = measure(**{name: random.sample(rows, len(rows)) for name, rows in town.items()})
    for name, table in first.counts.items():
        assert second.counts[name].cells == pytest.approx(table.cells, abs=1e-8)
    assert [one.points for one in first.curves] == [one.points for one in second.curves]
    assert first.facts == second.facts


def test_every_person_balances_start_came_left_and_end():
    measured = measure(**invented())
    assert measured.counts["left.race_kind"].at() == measured.counts["left.year_kind"].at() == measured.counts["left.sex_kind"].at()
    for by in ("race", "sex"):
        assert measured.counts[f"average.{by}_jobcat"].at() == pytest.approx(measured.counts["average.sex_year"].at(), abs=1e-8)
    assert measured.counts["stayed.race"].at() == measured.counts["stayed.sex"].at()
