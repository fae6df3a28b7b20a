"""What does not fit together in a programme: names used twice, people and places nobody knows, dates out of order."""

from __future__ import annotations

import zoneinfo
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from equitybook.program.learning_outcomes import LEARNING_OUTCOMES
from equitybook.program.models import Cycle, Programme, Session
from equitybook.program.nearest import did_you_mean


@dataclass(frozen=True, slots=True)
class Problem:
    """One wrong thing: where it stands, what it says, what is wrong with it, what would be right."""

    key: str
    value: object
    problem: str
    fix: str = ""


def inconsistencies(programme: Programme) -> Iterator[Problem]:
    """Yield everything that does not fit together, in the order of the file."""
    yield from _time_zone(programme)
    yield from _names(programme)
    yield from _references(programme)
    yield from _outcomes(programme)
    yield from _dates(programme.cycles)
    for number, session in enumerate(programme.sessions, start=1):
        yield from _session(f"sessions[{number}]", session, programme)


def _time_zone(programme: Programme) -> Iterator[Problem]:
    zone = programme.cohort.time_zone
    try:
        zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        yield Problem("cohort.time_zone", zone, "There is no such time zone.", 'For example: time_zone = "America/Chicago".')


def _names(programme: Programme) -> Iterator[Problem]:
    usernames = [person.username for town in programme.communities for person in town.participants]
    usernames += [person.username for person in (*programme.coaches, *programme.leads)]
    yield from _used_twice("username", usernames, "Each person needs a user name of their own.")
    yield from _used_twice(
        "communities.slug", (town.slug for town in programme.communities), "Each community needs a slug of its own."
    )
    yield from _used_twice("cycles.number", (cycle.number for cycle in programme.cycles), "Each cycle needs a number of its own.")
    yield from _used_twice("cycles.slug", (cycle.slug for cycle in programme.cycles), "Each cycle needs a workbook of its own.")


def _used_twice(key: str, names: Iterable[Any], fix: str) -> Iterator[Problem]:
    for name, times in Counter(names).items():
        if times > 1:
            yield Problem(key, name, f"This is used {times} times.", fix)


def _references(programme: Programme) -> Iterator[Problem]:
    slugs = [town.slug for town in programme.communities]
    for coach in programme.coaches:
        yield from _unknown(f"coaches.{coach.username}.communities", coach.communities, slugs, "community")


def _outcomes(programme: Programme) -> Iterator[Problem]:
    place: dict[str, int] = {}
    for cycle in programme.cycles:
        key = f"cycles.{cycle.number}.outcomes"
        yield from _unknown(key, cycle.outcomes, LEARNING_OUTCOMES, "learning outcome")
        for code in cycle.outcomes:
            if code in place:
                yield Problem(key, code, f"This outcome is already in cycle {place[code]}.", "Keep it in one of the two.")
            place.setdefault(code, cycle.number)


def _unknown(key: str, names: Iterable[str], known: Collection[str], what: str) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield Problem(key, name, f"There is no such {what}.", did_you_mean(name, known))


def _dates(cycles: Iterable[Cycle]) -> Iterator[Problem]:
    order = ("training_day", "work_from", "due", "coaching_from", "coaching_to")
    ordered = sorted(cycles, key=lambda cycle: cycle.number)
    for cycle in ordered:
        for earlier, later in pairwise(order):
            first, second = getattr(cycle, earlier), getattr(cycle, later)
            # A work window of one day and a coaching week of one day are fine; work cannot be due on a coaching day.
            if second < first or (later == "coaching_from" and second == first):
                key = f"cycles.{cycle.number}.{later}"
                yield Problem(key, str(second), f"This is not after {earlier} ({first}).", f"The order is: {', '.join(order)}.")
    for before, after in pairwise(ordered):
        if after.training_day <= before.coaching_to:
            problem = f"Cycle {after.number} starts before cycle {before.number} ends ({before.coaching_to})."
            yield Problem(f"cycles.{after.number}.training_day", str(after.training_day), problem, "Move one of the two dates.")


def _session(key: str, session: Session, programme: Programme) -> Iterator[Problem]:
    numbers = [cycle.number for cycle in programme.cycles]
    if session.cycle not in numbers:
        yield Problem(f"{key}.cycle", session.cycle, "There is no such cycle.", f"It is one of: {', '.join(map(str, numbers))}.")
    slugs = [town.slug for town in programme.communities]
    yield from _unknown(f"{key}.communities", session.communities, slugs, "community")
    leaders = [person.username for person in (*programme.coaches, *programme.leads)]
    yield from _unknown(f"{key}.led_by", session.led_by, leaders, "coach or lead")
    invited = [
        person.username
        for town in programme.communities
        for person in town.participants
        if not session.communities or town.slug in session.communities
    ]
    yield from _unknown(f"{key}.present", session.present or (), invited, "participant of this session")
