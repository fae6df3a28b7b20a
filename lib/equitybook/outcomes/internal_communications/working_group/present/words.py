"""How the group's small numbers are written."""

from __future__ import annotations

from collections.abc import Sequence

DASH = "—"


def count(number: float, one: str, many: str = "") -> str:
    """Write "1 department", "4 departments"."""
    return f"{number:,g} {one if number == 1 else many or one + 's'}"


def share(part: float | None, whole: float | None) -> str:
    """Write a share as "80 %"; nothing is a share of nothing, so that is a dash."""
    return DASH if part is None or not whole else f"{round(100 * part / whole, 1):g} %"


def listing(words: Sequence[str]) -> str:
    """Join as "a", "a and b", "a, b and c"."""
    *first, last = words or [""]
    return f"{', '.join(first)} and {last}" if first else last
