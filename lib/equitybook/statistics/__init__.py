"""Statistics in plain names: thin, checked wrappers over scipy and exact arithmetic.

Shares and rates are 0 to 1. A number that cannot be computed is None with a ``reason``, never 0. Thresholds are compared
exactly, by whole numbers and fractions: 3 of 5 against 6 of 8 is 0.8 and not below it.
"""

from __future__ import annotations

from equitybook.statistics.comparison import Comparison, against_figure, compare
from equitybook.statistics.exact import fraction
from equitybook.statistics.gaps import gap_abs, ratio_adv, ratio_fav
from equitybook.statistics.holm import holm
from equitybook.statistics.intervals import poisson_interval, rate_interval, wilson
from equitybook.statistics.progress import Status, expected, held, progress, stale, status, status_of_held
from equitybook.statistics.rates import Rate, rate, retention, turnover
from equitybook.statistics.representation import Index, availability, composite_availability, representation_index
from equitybook.statistics.survival import Survival, kaplan_meier
from equitybook.statistics.utilisation import Utilisation, utilisation

__all__ = [
    "Comparison",
    "Index",
    "Rate",
    "Status",
    "Survival",
    "Utilisation",
    "against_figure",
    "availability",
    "compare",
    "composite_availability",
    "expected",
    "fraction",
    "gap_abs",
    "held",
    "holm",
    "kaplan_meier",
    "poisson_interval",
    "progress",
    "rate",
    "rate_interval",
    "ratio_adv",
    "ratio_fav",
    "representation_index",
    "retention",
    "stale",
    "status",
    "status_of_held",
    "turnover",
    "utilisation",
    "wilson",
]
