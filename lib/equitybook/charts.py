"""Charts: one theme, one palette, words for every picture.

Each builder takes small frozen rows (per cent from 0 to 100, or years) and returns a ``Chart``: a Vega-Lite specification
with its own data and an alternative text with the numbers. The page draws it in the browser (``width: container``); documents
and saved pages get the same picture from ``svg``.

Colours of text and lines stand in the specification's ``config`` only, marks refer to them by named styles: a page in the dark
merges ``theme(dark=True)`` over ``config`` and nothing else changes. Meaning never rests on colour alone: shapes, direct labels
and dashes carry it too.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from equitybook.findings import Chart

if TYPE_CHECKING:
    import altair as alt

FONT = "Public Sans, Source Sans 3, system-ui, Segoe UI, Liberation Sans, Arial, sans-serif"
PALETTE: tuple[str, ...] = (
    "#005ea2", "#e69f00", "#117a65", "#cc79a7", "#56b4e9", "#8a4b00", "#6c2c83", "#999933", "#b0413e", "#3a3a8c",
)  # fmt: skip
"""Colours for groups, after Okabe and Ito: told apart by colour-blind eyes, and in order of lightness next to each other."""
NOT_SHOWN, UNKNOWN_GREY = "#e3e6e8", "#71767a"
NOT_SHOWN_LABEL = "Not shown"
_LIGHT = {"ink": "#1b1b1b", "soft": "#565c65", "line": "#c6cace", "paper": "#ffffff", "value": "#005ea2", "reference": "#8a4b00"}
_DARK = {"ink": "#f0f0f0", "soft": "#a9b1b8", "line": "#4a5056", "paper": "#1b1b1b", "value": "#73b3e7", "reference": "#e0a458"}
_ROW, _LABEL_WIDTH, _MAX_SHARE = 44, 24, 8.0
DASHES: tuple[tuple[int, ...], ...] = ((1, 0), (7, 4), (2, 3), (9, 3, 2, 3))
SHAPES: tuple[str, ...] = ("circle", "square", "triangle-up", "diamond", "cross")


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """One group's share beside its reference. ``low`` and ``high`` bound the reference (its margin of error); None is not shown."""

    label: str
    value: float | None
    reference: float | None
    low: float | None = None
    high: float | None = None
    n: float | None = None


@dataclass(frozen=True, slots=True)
class RateBar:
    """One rate with its 95 % interval. ``group`` sets bars of the same label side by side; None is not shown."""

    label: str
    rate: float | None
    low: float | None
    high: float | None
    n: float | None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Shares:
    """One bar of 100 per cent: shares by group in the order of the stack; what is missing to 100 is drawn as not shown."""

    label: str
    n: float | None
    shares: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Steps:
    """One survival curve: points of (years, per cent still here), in order of time."""

    label: str
    points: tuple[tuple[float, float], ...]


def theme(*, dark: bool = False) -> dict[str, Any]:
    """The Vega-Lite ``config`` of every chart, for paper or for a dark page."""
    ink = _DARK if dark else _LIGHT
    axis = {
        "labelFontSize": 14, "titleFontSize": 14, "titleFontWeight": "normal", "labelColor": ink["ink"], "titleColor": ink["soft"],
        "gridColor": ink["line"], "domainColor": ink["line"], "tickColor": ink["line"], "labelLimit": 0, "gridOpacity": 0.6,
    }  # fmt: skip
    legend = {"labelFontSize": 14, "labelColor": ink["ink"], "labelLimit": 0, "title": None, "orient": "bottom", "symbolSize": 130}
    return {
        "background": "transparent",
        "font": FONT,
        "aria": False,  # the picture is named as a whole; hundreds of nameless marks would be read out one by one
        "view": {"stroke": None},
        "axis": axis,
        "legend": legend,
        "text": {"fontSize": 14, "color": ink["ink"]},
        "range": {"category": list(PALETTE)},
        "style": {
            "value": {"fill": ink["value"], "stroke": ink["value"]},
            "reference": {"fill": ink["paper"], "stroke": ink["reference"], "strokeWidth": 3},
            "range": {"stroke": ink["reference"]},
            "interval": {"stroke": ink["ink"]},
            "link": {"stroke": ink["soft"]},
            "segment": {"stroke": ink["paper"]},
            "note": {"fill": ink["soft"]},
        },
    }


