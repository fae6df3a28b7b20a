"""How long people stay: a curve for everyone, and for each group that is large enough."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from equitybook.findings import MIN_DENOMINATOR, TOTAL, UNKNOWN, Curve, Statistic
from equitybook.outcomes.human_resources.staff_statistics.dimensions import GROUP_DIMENSIONS
from equitybook.outcomes.human_resources.staff_statistics.measure.sources import Staff
from equitybook.statistics import Survival, kaplan_meier

COUNTED_IN = "staff.race_sex"
_YEAR = 365.25
_HALF_A_DAY = 0.5 / _YEAR


def tenure_curves(staff: Staff) -> tuple[tuple[Curve, ...], tuple[Statistic, ...]]:
    """Estimate the curves and their medians, as far as at least ten people are followed.

    Notes
    -----
    Leaving counts for the reasons chosen in ``tenure_events`` (all when none is chosen); other leavers count as followed up to that day. People who
    left before records begin are left out, and everyone hired before is followed only from then on (left truncation).
    """
    followed = _followed(staff)
    curves, medians = [], []
    for group, part in _groups(followed):
        curve = kaplan_meier(part["time"].to_numpy(), part["event"].to_numpy(), entry=part["entry"].to_numpy()).while_at_risk(
            MIN_DENOMINATOR
        )
        if not len(curve.times) or not curve.events.any():
            continue
        curves.append(Curve("HR1.tenure", group, _points(curve), counted_in=COUNTED_IN))
        if curve.median is not None:
            n = int(curve.at_risk[np.flatnonzero(curve.times == curve.median)[0]])
            medians.append(Statistic("HR1.median_tenure", group, round(curve.median, 1), n=n, counted_in=COUNTED_IN))
    return tuple(curves), tuple(medians)


def _followed(staff: Staff) -> pd.DataFrame:
    people = staff.people[staff.people["hire_date"].notna()]
    gone = people["sep_date"]
    if not gone.notna().any():
        return people.assign(time=0.0, event=False, entry=0.0).iloc[:0]
    # Without that date, the earliest leaver on file is the best that can be known about where records begin.
    since = pd.Timestamp(staff.setup.records_from) if staff.setup.records_from else gone.min()
    end = pd.Timestamp(max(staff.snapshot, staff.end))
    people = people[(gone.isna() | (gone >= since)) & (people["hire_date"] <= end)]
    left = people["sep_date"].notna() & (people["sep_date"] <= end)
    chosen = people["sep_type"].isin(staff.setup.tenure_events) if staff.setup.tenure_events else True
    until = people["sep_date"].where(left, end)
    return people[["race", "sex"]].assign(
        time=((until - people["hire_date"]).dt.days / _YEAR).clip(lower=_HALF_A_DAY),
        event=left & chosen,
        entry=((since - people["hire_date"]).dt.days / _YEAR).clip(lower=0),
    )


def _groups(followed: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    yield TOTAL, followed
    for name, dimension in GROUP_DIMENSIONS.items():
        for code in dimension.labels:
            if code != UNKNOWN:
                yield code, followed[followed[name] == code]


def _points(curve: Survival) -> tuple[tuple[float, float, int], ...]:
    """Start at 1 with those followed from the first days, then give every time somebody left, and how far the curve reaches."""
    kept = curve.events > 0
    kept[-1] = True
    triples = zip(curve.times[kept], curve.survival[kept], curve.at_risk[kept], strict=True)
    return ((0.0, 1.0, int(curve.at_risk[0])), *((float(t), float(s), int(n)) for t, s, n in triples))
