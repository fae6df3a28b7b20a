"""Values over time: one panel per measure, one above the other on the same calendar, drawn as one picture.

The panels are laid out here, in pixels from the top, and drawn in a single layered view: only such a view takes the width of the
page, so that the same specification reads at 360 pixels and at 1,280.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any

from equitybook.charts.calendar import months
from equitybook.charts.layout import altair, finish, legend_below
from equitybook.charts.theme import DASHES, REFERENCE, UNKNOWN_GREY, VALUE, cycle
from equitybook.findings import Chart

_LINE, _PLOT, _GAP = 18, 140, 22
_BOLD, _WIDEST = 31, 34
"""Letters of 14 pixels that fit beside each other on a phone."""
_APART = 16
"""Pixels between two numbers at the end of their lines."""
_CLEAR = 11
"""Pixels from the baseline to the middle of a number beside it."""
_HEAD = 28
"""Pixels between the words above a panel and its highest line, whose own number stands between them."""
_LEFT, _RIGHT = 0.27, 0.2
"""Shares of the time shown that are left free: for the scale's numbers, and for the last values."""
_GROUPS = ("#117a65", "#8e5ea2", "#8a4b00", "#cc79a7", "#5c5cc4")
_SHAPES = ("circle", "square", "triangle-up", "cross", "triangle-down")
"""No diamond among them: that is the target's."""
_STEPS = (1, 2, 2.5, 5, 10)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RunPoint:
    """One value: the last day of its period, and the period in words. ``n`` is the number of people behind it, where known."""

    at: dt.date
    value: float
    when: str
    n: float | None = None


@dataclass(frozen=True, slots=True)
class RunLine:
    """The values of everybody, or of one group, in order of time."""

    label: str
    points: tuple[RunPoint, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure. The first line is everybody's.

    ``before`` and ``after`` are written around every value (``"$"``, ``" %"``). ``earlier`` are values of the measure this one
    replaced, drawn apart, and ``broken_on`` the first day that is counted by the new definition. ``bounds`` are values the unit cannot pass (0 and 100 for percentages).
    """

    label: str
    lines: tuple[RunLine, ...]
    before: str = ""
    after: str = ""
    baseline: float | None = None
    target: float | None = None
    target_on: dt.date | None = None
    earlier: tuple[RunPoint, ...] = ()
    broken_on: dt.date | None = None
    bounds: tuple[float | None, float | None] = (0, None)

    def write(self, value: float) -> str:
        """Write a value in the measure's unit."""
        return f"{self.before}{_plain(value)}{self.after}"


def run_chart(panels: Sequence[Panel], *, title: str) -> Chart:
    """Draw each measure's values over time, with its baseline as a dashed line and its target as a diamond.

    Parameters
    ----------
    panels
        One per measure, in the order shown. A panel without a value is left out.
    title
        What the picture is about, for its alternative text.

    Notes
    -----
    Groups are told apart by shape and dash as well as by colour; the words above each panel say baseline and target, so that no
    two labels can cover each other inside it.
    """
    shown = [one for one in panels if any(line.points for line in (*one.lines, *_before(one)))]
    alt = altair()
    if not shown:
        return finish(alt.layer(alt.Chart(alt.Data(values=[])).mark_point()), title=title, said=[], height=_PLOT)
    tops = _tops(shown)
    height = int(tops[-1] + _PLOT)
    drawn = [_Drawn(one, top) for one, top in zip(shown, tops, strict=True)]
    labels = list(dict.fromkeys(line.label for one in shown for line in one.lines if line.points))
    days = _domain(shown)
    scales = {
        "y": alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False, zero=False)),
        "x": alt.X(
            "at:T",
            title=None,
            axis=months(*days),
            scale=alt.Scale(type="utc", domain=[day.isoformat() for day in days], nice=False),
        ),
    }
    layers = [*_frame(drawn, scales), *_marks(drawn, scales), *_lines(drawn, labels, scales), *_words(drawn, scales)]
    return finish(alt.layer(*layers), title=title, said=[_said(one) for one in shown], height=height)


class _Drawn:
    """One panel with its place: what stands where, in pixels from the top."""

    def __init__(self, panel: Panel, top: float) -> None:
        self.panel, self.top = panel, top
        self.ticks = _ticks([*_values(panel)], panel.bounds)
        self.first = min(point.at for line in (*panel.lines, *_before(panel)) for point in line.points)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return round(self.top + _PLOT * (high - value) / (high - low), 2)

    def point(self, one: RunPoint, label: str) -> Row:
        row = {
            "at": one.at.isoformat(),
            "y": self.y(one.value),
            "label": label,
            "panel": self.top,
            "text": self.panel.write(one.value),
        }
        return {**row, "when": one.when, "people": "not known" if one.n is None else f"{one.n:,.0f}"}

    def ends(self) -> Iterator[Row]:
        """Place the last value of each line to its right, none over another, over the baseline or below the plot."""
        last = sorted(
            (self.point(line.points[-1], line.label) for line in self.panel.lines if line.points), key=lambda row: row["y"]
        )
        level = None if self.panel.baseline is None else self.y(self.panel.baseline)
        taken = -1e9
        placed = []
        for row in last:
            y = max(row["y"], taken + _APART)
            if level is not None and abs(y - level) < _CLEAR:
                above = y <= level and level - _CLEAR >= taken + _APART
                y = level - _CLEAR if above else level + _CLEAR
            taken = y
            placed.append(y)
        room = self.top + _PLOT
        for row, y in zip(reversed(last), reversed(placed), strict=True):
            yield {**row, "y": min(y, room)}
            room = min(y, room) - _APART