def dumbbell(rows: Sequence[Dumbbell], *, title: str, value_label: str, reference_label: str) -> Chart:
    """Two points per group on one line of 0 to 100 per cent: what is, and what it is read against.

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
    Filled and open circles tell the two apart without colour; the margin of error is a thin bar behind the open one.
    """
    import altair as alt

    data = [_dumbbell_row(row) for row in rows]
    top = max([v for d in data for v in (d["value"], d["reference"], d["high"]) if v is not None], default=100.0)
    x = alt.X("value:Q", title=None, scale=alt.Scale(domain=[0, _ceiling(top)]), axis=_percent_axis())
    base = alt.Chart(alt.Data(values=data)).encode(y=_labels(data), tooltip=_tooltips(value_label, reference_label))
    ends = [(key, where, -13 if where == "left" else 13) for key in ("value", "reference") for where in ("left", "right")]
    known = {key: f"isValid(datum.{key})" for key in ("value", "reference", "low")}
    layers = [
        base.transform_filter(known["low"]).mark_bar(size=12, opacity=0.25, style="range").encode(x=x.copy(), x2="high:Q"),
        base.transform_filter(f"{known['value']} && {known['reference']}").mark_rule(strokeWidth=3, style="link").encode(
            x=x.copy(), x2="reference:Q"),
        base.transform_filter(known["reference"]).mark_point(size=130, filled=True, style="reference", opacity=1).encode(
            x=alt.X("reference:Q"), shape=_named_shapes(value_label, reference_label, reference_label)),
        base.transform_filter(known["value"]).mark_point(size=170, filled=True, style="value", opacity=1).encode(
            x=x, shape=_named_shapes(value_label, reference_label, value_label)),
        *(base.transform_filter(f"{known[key]} && datum.{key}_side === '{where}'")
          .mark_text(align="right" if where == "left" else "left", dx=dx, **({} if key == "value" else {"style": "note"}))
          .encode(x=alt.X(f"{key}:Q"), text=f"{key}_text:N") for key, where, dx in ends),
    ]  # fmt: skip
    layers[0] = layers[0].encode(x=alt.X("low:Q", title=None, scale=alt.Scale(domain=[0, _ceiling(top)]), axis=_percent_axis()))
    said = [
        f"{r.label}: {value_label} {percent(r.value)}, {reference_label} {percent(r.reference)}{_between(r.low, r.high)}" for r in rows
    ]
    return _finish(alt.layer(*layers), title=title, said=said)


def rate_bars(rows: Sequence[RateBar], *, title: str, x_label: str) -> Chart:
    """A bar per rate with its interval and, at its end, the rate in words. Bars of one label with different groups stand together."""
    import altair as alt

    grouped = any(row.group for row in rows)
    data = [_rate_row(row) for row in rows]
    top = max([v for d in data for v in (d["rate"], d["high"]) if v is not None], default=100.0)
    scale = alt.Scale(domain=[0, _ceiling(top * 1.22)])
    tooltip = [alt.Tooltip(f"{k}:N", title=t) for k, t in (("name", "Group"), ("group", "Kind"), ("text", x_label), ("span", "95 % interval"), ("people", "People"))]
    base = alt.Chart(alt.Data(values=data)).encode(y=_labels(data), tooltip=[t for t in tooltip if grouped or t.shorthand != "group:N"])
    if grouped:
        order = list(dict.fromkeys(row.group for row in rows))
        base = base.encode(yOffset=alt.YOffset("group:N", sort=order))
        fill = {"color": alt.Color("group:N", sort=order, legend=_legend())}
    else:
        fill = {}
    bars = base.mark_bar(height=alt.RelativeBandSize(0.7), **({} if grouped else {"style": "value"})).encode(
        x=alt.X("rate:Q", title=x_label, scale=scale, axis=_percent_axis(x_label)), **fill
    )
    marks = [
        bars,
        base.transform_filter("isValid(datum.low)").mark_rule(strokeWidth=2, style="interval").encode(x="low:Q", x2="high:Q"),
        *(
            base.transform_filter(f"isValid(datum.{end})").mark_tick(size=10, thickness=2, style="interval").encode(x=f"{end}:Q")
            for end in ("low", "high")
        ),
        base.mark_text(align="left", dx=8).encode(x="end:Q", text="text:N"),
    ]
    said = [
        f"{' · '.join(p for p in (r.label, r.group) if p)}: {percent(r.rate)}{_between(r.low, r.high)}{_of(r.n)}" for r in rows
    ]
    return _finish(alt.layer(*marks), title=title, said=said)


