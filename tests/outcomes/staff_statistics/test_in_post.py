from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from equitybook.findings import TOTAL
from equitybook.flags import Flag
from tests.outcomes.staff_statistics.town import SETUP, houston, measure, people, row, say


def test_the_houston_roster_gives_its_published_counts(shared_data):
    found = say(roster=houston(shared_data), setup=[{"payroll_headcount": 2000}])
    by_race = {one[0]: one[1] for one in found["HR1.share.race"].table.rows}
    assert by_race["Black or African American"] == "700"
    assert by_race["White"] == "665"
    assert by_race["Hispanic or Latino"] == "480"
    assert by_race["Asian or Pacific Islander (not told apart)"] == "107"
    assert by_race["American Indian or Alaska Native"] == "11"
    assert by_race["Another group, as recorded"] == "2"
    assert by_race["Unknown or declined"] == "35"
    assert "114 of 2,000 people have no yearly pay." in found["HR1.headcount"].notices
    assert not found["HR1.headcount"].flags
    assert found["HR1.headcount"].sentence.startswith(
        "2,000 people work here as of 31 May 2016 (the latest date on the staff list: no payday is entered)"
    )
    assert found["HR1.headcount"].provenance.as_of == dt.date(2016, 5, 31), "the latest date on the list"


def test_a_list_without_leavers_has_no_turnover_rather_than_none(shared_data):
    found = say(roster=houston(shared_data))
    for name in ("HR1.turnover.race", "HR1.retention", "HR1.first_year_loss", "HR1.terminations", "HR1.tenure"):
        assert found[name].table is None
        assert found[name].empty
    assert "not a turnover of 0" in found["HR1.turnover.race"].empty


def test_who_left_by_the_payday_or_came_after_it_is_not_in_post():
    roster = [
        *people(12, race="WHITE", sex="F"),
        *people(1, race="WHITE", sex="F", sep_date="2026-06-30"),
        *people(1, race="WHITE", sex="F", sep_date="2026-07-01"),
        *people(1, race="WHITE", sex="F", hire_date="2026-06-30"),
        *people(1, race="WHITE", sex="F", hire_date="2026-07-01"),
        *people(1, race="WHITE", sex="F", hire_date=None),
    ]
    assert measure(roster=roster, setup=[SETUP]).counts["staff.race_sex"].at("WHITE", "F") == 15


def test_seasonal_staff_are_on_the_payroll_but_are_no_leavers():
    gone = people(4, status="SEASONAL", sep_date="2026-03-01", sep_type="END_OF_TERM") + people(
        3, status="FT", sep_date="2026-03-01", sep_type="VOLUNTARY"
    )
    roster = people(20, race="HISP") + people(9, status="SEASONAL") + gone
    found = say(roster=roster, setup=[SETUP])["HR1.headcount"]
    assert row(found, "All staff in post")["People"] == "29"
    assert "Turnover, retention and tenure leave them out." in " ".join(found.notices)
    assert measure(roster=roster, setup=[SETUP]).counts["left.race_kind"].at() == 3


def test_new_hire_rows_of_the_grid_never_add_to_the_headcount():
    grid = [
        {"department": "Police", "jobcat": "4", "status": "FT", "salary_band": "8", "race": "WHITE", "sex": "M", "n": 21},
        {"department": "Police", "jobcat": "4", "status": "OTFT", "race": "BLACK", "sex": "F", "n": 4},
        {"department": "Police", "jobcat": "4", "status": "NEW_HIRE", "race": "WHITE", "sex": "M", "n": 3},
    ]
    found = say(grid=grid, setup=[{**SETUP, "payroll_headcount": 25}])["HR1.headcount"]
    assert row(found, "All staff in post")["People"] == "25"
    assert found.sentence.endswith("Payroll counts the same.")


