"""Survey estimates with their published margins of error: sums, shares, ratios, changes, and whether two of them differ.

Margins are those of the American Community Survey: 90 %, in the unit of the estimate. A controlled estimate has a margin of 0. What
cannot be computed is None, with the reason in ``note``; a margin that is not published never becomes 0.

Source: Census Bureau, Understanding and Using American Community Survey Data (2018), chapter 8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt

from equitybook.statistics.exact import fraction
from equitybook.statistics.representation import SE_OF_MOE_90

Z_90 = 1.645
"""A difference of more standard errors than this is one at 90 %."""

_HIGH, _MEDIUM = 12, 40
_NOT_PUBLISHED = "one of the figures is not published"
_NO_MARGIN = "one of the margins of error is not published"
_WHOLE_IS_ZERO = "the whole is 0"
_Variance = Callable[[Fraction, Fraction], Fraction]


class Reliability(StrEnum):
    """How far an estimate can be leaned on, by its coefficient of variation: up to 12 %, up to 40 %, above.

    There is no official cut; these are the most used ones (Esri). Show the number beside the class.
    """

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its 90 % margin of error, both in people, shares (0 to 1) or percent.

    ``value`` is None where nothing is published or can be computed, ``moe`` where no margin is; ``note`` then says why.
    """

    value: float | None
    moe: float | None = None
    note: str = ""

    @property
    def controlled(self) -> bool:
        """Whether the figure is set to a known total, so that no sampling error belongs to it."""
        return self.value is not None and self.moe == 0

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 90 % interval, in the figure's unit; its lower end may be below 0."""
        return None if self.value is None or self.moe is None else (self.value - self.moe, self.value + self.moe)

    @property
    def standard_error(self) -> float | None:
        """The margin over 1.645."""
        return None if self.value is None or self.moe is None else self.moe / SE_OF_MOE_90

    @property
    def cv(self) -> float | None:
        """Coefficient of variation in percent: the standard error over the figure. None at a figure of 0."""
        error = self.standard_error
        return None if error is None or not self.value else 100 * error / abs(self.value)

    @property
    def reliability(self) -> Reliability | None:
        """The class of the coefficient of variation, cut exactly; None at a figure of 0 or without a margin."""
        if self.value is None or self.moe is None or not self.value:
            return None
        cv = 100 * fraction(self.moe) / fraction(SE_OF_MOE_90) / abs(fraction(self.value))
        return Reliability.HIGH if cv <= _HIGH else Reliability.MEDIUM if cv <= _MEDIUM else Reliability.LOW


def moe_of_sum(parts: Iterable[tuple[float, float]]) -> float:
    """Margin of a sum of estimates, from (value, margin) of each.

    Notes
    -----
    The root of the sum of squares. Of estimates that are 0 only the largest margin counts, once: their margins are all about the same
    few people who were not found, and adding them up would widen the result without end.
    """
    pairs = list(parts)
    others = sum(moe * moe for value, moe in pairs if value != 0)
    return sqrt(others + max((moe for value, moe in pairs if value == 0), default=0.0) ** 2)


def total(parts: Iterable[Estimate]) -> Estimate:
    """Add estimates that do not overlap, such as age groups. One that is not published leaves the sum unknown."""
    given = tuple(parts)
    values = [one.value for one in given if one.value is not None]
    if len(values) < len(given) or not given:
        return Estimate(None, None, _NOT_PUBLISHED if given else "there is nothing to add")
    margins = [one.moe for one in given if one.moe is not None]
    if len(margins) < len(given):
        return Estimate(sum(values), None, _NO_MARGIN)
    return Estimate(sum(values), moe_of_sum(zip(values, margins, strict=True)))


def difference(first: Estimate, second: Estimate) -> Estimate:
    """Subtract the second from the first; the margin is the root of the sum of squares, whichever comes first."""
    if first.value is None or second.value is None:
        return Estimate(None, None, _NOT_PUBLISHED)
    return _with_margin(first.value - second.value, first, second, lambda one, other: one * one + other * other)