def stacked_shares(rows: Sequence[Shares], *, title: str) -> Chart:
    """Bars of 100 per cent, split by group, with the share written in every part wide enough."""
    import altair as alt

    groups = list(dict.fromkeys(group for row in rows for group in row.shares))
    colours = _group_colours(groups)
    data = [part for row in rows for part in _parts(row, colours)]
    shown = [g for g in (*groups, NOT_SHOWN_LABEL) if any(d["group"] == g for d in data)]
    scale = alt.Scale(domain=shown, range=[colours[g] for g in shown])
    axis = _percent_axis(grid=False)
    base = alt.Chart(alt.Data(values=data)).encode(
        y=_labels(data), tooltip=[alt.Tooltip("name:N", title="Where"), alt.Tooltip("group:N", title="Group"), alt.Tooltip("text:N", title="Share")]
    )
    bars = base.mark_bar(height=alt.RelativeBandSize(0.72), style="segment", strokeWidth=1.5).encode(
        x=alt.X("from:Q", title=None, scale=alt.Scale(domain=[0, 100]), axis=axis),
        x2="to:Q",
        color=alt.Color("group:N", scale=scale, sort=shown, legend=_legend()),
    )
    words = [
        base.transform_filter(f"datum.wide && datum.on === '{on}'").mark_text(fontSize=13, color=on).encode(x="middle:Q", text="text:N")
        for on in ("#ffffff", "#1b1b1b")
    ]
    said = [f"{r.label}{_of(r.n)}: " + ", ".join(f"{g} {percent(v)}" for g, v in r.shares.items()) for r in rows]
    return _finish(alt.layer(bars, *words), title=title, said=said)


def step_curve(series: Sequence[Steps], *, title: str, x_label: str) -> Chart:
    """Share still here by years of service. Whole-year points are joined by straight lines; finer ones are drawn as steps."""
    import altair as alt

    order = [one.label for one in series]
    data = [{"label": s.label, "years": t, "share": v, "text": percent(v)} for s in series for t, v in s.points]
    whole = all(float(t).is_integer() for s in series for t, _ in s.points)
    color = alt.Color("label:N", sort=order, legend=_legend() if len(order) > 1 else None)
    base = alt.Chart(alt.Data(values=data)).encode(
        x=alt.X("years:Q", title=x_label, axis=alt.Axis(tickMinStep=1, format="d", grid=False)),
        y=alt.Y("share:Q", title=None, scale=alt.Scale(domain=[0, 100]), axis=_percent_axis()),
        color=color,
        tooltip=[alt.Tooltip("label:N", title="Group"), alt.Tooltip("years:Q", title=x_label), alt.Tooltip("text:N", title="Still here")],
    )
    line = base.mark_line(interpolate="linear" if whole else "step-after", strokeWidth=2.5).encode(
        strokeDash=alt.StrokeDash("label:N", sort=order, scale=alt.Scale(domain=order, range=_cycle(DASHES, len(order))), legend=None)
    )
    points = base.mark_point(size=80, filled=True, opacity=1).encode(
        shape=alt.Shape("label:N", sort=order, scale=alt.Scale(domain=order, range=_cycle(SHAPES, len(order))), legend=_legend() if len(order) > 1 else None)
    )
    said = [f"{s.label}: " + ", ".join(f"{percent(v)} after {t:g} years" for t, v in _milestones(s.points)) for s in series]
    return _finish(alt.layer(line, points) if whole else alt.layer(line), title=title, said=said, height=260)


