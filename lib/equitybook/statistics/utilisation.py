"""Five usual questions about a group in a job group: is it below what availability leads one to expect."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from equitybook.statistics.comparison import against_figure
from equitybook.statistics.exact import Number, fraction

_EIGHTY = Fraction(4, 5)
_Z_PEOPLE, _Z_EXPECTED = 30, 5


@dataclass(frozen=True, slots=True)
class Utilisation:
    """``people`` of a group among ``incumbents``, beside availability.

    ``expected`` and ``shortfall`` are people (a negative shortfall is a surplus); ``ratio`` is the share over availability. The rules:
    ``any_difference`` (below expected), ``whole_person`` (by at least one), ``eighty`` (share under four fifths of availability),
    ``both`` (the last two: the default verdict). ``one_person``: ``both``, and no longer so with one person more. ``p_below`` is P(X ≤ people), ``p`` two-sided, by the exact binomial; ``z`` only where
    the normal approximation holds. Everything is None, with a ``reason``, where there is nobody or no availability.
    """

    incumbents: int
    people: int
    availability: Fraction | None
    expected: float | None = None
    shortfall: float | None = None
    ratio: float | None = None
    any_difference: bool | None = None
    whole_person: bool | None = None
    eighty: bool | None = None
    one_person: bool | None = None
    p_below: float | None = None
    p: float | None = None
    z: float | None = None
    reason: str = ""

    @property
    def both(self) -> bool | None:
        """Whether the group is under four fifths and at least one whole person below what is expected."""
        return None if self.eighty is None or self.whole_person is None else self.eighty and self.whole_person


def utilisation(incumbents: int, people: int, share_available: Number | None) -> Utilisation:
    """Apply the five rules, comparing whole numbers and fractions exactly.

    Parameters
    ----------
    incumbents, people
        Everybody in the job group, and those of the group.
    share_available
        Availability, 0 to 1; None where it is not known.

    Notes
    -----
    Source: 41 CFR 60-2.15 and the five rules in use for it, as arithmetic only.
    """
    if incumbents == 0:
        return Utilisation(incumbents, people, None, reason="there is nobody in the job group")
    if share_available is None:
        return Utilisation(incumbents, people, None, reason="the share available is not filled in")
    share = fraction(share_available)
    if share <= 0:
        return Utilisation(incumbents, people, share, reason="the share available is 0")
    expected = incumbents * share
    p = against_figure((people, incumbents), min(float(share), 1.0))
    return Utilisation(
        incumbents=incumbents,
        people=people,
        availability=share,
        expected=float(expected),
        shortfall=float(expected - people),
        ratio=float(Fraction(people, incumbents) / share),
        any_difference=people < expected,
        whole_person=expected - people >= 1,
        eighty=people < _EIGHTY * expected,
        one_person=_both(people, expected) and not _both(people + 1, expected),
        p_below=_at_most(people, incumbents, float(share)),
        p=p,
        z=_z(people, incumbents, share),
    )


def _both(people: int, expected: Fraction) -> bool:
    return people < _EIGHTY * expected and expected - people >= 1


def _z(people: int, incumbents: int, share: Fraction) -> float | None:
    if incumbents < _Z_PEOPLE or incumbents * share < _Z_EXPECTED or incumbents * (1 - share) < _Z_EXPECTED:
        return None
    return float(people - incumbents * share) / sqrt(float(incumbents * share * (1 - share)))


def _at_most(people: int, incumbents: int, share: float) -> float:
    from scipy.stats import binom  # imported where used: a second of start-up for pages that test nothing

    return float(binom.cdf(people, incumbents, share))
