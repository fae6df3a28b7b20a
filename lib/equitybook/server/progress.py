"""How far a town is with a cycle, told in states and days, never in answers."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from equitybook.outcomes.registry import known
from equitybook.reviews import released_comments
from equitybook.store.handle import changed_since, newest_note

if TYPE_CHECKING:
    from equitybook.program import Cohort, Community, Cycle
    from equitybook.reviews import Comment
    from equitybook.store.handle import Handle


class State(StrEnum):
    """A cycle's state, in the words the page shows."""

    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    SUBMITTED = "Submitted"


@dataclass(frozen=True, slots=True)
class Note:
    """What a town wrote to its coach when it submitted: the words, the username and the cohort's own time."""

    text: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """One town and one cycle. Times are the cohort's own; ``by`` is a username, empty where nothing was written.

    ``note`` is the newest one to the coach, however long ago; ``comments`` are the coach's released ones; ``to_release`` counts the drafts the town has not got, on the coach's desk only.
    """

    community: Community
    cycle: Cycle
    ready: bool
    state: State
    changed_since: bool = False
    last_at: dt.datetime | None = None
    by: str = ""
    submitted_at: dt.datetime | None = None
    submissions: int = 0
    note: Note | None = None
    comments: tuple[Comment, ...] = ()
    to_release: int = 0

    @property
    def readable(self) -> bool:
        """Whether the town has something to open or to read: a workbook, or answers though its workbook is not made yet."""
        return self.ready or self.state is not State.NOT_STARTED

    @property
    def to_fix(self) -> int:
        """How many comments ask for something that is not put right yet."""
        return sum(one.to_fix for one in self.comments)


def progress(cohort: Cohort, handle: Handle, community: Community, cycle: Cycle) -> Progress:
    """Look at a town's history and submissions. ``ready`` says whether its workbook has been generated."""
    ready = cohort.workbook_path(community.slug, cycle).is_file()
    zone = zoneinfo.ZoneInfo(cohort.programme.cohort.time_zone)
    last_seq = handle.last_seq()
    newest = handle.changes(after=last_seq - 1, limit=1) if last_seq else ()
    submitted = handle.submissions(cycle.number)
    own = [row.table.id for one in known(cohort.parts_of(cycle)) for row in one.tables]
    started = any(handle.changes(table=table, limit=1) for table in own)
    state = State.SUBMITTED if submitted else State.IN_PROGRESS if started else State.NOT_STARTED
    noted = newest_note(submitted)
    return Progress(
        community=community,
        cycle=cycle,
        ready=ready,
        state=state,
        changed_since=bool(submitted) and changed_since(handle, submitted[-1]),
        last_at=newest[-1].at.astimezone(zone) if newest else None,
        by=newest[-1].author if newest else "",
        submitted_at=submitted[-1].at.astimezone(zone) if submitted else None,
        submissions=len(submitted),
        note=Note(noted.note.strip(), noted.author, noted.at.astimezone(zone)) if noted else None,
        comments=released_comments(handle, cycle.number),
    )


def shown_cycle(cohort: Cohort, communities: tuple[Community, ...]) -> Cycle:
    """Choose the cycle a desk is about: the one the calendar is in, or the newest one with workbooks where that has none yet."""
    now = cohort.cycle_on(cohort.today())
    with_workbooks = [one for one in cohort.cycles if any(cohort.workbook_path(town.slug, one).is_file() for town in communities)]
    return now if now in with_workbooks or not with_workbooks else with_workbooks[-1]


def begun_cycles(cohort: Cohort, communities: tuple[Community, ...]) -> tuple[Cycle, ...]:
    """List the cycles up to the one a desk is about, in order: those a town can have worked on."""
    now = shown_cycle(cohort, communities)
    return tuple(one for one in cohort.cycles if one.number <= now.number)
