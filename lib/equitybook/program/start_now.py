"""What to ask for now because it takes weeks: the lead times of later cycles, read from ``content/start_now.yml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml
from pydantic import Field, TypeAdapter

from equitybook.program.models import Section

if TYPE_CHECKING:
    from equitybook.program.cohort import Cohort


class LeadTime(Section):
    """One thing to ask for, ``before`` so many cycles ahead of the one that works on the outcome ``needed_for``."""

    id: str
    needed_for: str = Field(alias="for")
    before: int = Field(ge=1)
    text: str


def start_now(cohort: Cohort, cycle: int) -> tuple[str, ...]:
    """List what to start in a cycle, in the order of the file.

    Parameters
    ----------
    cohort
        The programme: which cycle works on which outcome is its own affair.
    cycle
        The cycle's number. What a first cycle has no earlier one for is due in the first.
    """
    numbers = [one.number for one in cohort.cycles]
    found = []
    for one in _lead_times():
        at = cohort.cycle_of(one.needed_for)
        if at is not None and at.number > cycle and max(numbers[0], at.number - one.before) == cycle:
            found.append(f"{one.text} (For cycle {at.number}.)")
    return tuple(found)


@cache
def _lead_times() -> tuple[LeadTime, ...]:
    text = files("equitybook.program").joinpath("content/start_now.yml").read_text(encoding="utf-8")
    return TypeAdapter(tuple[LeadTime, ...]).validate_python(yaml.safe_load(text))