def svg(chart: Chart, *, width: int = 640, id: str = "") -> str:  # noqa: A002 - the attribute's own name
    """The chart as an SVG picture that stands alone: no script, no address, named for a screen reader.

    Parameters
    ----------
    chart
        The chart; ``width: container`` becomes ``width`` pixels.
    id
        A prefix that keeps the picture's inner names apart from those of other pictures on the same page; made from its
        content when left out.
    """
    import vl_convert

    spec = {**chart.spec, "width": width, "autosize": {"type": "fit-x", "contains": "padding"}}
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=_vega_lite(chart.spec))
    name = id or "eq" + hashlib.sha256((drawn + chart.alt).encode()).hexdigest()[:10]
    return _named(_own_ids(drawn, name), name, title=title_of(chart), alt=chart.alt)


def title_of(chart: Chart) -> str:
    """The few words the chart was made with."""
    return str(chart.spec.get("usermeta", {}).get("equitybook", {}).get("title", ""))


def percent(value: float | None) -> str:
    """12.34 as "12.3 %", 12.0 as "12 %"; "not shown" for None."""
    return "not shown" if value is None else f"{round(value, 1):g} %"


def _finish(chart: alt.LayerChart, *, title: str, said: Sequence[str], height: int | None = None) -> Chart:
    import altair as alt

    sized = chart.properties(width="container", height=height or alt.Step(_ROW))
    spec = sized.to_dict(validate=False)
    spec["config"] = theme()
    spec["usermeta"] = {"equitybook": {"title": title}}
    alt_text = f"{title}. " + (". ".join(said) if said else "Nothing to show yet") + "."
    return Chart(spec={**spec, "description": alt_text}, alt=alt_text)


def _labels(data: Sequence[Mapping[str, Any]]) -> alt.Y:
    """The row labels, in the order given, broken into lines so that they fit beside the bars on a phone."""
    import altair as alt

    order = list(dict.fromkeys(d["label"] for d in data))
    axis = alt.Axis(labelExpr="split(datum.value, '\\n')", ticks=False, domain=False, labelPadding=10, grid=False)
    return alt.Y("label:N", sort=order, title=None, axis=axis)


def _percent_axis(title: str | None = None, *, grid: bool = True) -> alt.Axis:
    import altair as alt

    return alt.Axis(labelExpr="datum.value + ' %'", tickCount=4, grid=grid, domain=False, ticks=False, title=title, titlePadding=8)


def _legend() -> alt.Legend:
    import altair as alt

    return alt.Legend(columns=alt.ExprRef("width < 420 ? 1 : 3"), orient="bottom", title=None)


def _named_shapes(value: str, reference: str, this: str) -> alt.Shape:
    import altair as alt

    symbols = alt.Legend(orient="bottom", title=None, symbolOpacity=1)
    return alt.Shape(datum=this, scale=alt.Scale(domain=[value, reference], range=["circle", "diamond"]), legend=symbols)


def _tooltips(value: str, reference: str) -> list[alt.Tooltip]:
    import altair as alt

    named = (("name", "Group"), ("value_text", value.capitalize()), ("reference_text", reference.capitalize()), ("people", "People"))
    return [alt.Tooltip(f"{key}:N", title=words) for key, words in named]


def _dumbbell_row(row: Dumbbell) -> dict[str, Any]:
    value_right = row.reference is None or (row.value is not None and row.value >= row.reference)
    return {
        "label": _wrapped(row.label), "name": row.label, "value": row.value, "reference": row.reference, "low": row.low, "high": row.high,
        "value_text": percent(row.value), "reference_text": percent(row.reference), "people": _people(row.n),
        "value_side": "right" if value_right else "left", "reference_side": "left" if value_right and row.value is not None else "right",
    }  # fmt: skip


