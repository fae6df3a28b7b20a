"""How far two raters agree beyond chance (specification PM4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

LEAST_PAIRS = 10
"""Fewest items rated by both for which agreement is reported."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """``exact`` and ``within_one`` are shares of the pairs, 0 to 1; ``kappa`` is quadratic-weighted. None with a ``reason`` where undefined."""

    pairs: int
    exact: float | None
    within_one: float | None
    kappa: float | None
    reason: str = ""


def agreement(first: Sequence[int], second: Sequence[int], *, least: int = LEAST_PAIRS) -> Agreement:
    """Compare two raters' scores of the same items.

    Parameters
    ----------
    first, second
        Whole scores on one scale, in the same order of items; both of the same length.
    least
        Fewest pairs for which kappa is given.

    Notes
    -----
    Quadratic weights: kappa is 1 minus the squared differences seen over those expected by chance (Cohen 1968). Where both raters
    gave one and the same score throughout, nothing is expected by chance and kappa is undefined, not 0 or 1.

    Raises
    ------
    ValueError
        If the two are not of the same length.
    """
    pairs = list(zip(first, second, strict=True))
    if not pairs:
        return Agreement(0, None, None, None, "nothing was rated by both")
    n = len(pairs)
    exact, within = (sum(abs(one - other) <= far for one, other in pairs) / n for far in (0, 1))
    if n < least:
        return Agreement(n, exact, within, None, f"fewer than {least} items were rated by both")
    seen = Fraction(sum((one - other) ** 2 for one, other in pairs), n)
    left, right = Counter(first), Counter(second)
    expected = Fraction(sum(a * b * (one - other) ** 2 for one, a in left.items() for other, b in right.items()), n * n)
    if not expected:
        return Agreement(n, exact, within, None, "both raters gave the same score throughout")
    return Agreement(n, exact, within, float(1 - seen / expected))
