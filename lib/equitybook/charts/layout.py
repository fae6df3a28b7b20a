"""Where things stand in a chart: a label on its own line above each bar, percentages along the foot, the legend below."""

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


_WIDEST, _TITLE, _LABEL, _KEY, _FEWEST = 34, 32, 30, 26, 12
"""Letters that fit beside each other on a phone: of a note, of an axis' title, of a label above its bar, of a legend's label; on any page."""
_LETTER, _SLACK = 7.5, 1
"""Pixels: a letter of 14 pixels in the widest font a page is read in, and what it is wider than in the font a picture is measured in."""
_LINE, _SYMBOL, _GAP = 17, 26, 10
"""Pixels: from one line of a label to the next, a legend's symbol with its gaps, and between two columns of a legend."""


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

    above = label_room(labels_in_order(data))
    gap = above / (BAR * bars + above)
    return alt.Y("name:N", sort=labels_in_order(data), axis=None, scale=alt.Scale(paddingInner=gap, paddingOuter=gap / 2, align=1))


def label_line(data: Sequence[Mapping[str, Any]]) -> Any:  # noqa: ANN401 - see altair
    """Write each label above its bar."""
    alt = altair()

    y = alt.Y("name:N", sort=labels_in_order(data), axis=None, bandPosition=0)
    return labels_above("name", labels_in_order(data), dy=4).encode(x=alt.value(0), y=y)


def labels_above(field: str, names: Sequence[str], *, dy: int) -> Any:  # noqa: ANN401 - see altair
    """Write each name on as many lines as the width asks for, the last one ``dy`` pixels above its place."""
    alt = altair()

    # A text is placed by its first line, so the more lines it has the higher it begins.
    up = alt.ExprRef(f"-{dy} - {_LINE} * (length(datum.lines) - 1)")
    words = alt.Chart(alt.Data(values=[{field: name} for name in names])).mark_text(
        align="left", baseline="bottom", dy=up, lineHeight=_LINE, style="label"
    )
    lines = _wrapped(f"datum.{field}", f"max({_FEWEST}, floor(width / {_LETTER}))")
    return words.transform_calculate(lines=lines).encode(text="lines:N")


def label_room(names: Sequence[str]) -> int:
    """Give the pixels above each bar: one line, or as many as the longest name takes on a phone."""
    return LABEL_LINE + _LINE * (max([len(_lines(name, _LABEL)) for name in names], default=1) - 1)


def labels_in_order(data: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give the labels, once each."""
    return list(dict.fromkeys(d["name"] for d in data))


def chart_height(data: Sequence[Mapping[str, Any]], *, bars: int = 1) -> int:
    """Give the height of the plot in pixels."""
    return max(1, len(labels_in_order(data))) * (BAR * bars + label_room(labels_in_order(data)))


def _lines(words: str, letters: int) -> list[str]:
    """Break words into lines of so many letters at most, between words only."""
    return textwrap.wrap(words, letters, break_long_words=False, break_on_hyphens=False)


def _wrapped(text: str, letters: str) -> str:
    """Do the same as the picture is drawn: an expression for the lines of a text."""
    return rf"split(trim(replace({text}, regexp('(.{{1,' + {letters} + '}})( +|$)', 'g'), '$1\n')), '\n')"


def axis_title(words: str) -> str | list[str]:
    """Break an axis' title into lines that fit on a phone; one that fits as it is stays a text."""
    lines = _lines(words, _TITLE)
    return lines if len(lines) > 1 else words


def percent_axis(top: float, *, title: str | list[str] | None = None) -> Any:  # noqa: ANN401 - see altair
    """Mark round percentages from 0 up to the largest value, four or five of them, never past 100."""
    alt = altair()

    step = next((s for s in (1, 2, 5, 10, 20, 25) if top / s <= 5), 25)  # noqa: PLR2004 - five marks read at a glance
    values = list(range(0, min(100, int(top + step)) + 1, step))
    return alt.Axis(
        labelExpr="datum.value + ' %'", values=values, domain=False, ticks=False, title=title, titlePadding=8, labelPadding=6
    )


def legend_below(labels: Sequence[str], **look: Any) -> Any:  # noqa: ANN401 - see altair
    """Put the legend under the plot, in as many columns as its longest label leaves room for; long labels take several lines."""
    alt = altair()

    longest = max((len(line) for label in labels for line in _lines(label, _KEY)), default=0)
    # A saved picture is laid out by the width its own font gives a label, and read in a wider one.
    apart = _GAP + _SLACK * longest
    column = _LETTER * longest + _SYMBOL + apart
    return alt.Legend(
        columns=alt.ExprRef(f"max(1, min({len(labels)}, floor((width + {apart}) / {column})))"),
        columnPadding=apart,
        labelExpr=_wrapped("datum.label", str(_KEY)),
        orient="bottom",
        title=None,
        **look,
    )