def _rate_row(row: RateBar) -> dict[str, Any]:
    ends = [v for v in (row.rate, row.high) if v is not None]
    span = "" if row.low is None or row.high is None else f"{percent(row.low)} to {percent(row.high)}"
    return {
        "label": _wrapped(row.label), "name": row.label, "group": row.group, "rate": row.rate, "low": row.low, "high": row.high,
        "end": max(ends, default=0.0), "text": percent(row.rate), "span": span, "people": _people(row.n),
    }  # fmt: skip


def _parts(row: Shares, colours: Mapping[str, str]) -> list[dict[str, Any]]:
    """The segments of one bar, left to right; what is missing to 100 per cent is one grey part at the end."""
    parts, start = [], 0.0
    known = [(group, share) for group, share in row.shares.items() if share]
    missing = 100.0 - sum(share for _, share in known)
    if missing > 0.5:  # noqa: PLR2004 - less is rounding
        known.append((NOT_SHOWN_LABEL, missing))
    for group, share in known:
        words = NOT_SHOWN_LABEL if group == NOT_SHOWN_LABEL else percent(share)
        parts.append({
            "label": _wrapped(row.label), "name": row.label, "group": group, "from": round(start, 3), "to": round(start + share, 3),
            "middle": round(start + share / 2, 3), "text": words, "wide": share >= _MAX_SHARE * (2 if words == NOT_SHOWN_LABEL else 1),
            "on": _ink_on(colours[group]),
        })  # fmt: skip
        start += share
    return parts


def _group_colours(groups: Sequence[str]) -> dict[str, str]:
    plain = [g for g in groups if not g.lower().startswith("unknown")]
    colours = {group: PALETTE[i % len(PALETTE)] for i, group in enumerate(plain)}
    return {**{g: UNKNOWN_GREY for g in groups}, **colours, NOT_SHOWN_LABEL: NOT_SHOWN}


def _ink_on(colour: str) -> str:
    """White or black, whichever is read better on that colour (WCAG relative luminance)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - sRGB
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return "#ffffff" if (1.05 / (luminance + 0.05)) >= ((luminance + 0.05) / 0.06) else "#1b1b1b"


def _milestones(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points worth reading aloud: all of them when few, otherwise the last one before each of 1, 2, 5, 10, 20 years and the end."""
    if len(points) <= 12:  # noqa: PLR2004 - a sentence's worth
        return list(points)
    picked = [max((p for p in points if p[0] <= year), default=None) for year in (1, 2, 5, 10, 20)]
    return list(dict.fromkeys([p for p in picked if p is not None] + [points[-1]]))


def _wrapped(label: str) -> str:
    return "\n".join(textwrap.wrap(label, _LABEL_WIDTH)) or label


def _ceiling(top: float) -> float:
    """The end of the axis: a little air after the largest value, never past 100 per cent unless the data are."""
    return next((limit for limit in (5, 10, 20, 30, 40, 60, 80, 100) if top * 1.12 <= limit), max(100.0, top))


def _cycle(values: Sequence[Any], count: int) -> list[Any]:
    return [list(v) if isinstance(v, tuple) else v for v in (values[i % len(values)] for i in range(count))]


def _people(n: float | None) -> str:
    return "not shown" if n is None else f"{n:,.0f}"


def _of(n: float | None) -> str:
    return "" if n is None else f" (of {n:,.0f})"


def _between(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f" (between {percent(low)} and {percent(high)})"


def _vega_lite(spec: Mapping[str, Any]) -> str:
    """The renderer's name for the grammar version the specification was written in, for example ``"6.4"``."""
    found = re.search(r"/v(\d+)\.(\d+)", str(spec.get("$schema", "")))
    return f"{found[1]}.{found[2]}" if found else "6.4"


def _own_ids(drawn: str, name: str) -> str:
    renamed = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', drawn)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", renamed)


def _named(drawn: str, name: str, *, title: str, alt: str) -> str:
    label = f'role="img" aria-labelledby="{name}-title {name}-desc"'
    inside = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(alt)}</desc>'
    bare = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", drawn)
    return re.sub(r"<svg\b([^>]*)>", lambda tag: f"<svg {label}{tag[1]}>{inside}", bare, count=1)
