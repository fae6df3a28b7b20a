"""Tiles under headings: what is covered stands in colour, what is not in outline, and each says so in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from equitybook.charts.heat_map import RAMP
from equitybook.charts.layout import altair, finish
from equitybook.findings import Chart

# Light: what is not covered is what to look at. Its writing stays dark where the page's own ink turns light.
_COVERED, _ON_IT = RAMP[2], RAMP[-1]
_TILE, _GAP, _HEAD = 46, 6, 30  # pixels: a tile of two lines, the room around it, a heading
_BETWEEN = 0.012  # of the width: the room between two tiles beside each other
_BESIDE = 2  # on a phone, too, a tile has room for most names
_SURE = 0.87  # of a tile's room: a saved picture is measured in another font than it is read in


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing that should be covered: the heading it stands under, its name, by what it is covered or that it is not, and whether."""

    part: str
    name: str
    words: str
    covered: bool


def tiles(rows: Sequence[Tile], *, title: str) -> Chart:
    """Draw a tile for each, in the order given, two beside each other under their heading."""
    alt = altair()

    parts = list(dict.fromkeys(one.part for one in rows))
    heads, data, height = _placed(rows, parts)
    x = alt.X("left:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    # The numbers are pixels already, counted from the top.
    down = alt.Scale(domain=[0, height], range=[0, height], nice=False)
    y = alt.Y("top:Q", axis=None, scale=down)
    base = alt.Chart(alt.Data(values=data)).encode(x=x, y=y, tooltip=[alt.Tooltip("name:N"), alt.Tooltip("words:N", title=" ")])
    covered, bare = base.transform_filter("datum.covered"), base.transform_filter("!datum.covered")
    ends = {"x2": "right:Q", "y2": "bottom:Q"}
    layers = [
        covered.mark_rect(cornerRadius=2, fill=_COVERED).encode(**ends),
        bare.mark_rect(style="link", fillOpacity=0, strokeDash=[2, 3], strokeOpacity=0.7, cornerRadius=2).encode(**ends),
        *_written(covered, color=_ON_IT),
        *_written(bare, style="label"),
        alt.Chart(alt.Data(values=heads))
        .mark_text(align="left", baseline="bottom", fontWeight="bold", style="label", limit=alt.ExprRef("width"))
        .encode(x=alt.value(0), y=y, text="part:N"),
    ]
    said = [f"{part}: {', '.join(f'{one.name} {one.words}' for one in rows if one.part == part)}" for part in parts]
    return finish(alt.layer(*layers), title=title, said=said, height=height)


def _placed(rows: Sequence[Tile], parts: Sequence[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Place headings and tiles from the top down: across as shares of the width, down in pixels."""
    heads: list[dict[str, Any]] = []
    data: list[dict[str, Any]] = []
    down = 0
    for part in parts:
        under = [one for one in rows if one.part == part]
        down += _HEAD
        heads.append({"part": part, "top": down - _GAP})
        for at, one in enumerate(under):
            line, column = divmod(at, _BESIDE)
            top = down + line * (_TILE + _GAP)
            left = column * (1 + _BETWEEN) / _BESIDE
            place = {"left": left, "right": left + (1 + _BETWEEN) / _BESIDE - _BETWEEN, "top": top, "bottom": top + _TILE}
            data.append({"name": one.name, "words": one.words, "covered": one.covered, **place})
        down += -(-len(under) // _BESIDE) * (_TILE + _GAP)
    return heads, data, max(down, 1)


def _written(cells: Any, **look: Any) -> Iterator[Any]:  # noqa: ANN401 - see altair
    """Write the name and the words in each tile, cut where the tile ends; they stand in full in the words of the picture."""
    room = altair().ExprRef(f"{_SURE} * (width / {_BESIDE} - 14)")
    for name, size, dy in (("name", 13, 16), ("words", 12, 33)):
        yield cells.mark_text(align="left", baseline="middle", dx=8, dy=dy, fontSize=size, limit=room, **look).encode(
            text=f"{name}:N"
        )
