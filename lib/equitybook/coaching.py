"""What is known of a cycle beside its numbers: where each step stands, what was submitted, what the coach has said."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from equitybook.outcomes import requests
from equitybook.report import Section, Stands, Words
from equitybook.report.wording import date_words
from equitybook.reviews import Comment, comment_words, released_comments
from equitybook.reviews.checks import by_step
from equitybook.standing import Standing, statuses, still_open
from equitybook.store.handle import changed_since, newest_note

if TYPE_CHECKING:
    from equitybook.analysis import Answers
    from equitybook.findings import Measured
    from equitybook.program import Cohort, Cycle
    from equitybook.store.handle import Handle


@dataclass(frozen=True, slots=True)
class Coaching:
    """What a summary knows of a cycle beside its numbers. Empty where its reader is told none of it.

    ``log`` are the requests for data as stored, ``comments`` what the coach released on this cycle, ``alone`` whether they are
    printed; ``stands`` says where each step of the outcome at hand stands, by step id.
    """

    log: tuple[Mapping[str, Any], ...] = ()
    comments: tuple[Comment, ...] = ()
    today: dt.date = dt.date.min
    told: bool = False
    alone: bool = False
    stands: Mapping[str, Stands] = field(default_factory=dict)

    @classmethod
    def read(cls, handle: Handle, cycle: int, *, today: dt.date, alone: bool) -> Coaching:
        """Read a town's log and its coach's released comments on a cycle."""
        log = tuple(record.values() for record in handle.read(requests.TABLE))
        return cls(log, released_comments(handle, cycle), today, told=True, alone=alone)

    def of(self, answers: Answers, measured: Measured) -> Coaching:
        """Say where each step of an outcome stands; ``measured`` is the town's own, with nothing hidden."""
        if not self.told:
            return self
        one = answers.outcome
        requested = requests.requested_steps(self.log, one.code, today=self.today)
        waiting = requests.open_requests(self.log, self.today)
        checks = answers.self_check(one.present(measured), requested=requested)
        states, lines = statuses([Standing(answers, checks, requested)], self.comments), by_step(one.guide, checks)
        stands = {}
        for step in one.guide.steps:
            status = states[one.code, step.id]
            still = still_open(step, status, guide=one.guide, checks=checks, request=waiting.get(f"{one.code}.{step.id}"))
            stands[step.id] = Stands(status.state.value, still, lines[step.id])
        return replace(self, stands=stands)

    def said_on(self, code: str, step: str) -> list[Words]:
        """Give the coach's released comments on a step, where they are printed."""
        return [Words(*comment_words(one)) for one in self.comments if self.alone and (one.id.code, one.id.step) == (code, step)]


def handed_in(cohort: Cohort, handle: Handle, cycle: Cycle) -> list[Section]:
    """Say in a section of its own whether and when a town submitted, with its note to the coach."""
    submitted = handle.submissions(cycle.number)
    zone, town = zoneinfo.ZoneInfo(cohort.programme.cohort.time_zone), cohort.community(handle.community).name
    if not submitted:
        return [
            Section("submitted", "What was submitted", f"{town} has not submitted this cycle yet; this is work in progress.", ())
        ]
    then = date_words(submitted[-1].at.astimezone(zone).date())
    since = (
        "something has changed since then, and this shows the answers as they are now"
        if changed_since(handle, submitted[-1])
        else "nothing has changed since then"
    )
    noted = newest_note(submitted)
    note = (Words(f"A note from {town}, {date_words(noted.at.astimezone(zone).date())}", noted.note.strip()),) if noted else ()
    return [Section("submitted", "What was submitted", f"{town} submitted on {then}; {since}.", note)]
