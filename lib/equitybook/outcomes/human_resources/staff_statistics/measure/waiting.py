"""What was entered and cannot be read, so that a count must wait for it.

A field left empty has a default, which the findings name. A field that was filled in has none: a day chosen in its place would be printed
as if it were the town's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from equitybook.codebook.frames import unread
from equitybook.outcomes.human_resources.staff_statistics.measure.sources import Setup

BACKWARDS = "backwards"
"""Stands among the fields where both days of the period can be read and the last is before the first."""
_DAYS = {
    "staff": ("snapshot_date",),
    "flow": ("period_start", "period_end", "records_from"),
    "tenure": ("period_end", "records_from"),
}
_COUNTED: Mapping[str, tuple[str, ...]] = {
    "hr1_roster": ("hire_date", "sep_date"),
    "hr1_grid": ("n",),
    "hr1_flow": (
        "headcount_start",
        "hires",
        "transfers_in",
        "sep_vol",
        "sep_ret",
        "sep_invol",
        "sep_other",
        "transfers_out",
        "promotions_from",
        "headcount_end",
    ),
    "hr1_moves": ("date",),
}
"""Days and numbers of the rows themselves: one that cannot be read leaves somebody out, or counts somebody who has left."""


def waits_for(frame: pd.DataFrame, setup: Setup, snapshot: dt.date) -> dict[str, tuple[str, ...]]:
    """Name the fields of ``hr1_setup`` that must be put right first, for the counts of ``staff``, of the ``flow`` and of ``tenure``."""
    wrong = unread(frame)
    staff, flow, tenure = (tuple(name for name in _DAYS[counts] if name in wrong) for counts in ("staff", "flow", "tenure"))
    # The period ends on the payday where no other day is given.
    if setup.period_end is None and "period_end" not in wrong:
        flow = (*staff, *flow)
    if not flow and setup.period_start and setup.period_start > (setup.period_end or snapshot):
        flow = (BACKWARDS,)
    reasons = tuple(name for name in ("tenure_events",) if name in wrong)
    return {"staff": staff, "flow": flow, "tenure": (*staff, *tenure, *reasons)}


def unread_rows(tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[str, ...]]:
    """Name the columns with days or numbers that cannot be read, by table; tables without any are left out."""
    found = {name: tuple(one for one in columns if one in unread(tables[name])) for name, columns in _COUNTED.items()}
    return {name: columns for name, columns in found.items() if columns}
