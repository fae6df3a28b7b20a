"""A grid of five by five: how far along two scales from 1 to 5 each item stands, by its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from equitybook.charts.heat_map import colour_of
from equitybook.charts.layout import altair, finish
from equitybook.charts.theme import ink_on
from equitybook.findings import Chart

TOP = 5
_CELL = 46  # pixels: a cell's height, for two lines of numbers at most
_LINE, _PER_LINE, _MOST = 18, 3, 6
_DARKEST = 70  # percent of the ramp: the numbers are what is read, the colour only says which corner


@dataclass(frozen=True, slots=True)
class Placed:
    """One item: its number in the table beside the picture, its words, and its two marks from 1 to 5."""

    number: int
    words: str
    across: int
    up: int


def priority_grid(items: Sequence[Placed], *, across: str, up: str, title: str) -> Chart:
    """Write each item's number in its cell; the darker the cell, the larger the product of its two marks.

    Raises
    ------
    ValueError
        If a mark is not from 1 to 5.
    """
    alt = altair()

    if any(not 1 <= mark <= TOP for one in items for mark in (one.across, one.up)):
        problem = f"A mark of a priority grid is a whole number from 1 to {TOP}."
        raise ValueError(problem)
    marks = range(1, TOP + 1)
    axis = alt.Axis(domain=False, ticks=False, labelAngle=0, titlePadding=8, labelPadding=6)
    x = alt.X(
        "across:O", sort=list(marks), axis=axis, title=f"{across} (1 to {TOP})", scale=alt.Scale(domain=list(marks), padding=0.05)
    )
    y = alt.Y(
        "up:O",
        sort=list(reversed(marks)),
        axis=axis,
        title=f"{up} (1 to {TOP})",
        scale=alt.Scale(domain=list(reversed(marks)), padding=0.05),
    )
    cells = [_cell(items, column, row) for row in marks for column in marks]
    base = alt.Chart(alt.Data(values=cells)).encode(x=x, y=y, tooltip=alt.Tooltip("said:N", title=" "))
    grid = base.mark_rect(cornerRadius=2).encode(fill=alt.Fill("colour:N", scale=None))
    written = base.encode(text="text:N", color=alt.Color("on:N", scale=None))
    # A text is placed by its first line, so the more lines it has the higher it begins.
    numbers = [
        written.transform_filter(f"datum.lines == {lines}").mark_text(
            fontSize=15, fontWeight="bold", lineBreak="\n", lineHeight=_LINE, dy=-_LINE / 2 * (lines - 1)
        )
        for lines in sorted({one["lines"] for one in cells})
    ]
    said = [f"{one.number}. {one.words}: {across.lower()} {one.across}, {up.lower()} {one.up}" for one in items]
    return finish(alt.layer(grid, *numbers), title=title, said=said, height=TOP * _CELL)


def _cell(items: Sequence[Placed], across: int, up: int) -> dict[str, Any]:
    here = [one for one in items if (one.across, one.up) == (across, up)]
    numbers = [str(one.number) for one in here]
    if len(numbers) > _MOST:
        numbers = [*numbers[: _MOST - 1], f"+{len(numbers) - _MOST + 1}"]
    lines = [", ".join(numbers[at : at + _PER_LINE]) for at in range(0, len(numbers), _PER_LINE)]
    colour = colour_of(_DARKEST * across * up / TOP**2)
    return {
        "across": across,
        "up": up,
        "text": ",\n".join(lines),
        "lines": len(lines),
        "said": "; ".join(f"{one.number}. {one.words}" for one in here) or "Nothing here",
        "colour": colour,
        "on": ink_on(colour),
    }
