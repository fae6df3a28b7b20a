"""A grid of shares: darker is more, and every cell says its number, or the words that stand for it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equitybook.charts.layout import altair, finish, label_room, labels_above
from equitybook.charts.theme import LABEL_LINE, ink_on
from equitybook.charts.wording import percent
from equitybook.findings import Chart

RAMP: tuple[str, ...] = ("#eef5fc", "#d3e6f7", "#a9cfee", "#6fb0e0", "#2f74b8", "#1f5a99", "#12406f")
"""One hue from light to dark, so that no pair of colours has to be told apart; the writing on each has a contrast of 4.5 or more."""

_CELL, _MARKED = 30, 44  # pixels: a cell's height, of one line and of two; a little more where the headings need less room
_UPRIGHT, _LYING = 78, 22  # the headings' room, on a phone and on a wide page
_KEY, _KEY_LINE, _KEY_LETTERS = 6, 18, 34  # under the grid: room above the lines that say what short words stand for, and in them
_LINE = 16  # between a cell's words and its mark
_HEADING = 72  # a column must be so wide for its heading to lie over it


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: ``value`` in percent from 0 to 100, or None with ``words`` that say why there is no number.

    ``short`` are the words where the page is narrow (a letter or two); ``words`` themselves where left out. ``shade`` gives a cell of words
    the colour of that percent; ``mark`` is one word under them that sets the cell apart.
    """

    row: str
    column: str
    value: float | None
    words: str = ""
    short: str = ""
    shade: float | None = None
    mark: str = ""


def heat_map(cells: Sequence[HeatCell], *, title: str, note: str = "") -> Chart:
    """Draw a row per label and a column per heading, in the order given; the number stands in each cell.

    A cell without a number or a shade has no colour, an outline, and its words; a marked one has a heavier outline. A heading should be a
    word or two: on a phone it stands upright, and lines under the grid say what the short words stand for. ``note`` stands under it all.
    """
    alt = altair()

    rows = list(dict.fromkeys(one.row for one in cells))
    columns = list(dict.fromkeys(one.column for one in cells))
    x = alt.X("column:N", sort=columns, axis=None, scale=alt.Scale(domain=columns, paddingInner=0.06, paddingOuter=0))
    narrow = f"width < {_HEADING * len(columns)}"
    cell = _MARKED if any(one.mark for one in cells) else _CELL
    above = label_room(rows)
    height = _UPRIGHT + max(1, len(rows)) * (cell + above) + above - LABEL_LINE
    key = textwrap.wrap(", ".join(dict.fromkeys(_key(cells))), _KEY_LETTERS)
    whole = height + (_KEY + _KEY_LINE * len(key) if key else 0)
    ends = (alt.ExprRef(f"{narrow} ? {_UPRIGHT} : {_LYING}"), alt.ExprRef(f"{narrow} ? {height} : {whole}"))
    # On a wide page a row's words take one line, and the cells are the higher.
    gap = alt.ExprRef(f"({narrow} ? {above} : {LABEL_LINE}) / {cell + above}")
    layers = [
        *_grid(cells, x, _rows(rows, ends, gap), narrow),
        *_headings(columns, x, narrow),
        labels_above("row", rows, dy=5).encode(x=alt.value(0), y=_rows(rows, ends, gap, at=0)),
        _words([{"key": "\n".join(key)}], "key", baseline="top", lineBreak="\n", lineHeight=_KEY_LINE)
        .transform_filter(f"{narrow} && datum.key")
        .encode(x=alt.value(0), y=alt.value(height + _KEY)),
    ]
    said = [f"{row}: {', '.join(_said(one) for one in cells if one.row == row)}" for row in rows]
    return finish(alt.layer(*layers), title=title, said=said, height=whole, note=note)


def _key(cells: Sequence[HeatCell]) -> Iterator[str]:
    """Say what stands for more than there is room for on a phone, where "100 %" alone is wider than a cell."""
    yield from (f"“{one.short}” {one.words}" for one in cells if one.value is None and one.short)
    yield from ("numbers are percent" for one in cells if one.value is not None)
    yield from (f"heavy outline {one.mark}" for one in cells if one.mark)


def _grid(cells: Sequence[HeatCell], x: Any, y: Any, narrow: str) -> list[Any]:  # noqa: ANN401 - see altair
    """Draw the cells, those with a number in its colour and the others in outline, and write in each."""
    alt = altair()

    named = (("row", "Row"), ("column", "Column"), ("text", "Value"))
    base = alt.Chart(alt.Data(values=[_datum(one) for one in cells])).encode(
        x=x, y=y, tooltip=[alt.Tooltip(f"{name}:N", title=words) for name, words in named]
    )
    coloured, bare, marked = (base.transform_filter(which) for which in ("datum.colour", "!datum.colour", "datum.mark"))
    return [
        coloured.mark_rect(cornerRadius=2).encode(fill=alt.Fill("colour:N", scale=None)),
        bare.mark_rect(style="link", fillOpacity=0, strokeDash=[2, 3], strokeOpacity=0.7, cornerRadius=2),
        marked.mark_rect(style="interval", fillOpacity=0, strokeWidth=2, cornerRadius=2),
        *_written(coloured.encode(color=alt.Color("on:N", scale=None)), narrow, fontSize=alt.ExprRef(f"{narrow} ? 12 : 13")),
        *_written(bare, narrow, fontSize=12, style="label"),
    ]


def _written(cells: Any, narrow: str, **look: Any) -> Iterator[Any]:  # noqa: ANN401 - see altair
    """Write what each cell says: in its middle, or a little above where there is room for a mark under it."""
    cells = cells.transform_calculate(shown=f"{narrow} ? datum.short : datum.text")
    yield cells.transform_filter("!datum.mark").mark_text(**look).encode(text="shown:N")
    marked = cells.transform_filter("datum.mark")
    yield marked.mark_text(dy=altair().ExprRef(f"{narrow} ? 0 : {-_LINE / 2}"), **look).encode(text="shown:N")
    yield marked.transform_filter(f"!({narrow})").mark_text(dy=_LINE / 2, **{**look, "fontSize": 11}).encode(text="mark:N")


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


def _rows(rows: Sequence[str], ends: tuple[Any, Any], gap: Any, *, at: float = 0.5) -> Any:  # noqa: ANN401 - see altair
    """Place a row's cells between the two ends, leaving the gap above each for its words."""
    alt = altair()

    scale = alt.Scale(domain=list(rows), range=list(ends), paddingInner=gap, paddingOuter=gap, align=1)
    return alt.Y("row:N", sort=list(rows), axis=None, scale=scale, bandPosition=at)


def _datum(one: HeatCell) -> dict[str, Any]:
    shade = one.shade if one.value is None else one.value
    colour = "" if shade is None else colour_of(shade)
    words = {"row": one.row, "column": one.column, "value": one.value, "text": _text(one), "short": _short(one), "mark": one.mark}
    return {**words, "colour": colour, "on": ink_on(colour) if colour else ""}


def colour_of(value: float) -> str:
    """Give the colour of a percentage from 0 to 100: 0 is the lightest, 100 the darkest."""
    return RAMP[round(min(max(value, 0.0), 100.0) / 100 * (len(RAMP) - 1))]


def _said(one: HeatCell) -> str:
    return f"{one.column} {_text(one)}" + (f" ({one.mark})" if one.mark else "")


def _text(one: HeatCell) -> str:
    return percent(one.value) if one.value is not None else one.words or percent(None)


def _short(one: HeatCell) -> str:
    return f"{one.value:.0f}" if one.value is not None else one.short or one.words or percent(None)
