"""A grid of shares: darker is more, and every cell says its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equitybook.charts.layout import altair, finish
from equitybook.charts.theme import LABEL_LINE, ink_on
from equitybook.charts.wording import percent
from equitybook.findings import Chart

RAMP: tuple[str, ...] = ("#eef5fc", "#d3e6f7", "#a9cfee", "#6fb0e0", "#2f74b8", "#1f5a99", "#12406f")
"""One hue from light to dark, so that no pair of colours has to be told apart; the writing on each has a contrast of 4.5 or more."""

_CELL = 30  # pixels: a cell's height; a little more where the headings need less room
_UPRIGHT, _LYING = 78, 22  # the headings' room, on a phone and on a wide page
_KEY = 24  # the line under the grid that says what short words stand for
_HEADING = 72  # a column must be so wide for its heading to lie over it


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: ``value`` in per cent from 0 to 100, or None with ``words`` that say why there is no number.

    ``short`` are the words where the page is narrow (a letter or two); ``words`` themselves where left out.
    """

    row: str
    column: str
    value: float | None
    words: str = ""
    short: str = ""


def heat_map(cells: Sequence[HeatCell], *, title: str) -> Chart:
    """Draw a row per label and a column per heading, in the order given; the number stands in each cell.

    A cell without a number has no colour, an outline, and its words. A heading should be a word or two: on a phone it stands upright,
    and a line under the grid says what the short words stand for.
    """
    alt = altair()

    rows = list(dict.fromkeys(one.row for one in cells))
    columns = list(dict.fromkeys(one.column for one in cells))
    x = alt.X("column:N", sort=columns, axis=None, scale=alt.Scale(domain=columns, paddingInner=0.06, paddingOuter=0))
    narrow = f"width < {_HEADING * len(columns)}"
    height = _UPRIGHT + max(1, len(rows)) * (_CELL + LABEL_LINE)
    key = ", ".join(dict.fromkeys(f"“{one.short}” {one.words}" for one in cells if one.value is None and one.short))
    whole = height + (_KEY if key else 0)
    ends = (alt.ExprRef(f"{narrow} ? {_UPRIGHT} : {_LYING}"), alt.ExprRef(f"{narrow} ? {height} : {whole}"))
    layers = [
        *_grid(cells, x, _rows(rows, ends), narrow),
        *_headings(columns, x, narrow),
        _words([{"row": name} for name in rows], "row", baseline="bottom", dy=-5, limit=alt.ExprRef("width")).encode(
            x=alt.value(0), y=_rows(rows, ends, at=0)
        ),
        _words([{"key": key}], "key", baseline="bottom")
        .transform_filter(f"{narrow} && datum.key")
        .encode(x=alt.value(0), y=alt.value(whole)),
    ]
    said = [f"{row}: {', '.join(f'{one.column} {_text(one)}' for one in cells if one.row == row)}" for row in rows]
    return finish(alt.layer(*layers), title=title, said=said, height=whole)


def _grid(cells: Sequence[HeatCell], x: Any, y: Any, narrow: str) -> list[Any]:  # noqa: ANN401 - see altair
    """Draw the cells, those with a number in its colour and the others in outline, and write in each."""
    alt = altair()

    named = (("row", "Row"), ("column", "Column"), ("text", "Value"))
    base = alt.Chart(alt.Data(values=[_datum(one) for one in cells])).encode(
        x=x, y=y, tooltip=[alt.Tooltip(f"{name}:N", title=words) for name, words in named]
    )
    numbered, bare = base.transform_filter("isValid(datum.value)"), base.transform_filter("!isValid(datum.value)")
    fitted, size = f"{narrow} ? datum.short : datum.text", alt.ExprRef(f"{narrow} ? 12 : 13")
    return [
        numbered.mark_rect(cornerRadius=2).encode(fill=alt.Fill("colour:N", scale=None)),
        bare.mark_rect(style="link", fillOpacity=0, strokeDash=[2, 3], strokeOpacity=0.7, cornerRadius=2),
        numbered.transform_calculate(shown=fitted)
        .mark_text(fontSize=size)
        .encode(color=alt.Color("on:N", scale=None), text="shown:N"),
        bare.transform_calculate(shown=fitted).mark_text(fontSize=12, style="label").encode(text="shown:N"),
    ]


def _headings(columns: Sequence[str], x: Any, narrow: str) -> list[Any]:  # noqa: ANN401 - see altair
    """Write the headings across where there is room, and upright where there is not."""
    data = [{"column": name} for name in columns]
    lying = _words(data, "column", align="center", baseline="bottom").transform_filter(f"!({narrow})")
    upright = _words(data, "column", angle=270, baseline="middle", limit=_UPRIGHT - 8).transform_filter(narrow)
    alt = altair()

    return [lying.encode(x=x, y=alt.value(_LYING - 4)), upright.encode(x=x, y=alt.value(_UPRIGHT - 4))]


def _words(data: Sequence[Mapping[str, str]], name: str, *, align: str = "left", **look: Any) -> Any:  # noqa: ANN401 - see altair
    """Write one text for each datum, in the page's ink."""
    alt = altair()

    return alt.Chart(alt.Data(values=data)).mark_text(align=align, style="label", **look).encode(text=f"{name}:N")


def _rows(rows: Sequence[str], ends: tuple[Any, Any], *, at: float = 0.5) -> Any:  # noqa: ANN401 - see altair
    """Place a row's cells between the two ends, leaving a line above each for its words."""
    alt = altair()

    gap = LABEL_LINE / (_CELL + LABEL_LINE)
    scale = alt.Scale(domain=list(rows), range=list(ends), paddingInner=gap, paddingOuter=gap, align=1)
    return alt.Y("row:N", sort=list(rows), axis=None, scale=scale, bandPosition=at)


def _datum(one: HeatCell) -> dict[str, Any]:
    colour = "" if one.value is None else colour_of(one.value)
    words = {"row": one.row, "column": one.column, "value": one.value, "text": _text(one), "short": _short(one)}
    return {**words, "colour": colour, "on": ink_on(colour) if colour else ""}


def colour_of(value: float) -> str:
    """Give the colour of a per cent from 0 to 100: 0 is the lightest, 100 the darkest."""
    return RAMP[round(min(max(value, 0.0), 100.0) / 100 * (len(RAMP) - 1))]


def _text(one: HeatCell) -> str:
    return percent(one.value) if one.value is not None else one.words or percent(None)


def _short(one: HeatCell) -> str:
    return f"{one.value:.0f} %" if one.value is not None else one.short or one.words or percent(None)
