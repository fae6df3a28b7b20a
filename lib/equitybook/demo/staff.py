"""Invented staff for an invented town: who was hired when, for what, who left and why. The same every time for the same town.

Every position has one holder after another, since long before anybody kept records; so tenures, leavers, vacancies and
first-year losses hang together as they do in a real staff list.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

AS_OF = dt.date(2026, 6, 30)
"""The payday every demonstration counts on."""

RECORDS_FROM = dt.date(2019, 5, 1)
"""Leavers before this day are not on file."""

_FIRST_HIRE = dt.date(1988, 1, 1)
_PART_TIME_ONE_IN = 7
_YEAR = 365.25
# How much of a group's share among residents reaches each job group: the ladder narrows, as it does in most places.
_REACH = {"1": 0.4, "2": 0.65, "3": 0.75, "4": 0.6, "5": 1.1, "6": 0.95, "7": 0.7, "8": 1.15}
_MEAN_STAY = {"1": 8, "2": 7, "3": 8, "4": 15, "5": 5, "6": 7, "7": 11, "8": 8}
_EARLY_LEAVERS = {"4": 0.07, "8": 0.17, "5": 0.16}
_LATE_REASONS = {"RETIREMENT": 88, "VOLUNTARY": 6, "DEATH": 3, "INVOLUNTARY": 3}
_EARLY_REASONS = {"VOLUNTARY": 64, "INVOLUNTARY": 36}
_REASONS = {"VOLUNTARY": 68, "INVOLUNTARY": 13, "TRANSFER_OUT": 12, "LAYOFF": 3, "END_OF_TERM": 2, "DEATH": 2}
_RETIRES_AFTER = 20


@dataclass(frozen=True, slots=True)
class Job:
    """One position: what it is, and the job group people are promoted into it from ("" where they are hired)."""

    department: str
    function: str
    title: str
    jobcat: str
    pay: int
    women: float
    grade: str
    promoted_from: str
    part_time: bool = False


@dataclass(frozen=True, slots=True)
class Employee:
    """One invented person in one position. ``left`` is None for people in post on ``AS_OF``; ``pay`` is US dollars a year."""

    key: str
    job: Job
    race: str
    sex: str
    hired: dt.date
    left: dt.date | None
    reason: str
    pay: int

    def in_post(self, day: dt.date) -> bool:
        """Whether the person was there at the end of that day."""
        return self.hired <= day and (self.left is None or self.left > day)


@dataclass(frozen=True, slots=True)
class Town:
    """What the demonstration needs to know to invent a town's staff. ``race`` and ``unknown`` are percent."""

    slug: str
    employees: int
    departments: tuple[str, ...]
    population: int
    race: Mapping[str, float]
    leaves: Mapping[str, float]
    unknown: float


def invent_staff(town: Town) -> tuple[Employee, ...]:
    """Everybody who worked for the town and is on file, by hiring date; exactly ``town.employees`` of them in post on ``AS_OF``."""
    chance = random.Random(f"staff of {town.slug}")  # noqa: S311 - invented people, not secrets
    found = [person for job in _positions(town, chance) for person in _holders(job, town, chance)]
    on_file = [person for person in found if person.left is None or person.left >= RECORDS_FROM]
    keys = iter(chance.sample(range(36**4), len(on_file)))
    ordered = sorted(on_file, key=lambda person: (person.hired, person.job.department, person.job.title, person.pay))
    return tuple(_with_key(person, next(keys)) for person in ordered)


