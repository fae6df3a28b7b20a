"""The one look of every chart: fonts, colours, dashes, shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

FONT = "Public Sans, system-ui, Segoe UI, Liberation Sans, Arial, sans-serif"  # no name with a digit: a browser cannot measure it unquoted
PALETTE: tuple[str, ...] = (
    "#2378c3", "#e69f00", "#117a65", "#cc79a7", "#56b4e9", "#8a4b00", "#8e5ea2", "#999933", "#b0413e", "#5c5cc4",
)  # fmt: skip
"""Colours for groups, after Okabe and Ito: colour-blind eyes tell neighbours apart, on paper and on a dark page."""
VALUE, REFERENCE = "#2378c3", "#c05600"
NOT_SHOWN, UNKNOWN_GREY = "#c6cace", "#71767a"
NOT_SHOWN_LABEL = "Not shown"
_LIGHT = {"ink": "#1b1b1b", "soft": "#565c65", "line": "#c6cace", "paper": "#ffffff"}
_DARK = {"ink": "#f0f0f0", "soft": "#a9b1b8", "line": "#4a5056", "paper": "#1b1b1b"}
LIGHT_WRITING, DARK_WRITING = "#ffffff", "#1a1a1a"
"""What is written on a colour of the data. None of the page's own inks: those turn with the page, and the data's colours do not."""
BAR, LABEL_LINE = 22, 30
"""Pixels: a bar, and the line above it that bears its label (beside it there is no room on a phone)."""
CURVES: tuple[str, ...] = (VALUE, REFERENCE, "#117a65", "#8e5ea2")
DASHES: tuple[tuple[int, ...], ...] = ((1, 0), (7, 4), (2, 3), (9, 3, 2, 3))
SHAPES: tuple[str, ...] = ("circle", "square", "triangle-up", "diamond", "cross")


def theme(*, dark: bool = False) -> dict[str, Any]:
    """Return the Vega-Lite ``config`` of every chart, for paper or for a dark page."""
    ink = _DARK if dark else _LIGHT
    axis = {
        "labelFontSize": 14, "titleFontSize": 14, "titleFontWeight": "normal", "labelColor": ink["ink"], "titleColor": ink["soft"],
        "gridColor": ink["line"], "domainColor": ink["line"], "tickColor": ink["line"], "labelLimit": 0, "gridOpacity": 0.6, "labelSeparation": 6,
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
        # The only title is a note under the picture; what a picture is about is the finding's own heading.
        "title": {
            "orient": "bottom",
            "anchor": "start",
            "fontSize": 13,
            "fontWeight": "normal",
            "color": ink["soft"],
            "offset": 12,
            "lineHeight": 18,
        },
        "range": {"category": list(PALETTE)},
        "style": {
            "label": {"fill": ink["ink"]},
            "interval": {"stroke": ink["ink"], "fill": ink["ink"]},
            "link": {"stroke": ink["soft"]},
            "segment": {"stroke": ink["paper"]},
        },
    }


def group_colours(groups: Sequence[str]) -> dict[str, str]:
    """Give each group its colour; people whose group is not known are grey."""
    plain = [g for g in groups if not g.lower().startswith("unknown")]
    colours = {group: PALETTE[i % len(PALETTE)] for i, group in enumerate(plain)}
    return {**dict.fromkeys(groups, UNKNOWN_GREY), **colours, NOT_SHOWN_LABEL: NOT_SHOWN}


def ink_on(colour: str) -> str:
    """Choose white or black, whichever is read better on that colour (WCAG relative luminance)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - sRGB
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return LIGHT_WRITING if (1.05 / (luminance + 0.05)) >= ((luminance + 0.05) / 0.06) else DARK_WRITING


def cycle(values: Sequence[Any], count: int) -> list[Any]:
    """Take that many values, starting again at the end."""
    return [list(v) if isinstance(v, tuple) else v for v in (values[i % len(values)] for i in range(count))]


def paper_colours() -> dict[str, str]:
    """Give the colours of text and lines on paper, with the page's name for each."""
    return {colour: name for name, colour in _LIGHT.items() if name != "paper"}
