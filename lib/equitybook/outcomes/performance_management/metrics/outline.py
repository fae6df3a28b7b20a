"""A measure as far as it is not about people: its unit, its direction, its periods, its dates. Safe for any reader."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from equitybook.codebook.categories import RACE, SEX
from equitybook.findings import UNKNOWN

COUNTED, OUT_OF = "IN", "NOT_IN"
"""Columns of the count tables of a share: counted in the numerator, or only among the denominator."""

PEOPLE = "N"
"""The one column of a table that only says how many people stand behind a value."""

REST, EVERYBODY = "REST", "EVERYBODY"
"""Rows that make a table's margin whole: who is in none of its groups, and everybody where there are no groups."""

ALONE = ("LEP", "DISABLED")
"""Groups that are a way of grouping by themselves: everybody is in them or not."""

OF_EVERYBODY = ("race", "sex")
"""Ways of grouping in which everybody has a group: of whom none is told, it is not known."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """First and last day."""

    start: dt.date
    end: dt.date

    @property
    def words(self) -> str:
        """Write "July 2025 to June 2026", "May 2026", or with days where the period is not of whole months."""
        if self.start.day != 1 or self.end.day != calendar.monthrange(self.end.year, self.end.month)[1]:
            return f"{self.start.day} {self.start:%B %Y} to {self.end.day} {self.end:%B %Y}"
        first, last = f"{self.start:%B %Y}", f"{self.end:%B %Y}"
        return last if first == last else f"{first} to {last}"


@dataclass(frozen=True, slots=True)
class Outline:
    """One measure.

    ``key`` is its code where that is a letter and a number, else its place in the list: a code may be any words, and words are not for
    everybody. ``periods`` are those with a value for everybody or a group, oldest first. ``replaces`` is the key of the measure it was
    defined anew from. ``lacks`` names definitions that are missing; ``due`` is the day the plan for a baseline names. ``target`` and
    ``published``, the figure that groups are compared with, are in the measure's unit. ``promised`` is the smallest group (people) that
    may be reported, 0 where nothing was promised.
    """

    key: str
    unit: str
    direction: str
    rba: str
    level: str
    reference: str
    cadence: str
    periods: tuple[Period, ...]
    published: float | None = None
    split: bool = False
    live: bool = True
    retired_on: dt.date | None = None
    replaces: str = ""
    lacks: tuple[str, ...] = ()
    planned: bool = False
    due: dt.date | None = None
    locked_on: dt.date | None = None
    baseline_until: dt.date | None = None
    target: float | None = None
    target_on: dt.date | None = None
    rationale: str = ""
    tolerance: float | None = None
    is_quota: bool = False
    causes: tuple[int, int] = (0, 0)
    promised: int = 0

    @property
    def share(self) -> bool:
        """Whether the value is a part of a whole, in percent."""
        return self.unit == "pct"


def grouping_of(code: str) -> str:
    """Name the way of grouping a code belongs to: "race", "sex", its own ("LEP"), or "own" for the town's own groups.

    The unknown group is one of race; whose sex is not known is counted, never typed.
    """
    if code in RACE.labels:
        return "race"
    if code in SEX.labels and code != UNKNOWN:
        return "sex"
    return code if code in ALONE else "own"


def table_name(key: str, at: int, grouping: str) -> str:
    """Name the count table of a measure, its period's number and a way of grouping."""
    return f"{key}.{at}.{grouping}"


def value_id(key: str, at: int) -> str:
    """Name the statistic of a measure's value in a period."""
    return f"PM2.value.{key}.{at}"


def baseline_name(key: str) -> str:
    """Name a measure's baseline, as a table and as a statistic."""
    return f"PM2.baseline.{key}"
