"""Shares at a few dates: every number on the picture and in its words."""

from __future__ import annotations

import datetime as dt
import json

import altair

from equitybook import charts
from equitybook.charts.dated import DatedShare, dated_shares

POINTS = [DatedShare(dt.date(2026, 10, day), share, f"{day} of 12") for day, share in ((3, 25.0), (6, 50.0), (12, 100.0))]


def test_every_point_stands_on_the_picture_and_in_its_words():
    chart = dated_shares(POINTS, title="Who came", y_label="Came")
    assert chart.alt == "Who came. 3 Oct 2026: 25 % (3 of 12). 6 Oct 2026: 50 % (6 of 12). 12 Oct 2026: 100 % (12 of 12)."
    drawn = charts.svg(chart)
    for words in ("25 %", "50 %", "100 %", "3 Oct 2026", "12 Oct 2026"):
        assert f">{words}<" in drawn
    altair.LayerChart.from_dict(json.loads(json.dumps(chart.spec)), validate=True)


def test_dates_stay_in_order_and_many_points_bear_no_numbers_that_would_cover_each_other():
    many = [DatedShare(dt.date(2026, month, 1), 10.0 * month) for month in range(1, 11)]
    chart = dated_shares(many, title="Who came", y_label="Came")
    assert ">70 %<" not in charts.svg(chart)
    assert "1 Jul 2026: 70 %" in chart.alt
    assert [row["at"] for row in chart.spec["data"]["values"]][:2] == ["1 Jan 2026", "1 Feb 2026"]
