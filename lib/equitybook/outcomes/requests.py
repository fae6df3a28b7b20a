"""Which steps wait for data somebody has asked for (specification 4.2): such a step counts as done for the self-check.

Requests are logged in the table ``pm1_requests``; every outcome's steps may be named there. Pure, and below every room, so that the
recap, the self-check and the summary read the log alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from equitybook.outcomes.wording import day

TABLE, OUTCOME, FINDING = "pm1_requests", "PM1", "PM1.requests"
"""Where requests are logged, whose table that is, and the finding that tells them."""

RECEIVED = "received"
ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Request:
    """One dated request. ``step`` is ``"<CODE>.<step id>"``, empty where it is for no step; ``measure`` is a measure's code.

    ``status`` is ``asked``, ``received``, ``refused`` or ``not available``.
    """

    what: str
    who_role: str
    asked_on: dt.date
    expected_on: dt.date | None = None
    got_on: dt.date | None = None
    status: str = ASKED
    step: str = ""
    measure: str = ""

    @property
    def received(self) -> bool:
        """Whether the data are here."""
        return self.status == RECEIVED or self.got_on is not None

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self.status == ASKED and not self.received

    @property
    def words(self) -> str:
        """What was asked of whom and when, and how it stands, in a sentence."""
        asked = f"Asked for on {day(self.asked_on)}, of {self.who_role}: {self.what}."
        if self.received:
            return f"{asked} {f'It came on {day(self.got_on)}' if self.got_on else 'It is here'}."
        if not self.waiting:
            return f"{asked} The answer was: {self.status}."
        return f"{asked} Expected by {day(self.expected_on)}." if self.expected_on else asked

    def days(self, today: dt.date) -> int | None:
        """Days since it was asked, while it waits; days it took, once the data came; None where the answer was no."""
        if self.received:
            return None if self.got_on is None else (self.got_on - self.asked_on).days
        return (today - self.asked_on).days if self.waiting else None

    def days_late(self, today: dt.date) -> int:
        """Days past the day it was expected, while it waits; 0 where it is not late."""
        if not self.waiting or self.expected_on is None:
            return 0
        return max(0, (today - self.expected_on).days)


def read_request(row: Mapping[str, Any]) -> Request | None:
    """Read one row of the log, as stored or as a frame gives it; None while it does not say what was asked, of whom and when."""
    asked_on = _day(row.get("asked_on"))
    if asked_on is None or not row.get("what") or not row.get("who_role"):
        return None
    return Request(
        what=str(row["what"]),
        who_role=str(row["who_role"]),
        asked_on=asked_on,
        expected_on=_day(row.get("expected_on")),
        got_on=_day(row.get("got_on")),
        status=str(row.get("status") or ASKED),
        step=str(row.get("for_step") or ""),
        measure=str(row.get("measure_id") or ""),
    )


def open_requests(rows: Iterable[Mapping[str, Any]], today: dt.date) -> Mapping[str, Request]:
    """Name the steps whose data are requested and not received, each with its latest such request.

    Parameters
    ----------
    rows
        The log of requests, as stored.
    today
        Requests dated later are not made yet.

    Returns
    -------
    Mapping
        ``"<CODE>.<step id>"`` to the request, for example ``"HR1.who_works_here"``. "Refused" and "not available" count too, because
        more cannot be asked of a team.
    """
    read = (request for row in rows if (request := read_request(row)) is not None)
    there = [one for one in read if one.step and one.asked_on <= today and not one.received]
    return {one.step: one for one in sorted(there, key=lambda one: one.asked_on)}


def requested_steps(rows: Iterable[Mapping[str, Any]], code: str, *, today: dt.date) -> frozenset[str]:
    """Give an outcome's steps, by id, with a logged request that has not brought the data yet.

    Parameters
    ----------
    rows
        The log of requests, as stored.
    code
        The outcome's code.
    today
        Requests dated later do not count.
    """
    steps = (step.partition(".") for step in open_requests(rows, today))
    return frozenset(step_id for owner, _, step_id in steps if owner == code)


def _day(value: Any) -> dt.date | None:  # noqa: ANN401 - a stored text, a date or a frame's timestamp
    if value != value:  # noqa: PLR0124 - how a frame's missing date tells itself apart; it too calls itself a date
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None
