"""How long people stay: Kaplan and Meier's estimate, with people followed from later than their first day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_HALF = 0.5 + 1e-12
"""A product of fractions that is one half can come out a hair above it."""


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """The share still here after each time at which somebody left or was last seen.

    ``times`` (in the unit of the durations, ascending), ``survival`` (0 to 1), ``at_risk`` (people followed just before), ``events`` (people who
    left then): arrays of one length.
    """

    times: Floats
    survival: Floats
    at_risk: Ints
    events: Ints

    @property
    def median(self) -> float | None:
        """The time by which half have left; None where the curve never comes down to one half."""
        below = np.flatnonzero(self.survival <= _HALF)
        return float(self.times[below[0]]) if len(below) else None

    def while_at_risk(self, least: int) -> Survival:
        """Cut the curve before the first time somebody left with fewer than ``least`` people followed."""
        thin = np.flatnonzero((self.at_risk < least) & (self.events > 0))
        kept = slice(None, thin[0] if len(thin) else None)
        enough = self.at_risk[kept] >= least
        return Survival(
            self.times[kept][enough], self.survival[kept][enough], self.at_risk[kept][enough], self.events[kept][enough]
        )


def kaplan_meier(
    durations: Sequence[float] | Floats,
    events: Sequence[bool] | Sequence[int] | npt.NDArray[np.bool_],
    *,
    entry: Sequence[float] | Floats | None = None,
) -> Survival:
    """Estimate the share still here by time.

    Parameters
    ----------
    durations
        Time from the first day to leaving, or to the last day known.
    events
        Whether the person left then (true) or was still here (false).
    entry
        Time already served when records begin: a person counts as followed only after it (left truncation). Without it those who left
        before the records begin are missing, and staying looks longer than it is. Nobody is followed at or after their duration.

    Returns
    -------
    Survival
        Empty arrays where nobody is followed.

    Raises
    ------
    ValueError
        If the lengths differ.

    Notes
    -----
    At time t those with ``entry < t <= duration`` are at risk. Checked against statsmodels and published leukaemia data.
    """
    time, left = np.asarray(durations, dtype=float), np.asarray(events, dtype=bool)
    start = np.full_like(time, -np.inf) if entry is None else np.asarray(entry, dtype=float)
    if not len(time) == len(left) == len(start):
        message = f"There are {len(time)} durations, {len(left)} events and {len(start)} entries; give one of each per person."
        raise ValueError(message)
    followed = start < time
    time, left, start = time[followed], left[followed], np.sort(start[followed])
    times = np.unique(time)
    ended, gone = np.sort(time), np.sort(time[left])
    # Entered before t, less those who ended before t.
    at_risk = np.searchsorted(start, times, side="left") - np.searchsorted(ended, times, side="left")
    out = np.searchsorted(gone, times, side="right") - np.searchsorted(gone, times, side="left")
    survival = np.cumprod(1 - out / at_risk)
    return Survival(times, survival, at_risk.astype(np.int64), out.astype(np.int64))