def test_payroll_that_disagrees_is_flagged_with_the_next_step():
    found = say(roster=people(20), setup=[{**SETUP, "payroll_headcount": 22}])["HR1.headcount"]
    assert "Payroll counts 22: 2 fewer here." in found.sentence
    [flag] = found.flags
    assert flag.flag is Flag.DATA_QUALITY
    assert "20 people and payroll counts 22" in flag.reason
    assert flag.next_step


def test_the_list_is_used_where_list_and_grid_differ_and_it_is_said():
    grid = [{"department": "Clerk", "jobcat": "6", "status": "FT", "race": "WHITE", "sex": "F", "n": 11}]
    found = say(roster=people(12, race="WHITE", sex="F", jobcat="6"), grid=grid, setup=[SETUP])["HR1.headcount"]
    assert row(found, "All staff in post")["People"] == "12"
    assert [flag.flag for flag in found.flags] == [Flag.DATA_QUALITY]
    assert "We used the staff list." in " ".join(found.notices)
    same = [{**grid[0], "n": 12}]
    assert not say(roster=people(12, race="WHITE", sex="F", jobcat="6"), grid=same, setup=[SETUP])["HR1.headcount"].flags


def test_nothing_entered_says_what_to_do_next():
    for one in say().values():
        assert one.empty
        assert one.table is None
        assert not one.sentence


def test_an_unknown_is_bounded_and_never_dropped():
    found = say(roster=people(30, race="HISP") + people(60, race="WHITE") + people(8), setup=[SETUP])["HR1.share.race"]
    assert row(found, "Hispanic or Latino") == {
        "Race or ethnicity": "Hispanic or Latino",
        "People": "30",
        "Share": "33.3 %",
        "Lowest–highest": "30.6–38.8 %",
    }
    assert found.provenance.unknown == 8


def test_above_a_tenth_unknown_the_share_bears_a_warning_and_above_a_quarter_no_comparison():
    some = say(roster=people(30, race="HISP") + people(5), setup=[SETUP])["HR1.share.race"]
    assert "14.3 % have no race or ethnicity on record" in some.notices[0]
    assert some.chart
    many = say(roster=people(30, race="HISP") + people(15), setup=[SETUP])["HR1.share.race"]
    assert many.chart is None
    assert "too many to compare groups" in many.sentence
    assert many.flags[0].flag is Flag.DATA_QUALITY


def test_too_few_people_get_counts_but_no_shares():
    found = say(roster=people(6, race="HISP"), setup=[SETUP])["HR1.share.race"]
    assert row(found, "Hispanic or Latino")["Share"] == "—"
    assert found.flags[0].flag is Flag.NOT_ENOUGH_DATA


_person = st.fixed_dictionaries(
    {
        "race": st.sampled_from(["WHITE", "HISP", "BLACK", "MENA", "OTHER", None]),
        "sex": st.sampled_from(["F", "M", "NONBINARY", None]),
        "jobcat": st.sampled_from(["1", "4", "8", None]),
        "status": st.sampled_from(["FT", "OTFT", "SEASONAL", None]),
    }
)


@settings(max_examples=25, deadline=None)
@given(st.lists(_person, min_size=1, max_size=40), st.randoms())
def test_tables_add_up_agree_and_do_not_depend_on_the_order_of_rows(rows, random):
    roster = [{"emp_key": f"k{at}", "hire_date": "2015-01-01", **one} for at, one in enumerate(rows)]
    counts = measure(roster=roster, setup=[SETUP]).counts
    shuffled = random.sample(roster, len(roster))
    assert {name: table.cells for name, table in measure(roster=shuffled, setup=[SETUP]).counts.items()} == {
        name: table.cells for name, table in counts.items()
    }
    for table in counts.values():
        for code in (*table.row_codes(), TOTAL):
            assert sum(table.at(code, column) for column in table.column_codes()) == table.at(code)
        for code in (*table.column_codes(), TOTAL):
            assert sum(table.at(one, code) for one in table.row_codes()) == table.at(column=code)
    totals = {table.at() for table in counts.values() if table.of == "staff in post"}
    assert totals == {len(rows)}


