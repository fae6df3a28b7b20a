"""What a gap is marked with: beyond chance, below the line with few people, no signal, not enough data."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equitybook.flags import FLAG_TEXTS, Flag
from tests.outcomes.metrics.town import SHARE, say, year

OTHER = {**SHARE, "measure_id": "M3", "name": "Answered on the same day"}


def of(code: str, own: tuple[int, int], others: tuple[int, int], group: str = "East side") -> list[dict]:
    everybody = {"numerator": own[0] + others[0], "denominator": own[1] + others[1]}
    return [year(code, 2026, **everybody), year(code, 2026, group, numerator=own[0], denominator=own[1])]


def marks(*measures: dict, rows: list[dict]) -> list[tuple[Flag, str]]:
    return [(one.flag, one.group) for one in say(measures=list(measures), pm2_values=rows)["PM2.gaps"].flags]


def test_seven_of_twelve_beside_sixty_percent_are_no_signal():
    # 58.3 % against 60.1 %: 97 % of it, far from four fifths
    assert marks(SHARE, rows=of("M1", (7, 12), (101, 168))) == [(Flag.NO_SIGNAL, "M1")]


def test_few_people_below_four_fifths_are_below_the_line_in_the_flags_own_words():
    # 4 of 15 against 30 of 60: 53 % of it, and chance may explain that
    [flag] = say(measures=[SHARE], pm2_values=of("M1", (4, 15), (30, 60)))["PM2.gaps"].flags
    assert flag.flag is Flag.BELOW_REFERENCE_SMALL_N
    assert FLAG_TEXTS[Flag.BELOW_REFERENCE_SMALL_N] in flag.reason
    assert "four fifths" in flag.reason


@pytest.mark.parametrize(("part", "flag"), [(8, Flag.NO_SIGNAL), (7, Flag.BELOW_REFERENCE_SMALL_N)])
def test_exactly_four_fifths_is_not_below_the_line(part: int, flag: Flag):
    # 8 of 16 beside 50 of 80 is 0.5 / 0.625 = 0.8
    assert marks(SHARE, rows=of("M1", (part, 16), (50, 80))) == [(flag, "M1" if flag is Flag.NO_SIGNAL else "M1: East side")]


@pytest.mark.parametrize(("part", "flag"), [(39, Flag.BELOW_REFERENCE_SMALL_N), (38, Flag.NO_SIGNAL)])
def test_twenty_or_more_are_few_where_one_person_would_lift_them_to_the_line(part: int, flag: Flag):
    # Four fifths of 50 of 100 are 40 of 100: 39 need one person, 38 need two.
    assert marks(SHARE, rows=of("M1", (part, 100), (50, 100)))[0][0] is flag


def test_a_rare_bad_result_is_not_below_the_line_for_doubling():
    # 2 of 15 against 6 of 100: 87 % were spared against 94 %
    assert marks({**SHARE, "direction": "DOWN"}, rows=of("M1", (2, 15), (6, 100))) == [(Flag.NO_SIGNAL, "M1")]


def test_beyond_chance_and_below_the_line_are_told_in_the_flags_own_words():
    [flag] = say(measures=[SHARE], pm2_values=of("M1", (30, 200), (120, 400)))["PM2.gaps"].flags
    assert flag.flag is Flag.LOOK_CLOSER
    assert FLAG_TEXTS[Flag.LOOK_CLOSER] in flag.reason


def test_beyond_chance_but_not_below_the_line_is_not_said_to_be_below_it():
    [flag] = say(measures=[SHARE], pm2_values=of("M1", (1700, 2000), (1800, 2000)))["PM2.gaps"].flags
    assert flag.flag is Flag.LOOK_CLOSER
    assert "reference line" not in flag.reason


def test_a_measure_without_signal_says_so_beside_one_that_is_marked():
    rows = [*of("M1", (30, 200), (120, 400)), *of("M3", (50, 100), (52, 100))]
    assert marks(SHARE, OTHER, rows=rows) == [(Flag.LOOK_CLOSER, "M1: East side"), (Flag.NO_SIGNAL, "M3")]


def test_a_group_that_fares_better_beyond_chance_is_not_called_no_difference():
    [flag] = say(measures=[SHARE], pm2_values=of("M1", (180, 200), (240, 400)))["PM2.gaps"].flags
    assert flag.flag is Flag.NO_SIGNAL
    assert FLAG_TEXTS[Flag.NO_SIGNAL] not in flag.reason
    assert "stands behind" in flag.reason


def test_a_measure_with_groups_of_fewer_than_ten_has_not_enough_data():
    rows = [*of("M1", (30, 200), (120, 400)), *of("M3", (3, 9), (20, 51))]
    assert marks(SHARE, OTHER, rows=rows)[1] == (Flag.NOT_ENOUGH_DATA, "M3")
    assert marks(OTHER, rows=of("M3", (3, 9), (20, 51))) == [(Flag.NOT_ENOUGH_DATA, "M3")]


@settings(max_examples=40, deadline=None)
@given(st.integers(10, 40), st.integers(10, 80), st.data())
def test_every_measure_that_is_compared_says_something_and_below_the_line_is_only_what_few_people_could_change(first, second, data):
    own, others = data.draw(st.integers(0, first)), data.draw(st.integers(0, second))
    found = say(measures=[SHARE], pm2_values=of("M1", (own, first), (others, second)))["PM2.gaps"].flags
    assert found
    for flag in found:
        if flag.flag is Flag.BELOW_REFERENCE_SMALL_N:
            assert 5 * own * second < 4 * others * first
            assert first < 20 or 5 * (own + 1) * second >= 4 * others * first
