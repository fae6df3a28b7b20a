"""Who came to each meeting, in people: of a group of seven a percentage would say more than there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from equitybook.charts.layout import altair, finish
from equitybook.charts.theme import VALUE
from equitybook.codebook.wording import short_day
from equitybook.findings import Chart

_LABELLED = 6
"""Most meetings whose numbers still stand apart on a phone."""
_FEW = 3
"""Up to so many meetings the columns stand apart, or they would be blocks."""
_FLUSH = 24
"""Pixels from an end of the axis within which a day is written inwards: hanging over, it would be cut."""
_ROOM = 1.15
"""Of the largest number invited: room for the words above its column."""


@dataclass(frozen=True, slots=True)
class Attended:
    """One meeting: its day, how many came, and of how many invited."""

    day: dt.date
    came: int
    invited: int


def attendance(meetings: Sequence[Attended], *, title: str) -> Chart:
    """Draw a column per meeting, in order: filled as far as people came, in outline as far as they were invited.

    Days are words on the axis: what matters is one meeting after the other, not the gap between.
    """
    alt = altair()

    data = [
        {"at": short_day(one.day), "came": one.came, "invited": one.invited, "text": f"{one.came} of {one.invited}"}
        for one in meetings
    ]
    # Marks the eye can tell apart: with many meetings every second or third date is written, and every number is in the table.
    lines = "[slice(datum.label, 0, -5), slice(datum.label, -4)]"  # the year under its day
    axis = alt.Axis(labelAngle=0, labelExpr=lines, labelOverlap="parity", labelFlush=_FLUSH, grid=False, title=None)
    top = _ROOM * max((one.invited for one in meetings), default=1)
    y = {"title": "People", "scale": alt.Scale(domain=[0, top], nice=False), "axis": alt.Axis(tickMinStep=1, format="d")}
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X("at:N", sort=[one["at"] for one in data], axis=axis, scale=alt.Scale(padding=0.25 if len(data) > _FEW else 0.6)),
        tooltip=[alt.Tooltip("at:N", title="Meeting"), alt.Tooltip("text:N", title="Came, of those invited")],
    )
    invited = alt.Y("invited:Q", **y)
    layers = [
        base.mark_bar(style="link", fillOpacity=0, strokeDash=[2, 3], cornerRadius=2).encode(y=invited),
        base.mark_bar(color=VALUE, cornerRadius=2).encode(y=alt.Y("came:Q", **y)),
    ]
    if len(data) <= _LABELLED:
        layers.append(base.mark_text(dy=-10, style="label").encode(y=invited, text="text:N"))
    said = [f"{one['at']}: {one['text']} came" for one in data]
    return finish(alt.layer(*layers), title=title, said=said, height=220, note="Filled: came. Outline: invited.")
