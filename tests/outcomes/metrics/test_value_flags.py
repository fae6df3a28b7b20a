"""Values that cannot be, and what is said of them."""

from __future__ import annotations

import pytest

from equitybook.flags import Flag
from tests.outcomes.metrics.town import DAYS, SHARE, row, say, year


def test_more_counted_than_there_are_is_flagged_and_counted_nowhere():
    found = say(
        measures=[SHARE],
        pm2_values=[year("M1", 2026, numerator=30, denominator=20), year("M1", 2025, numerator=10, denominator=20)],
    )
    assert [one.flag for one in found["PM2.values"].flags] == [Flag.DATA_QUALITY]
    assert row(found["PM2.values"], "Everybody")[2] == "50.0 % (Jun 2025)"


def test_a_denominator_of_nobody_is_no_value_and_never_nothing():
    found = say(measures=[SHARE], pm2_values=[year("M1", 2026, numerator=0, denominator=0)])["PM2.values"]
    assert found.table is None
    assert "0" not in found.sentence


@pytest.mark.parametrize(
    "rows",
    [
        [year("M1", 2025, value=0.61), year("M1", 2026, value=0.62)],
        [year("M1", 2025, value=62), year("M1", 2026, value=0.62)],
        [year("M1", 2025, numerator=162, denominator=212), year("M1", 2026, value=0.78)],
    ],
)
def test_percentages_typed_as_shares_of_one_are_asked_about(rows):
    found = say(measures=[SHARE], pm2_values=rows)["PM2.values"]
    assert "0.62 is 62 percent" in found.flags[0].reason


@pytest.mark.parametrize(
    "rows",
    [
        [year("M1", 2025, value=0.5), year("M1", 2026, value=6)],
        [year("M1", 2025, numerator=8, denominator=1000), year("M1", 2026, value=0.7)],
        [year("M1", 2025, value=0), year("M1", 2026, value=62)],
    ],
)
def test_a_percentage_that_is_small_beside_small_ones_is_a_percentage(rows):
    assert not say(measures=[SHARE], pm2_values=rows)["PM2.values"].flags


def test_what_a_retired_measure_got_wrong_is_left_alone():
    retired = {**SHARE, "retired_on": "2026-01-01"}
    wrong = year("M1", 2026, numerator=30, denominator=20)
    assert not say(measures=[retired, DAYS], pm2_values=[wrong, year("M2", 2026, value=3)])["PM2.values"].flags


def test_a_value_of_no_measure_is_not_lost_silently():
    found = say(measures=[SHARE], pm2_values=[year("M7", 2026, value=1)])["PM2.values"]
    assert "not in your list" in found.flags[0].reason
