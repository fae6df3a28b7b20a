"""How the group's small numbers are written."""

from __future__ import annotations

from equitybook.findings import MIN_DENOMINATOR
from equitybook.outcomes.wording import DASH


def share(part: float | None, whole: float | None) -> str:
    """Write a share as "80 %"; nothing is a share of nothing, so that is a dash."""
    return DASH if part is None or not whole else f"{round(100 * part / whole, 1):g} %"


def in_percent(part: float, whole: float) -> str:
    """Add a share to the two numbers it is of, " (62.5 %)"; nothing under ten, where the numbers say more (specification 1.4)."""
    return f" ({share(part, whole)})" if whole >= MIN_DENOMINATOR else ""
