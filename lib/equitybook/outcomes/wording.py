"""How numbers, days and lists are written in findings, the same in every outcome; and what is written where there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

DASH = "—"
NOT_SHOWN = "— stands for a number that is not known, or not shown: its group is small, or a small one could be worked out from it."
LEFT_OUT = "Groups whose numbers are not known, or not shown to protect a small group, are left out."
SMALL = 20
"""Below so many people a rate is marked as resting on a small number (specification 1.4)."""
SMALL_NOTE = f"* fewer than {SMALL} people: read it with its interval."

_UNDER_TEN = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(value: float | None) -> str:
    """Write a number of people: "1,234"; "96.4" for an average; a dash for None."""
    if value is None:
        return DASH
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def ratio(value: float | None) -> str:
    """Write a ratio or an index with two decimals, or a dash."""
    return DASH if value is None else f"{value:.2f}"


def day(date: dt.date | None) -> str:
    """Write "30 June 2026"; nothing for None."""
    return "" if date is None else f"{date.day} {date:%B %Y}"


def listing(words: Iterable[str]) -> str:
    """Join as "a", "a and b", "a, b and c"."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def in_words(value: int) -> str:
    """Write small counts of things as words: "two"; "12" from ten on."""
    return _UNDER_TEN[value] if value < len(_UNDER_TEN) else str(value)


def things(count: float, one: str, several: str = "") -> str:
    """Write "1 department", "4 departments"."""
    return f"{count:,g} {one if count == 1 else several or one + 's'}"


def section_id(code: str, step: str) -> str:
    """Name a step's section in a summary."""
    return f"{code.lower()}-{step}"


def step_address(title: str) -> str:
    """Write where a step stands on its page, "#Who-works-here": a heading's own anchor, in Voilà, JupyterLab and saved pages alike."""
    return f"#{title.replace(' ', '-')}"
