"""A group beside its reference: the distance, and both ratios.

The rarer a result, the larger the relative difference in having it and the smaller the relative difference in not having it. One
ratio alone can therefore say "worse" and "better" about the same change: the three are shown together (specification 1.4).
"""

from __future__ import annotations

from fractions import Fraction

from equitybook.statistics.exact import Number, fraction


def gap_abs(value: Number, reference: Number) -> Fraction:
    """Distance from the reference, in the unit of both: points where both are percentages."""
    return fraction(value) - fraction(reference)


def ratio_fav(value: Number, reference: Number) -> Fraction | None:
    """Divide what is counted in the group by what is counted in the reference; None where the reference is 0."""
    own, other = fraction(value), fraction(reference)
    return own / other if other else None


def ratio_adv(share: Number, reference: Number) -> Fraction | None:
    """Divide what is not counted in the group by what is not counted in the reference, both shares of 0 to 1; None where the reference is 1."""
    own, other = 1 - fraction(share), 1 - fraction(reference)
    return own / other if other else None