def _with_key(person: Employee, number: int) -> Employee:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    key = "".join(digits[number // 36**place % 36] for place in range(4))
    return Employee(f"k{key}", person.job, person.race, person.sex, person.hired, person.left, person.reason, person.pay)


@cache
def _catalogue() -> Mapping[str, Any]:
    text = files("equitybook.demo").joinpath("content/jobs.yml").read_text(encoding="utf-8")
    jobs: Mapping[str, Any] = yaml.safe_load(text)
    return jobs


def _positions(town: Town, chance: random.Random) -> list[Job]:
    known = _catalogue()
    departments = [name for name in town.departments if name in known]
    sizes = _shared_out(town.employees, [known[name]["share"] for name in departments])
    jobs = [job for name, size in zip(departments, sizes, strict=True) for job in _jobs_of(name, known[name], size)]
    open_to_part_time = [place for place, job in enumerate(jobs) if job.jobcat in {"3", "5", "6", "8"}]
    others = [place for place, job in enumerate(jobs) if job.jobcat in {"2", "7"}]
    wanted = town.employees // _PART_TIME_ONE_IN
    chosen = chance.sample(open_to_part_time, min(wanted, len(open_to_part_time)))
    chosen += chance.sample(others, min(wanted - len(chosen), len(others)))
    return [_part_time(job) if place in chosen else job for place, job in enumerate(jobs)]


def _part_time(job: Job) -> Job:
    return Job(
        job.department, job.function, job.title, job.jobcat, job.pay, job.women, job.grade, job.promoted_from, part_time=True
    )


def _jobs_of(department: str, known: Mapping[str, Any], size: int) -> Iterator[Job]:
    head, *rest = known["titles"]
    counts = [min(size, 1), *_shared_out(max(size - 1, 0), [title[2] for title in rest])]
    for (title, jobcat, _, pay, women, grade, promoted_from), count in zip([head, *rest], counts, strict=True):
        for _ in range(count):
            yield Job(department, known["function"], title, jobcat, pay, women / 10, grade, promoted_from or "")


def _shared_out(total: int, shares: Sequence[float]) -> list[int]:
    """Share out a whole number by largest remainders."""
    exact = [total * share / sum(shares) for share in shares]
    counts = [int(part) for part in exact]
    by_remainder = sorted(range(len(shares)), key=lambda place: counts[place] - exact[place])
    for place in by_remainder[: total - sum(counts)]:
        counts[place] += 1
    return counts


def _holders(job: Job, town: Town, chance: random.Random) -> Iterator[Employee]:
    """One holder of a position after another; the last one is in post."""
    hired = _FIRST_HIRE + dt.timedelta(days=chance.randrange(4000))
    while True:
        race, sex = _race(job, town, hired, chance), "F" if chance.random() < job.women else "M"
        stay = _stay(job, town.leaves.get(race, 1.0), chance)
        left = hired + dt.timedelta(days=stay)
        vacant_until = left + dt.timedelta(days=20 + chance.randrange(120))
        in_post = vacant_until > AS_OF
        recorded = "UNK" if chance.random() < town.unknown / 100 else race
        reason = "" if in_post else _reason(stay / _YEAR, chance)
        until = AS_OF if in_post else left
        yield Employee(
            "", job, recorded, sex, hired, None if in_post else left, reason, _pay(job, town, (until - hired).days / _YEAR, chance)
        )
        if in_post:
            return
        hired = vacant_until


def _race(job: Job, town: Town, hired: dt.date, chance: random.Random) -> str:
    # Towns changed faster than their staff: somebody hired in 1990 came from another mix of applicants.
    drift = min(1.0, 0.45 + 0.55 * (hired.year - 1990) / 32)
    weights = {code: share * _REACH[job.jobcat] * max(drift, 0.3) for code, share in town.race.items()}
    weights["WHITE"] = max(100 - sum(weights.values()), 10)
    return chance.choices(list(weights), list(weights.values()))[0]


def _stay(job: Job, faster: float, chance: random.Random) -> int:
    """Days in a position; never fewer than a week."""
    if chance.random() < min(_EARLY_LEAVERS.get(job.jobcat, 0.11) * faster, 0.6):
        return 7 + chance.randrange(358)
    years = 1 + chance.expovariate(faster / _MEAN_STAY[job.jobcat])
    return int(min(years, 24 + 8 * chance.random()) * _YEAR)


def _reason(years: float, chance: random.Random) -> str:
    reasons = _LATE_REASONS if years >= _RETIRES_AFTER else _EARLY_REASONS if years < 1 else _REASONS
    return chance.choices(list(reasons), list(reasons.values()))[0]


def _pay(job: Job, town: Town, years: float, chance: random.Random) -> int:
    size = 0.9 + min(town.population, 60_000) / 240_000
    steps = 1 + 0.016 * min(years, 15)
    hours = 0.45 if job.part_time else 1.0
    return round(job.pay * size * steps * hours * chance.uniform(0.94, 1.04) / 10) * 10
