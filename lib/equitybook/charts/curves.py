"""Curves over years of service."""

from __future__ import annotations

from collections.abc import Sequence

from equitybook.charts.layout import altair, axis_title, finish, legend_below, percent_axis
from equitybook.charts.rows import Steps
from equitybook.charts.theme import CURVES, DASHES, SHAPES, cycle
from equitybook.charts.wording import after, percent
from equitybook.findings import Chart


def step_curve(series: Sequence[Steps], *, title: str, x_label: str, note: str = "") -> Chart:
    """Draw the share still here by years of service. Whole-year points are joined by straight lines; finer ones are drawn as steps.

    ``note`` says who is not drawn.
    """
    alt = altair()

    order = [one.label for one in series]
    data = [{"label": s.label, "years": t, "share": v, "text": percent(v)} for s in series for t, v in s.points]
    whole = all(float(t).is_integer() for s in series for t, _ in s.points)
    legend = legend_below(order) if len(order) > 1 else None
    color = alt.Color("label:N", sort=order, scale=alt.Scale(domain=order, range=cycle(CURVES, len(order))), legend=legend)
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X("years:Q", title=axis_title(x_label), axis=alt.Axis(tickMinStep=1, format="d", grid=False)),
        y=alt.Y("share:Q", title=None, scale=alt.Scale(domain=[0, 100]), axis=percent_axis(100)),
        color=color,
        tooltip=[
            alt.Tooltip("label:N", title="Group"),
            alt.Tooltip("years:Q", title=x_label),
            alt.Tooltip("text:N", title="Still here"),
        ],
    )
    line = base.mark_line(interpolate="linear" if whole else "step-after", strokeWidth=2.5).encode(
        strokeDash=alt.StrokeDash(
            "label:N", sort=order, scale=alt.Scale(domain=order, range=cycle(DASHES, len(order))), legend=None
        )
    )
    points = base.mark_point(size=80, filled=True, opacity=1).encode(
        shape=alt.Shape("label:N", sort=order, scale=alt.Scale(domain=order, range=cycle(SHAPES, len(order))), legend=legend)
    )
    said = [f"{s.label}: " + ", ".join(f"{percent(v)} {after(t)}" for t, v in _milestones(s.points)) for s in series]
    return finish(alt.layer(line, points) if whole else alt.layer(line), title=title, said=said, height=260, note=note)


def _milestones(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Pick the points worth reading aloud: all when few, else the last before each of 1, 2, 5, 10, 20 years, and the end."""
    if len(points) <= 12:  # noqa: PLR2004 - a sentence's worth
        return list(points)
    picked = [max((p for p in points if p[0] <= year), default=None) for year in (1, 2, 5, 10, 20)]
    return list(dict.fromkeys([p for p in picked if p is not None] + [points[-1]]))
