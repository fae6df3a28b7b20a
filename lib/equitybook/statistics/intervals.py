"""95 % intervals for shares and rates."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

Interval = tuple[float, float]


def wilson(part: float, whole: float, *, confidence: float = 0.95) -> Interval | None:
    """Wilson's score interval of a share (0 to 1); None where ``whole`` is 0.

    Parameters
    ----------
    part, whole
        Counts, or an average headcount as ``whole``; ``part`` lies between 0 and ``whole``.

    Raises
    ------
    ValueError
        If ``part`` is negative or larger than ``whole``.

    Notes
    -----
    Not Wald's: 0 of 7 is 0 to 35.4 %, not 0 to 0. Source: Wilson 1927; checked against statsmodels.
    """
    if part < 0 or whole < 0 or part > whole:
        message = f"A share of {part} in {whole} has no interval: the part lies between 0 and the whole."
        raise ValueError(message)
    if whole == 0:
        return None
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share, spread = part / whole, z * z / whole
    centre = (share + spread / 2) / (1 + spread)
    reach = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + spread)
    # At 0 and 1 the bound is exact in theory and a hair off in floating point.
    return (0.0 if part == 0 else centre - reach), (1.0 if part == whole else centre + reach)


def poisson_interval(events: int, exposure: float, *, confidence: float = 0.95) -> Interval | None:
    """Exact (Garwood) interval of a rate of ``events`` per unit of ``exposure``; None where exposure is 0."""
    from scipy.stats import chi2  # a second of start-up that only the rare rate over 100 % needs

    if exposure <= 0:
        return None
    tail = (1 - confidence) / 2
    low = chi2.ppf(tail, 2 * events) / 2 if events else 0.0
    return float(low) / exposure, float(chi2.ppf(1 - tail, 2 * (events + 1)) / 2) / exposure


def rate_interval(part: float, whole: float) -> Interval | None:
    """Wilson's interval, or the exact Poisson one where more left than were there on average; None where ``whole`` is 0."""
    return wilson(part, whole) if part <= whole else poisson_interval(round(part), whole)
