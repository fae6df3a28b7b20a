"""Attendance in people: every meeting with its two numbers, and no percentage of seven."""

from __future__ import annotations

import datetime as dt
import json

import altair

from equitybook import charts
from equitybook.charts.attendance import Attended, attendance

MET = [Attended(dt.date(2026, 10, 29), 7, 7), Attended(dt.date(2026, 11, 12), 5, 7), Attended(dt.date(2026, 12, 3), 0, 6)]


def test_every_meeting_says_how_many_came_of_how_many():
    chart = attendance(MET, title="Of 20 invited, 12 came")
    assert chart.alt == (
        "Of 20 invited, 12 came. 29 Oct 2026: 7 of 7 came. 12 Nov 2026: 5 of 7 came. 3 Dec 2026: 0 of 6 came. "
        "Filled: came. Outline: invited."
    )
    drawn = charts.svg(chart)
    for words in ("7 of 7", "5 of 7", "0 of 6", "29 Oct", "3 Dec", "2026", "People"):
        assert f">{words}<" in drawn
    assert "%" not in chart.alt
    altair.LayerChart.from_dict(json.loads(json.dumps(chart.spec)), validate=True)


def test_meetings_stay_in_order_and_many_bear_no_numbers_that_would_cover_each_other():
    many = [Attended(dt.date(2026, month, 1), month, 12) for month in range(1, 11)]
    chart = attendance(many, title="Who came")
    assert ">7 of 12<" not in charts.svg(chart)
    assert "1 Jul 2026: 7 of 12 came" in chart.alt
    assert [row["at"] for row in chart.spec["data"]["values"]][:2] == ["1 Jan 2026", "1 Feb 2026"]


def test_people_are_counted_on_the_axis_in_whole_numbers():
    drawn = charts.svg(attendance([Attended(dt.date(2026, 10, 1), 1, 2), Attended(dt.date(2026, 10, 8), 2, 2)], title="Who came"))
    assert ">2<" in drawn
    assert ">1.5<" not in drawn