def proportion(part: Estimate, whole: Estimate) -> Estimate:
    """Share (0 to 1) of a part in its whole.

    Notes
    -----
    The margin is that of a part of its whole, with a minus under the root. Where that would be negative, the ratio's formula with a
    plus takes its place, as the Census Bureau says; the result jumps there, because the first assumes that part and whole move together.
    """
    if part.value is None or whole.value is None:
        return Estimate(None, None, _NOT_PUBLISHED)
    if whole.value == 0:
        return Estimate(None, None, _WHOLE_IS_ZERO)
    if not 0 <= part.value <= whole.value:
        return Estimate(None, None, "the part is not between 0 and its whole")
    return _quotient(part, whole, subset=True)


def ratio(first: Estimate, second: Estimate) -> Estimate:
    """Divide an estimate by another that it is not a part of."""
    if first.value is None or second.value is None:
        return Estimate(None, None, _NOT_PUBLISHED)
    return Estimate(None, None, _WHOLE_IS_ZERO) if second.value == 0 else _quotient(first, second, subset=False)


def product(first: Estimate, second: Estimate) -> Estimate:
    """Multiply two estimates, such as people and the share of them."""
    if first.value is None or second.value is None:
        return Estimate(None, None, _NOT_PUBLISHED)
    a, b = fraction(first.value), fraction(second.value)
    return _with_margin(first.value * second.value, first, second, lambda one, other: a * a * other * other + b * b * one * one)


def percent_change(before: Estimate, now: Estimate) -> Estimate:
    """Change in percent from ``before`` to ``now``; the margin is the ratio's, times 100."""
    found = ratio(now, before)
    if found.value is None:
        return found
    return Estimate(100 * (found.value - 1), None if found.moe is None else 100 * found.moe, found.note)


@dataclass(frozen=True, slots=True)
class DifferenceTest:
    """Whether two estimates differ at 90 %. ``z`` and ``differs`` are None, with a ``reason``, where that cannot be tested.

    ``label`` is "approximate" unless the two are known to be independent: five-year periods that share years, and a village within
    its county, move together, and their covariance is not published.
    """

    z: float | None
    differs: bool | None
    label: str = ""
    reason: str = ""


def difference_test(first: Estimate, second: Estimate, *, independent: bool = False) -> DifferenceTest:
    """Test two estimates, or two shares, against each other; a positive ``z`` says that the first is larger.

    Parameters
    ----------
    independent
        True only where the periods share no year and neither area lies in the other.
    """
    label = "" if independent else "approximate"
    gap = difference(first, second)
    if gap.value is None or gap.moe is None:
        return DifferenceTest(None, None, label, gap.note)
    if gap.moe == 0:
        return DifferenceTest(None, None, label, "both figures are controlled, so chance has no part in their difference")
    z = gap.value / (gap.moe / SE_OF_MOE_90)
    return DifferenceTest(z, abs(z) > Z_90, label)


def _quotient(first: Estimate, second: Estimate, *, subset: bool) -> Estimate:
    """Divide, with the margin of a part of its whole or, where that has no root, of a ratio. Neither value is None; the second is not 0."""
    a, b = fraction(first.value or 0), fraction(second.value or 0)

    def variance(one: Fraction, other: Fraction) -> Fraction:
        spread = (a / b) ** 2 * other * other
        inner = one * one - spread if subset else one * one + spread
        return (inner if inner >= 0 else one * one + spread) / (b * b)

    return _with_margin(float(a / b), first, second, variance)


def _with_margin(value: float, first: Estimate, second: Estimate, variance: _Variance) -> Estimate:
    if first.moe is None or second.moe is None:
        return Estimate(value, None, _NO_MARGIN)
    return Estimate(value, sqrt(variance(fraction(first.moe), fraction(second.moe))))
