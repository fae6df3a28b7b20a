"""The demonstration's calendar: its stories are written for one autumn, and are moved to the cycles of the day it is created on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

DUE = dt.date(2026, 11, 20)
"""The day cycle 1 is due in the stories."""

BEGUN = dt.date(2026, 12, 5)
"""A day in the first week of cycle 2 in the stories: baselines are locked and evidence is kept on it."""

# What happens while the town works. Periods of data, targets and terms of office stay where they are.
_MOVES = (
    "approved_on",
    "decision_by",
    "sponsor_signed_on",
    "review_date",
    "date",
    "revisit_on",
    "asked_on",
    "expected_on",
    "got_on",
    "created_on",
    "baseline_locked_on",
    "baseline_due",
)


def moved(rows: Sequence[Mapping[str, Any]], by: dt.timedelta) -> list[dict[str, Any]]:
    """Move the dates of the town's own work by so many days; everything else stays."""
    return [{name: _later(value, by) if name in _MOVES and value else value for name, value in row.items()} for row in rows]


def _later(day: str, by: dt.timedelta) -> str:
    return (dt.date.fromisoformat(day) + by).isoformat()
