"""The gate: what is hidden never reaches a presenter, and nobody else can make what it makes."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from equitybook.disclosure import Released, Tier, release, require_released
from equitybook.errors import DisclosureError
from equitybook.findings import TOTAL, Curve, Finding, Measured, Statistic
from tests.disclosure.made import dimension, table

RACE = dimension("race", 3, labels=("WHITE", "HISP", "AIAN"))
JOB = dimension("job", 3)
STAFF = table([[30, 24, 20], [12, 9, 11], [1, 0, 0]], name="staff", rows=RACE, columns=JOB)
MEASURED = Measured(
    counts={"staff": STAFF},
    statistics=(
        Statistic("pay", "WHITE", 61_000, n=70, counted_in="staff"),
        Statistic("pay", "AIAN", 99_000, n=1, counted_in="staff"),
        Statistic("pay", "HISP", 55_000, n=9, counted_in="staff"),
        Statistic("pay", "WHITE/j0", 64_000, n=30, counted_in="staff"),
        Statistic("pay", "WHITE", 1, n=30, counted_in="nowhere"),
        Statistic("payroll", TOTAL, 107, n=107),
    ),
    curves=(
        Curve("tenure", "WHITE", tuple((t / 4, 1 - t / 41, 74 - t) for t in range(41)), counted_in="staff"),
        Curve("tenure", "AIAN", ((0.0, 1.0, 20), (1.0, 0.5, 19), (2.0, 0.4, 18)), counted_in="staff"),
    ),
    facts={"source": "Staff list"},
)


def seen(tier: Tier) -> Measured:
    """What a presenter is given."""
    given: list[Measured] = []

    def present(measured: Measured) -> tuple[Finding, ...]:
        given.append(measured)
        return (Finding("f", "m", "Title"),)

    release(MEASURED, present, tier)
    return given[0]


def test_the_presenter_never_sees_a_small_number() -> None:
    cells = seen(Tier.T2).counts["staff"].cells
    assert cells["AIAN", TOTAL] is None
    assert all(value is None or value == 0 or value >= 5 for value in cells.values())


def test_the_participants_own_workbook_shows_everything_and_says_whose_it_is() -> None:
    assert seen(Tier.T1) is MEASURED
    released = release(MEASURED, lambda _: (), Tier.T1)
    assert released.tier is Tier.T1
    assert "Do not pass this on" in released.notices[0]


def test_a_wider_circle_sees_no_more_than_the_coach() -> None:
    coach, public = seen(Tier.T2).counts["staff"].cells, seen(Tier.T3).counts["staff"].cells
    assert {at for at, value in coach.items() if value is None} <= {at for at, value in public.items() if value is None}


def test_a_median_needs_ten_people_and_a_group_that_is_shown() -> None:
    values = {(one.id, one.group, one.counted_in): one.value for one in seen(Tier.T2).statistics}
    assert values["pay", "WHITE", "staff"] == 61_000
    assert values["payroll", TOTAL, ""] == 107
    assert values["pay", "AIAN", "staff"] is None
    assert values["pay", "HISP", "staff"] is None
    assert values["pay", "WHITE", "nowhere"] is None


def test_the_number_behind_a_hidden_statistic_is_hidden_too() -> None:
    assert {one.n for one in seen(Tier.T2).statistics if one.value is None} == {0}


def test_people_without_a_value_cannot_be_counted_from_the_number_behind_a_median() -> None:
    assert next(one.n for one in seen(Tier.T2).statistics if one.group == "WHITE") == STAFF.at(row="WHITE") == 74


def test_curves_keep_whole_years_and_whole_percentages_of_groups_that_are_shown() -> None:
    curves = seen(Tier.T2).curves
    assert [one.group for one in curves] == ["WHITE"]
    for years, share, followed in curves[0].points:
        assert years.is_integer()
        assert round(share, 2) == share
        assert followed % 10 == 0
        assert followed >= 10


def test_facts_pass_as_they_are() -> None:
    assert seen(Tier.T2).facts == MEASURED.facts


def test_notices_say_in_plain_words_what_is_hidden() -> None:
    said = " ".join(release(MEASURED, lambda _: (), Tier.T2).notices)
    assert "1 to 4 people are not shown" in said
    assert "!" not in said


def test_released_findings_cannot_be_made_anywhere_else() -> None:
    released = release(MEASURED, lambda _: (), Tier.T2)
    with pytest.raises(DisclosureError, match=r"release\(measured"):
        Released((), Tier.T2, (), Tier.T2.thresholds)
    with pytest.raises(DisclosureError):
        Released((), Tier.T2, (), Tier.T2.thresholds, gate=object())
    with pytest.raises((DisclosureError, ValueError, TypeError)):
        dataclasses.replace(released, tier=Tier.T1)


@pytest.mark.parametrize("clone", [copy.copy, copy.deepcopy, pickle.dumps])
def test_released_findings_are_not_copied_or_pickled(clone: object) -> None:
    with pytest.raises(DisclosureError, match="not copied"):
        clone(release(MEASURED, lambda _: (), Tier.T2))  # type: ignore[operator]


def test_a_forged_object_is_not_taken_for_a_released_one() -> None:
    forged = object.__new__(Released)
    with pytest.raises(DisclosureError):
        require_released(forged)
    with pytest.raises(DisclosureError):
        require_released((Finding("f", "m", "t"),))


def test_findings_of_a_release_cannot_be_exchanged() -> None:
    released = release(MEASURED, lambda _: (), Tier.T2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        released.findings = (Finding("f", "m", "t"),)  # type: ignore[misc]
    assert require_released(released) is released
