"""Who came to which session, person by person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from equitybook.program.cohort import Cohort


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person at one session. ``present`` is None while nobody has recorded the session."""

    cycle: int
    kind: Literal["training", "coaching"]
    date: dt.date
    community: str
    username: str
    present: bool | None


def attendance(cohort: Cohort, *, cycle: int | None = None, community: str = "") -> tuple[Attendance, ...]:
    """Everybody invited to each session, by date and community; narrowed to a cycle or a community where named."""
    return tuple(
        Attendance(
            cycle=session.cycle,
            kind=session.kind,
            date=session.date,
            community=town.slug,
            username=person.username,
            present=None if session.present is None else person.username in session.present,
        )
        for session in cohort.sessions
        if cycle in (None, session.cycle)
        for town in cohort.communities
        if (not session.communities or town.slug in session.communities) and community in ("", town.slug)
        for person in town.participants
    )
