"""Where things stand in a chart: a label on its own line above each bar, per cents along the foot, the legend below."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from equitybook.charts.theme import BAR, LABEL_LINE, theme
from equitybook.findings import Chart
from equitybook.importing import import_jsonschema


def altair() -> Any:  # noqa: ANN401 - its own types are thousands of overloads that hide more than they tell
    """Import Altair on first use: half a second that the command line need not spend."""
    import_jsonschema()
    import altair

    return altair


_WIDEST = 34
"""Letters of a note that fit beside each other on a phone."""


def finish(chart: Any, *, title: str, said: Sequence[str], height: int, note: str = "") -> Chart:  # noqa: ANN401 - see altair
    """Set the size, the theme and the words of a chart; ``note`` stands under the picture, for what it leaves out."""
    sized = chart.properties(width="container", height=height)
    spec = sized.to_dict(validate=False)
    spec["config"] = theme()
    spec["usermeta"] = {"equitybook": {"title": title}}
    if note:
        spec["title"] = {"text": textwrap.wrap(note, _WIDEST)}
    alt_text = f"{title}. " + (". ".join(said) if said else "Nothing to show yet") + "." + (f" {note}" if note else "")
    return Chart(spec={**spec, "description": alt_text}, alt=alt_text)


def bands(data: Sequence[Mapping[str, Any]], *, bars: int = 1) -> Any:  # noqa: ANN401 - see altair
    """Place one band per label, in the order given, leaving a line above each for its words."""
    alt = altair()

    gap = LABEL_LINE / (BAR * bars + LABEL_LINE)
    return alt.Y("name:N", sort=labels_in_order(data), axis=None, scale=alt.Scale(paddingInner=gap, paddingOuter=gap / 2, align=1))


def label_line(data: Sequence[Mapping[str, Any]]) -> Any:  # noqa: ANN401 - see altair
    """Write each label on its own line above its bar."""
    alt = altair()

    y = alt.Y("name:N", sort=labels_in_order(data), axis=None, bandPosition=0)
    words = alt.Chart(alt.Data(values=[{"name": name} for name in labels_in_order(data)])).mark_text(
        align="left", baseline="bottom", dy=-4, style="label"
    )
    return words.encode(x=alt.value(0), y=y, text="name:N")


def labels_in_order(data: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give the labels, once each."""
    return list(dict.fromkeys(d["name"] for d in data))


def chart_height(data: Sequence[Mapping[str, Any]], *, bars: int = 1) -> int:
    """Give the height of the plot in pixels."""
    return max(1, len(labels_in_order(data))) * (BAR * bars + LABEL_LINE)


def percent_axis(top: float, *, title: str | None = None) -> Any:  # noqa: ANN401 - see altair
    """Mark round per cents from 0 up to the largest value, four or five of them, never past 100."""
    alt = altair()

    step = next((s for s in (1, 2, 5, 10, 20, 25) if top / s <= 5), 25)  # noqa: PLR2004 - five marks read at a glance
    values = list(range(0, min(100, int(top + step)) + 1, step))
    return alt.Axis(
        labelExpr="datum.value + ' %'", values=values, domain=False, ticks=False, title=title, titlePadding=8, labelPadding=6
    )


def legend_below(*, columns: int | None = None) -> Any:  # noqa: ANN401 - see altair
    """Put the legend under the plot: two columns where the page is wide enough, one on a phone."""
    alt = altair()

    return alt.Legend(columns=columns or alt.ExprRef("width < 560 ? 1 : 2"), orient="bottom", title=None)
