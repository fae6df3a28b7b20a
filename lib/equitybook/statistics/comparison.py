"""Groups side by side: the gap in points, both ratios, and an exact test, corrected for looking at several groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import numpy as np

from equitybook.statistics.exact import fraction
from equitybook.statistics.holm import holm

LINE = Fraction(4, 5)
ALPHA = 0.05
Counts = tuple[float, float]
"""(how many of them, of how many)."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One group against its reference.

    Rates are 0 to 1, ``gap`` is in percentage points. ``favourable_ratio`` divides the rates of the good result (kept, promoted) by the
    reference's; ``adverse_ratio`` divides the reference's rate of the bad result by the group's: both are below 1 where the group fares worse, and
    None where the divisor is 0. The rarer a result, the more one ratio exaggerates and the other hides, so neither stands alone.
    ``one_person``: the favourable ratio is below the line of four fifths, and one person of the group with the other result would lift it.
    """

    group: str
    reference: str
    rate: float
    reference_rate: float
    part: float
    whole: float
    gap: float
    favourable_ratio: float | None
    adverse_ratio: float | None
    worse: bool
    below_line: bool
    one_person: bool = False
    p: float | None = None
    p_adjusted: float | None = None

    @property
    def beyond_chance(self) -> bool:
        """Whether the corrected test says that chance rarely gives such a difference."""
        return self.p_adjusted is not None and self.p_adjusted <= ALPHA


def compare(
    groups: Mapping[str, Counts],
    *,
    counts: Literal["good", "bad"],
    reference: Literal["others", "best"],
    least: float = 10,
    reference_least: float = 20,
) -> dict[str, Comparison]:
    """Compare each group with all others together, or with the group that fares best.

    Parameters
    ----------
    groups
        Code to (how many, of how many). Wholes may be averages or years of work; the test rounds them to whole people.
    counts
        Whether the first number counts a good result (promoted) or a bad one (left).
    reference
        ``"others"``: everyone in the other groups. ``"best"``: the group with the best rate among those with at least ``reference_least``
        people; a tiny group with a perfect record would make everyone else look bad.
    least
        Groups, and references, with fewer people are left out.

    Returns
    -------
    dict
        By group; groups that cannot be compared are absent. p-values are of Fisher's exact test, Holm-adjusted over the groups compared.
    """
    big = {code: pair for code, pair in groups.items() if pair[1] >= least and pair[0] <= pair[1]}
    made: dict[str, Comparison] = {}
    for code, pair in big.items():
        name, other = _others(groups, code) if reference == "others" else _best(big, code, counts, reference_least)
        if other is not None and other[1] >= least and other[0] <= other[1]:
            made[code] = _one(code, pair, name, other, good=counts == "good")
    adjusted = holm([one.p for one in made.values()])
    return {code: replace(one, p_adjusted=p) for (code, one), p in zip(made.items(), adjusted, strict=True)}


def fisher(first: Counts, second: Counts) -> float | None:
    """Two-sided p of Fisher's exact test on two (how many, of how many); None where a row would be negative or empty."""
    from scipy.stats import fisher_exact  # imported where used: a second of start-up for pages that test nothing

    rows = [[round(part), round(whole) - round(part)] for part, whole in (first, second)]
    if any(count < 0 for row in rows for count in row) or any(sum(row) == 0 for row in rows):
        return None
    return float(fisher_exact(np.array(rows)).pvalue)


def against_figure(counts: Counts, share: float) -> float | None:
    """Two-sided p of the exact binomial test of (how many, of how many) against a fixed share of 0 to 1; None where nobody is counted among."""
    from scipy.stats import binomtest  # imported where used: a second of start-up for pages that test nothing

    part, whole = (round(one) for one in counts)
    if whole <= 0 or not 0 <= part <= whole or not 0 <= share <= 1:
        return None
    return float(binomtest(part, whole, share).pvalue)


def _others(groups: Mapping[str, Counts], code: str) -> tuple[str, Counts | None]:
    rest = [pair for name, pair in groups.items() if name != code]
    return "", (sum(part for part, _ in rest), sum(whole for _, whole in rest)) if rest else None


def _best(groups: Mapping[str, Counts], code: str, counts: str, least: float) -> tuple[str, Counts | None]:
    rates = {name: fraction(part) / fraction(whole) for name, (part, whole) in groups.items() if whole >= least}
    if not rates:
        return "", None
    best = max(rates, key=lambda name: rates[name] if counts == "good" else -rates[name])
    return best, None if best == code else groups[best]


def _one(code: str, pair: Counts, name: str, other: Counts, *, good: bool) -> Comparison:
    own, theirs = (fraction(part) / fraction(whole) for part, whole in (pair, other))
    kept, their_kept = (own, theirs) if good else (1 - own, 1 - theirs)
    lost, their_lost = 1 - kept, 1 - their_kept
    lifted = kept + 1 / fraction(pair[1])
    favourable = kept / their_kept if their_kept else None
    adverse = their_lost / lost if lost else None
    return Comparison(
        group=code,
        reference=name,
        rate=float(own),
        reference_rate=float(theirs),
        part=pair[0],
        whole=pair[1],
        gap=float(100 * (own - theirs)),
        favourable_ratio=None if favourable is None else float(favourable),
        adverse_ratio=None if adverse is None else float(adverse),
        worse=kept < their_kept,
        below_line=any(one is not None and one < LINE for one in (favourable, adverse)),
        one_person=kept < LINE * their_kept <= lifted,
        p=fisher(pair, other),
    )
