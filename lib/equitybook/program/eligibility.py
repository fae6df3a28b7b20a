"""Who may take part, as the programme states it, and what a coach would ask about a cohort before it starts.

An Illinois municipality sends two senior staff with decision-making authority. They come from separate departments or from
separate government entities (school district, library, township, park district ...); or from the same department, where
the municipality has committed itself in writing to organisation-wide participation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from equitybook.program.cohort import Cohort
from equitybook.program.learning_outcomes import LEARNING_OUTCOMES
from equitybook.program.models import Community, Participant, Session


class Level(StrEnum):
    """How much a remark matters: ``error`` stops a cohort, ``ask`` is for somebody to look at, ``fine`` is in order."""

    ERROR = "error"
    ASK = "ask"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence about a community, or about the cohort where ``community`` is empty."""

    level: Level
    community: str
    text: str


def remarks(cohort: Cohort) -> tuple[Remark, ...]:
    """Everything to say about a cohort before it starts: each community's eligibility, then what concerns them all."""
    each = cohort.programme.cohort.participants_each
    found = [one for town in cohort.communities for one in eligibility(town, participants=each)]
    return (*found, *_coaching(cohort), *_outcomes(cohort), *_sessions(cohort))


def eligibility(community: Community, *, participants: int = 2) -> tuple[Remark, ...]:
    """Say whether a community may take part; exactly one remark of level ``fine`` where nothing stands against it."""
    against = [*_municipality(community), *_staff(community, participants), *_separate(community)]
    found = [Remark(Level.ERROR, community.slug, text) for text in against]
    if len(community.participants) > participants:
        text = f"{community.name} has {len(community.participants)} participants; the cohort is planned for {participants} each."
        found.append(Remark(Level.ASK, community.slug, text))
    if not against:
        found.append(Remark(Level.FINE, community.slug, f"{community.name}: {_reason(community)}."))
    return tuple(found)


def _municipality(community: Community) -> Iterator[str]:
    if community.entity_type != "Municipality":
        yield (
            f"{community.name} is entered as {community.entity_type}. The program is for municipalities; "
            "other bodies take part through a municipality's team."
        )
    if community.state.strip().casefold() not in {"illinois", "il"}:
        yield f"{community.name} is in {community.state}. The program is for municipalities in Illinois."


def _staff(community: Community, wanted: int) -> Iterator[str]:
    named = len(community.participants)
    if named < wanted:
        yield f"{community.name} has named {named} of {wanted} senior staff. Add a [[communities.participants]] section for each."
    for person in community.participants:
        if not person.senior:
            yield (
                f"{person.name} ({person.title}) of {community.name} is entered without decision-making authority. "
                "Name somebody who has it, or set senior = true once it is confirmed."
            )


def _separate(community: Community) -> Iterator[str]:
    people = community.participants
    if len(people) > 1 and not _apart(people) and not community.written_commitment.strip():
        names = " and ".join(person.name for person in people)
        yield (
            f"{names} of {community.name} are both from {people[0].department}. Name somebody from another department or another "
            "government entity, or enter who signed the commitment to organization-wide participation as written_commitment."
        )


def _apart(people: tuple[Participant, ...]) -> bool:
    """Whether at least two of them differ in department or entity; upper case and spaces aside."""
    return len({(_plain(person.entity), _plain(person.department)) for person in people}) > 1


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _reason(community: Community) -> str:
    people = community.participants
    if len({_plain(person.entity) for person in people}) > 1:
        return f"{len(people)} senior staff from separate entities, {' and '.join(person.entity for person in people)}"
    if _apart(people):
        return f"{len(people)} senior staff from separate departments, {' and '.join(person.department for person in people)}"
    commitment = community.written_commitment.strip().rstrip(".")
    if commitment:
        return f"{len(people)} senior staff from {people[0].department}, with a written commitment ({commitment})"
    return f"{len(people)} senior staff"


def _coaching(cohort: Cohort) -> Iterator[Remark]:
    for town in cohort.communities:
        if not cohort.coaches_of(town.slug):
            yield Remark(Level.ERROR, town.slug, f'{town.name} has no coach. Add "{town.slug}" to a coach\'s communities.')
    if not cohort.programme.leads:
        yield Remark(Level.ASK, "", "Nobody leads the cohort yet. Add a [[leads]] section.")


def _outcomes(cohort: Cohort) -> Iterator[Remark]:
    missing = [code for code in LEARNING_OUTCOMES if cohort.cycle_of(code) is None]
    if missing:
        yield Remark(
            Level.ASK, "", f"No cycle works on {', '.join(missing)}. Add them to a cycle's outcomes, or leave them out on purpose."
        )


def _sessions(cohort: Cohort) -> Iterator[Remark]:
    for session in cohort.sessions:
        text = _off_plan(session, cohort)
        if text:
            yield Remark(Level.ASK, "", text)


def _off_plan(session: Session, cohort: Cohort) -> str:
    cycle = cohort.cycle(session.cycle)
    if session.kind == "training" and session.date != cycle.training_day:
        return f"A training session of cycle {cycle.number} is on {session.date}; the training day is {cycle.training_day}."
    if session.kind == "coaching" and not cycle.coaching_from <= session.date <= cycle.coaching_to:
        return (
            f"A coaching session of cycle {cycle.number} is on {session.date}, outside the coaching week "
            f"({cycle.coaching_from} to {cycle.coaching_to})."
        )
    return ""
