"""Who could be expected, and a group's share beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from equitybook.statistics.exact import Number, fraction

SE_OF_MOE_90 = 1.645
"""A published 90 % margin of error is this many standard errors."""


def availability(external: Number, internal: Number = 0, *, w_external: Number = 1, w_internal: Number = 0) -> Fraction:
    """Two-factor availability: shares (0 to 1) outside and inside, each by its weight.

    Notes
    -----
    Weights that do not add up to 1 are divided by their sum. Source: 41 CFR 60-2.14, used as arithmetic.
    """
    outside, inside = fraction(w_external), fraction(w_internal)
    if outside + inside <= 0:
        raise ValueError("The two weights are both 0. Say how many of these jobs are filled from outside: 0.7 is 70 %.")
    return (outside * fraction(external) + inside * fraction(internal)) / (outside + inside)


def composite_availability(parts: Iterable[tuple[Number, Number]]) -> Fraction | None:
    """Availability of a mixed group: (people, availability) of each part, weighted by people; None where there are no people."""
    pairs = [(fraction(people), fraction(share)) for people, share in parts]
    people = sum((n for n, _ in pairs), Fraction(0))
    return sum((n * share for n, share in pairs), Fraction(0)) / people if people else None


@dataclass(frozen=True, slots=True)
class Index:
    """Share over benchmark; ``interval`` from the benchmark's margin of error (upper end None where the margin reaches 0); ``cv`` in percent."""

    value: float | None
    interval: tuple[float, float | None] | None
    cv: float | None
    reason: str = ""


def representation_index(share: Number, benchmark: Number, moe: Number | None = None) -> Index:
    """Divide a share (0 to 1) by a benchmark share (0 to 1).

    Parameters
    ----------
    moe
        The benchmark's 90 % margin of error, 0 to 1. The share itself is a count of all staff, not a sample, and adds no error.
    """
    own, other = fraction(share), fraction(benchmark)
    if other == 0:
        return Index(None, None, None, reason="the benchmark is 0")
    value = float(own / other)
    if moe is None:
        return Index(value, None, None)
    margin = fraction(moe)
    high = float(own / (other - margin)) if margin < other else None
    return Index(value, (float(own / (other + margin)), high), cv=float(100 * margin / other) / SE_OF_MOE_90)
