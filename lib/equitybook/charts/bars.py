"""Bars and points by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from equitybook.charts.layout import altair, axis_title, bands, chart_height, finish, label_line, legend_below, percent_axis
from equitybook.charts.rows import RateBar, Shares
from equitybook.charts.theme import DARK_WRITING, LIGHT_WRITING, NOT_SHOWN_LABEL, PALETTE, VALUE, cycle, group_colours, ink_on
from equitybook.charts.wording import between, of, people, percent
from equitybook.findings import Chart


def rate_bars(rows: Sequence[RateBar], *, title: str, x_label: str, interval: str = "95 % interval") -> Chart:
    """Draw a bar per rate with its interval and, at its end, the rate in words; bars of one label and several groups stand together.

    ``interval`` names what the ends of the whiskers are.
    """
    alt = altair()

    groups = list(dict.fromkeys(row.group for row in rows if row.group))
    data = [_rate_row(row) for row in rows]
    top = max([v for d in data for v in (d["rate"], d["high"]) if v is not None], default=100.0)
    words = axis_title(x_label)
    x = {"title": words, "scale": alt.Scale(domain=[0, 1.35 * (top or 1)], nice=False), "axis": percent_axis(top, title=words)}
    named = (
        ("name", "Group"),
        *((("group", "Kind"),) if groups else ()),
        ("text", "Rate"),
        ("span", interval),
        ("people", "People"),
    )
    base = alt.Chart(alt.Data(values=data)).encode(
        y=bands(data, bars=len(groups) or 1), tooltip=[alt.Tooltip(f"{key}:N", title=words) for key, words in named]
    )
    bars = base
    if groups:
        base = base.encode(yOffset=alt.YOffset("group:N", sort=groups))
        bars = base.encode(
            color=alt.Color(
                "group:N",
                sort=groups,
                scale=alt.Scale(domain=groups, range=cycle(PALETTE, len(groups))),
                legend=legend_below(groups),
            )
        )
    whisker = base.transform_filter("isValid(datum.low)")
    layers = [
        bars.mark_bar(height=alt.RelativeBandSize(0.86), **({} if groups else {"color": VALUE})).encode(x=alt.X("rate:Q", **x)),
        whisker.mark_rule(strokeWidth=2, style="interval").encode(x=alt.X("low:Q", **x), x2="high:Q"),
        *(whisker.mark_tick(size=10, thickness=2, style="interval").encode(x=alt.X(f"{end}:Q", **x)) for end in ("low", "high")),
        base.mark_text(align="left", dx=8, style="label").encode(x=alt.X("end:Q", **x), text="text:N"),
        label_line(data),
    ]
    said = [f"{', '.join(p for p in (r.label, r.group) if p)}: {percent(r.rate)}{between(r.low, r.high)}{of(r.n)}" for r in rows]
    return finish(alt.layer(*layers), title=title, said=said, height=chart_height(data, bars=len(groups) or 1))


def stacked_shares(rows: Sequence[Shares], *, title: str, note: str = "") -> Chart:
    """Draw bars of 100 percent, split by group, with the share written in every part wide enough; ``note`` says what has no bar."""
    alt = altair()

    groups = list(dict.fromkeys(group for row in rows for group in row.shares))
    colours = group_colours(groups)
    data = [part for row in rows for part in _parts(row, colours)]
    shown = [g for g in (*groups, NOT_SHOWN_LABEL) if any(d["group"] == g for d in data)]
    scale = alt.Scale(domain=shown, range=[colours[g] for g in shown])
    x = {"title": None, "scale": alt.Scale(domain=[0, 100]), "axis": percent_axis(100)}
    named = (("name", "Where"), ("group", "Group"), ("text", "Share"))
    base = alt.Chart(alt.Data(values=data)).encode(
        y=bands(data), tooltip=[alt.Tooltip(f"{key}:N", title=words) for key, words in named]
    )
    bars = base.mark_bar(height=alt.RelativeBandSize(1), style="segment", strokeWidth=1.5).encode(
        x=alt.X("from:Q", **x), x2="to:Q", color=alt.Color("group:N", scale=scale, sort=shown, legend=legend_below(shown))
    )
    roomy = "(datum.to - datum.from) * width > 100 * (12 + 8 * length(datum.short))"  # pixels a number needs
    words = [
        base.transform_filter(f"{roomy} && datum.on === '{on}'")
        .mark_text(fontSize=13, color=on)
        .encode(x=alt.X("middle:Q", **x), text="short:N")
        for on in (LIGHT_WRITING, DARK_WRITING)
    ]
    said = [f"{r.label}{of(r.n)}: " + ", ".join(f"{g} {percent(v)}" for g, v in r.shares.items()) for r in rows]
    return finish(alt.layer(bars, *words, label_line(data)), title=title, said=said, height=chart_height(data), note=note)


def _rate_row(row: RateBar) -> dict[str, Any]:
    ends = [v for v in (row.rate, row.high) if v is not None]
    span = "" if row.low is None or row.high is None else f"{percent(row.low)} to {percent(row.high)}"
    return {
        "name": row.label, "group": row.group, "rate": row.rate, "low": row.low, "high": row.high,
        "end": max(ends, default=0.0), "text": percent(row.rate), "span": span, "people": people(row.n),
    }  # fmt: skip


def _parts(row: Shares, colours: Mapping[str, str]) -> list[dict[str, Any]]:
    """Split one bar into its segments, left to right; what is missing to 100 percent is one grey part at the end."""
    parts, start = [], 0.0
    known = [(group, share) for group, share in row.shares.items() if share]
    missing = 100.0 - sum(share for _, share in known)
    if missing > 0.5:  # noqa: PLR2004 - less is rounding
        known.append((NOT_SHOWN_LABEL, missing))
    for group, share in known:
        words = NOT_SHOWN_LABEL if group == NOT_SHOWN_LABEL else f"{share:.0f} %"
        parts.append({
            "name": row.label, "group": group, "from": round(start, 3), "to": round(start + share, 3),
            "middle": round(start + share / 2, 3), "text": words if group == NOT_SHOWN_LABEL else percent(share), "short": words, "on": ink_on(colours[group]),
        })  # fmt: skip
        start += share
    return parts
