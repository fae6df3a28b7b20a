"""How a measure's values are written, each in its own unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

DASH = "—"
NOT_SHOWN = "— stands for a number that is not known, or not shown because the group is small."
LEFT_OUT = "Groups whose numbers are not known, or too small to show, are left out."
SMALL = 20
"""Below so many people a value is marked as resting on a small number (specification 1.4)."""
SMALL_NOTE = f"* fewer than {SMALL} people: read it with its interval."
_AFTER: Mapping[str, str] = {"pct": " %", "days": " days"}
_UNDER_TEN = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def around(unit: str) -> tuple[str, str]:
    """Give what is written before and after a value of that unit."""
    return ("$" if unit == "dollars" else ""), _AFTER.get(unit, "")


def amount(value: float | None, unit: str) -> str:
    """Write a value: "61.0 %", "31 days", "$1,200", "3.4"; a dash for None."""
    if value is None:
        return DASH
    before, after = around(unit)
    sign = "−" if value < 0 else ""
    size = abs(value)
    digits = (
        f"{size:,.2f}"
        if unit == "ratio"
        else f"{size:,.1f}"
        if unit == "pct" or not float(round(size, 1)).is_integer()
        else f"{size:,.0f}"
    )
    return f"{sign}{before}{digits}{after}"


def difference(value: float | None, unit: str) -> str:
    """Write a difference with its sign; points where the unit is per cent."""
    if value is None:
        return DASH
    if unit == "pct":
        return f"{value:+.1f} points".replace("-", "−")
    return amount(value, unit) if value < 0 else f"+{amount(value, unit)}"


def distance(value: float, unit: str) -> str:
    """Write how far two values are apart: "23.3 points", "7 days"."""
    return f"{abs(value):.1f} points" if unit == "pct" else amount(abs(value), unit)


def span(interval: tuple[float, float] | None) -> str:
    """Write an interval of per cents."""
    return DASH if interval is None else f"{interval[0]:.1f}–{interval[1]:.1f} %"


def number(value: float | None) -> str:
    """Write a number of people."""
    return DASH if value is None else f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def ratio(value: float | None) -> str:
    """Write a ratio with two decimals."""
    return DASH if value is None else f"{value:.2f}"


def counted(value: int, thing: str) -> str:
    """Write "one cause", "three causes", "12 causes"."""
    words = _UNDER_TEN[value] if value < len(_UNDER_TEN) else str(value)
    return f"{words} {thing}{'' if value == 1 else 's'}"


def listing(words: Iterable[str]) -> str:
    """Join as "a", "a and b", "a, b and c"."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def sentence(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]
