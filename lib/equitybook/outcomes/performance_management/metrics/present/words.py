"""How a measure's values are written, each in its own unit."""

from __future__ import annotations

from collections.abc import Mapping

from equitybook.outcomes.wording import DASH, in_words

_AFTER: Mapping[str, str] = {"pct": " %", "days": " days"}


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
    """Write a difference with its sign; points where the unit is percent."""
    if value is None:
        return DASH
    if unit == "pct":
        return f"{value:+.1f} points".replace("-", "−")
    return amount(value, unit) if value < 0 else f"+{amount(value, unit)}"


def distance(value: float, unit: str) -> str:
    """Write how far two values are apart: "23.3 points", "7 days"."""
    return f"{abs(value):.1f} points" if unit == "pct" else amount(abs(value), unit)


def span(interval: tuple[float, float] | None) -> str:
    """Write an interval of percentages."""
    return DASH if interval is None else f"{interval[0]:.1f}–{interval[1]:.1f} %"


def counted(value: int, thing: str) -> str:
    """Write "one cause", "three causes", "12 causes"."""
    return f"{in_words(value)} {thing}{'' if value == 1 else 's'}"


def sentence(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]