@settings(max_examples=5, deadline=None)
@given(st.permutations(["WHITE", "HISP", "BLACK", "ASIAN"]))
def test_renaming_groups_only_renames_their_numbers(codes):
    sizes = dict(zip(["WHITE", "HISP", "BLACK", "ASIAN"], (40, 30, 20, 10), strict=True))
    renamed = dict(zip(sizes, codes, strict=True))
    roster = [one for code, n in sizes.items() for one in people(n, race=renamed[code])]
    table = measure(roster=roster, setup=[SETUP]).counts["staff.race_sex"]
    assert {code: table.at(renamed[code]) for code in sizes} == sizes


def test_shares_of_the_known_add_up_to_a_hundred():
    found = say(roster=people(31, race="HISP") + people(41, race="WHITE") + people(17, race="BLACK") + people(4), setup=[SETUP])
    shares = [float(one[2].split()[0]) for one in found["HR1.share.race"].table.rows if one[2]]
    assert abs(sum(shares) - 100) < 0.2


def test_the_ladder_shows_where_a_share_falls():
    roster = [
        *people(12, race="WHITE", sex="M", jobcat="1"),
        *people(20, race="HISP", sex="F", jobcat="8"),
        *people(20, race="WHITE", sex="M", jobcat="8"),
    ]
    found = say(roster=roster, setup=[SETUP])["HR1.ladder"]
    assert row(found, "Officials and Administrators")["Hispanic or Latino"] == "0 (0.0 %)", "nobody is a real zero"
    assert row(found, "Service-Maintenance")["Female"] == "20 (50.0 %)"
    assert "0.0 % of the 12 officials and administrators" in found.sentence


def test_the_picture_shows_the_grouping_the_sentence_is_about_and_the_sentence_names_who_has_no_bar():
    roster = [
        *people(12, race="WHITE", sex="M", jobcat="4"),
        *people(12, race="WHITE", sex="F", jobcat="6"),
        *people(6, race="WHITE", sex="M", jobcat="1"),
        *people(3, race="HISP", sex="F", jobcat="7"),
        *people(1, sex="F", jobcat="6"),
    ]
    found = say(roster=roster, setup=[SETUP])["HR1.ladder"]
    assert found.sentence.startswith("Female staff are 47.1 % of all staff, and 0.0 % of the 12 protective service workers.")
    assert "Female 0 %, Male 100 %" in found.chart.alt
    assert "White" not in found.chart.alt
    assert found.chart.alt.endswith(
        "Not in the picture (fewer than 10 people whose sex is known): officials and administrators and skilled craft workers."
    )
    assert "skilled craft workers." in " ".join(found.chart.spec["title"]["text"]), (
        "it stands under the picture, for everybody to read"
    )
    assert found.provenance.unknown is None, "one number cannot stand for three records"
    assert "1 person has no race or ethnicity on record. They are in no share that needs it." in found.notices
    of_race = say(
        roster=people(12, race="WHITE", sex="M", jobcat="1") + people(20, race="HISP", sex="M", jobcat="8"), setup=[SETUP]
    )
    assert "Hispanic or Latino staff are 62.5 %" in of_race["HR1.ladder"].sentence
    assert "Hispanic or Latino 0 %" in of_race["HR1.ladder"].chart.alt
    assert "Not in the picture" not in of_race["HR1.ladder"].chart.alt


def test_middle_pay_is_given_only_beside_another_group_of_ten():
    roster = people(10, sex="F", jobcat="4", annual_salary=60_040) + people(11, sex="M", jobcat="4", annual_salary=66_000)
    found = say(roster=roster, setup=[SETUP])["HR1.median_pay"]
    assert ("Protective Service Workers", "Female", "10", "$60,000", "90.9 %") in found.table.rows
    assert "unadjusted" in found.table.caption
    assert say(roster=roster[1:], setup=[SETUP])["HR1.median_pay"].table is None, "nine people are too few"
