"""Which steps wait for data somebody has asked for (specification 4.2): such a step counts as done for the self-check.

Requests are logged in the table ``pm1_requests``; every outcome's steps may be named there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

TABLE = "pm1_requests"


def requested_steps(rows: Iterable[Mapping[str, Any]], code: str) -> frozenset[str]:
    """Give an outcome's steps, by id, with a logged request that has not brought the data yet.

    Parameters
    ----------
    rows
        The logged requests as stored: ``for_step`` is ``"<CODE>.<step id>"``. A request counts once it says what was asked of whom;
        "refused" and "not available" count too, because more cannot be asked of a team.
    code
        The outcome's code.
    """
    return frozenset(
        step
        for row in rows
        if row.get("what") and row.get("who_role") and row.get("status") != "received"
        for outcome, _, step in (str(row.get("for_step") or "").partition("."),)
        if outcome == code and step
    )
