"""Charts: one theme, one palette, words for every picture.

Each builder takes small frozen rows (percent from 0 to 100, or years) and returns a ``Chart``: a Vega-Lite specification
with its own data and an alternative text with the numbers. The page draws it in the browser (``width: container``); documents
and saved pages get the same picture from ``svg``, which draws it for a desk and for a phone where nobody knows the width yet.
Sizes are chosen for the widest font a page is read in, not for the one a picture is measured in: see ``layout``.

Colours of text and lines stand in the specification's ``config`` only, marks refer to them by named styles: a page in the dark
merges ``theme(dark=True)`` over ``config`` and nothing else changes. Meaning never rests on colour alone: shapes, direct labels
and dashes carry it too.
"""

from __future__ import annotations

from equitybook.charts.bars import rate_bars, stacked_shares
from equitybook.charts.curves import step_curve
from equitybook.charts.heat_map import HeatCell, heat_map
from equitybook.charts.picture import svg
from equitybook.charts.points import dumbbell
from equitybook.charts.priority_grid import Placed, priority_grid
from equitybook.charts.rows import Dumbbell, RateBar, Shares, Steps
from equitybook.charts.run_chart import Panel, RunLine, RunPoint, run_chart
from equitybook.charts.theme import theme
from equitybook.charts.wording import percent, title_of

__all__ = [
    "Dumbbell",
    "HeatCell",
    "Panel",
    "Placed",
    "RateBar",
    "RunLine",
    "RunPoint",
    "Shares",
    "Steps",
    "dumbbell",
    "heat_map",
    "percent",
    "priority_grid",
    "rate_bars",
    "run_chart",
    "stacked_shares",
    "step_curve",
    "svg",
    "theme",
    "title_of",
]
