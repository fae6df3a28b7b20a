"""Whom the group reaches: departments, staff, the front line, the departments the charter is about."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from equitybook.disclosure import Tier, release
from equitybook.flags import Flag
from tests.outcomes.working_group.group import CHARTER, DEPARTMENTS, IC1, measure, members, say

SIZES = [9, 46, 31, 8, 18]
IN_SCOPE = [{"department": name, "headcount": size, "in_scope": True} for name, size in zip(DEPARTMENTS, SIZES, strict=True)]

BROUGHT = (["DATA", "COMMUNICATING", "DATA"], ["DATA"])


def test_departments_and_staff_are_counted_by_hand():
    found = say(
        ic1_members=members(
            "Police:Manager", "police :Frontline", "Finance:Frontline", "Community Development/Planning:Supervisor"
        ),
        ic1_departments=[*IN_SCOPE[:4], {**IN_SCOPE[4], "in_scope": False}],
        charter=CHARTER,
    )["IC1.coverage"]
    # Police and Finance of four in scope; 46 + 8 of 9 + 46 + 31 + 8 = 94 staff: 57.4 %.
    assert found.sentence == (
        "2 of 4 departments in scope have somebody in the group (50 %); 57.4 % of their staff work in those departments. "
        "2 of 4 members work at the front line."
    )
    assert found.table.rows[1] == ("Police", "Yes", "46", "Role 1 and Role 2")
    assert found.table.rows[2] == ("Public Works", "Yes", "31", "Nobody yet")
    assert found.table.rows[4][:2] == ("Community Development/Planning", "No")
    assert found.flags == ()
    # A tile for the charter's department and for each of the four others in scope, seven for the levels; nobody said what they bring.
    assert found.chart.alt == (
        "2 of 4 departments in scope have somebody in the group. Departments in your charter: Community Development/Planning 1 member. "
        "Other departments in scope: Administration/Manager nobody yet, Police 2 members, Public Works nobody yet, Finance 1 member. "
        "Levels: Elected nobody yet, Executive nobody yet, Manager 1 member, Supervisor 1 member, Frontline 2 members, Union rep nobody yet, "
        "Community nobody yet."
    )


def test_what_members_bring_is_drawn_once_anybody_said_it_and_each_counts_once():
    group = [
        {**one, "seven_c": brought} for one, brought in zip(members("Police:Manager", "Finance:Manager"), BROUGHT, strict=True)
    ]
    found = say(ic1_members=group, ic1_departments=IN_SCOPE)["IC1.coverage"]
    assert "Departments in scope: Administration/Manager nobody yet, Police 1 member" in found.chart.alt
    assert found.chart.alt.endswith(
        "What members bring: Catalyzing nobody yet, Coordinating nobody yet, Leadership nobody yet, Capacity nobody yet, "
        "Communicating 1 member, Data 2 members, Championing nobody yet."
    )


def test_a_department_of_the_charter_that_is_in_no_list_has_a_tile():
    found = say(ic1_members=members("Police:Manager"), ic1_departments=IN_SCOPE, charter=[{"focus_departments": ["Library"]}])
    assert "Departments in your charter: Library nobody yet. Other departments in scope: " in found["IC1.coverage"].chart.alt


def test_outside_the_town_departments_have_no_tiles_and_levels_have():
    released = release(measure(ic1_members=members("Police:Manager"), ic1_departments=IN_SCOPE), IC1.present, Tier.T3)
    [found] = [one for one in released.findings if one.id == "IC1.coverage"]
    assert found.table is None
    assert "Manager 1 member" in found.chart.alt
    assert not [name for name in DEPARTMENTS if name in repr(found.chart)]
    nobody = [{**one, "level": None} for one in members("Police:Manager")]
    bare = release(measure(ic1_members=nobody, ic1_departments=IN_SCOPE), IC1.present, Tier.T3)
    assert [one.chart for one in bare.findings if one.id == "IC1.coverage"] == [None]


def test_a_share_of_staff_is_of_ten_people_or_more():
    rows = [{**one, "headcount": size} for one, size in zip(IN_SCOPE, (2, 2, 2, 2, 1), strict=True)]
    assert "of their staff" not in say(ic1_members=members("Police:Manager"), ic1_departments=rows)["IC1.coverage"].sentence
    rows[0]["headcount"] = 3
    assert "20 % of their staff work" in say(ic1_members=members("Police:Manager"), ic1_departments=rows)["IC1.coverage"].sentence


def test_a_group_without_a_department_of_the_charter_is_told_and_not_clear():
    group = members("Police:Manager", "Finance:Frontline", "Public Works:Frontline")
    found = say(ic1_members=group, ic1_departments=IN_SCOPE, charter=CHARTER)["IC1.coverage"]
    [flag] = found.flags
    assert flag.flag is Flag.DATA_QUALITY
    assert "about Community Development/Planning, and nobody in the group works there" in flag.reason


def test_a_group_of_two_departments_and_a_resident_is_not_across_the_town():
    group = members("Police:Manager", "police:Frontline", "Finance:Frontline", "Other:Community")
    [flag] = say(ic1_members=group, ic1_departments=IN_SCOPE)["IC1.coverage"].flags
    assert flag.flag is Flag.DATA_QUALITY
    assert "Members come from 2 departments of your list; a group across the town has three or more." in flag.reason


def test_a_share_of_staff_is_absent_while_a_size_is_missing_and_never_nought():
    rows = [{**IN_SCOPE[0], "headcount": None}, *IN_SCOPE[1:]]
    found = say(ic1_members=members("Police:Manager"), ic1_departments=rows)["IC1.coverage"]
    assert "of their staff" not in found.sentence
    assert any("Enter the staff of every department" in one for one in found.notices)
    nobody = say(ic1_members=members("Police:Manager"), ic1_departments=[{**one, "headcount": 0} for one in IN_SCOPE])[
        "IC1.coverage"
    ]
    assert "of their staff" not in nobody.sentence


def test_the_profiles_departments_stand_in_until_the_table_is_filled():
    found = say(ic1_members=members("Police:Frontline"), profile=[{"departments": DEPARTMENTS}])["IC1.coverage"]
    assert found.sentence.startswith("1 of 5 departments in scope has somebody in the group (20 %).")


def test_nothing_in_scope_is_no_share_but_a_word_what_to_do():
    out = [{**one, "in_scope": False} for one in IN_SCOPE]
    assert "which departments are in scope" in say(ic1_members=members("Police:Manager"), ic1_departments=out)["IC1.coverage"].empty
    assert "Add the first member" in say(ic1_departments=IN_SCOPE)["IC1.coverage"].empty


def test_notices_name_what_a_coach_would_ask_about():
    group = [
        {**one, "seat": seat, "hours_month": 0, "seven_c": ["DATA"]}
        for one, seat in zip(members("Police:Supervisor"), ["Sponsor"], strict=True)
    ]
    found = say(ic1_members=group, ic1_departments=[*IN_SCOPE, {"department": "Library"}])["IC1.coverage"]
    notices = " ".join(found.notices)
    assert "The sponsor is neither elected nor an executive." in notices
    assert "1 member has no hours for it." in notices
    assert "Nobody brings yet: catalyzing, coordinating" in notices
    assert "1 department is neither in scope nor out of it" in notices


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*DEPARTMENTS, "Library"]), min_size=1, max_size=8))
def test_a_further_member_never_lowers_the_reach(departments):
    def reach(names):
        return measure(ic1_members=members(*(f"{one}:Manager" for one in names)), ic1_departments=IN_SCOPE).facts["reach"]

    all_of_them, fewer = reach(departments), reach(departments[:-1])
    assert fewer["reached"] <= all_of_them["reached"] <= all_of_them["in_scope"]
    assert fewer["staff_reached"] <= all_of_them["staff_reached"] <= all_of_them["staff"] == sum(SIZES)
