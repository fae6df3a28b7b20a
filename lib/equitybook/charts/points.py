"""Two points per group: what is, and what it is read against."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from equitybook.charts.layout import altair, bands, chart_height, finish, label_line, legend_below, percent_axis
from equitybook.charts.rows import Dumbbell
from equitybook.charts.theme import REFERENCE, VALUE
from equitybook.charts.wording import between, people, percent
from equitybook.findings import Chart

_BESIDE = 64
"""Pixels on both sides of the plot, for the numbers that stand outside the points."""


def dumbbell(rows: Sequence[Dumbbell], *, title: str, value_label: str, reference_label: str) -> Chart:
    """Draw two points per group on one line of 0 to 100 percent.

    Parameters
    ----------
    rows
        One per group, in the order shown.
    title
        What the picture is about, for its alternative text.
    value_label, reference_label
        Names of the two points, for example ``"staff"`` and ``"county workforce"``.

    Notes
    -----
    A circle and a diamond tell the two apart without colour; the margin of error is a pale bar behind the diamond.
    """
    alt = altair()
    data = [_point_row(row) for row in rows]
    top = max([v for d in data for v in (d["value"], d["reference"], d["high"]) if v is not None], default=100.0)
    x = {
        "title": None,
        "scale": alt.Scale(domain=[0, top or 1], padding=_BESIDE, nice=False, zero=False),
        "axis": percent_axis(top),
    }
    named = (
        ("name", "Group"),
        ("value_text", value_label.capitalize()),
        ("reference_text", reference_label.capitalize()),
        ("people", "People"),
    )
    tooltip = [alt.Tooltip(f"{key}:N", title=words) for key, words in named]
    base = alt.Chart(alt.Data(values=data)).encode(y=bands(data), tooltip=tooltip)
    both = (value_label, reference_label)
    margin = base.transform_filter("isValid(datum.low)").mark_bar(size=12, opacity=0.3, color=REFERENCE)
    link = base.transform_filter("isValid(datum.value) && isValid(datum.reference)").mark_rule(strokeWidth=3, style="link")
    layers = [
        margin.encode(x=alt.X("low:Q", **x), x2="high:Q"),
        link.encode(x=alt.X("value:Q", **x), x2="reference:Q"),
        _point(base, "reference", reference_label, x, both),
        _point(base, "value", value_label, x, both),
        *(_number(base, key, side, x) for key in ("value", "reference") for side in ("left", "right")),
        label_line(data),
    ]
    said = [
        f"{r.label}: {value_label} {percent(r.value)}, {reference_label} {percent(r.reference)}{between(r.low, r.high)}"
        for r in rows
    ]
    return finish(alt.layer(*layers), title=title, said=said, height=chart_height(data))


def _point(base: Any, key: str, words: str, x: Mapping[str, Any], both: Sequence[str]) -> Any:  # noqa: ANN401 - see layout.altair
    alt = altair()
    legend = legend_below(both)
    colour = alt.Color("which:N", scale=alt.Scale(domain=[*both], range=[VALUE, REFERENCE]), legend=legend)
    shape = alt.Shape("which:N", scale=alt.Scale(domain=[*both], range=["circle", "diamond"]), legend=legend)
    known = base.transform_filter(f"isValid(datum.{key})").transform_calculate(which=json.dumps(words))
    drawn = known.mark_point(size=160, filled=True, opacity=1)
    return drawn.encode(x=alt.X(f"{key}:Q", **x), color=colour, shape=shape)


def _number(base: Any, key: str, side: str, x: Mapping[str, Any]) -> Any:  # noqa: ANN401 - see layout.altair
    """Write the percentage outside its point, so that two near points never cover a number."""
    placed = base.transform_filter(f"isValid(datum.{key}) && datum.{key}_side === '{side}'")
    text = placed.mark_text(align="right" if side == "left" else "left", dx=-12 if side == "left" else 12, style="label")
    return text.encode(x=altair().X(f"{key}:Q", **x), text=f"{key}_text:N")


def _point_row(row: Dumbbell) -> dict[str, Any]:
    value_right = row.reference is None or (row.value is not None and row.value >= row.reference)
    return {
        "name": row.label, "value": row.value, "reference": row.reference, "low": row.low, "high": row.high,
        "value_text": percent(row.value), "reference_text": percent(row.reference), "people": people(row.n),
        "value_side": "right" if value_right else "left", "reference_side": "left" if value_right and row.value is not None else "right",
    }  # fmt: skip
