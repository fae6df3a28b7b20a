"""Shares at a few dates: one line from 0 to 100 per cent, every point with its number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from equitybook.charts.layout import altair, finish, percent_axis
from equitybook.charts.theme import VALUE
from equitybook.charts.wording import percent
from equitybook.findings import Chart

_LABELLED = 8
"""Most points whose numbers still stand apart on a phone."""


@dataclass(frozen=True, slots=True)
class DatedShare:
    """One share (0 to 100) on one day; ``counted`` says it in numbers, for example ``"6 of 7"``."""

    day: dt.date
    share: float
    counted: str = ""


def dated_shares(points: Sequence[DatedShare], *, title: str, y_label: str) -> Chart:
    """Draw shares over time. Days are words on the axis, in order: what matters is one meeting after the other, not the gap between."""
    alt = altair()
    data = [{"at": _day(one.day), "share": one.share, "text": percent(one.share), "counted": one.counted} for one in points]
    # Marks the eye can tell apart: with many points every second or third date is written, and every number is in the table.
    axis = alt.Axis(labelAngle=0, labelOverlap="parity", grid=False, title=None)
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X("at:N", sort=[one["at"] for one in data], axis=axis, scale=alt.Scale(padding=0.5)),
        y=alt.Y("share:Q", title=None, scale=alt.Scale(domain=[0, 110]), axis=percent_axis(100)),
        tooltip=[
            alt.Tooltip("at:N", title="Date"),
            alt.Tooltip("text:N", title=y_label),
            alt.Tooltip("counted:N", title="Counted"),
        ],
    )
    line = base.mark_line(strokeWidth=2.5, color=VALUE)
    dots = base.mark_point(size=110, filled=True, opacity=1, color=VALUE)
    numbers = base.mark_text(dy=-14, style="label").encode(text="text:N")
    layers = [line, dots, numbers] if len(data) <= _LABELLED else [line, dots]
    said = [f"{one['at']}: {one['text']}" + (f" ({one['counted']})" if one["counted"] else "") for one in data]
    return finish(alt.layer(*layers), title=title, said=said, height=220)


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%b %Y}"