def _before(panel: Panel) -> tuple[RunLine, ...]:
    return (RunLine("Before it was defined anew", panel.earlier),) if panel.earlier else ()


def _values(panel: Panel) -> Iterator[float]:
    yield from (point.value for line in (*panel.lines, *_before(panel)) for point in line.points)
    yield from (one for one in (panel.baseline, panel.target) if one is not None)


def _ticks(values: Sequence[float], bounds: tuple[float | None, float | None]) -> list[float]:
    """Choose three to five round marks around the values, not past what the unit allows."""
    low, high = min(values), max(values)
    if high - low < 0.05 * max(abs(high), 1e-9):  # a flat line is drawn flat, not as noise
        low, high = low - 0.1 * (abs(low) or 1), high + 0.1 * (abs(high) or 1)
    size = 10.0 ** floor(log10((high - low) / 3))
    step = next(size * one for one in _STEPS if size * one >= (high - low) / 3)
    first, last = int(low // step), int(-(-high // step))
    ticks = [round(at * step, 10) for at in range(first, last + 1)]
    kept = [one for one in ticks if (bounds[0] is None or one >= bounds[0]) and (bounds[1] is None or one <= bounds[1])]
    return kept if len(kept) > 1 else ticks


def _tops(panels: Sequence[Panel]) -> list[float]:
    """Give the top of each panel's plot: its words stand above it."""
    tops, at = [], 0.0
    for one in panels:
        at += _LINE * (len(_heading(one)) + len(_under(one))) + _HEAD
        tops.append(at)
        at += _PLOT + _GAP
    return tops


def _heading(panel: Panel) -> list[str]:
    return textwrap.wrap(panel.label, _BOLD) or [""]


def _marked(panel: Panel) -> list[str]:
    """Say baseline, target and break in words."""
    said = [f"Baseline {panel.write(panel.baseline)} (dashed line)"] if panel.baseline is not None else []
    if panel.target is not None:
        by = "" if panel.target_on is None else f" by {panel.target_on:%b %Y}"
        said.append(f"Target {panel.write(panel.target)}{by} (diamond)")
    if panel.broken_on is not None:
        said.append(f"Counted anew from {panel.broken_on:%b %Y} (dotted)")
    return said


def _under(panel: Panel) -> list[str]:
    """Break those words into lines, each its own."""
    return [line for words in _marked(panel) for line in textwrap.wrap(words, _WIDEST)]


def _domain(panels: Sequence[Panel]) -> tuple[dt.date, dt.date]:
    days = [point.at for one in panels for line in (*one.lines, *_before(one)) for point in line.points]
    days += [one.target_on for one in panels if one.target is not None and one.target_on is not None]
    days += [one.broken_on for one in panels if one.broken_on is not None]
    first, last = min(days), max(days)
    span = max((last - first).days, 180)
    return first - dt.timedelta(days=_LEFT * span), last + dt.timedelta(days=_RIGHT * span)


def _frame(drawn: Sequence[_Drawn], scales: dict[str, Any]) -> list[Any]:
    """Draw the quiet lines of each scale with their numbers, and the words above each panel."""
    alt = altair()
    marks = [{"y": one.y(tick), "text": one.panel.write(tick)} for one in drawn for tick in one.ticks]
    heads = [
        {"y": one.top - _HEAD + 2 - _LINE * (len(words) - 1 - at), "text": text, "head": at < len(_heading(one.panel))}
        for one in drawn
        for words in [[*_heading(one.panel), *_under(one.panel)]]
        for at, text in enumerate(words)
    ]
    grid = alt.Chart(alt.Data(values=marks)).encode(y=scales["y"])
    words = alt.Chart(alt.Data(values=heads)).encode(y=scales["y"], x=alt.value(0), text="text:N")
    return [
        grid.mark_rule(strokeWidth=1, opacity=0.25, style="link").encode(x=alt.value(0), x2=alt.value("width")),
        grid.mark_text(align="left", baseline="bottom", dy=-2, opacity=0.8, style="label").encode(x=alt.value(0), text="text:N"),
        words.transform_filter("datum.head").mark_text(align="left", baseline="bottom", fontWeight="bold", style="label"),
        words.transform_filter("!datum.head").mark_text(align="left", baseline="bottom", style="label"),
    ]


def _marks(drawn: Sequence[_Drawn], scales: dict[str, Any]) -> list[Any]:
    """Draw baselines, targets and breaks."""
    alt = altair()
    # From the first value on: the scale's own numbers stand to its left.
    level = [{"y": one.y(one.panel.baseline), "at": one.first.isoformat()} for one in drawn if one.panel.baseline is not None]
    aims = [
        {
            "y": one.y(one.panel.target),
            "at": one.panel.target_on.isoformat(),
            "text": one.panel.write(one.panel.target),
            "which": "Target",
        }
        for one in drawn
        if one.panel.target is not None and one.panel.target_on is not None
    ]
    breaks = [
        {"y": one.top, "foot": one.top + _PLOT, "at": one.panel.broken_on.isoformat()}
        for one in drawn
        if one.panel.broken_on is not None
    ]
    before = [one.point(point, "Before") for one in drawn for point in one.panel.earlier]
    tooltip = [alt.Tooltip("which:N", title="What"), alt.Tooltip("text:N", title="Value")]
    old = alt.Chart(alt.Data(values=before)).encode(x=scales["x"], y=scales["y"], detail="panel:N", tooltip=_tooltip())
    return [
        alt.Chart(alt.Data(values=level)).mark_rule(strokeDash=[6, 4], strokeWidth=1.5, style="link").encode(
            x=scales["x"], y=scales["y"], x2=alt.value("width")
        ),
        alt.Chart(alt.Data(values=breaks)).mark_rule(strokeDash=[2, 3], strokeWidth=2, style="interval").encode(
            x=scales["x"], y=scales["y"], y2="foot:Q"
        ),
        old.mark_line(color=UNKNOWN_GREY, strokeWidth=2),
        old.mark_point(color=UNKNOWN_GREY, filled=True, size=60, opacity=1),
        alt.Chart(alt.Data(values=aims)).mark_point(shape="diamond", color=REFERENCE, filled=True, size=170, opacity=1).encode(
            x=scales["x"], y=scales["y"], tooltip=tooltip
        ),
    ]  # fmt: skip


def _lines(drawn: Sequence[_Drawn], labels: Sequence[str], scales: dict[str, Any]) -> list[Any]:
    alt = altair()
    data = [one.point(point, line.label) for one in drawn for line in one.panel.lines for point in line.points]
    count, legend = len(labels), _legend(labels) if len(labels) > 1 else None
    colours = [VALUE, *cycle(_GROUPS, max(0, count - 1))][:count]
    colour = alt.Color("label:N", sort=list(labels), scale=alt.Scale(domain=list(labels), range=colours), legend=legend)
    dash = alt.StrokeDash(
        "label:N", sort=list(labels), scale=alt.Scale(domain=list(labels), range=cycle(DASHES, count)), legend=None
    )
    shape = alt.Shape(
        "label:N", sort=list(labels), scale=alt.Scale(domain=list(labels), range=cycle(_SHAPES, count)), legend=legend
    )
    base = alt.Chart(alt.Data(values=data)).encode(x=scales["x"], y=scales["y"], color=colour, detail="panel:N", tooltip=_tooltip())
    return [
        base.mark_line(strokeWidth=2.5).encode(strokeDash=dash),
        base.mark_point(size=80, filled=True, opacity=1).encode(shape=shape),
    ]


def _legend(labels: Sequence[str]) -> Any:  # noqa: ANN401 - see layout.altair
    # Without a stroke of its own a filled symbol is not drawn with its line's dashes around it.
    return legend_below(labels, symbolStrokeWidth=0)


def _words(drawn: Sequence[_Drawn], scales: dict[str, Any]) -> list[Any]:
    alt = altair()
    ends = alt.Chart(alt.Data(values=[row for one in drawn for row in one.ends()]))
    return [ends.mark_text(align="left", dx=9, style="label").encode(x=scales["x"], y=scales["y"], text="text:N")]


def _tooltip() -> list[Any]:
    alt = altair()
    named = (("label", "Group"), ("when", "Period"), ("text", "Value"), ("people", "People"))
    return [alt.Tooltip(f"{key}:N", title=words) for key, words in named]


def _said(panel: Panel) -> str:
    """Put one panel into words, every number in it."""
    lines = [
        f"{line.label}: " + ", ".join(f"{panel.write(point.value)} in {point.when}" for point in line.points)
        for line in (*_before(panel), *panel.lines)
        if line.points
    ]
    return f"{panel.label}. " + ". ".join([*_marked(panel), *lines])


def _plain(value: float) -> str:
    return f"{round(value, 1):,.0f}" if float(round(value, 1)).is_integer() else f"{value:,.1f}"
