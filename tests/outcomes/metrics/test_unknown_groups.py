"""People whose group is not known are on neither side, change what can be said, and stop a comparison where they are many."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equitybook.disclosure import Tier, release
from equitybook.flags import Flag
from equitybook.outcomes.performance_management.metrics.present.compared import OTHERS, OTHERS_AND_UNKNOWN
from tests.outcomes.metrics.town import DAYS, PM2, SHARE, everything_said, findings, measure, row, say, year

THIRD_UNASSIGNED = [
    year("M1", 2026, numerator=120, denominator=200),
    year("M1", 2026, "WHITE", numerator=80, denominator=100),
    year("M1", 2026, "BLACK", numerator=20, denominator=40),
]
"""60 of 200 are in no group: 30 %."""

SOME_UNASSIGNED = [
    year("M1", 2026, numerator=120, denominator=200),
    year("M1", 2026, "WHITE", numerator=88, denominator=120),
    year("M1", 2026, "BLACK", numerator=20, denominator=50),
]
"""30 of 200 are in no group, 15 %: 12 of them counted."""


def test_whoever_is_in_none_of_several_races_is_unknown_and_on_neither_side():
    found = say(measures=[SHARE], pm2_values=SOME_UNASSIGNED)["PM2.gaps"]
    # 88 of 120, and not 100 of 150 with the unassigned among everybody else
    assert row(found, "Black or African American")[5:7] == (OTHERS, "73.3 %")
    assert any("the race of 15 % of people is not known. They are on neither side." in one for one in found.notices)


def test_the_unknown_could_change_a_value_and_the_table_says_how_far():
    found = say(measures=[SHARE], pm2_values=SOME_UNASSIGNED)["PM2.gaps"]
    # 20 of 50 with 30 more: none of them counted, 20 of 80; all of them, 50 of 80
    assert row(found, "Black or African American")[10] == "25.0–62.5 %"
    assert found.table.columns[10] == "Lowest–highest"


def test_where_everybodys_group_is_known_there_is_nothing_between_lowest_and_highest():
    rows = [year("M1", 2026, numerator=108, denominator=170), *SOME_UNASSIGNED[1:]]
    assert "Lowest–highest" not in say(measures=[SHARE], pm2_values=rows)["PM2.gaps"].table.columns


def test_thirty_percent_unassigned_hide_the_comparison_and_say_why():
    found = say(measures=[SHARE], pm2_values=THIRD_UNASSIGNED)["PM2.gaps"]
    assert found.table is None
    assert "the race of 30 % of people is not known; nothing is compared by race" in found.empty
    assert [one.flag for one in found.flags] == [Flag.DATA_QUALITY]


def test_sexes_are_hidden_alike():
    rows = [
        year("M1", 2026, numerator=50, denominator=100),
        year("M1", 2026, "F", numerator=20, denominator=40),
        year("M1", 2026, "M", numerator=10, denominator=30),
    ]
    assert "the sex of 30 % of people is not known" in say(measures=[SHARE], pm2_values=rows)["PM2.gaps"].empty


def test_beside_a_single_group_everybody_else_is_said_to_include_the_unknown():
    rows = [year("M1", 2026, numerator=15, denominator=60), year("M1", 2026, "HISP", numerator=3, denominator=20)]
    found = say(measures=[SHARE], pm2_values=rows)["PM2.gaps"]
    assert row(found, "Hispanic or Latino")[5:7] == (OTHERS_AND_UNKNOWN, "30.0 %")
    counted = say(measures=[SHARE], pm2_values=[*rows, year("M1", 2026, "UNK", numerator=2, denominator=4)])["PM2.gaps"]
    assert row(counted, "Hispanic or Latino")[5:7] == (OTHERS, "27.8 %"), "10 of 36"


def test_an_own_group_keeps_everybody_else():
    rows = [year("M1", 2026, numerator=15, denominator=60), year("M1", 2026, "East side", numerator=3, denominator=20)]
    assert row(say(measures=[SHARE], pm2_values=rows)["PM2.gaps"], "East side")[5] == OTHERS


def test_an_older_period_does_not_stand_in_for_one_with_too_many_unknown():
    older = [{**one, "period_start": "2024-07-01", "period_end": "2025-06-30"} for one in SOME_UNASSIGNED]
    assert say(measures=[SHARE], pm2_values=older)["PM2.gaps"].table
    found = say(measures=[SHARE], pm2_values=[*older, *THIRD_UNASSIGNED])["PM2.gaps"]
    assert found.table is None
    assert "nothing is compared by race" in found.empty


def test_another_kind_of_group_stands_in_its_own_newest_period_and_the_page_says_which():
    older = [year("M1", 2025, numerator=50, denominator=100), year("M1", 2025, "East side", numerator=20, denominator=50)]
    found = say(measures=[SHARE], pm2_values=[*older, *SOME_UNASSIGNED])["PM2.gaps"]
    assert {one[1] for one in found.table.rows} == {"East side", "White", "Black or African American"}
    assert any("East side stand in July 2024 to June 2025" in one for one in found.notices)


def days(*groups: tuple[str, float, int]) -> list[dict]:
    return [year("M2", 2026, code, value=value, denominator=people) for code, value, people in groups]


def test_medians_are_not_compared_either_where_too_many_are_unknown():
    known = days(("ALL", 20, 100), ("WHITE", 18, 50), ("BLACK", 31, 40))
    assert say(measures=[DAYS], pm2_values=known)["PM2.gaps"].table
    unassigned = days(("ALL", 20, 100), ("WHITE", 18, 40), ("BLACK", 31, 30))
    for rows in (unassigned, [*unassigned, *days(("UNK", 20, 26))]):
        assert say(measures=[DAYS], pm2_values=rows)["PM2.gaps"].table is None
    alone = days(("WHITE", 18, 50), ("BLACK", 31, 40), ("UNK", 20, 40))
    best = {**DAYS, "reference_group": "BEST"}
    assert "the race of 31 % of people" in say(measures=[best], pm2_values=alone)["PM2.gaps"].empty


def test_the_notice_does_not_contradict_the_table_where_the_unknown_are_only_partly_shown():
    # Of thirty unknown two were counted, which a coach may not see; that they are thirty he may.
    rows = [
        year("M1", 2026, numerator=102, denominator=230),
        year("M1", 2026, "WHITE", numerator=60, denominator=100),
        year("M1", 2026, "HISP", numerator=40, denominator=100),
    ]
    outside = next(
        one for one in release(measure(measures=[SHARE], pm2_values=rows), PM2.present, Tier.T2).findings if one.id == "PM2.gaps"
    )
    assert {one[5] for one in outside.table.rows} == {OTHERS_AND_UNKNOWN}
    assert any("13 % of people is not known. They are among everybody else." in one for one in outside.notices)


@pytest.mark.parametrize("tier", [Tier.T2, Tier.T3])
def test_where_the_unknown_are_not_shown_everybody_else_is_called_otherwise(tier):
    # Eight are in no group, four of them counted: the town may see that, a coach may not.
    rows = [
        year("M1", 2026, numerator=192, denominator=408),
        year("M1", 2026, "WHITE", numerator=120, denominator=200),
        year("M1", 2026, "HISP", numerator=40, denominator=120),
        year("M1", 2026, "BLACK", numerator=28, denominator=80),
    ]
    measured = measure(measures=[SHARE], pm2_values=rows)
    assert row(findings(measured)["PM2.gaps"], "White")[5:7] == (OTHERS, "34.0 %"), "68 of 200"
    outside = next(one for one in release(measured, PM2.present, tier).findings if one.id == "PM2.gaps")
    assert row(outside, "White")[5:7] == (OTHERS_AND_UNKNOWN, "34.6 %"), "72 of 208"
    assert "they are among everybody else" in everything_said(outside)


@settings(max_examples=30, deadline=None)
@given(st.integers(10, 60), st.integers(10, 60), st.integers(1, 15), st.data())
def test_the_value_of_the_known_lies_between_lowest_and_highest(first, second, unknown, data):
    parts = [data.draw(st.integers(0, whole)) for whole in (first, second, unknown)]
    rows = [
        year("M1", 2026, numerator=sum(parts), denominator=first + second + unknown),
        year("M1", 2026, "F", numerator=parts[0], denominator=first),
        year("M1", 2026, "M", numerator=parts[1], denominator=second),
    ]
    found = say(measures=[SHARE], pm2_values=rows)["PM2.gaps"]
    if found.table is None:
        assert 4 * unknown > first + second + unknown
        return
    for line in found.table.rows:
        low, high = (float(one) for one in line[10].removesuffix(" %").split("–"))
        assert low <= float(line[2].removesuffix("*").removesuffix(" %")) <= high
