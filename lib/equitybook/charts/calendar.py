"""The foot of a picture over time: months, each written once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from equitybook.charts.layout import altair

_APART = (1, 2, 3, 6, 12, 24, 60, 120)
"""Months from one mark to the next."""
_DAYS, _MARKS = 30.44, 6
_FLUSH = 36
"""Pixels from an end of the axis within which a month is written inwards: hanging over, it would take the picture's width."""


def months(first: dt.date, last: dt.date) -> Any:  # noqa: ANN401 - see layout.altair
    """Mark up to six months between two days. By the week, the same month would be written four times; on a phone every second is left out."""
    alt = altair()
    count = (last - first).days / _DAYS
    step = next((one for one in _APART if count <= _MARKS * one), _APART[-1])
    interval, every = ("month", step) if step < 12 else ("year", step // 12)  # noqa: PLR2004 - months of a year
    ticks = alt.TimeIntervalStep(interval=interval, step=every)
    return alt.Axis(format="%b %Y", tickCount=ticks, labelOverlap=True, labelFlush=_FLUSH, grid=False, labelPadding=6)
