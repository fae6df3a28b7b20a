"""Everything an invented town has entered, by table id: its staff numbers, its project, its team, its data, its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from equitybook.demo import answers
from equitybook.demo.kept import evidence_rows
from equitybook.demo.projects import Rows, project_rows, told
from equitybook.demo.residents import benchmark_rows, profile_row
from equitybook.demo.staff import Employee, Town, invent_staff
from equitybook.demo.teams import data_rows, group_rows
from equitybook.outcomes import outcome, registry
from equitybook.program import Community

NEWCOMER = "prairie-glen"
"""The town whose project is the worked example of every room."""

_BASELINE_AND_TARGET = ("baseline_", "target_", "retired_")


@dataclass(frozen=True, slots=True)
class Story:
    """What ``content/towns.yml`` says about one town."""

    race: Mapping[str, float]
    enters: tuple[str, ...] = ()
    years: int = 0
    submitted: int = 0
    leaves: Mapping[str, float] | None = None
    unknown: float = 2
    faults: bool = False


@cache
def stories() -> Mapping[str, Story]:
    """Read how far each town has come in cycle 2, by slug."""
    return {slug: Story(**{**facts, "enters": tuple(facts["enters"])}) for slug, facts in _content("towns").items()}


def staff_of(community: Community) -> tuple[Employee, ...]:
    """Invent a town's staff; the same every time."""
    return invent_staff(_town(community, stories()[community.slug]))


def town_answers(community: Community) -> dict[str, Rows]:
    """Everything an invented town has entered in cycles 1 and 2, by table id; the same every time.

    Dates are those of the story (``demo.dated``). A town that has not begun gives nothing.
    """
    page = told(community.slug)
    if not page:
        return {}
    entered = {**_project(community), **_staff_numbers(community)}
    if kept := page.get("evidence"):
        entered["evidence"] = evidence_rows(community.name, kept, entered)
    return {table: rows for table, rows in entered.items() if rows and any(rows)}


def is_late(slug: str) -> bool:
    """Whether a town has begun cycle 1 and not handed it in."""
    return not told(slug).get("submitted", True)


def _project(community: Community) -> dict[str, Rows]:
    if community.slug == NEWCOMER:
        return _example()
    story = stories()[community.slug]
    return {
        "profile": [profile_row(community)],
        "benchmark": benchmark_rows(community, story.race),
        **project_rows(community),
        **group_rows(community, staff_of(community)),
        **data_rows(community, unknown=story.unknown),
    }


def _example() -> dict[str, Rows]:
    """Give the worked example of cycle 1, and its measures as drafts."""
    rows = {
        table: [dict(row) for row in found] for code in ("CHARTER", "IC1", "PM1") for table, found in outcome(code).example.items()
    }
    rows["measures"] = [
        {name: value for name, value in row.items() if not name.startswith(_BASELINE_AND_TARGET)}
        for row in outcome("PM2").example["measures"]
    ]
    return rows


def _staff_numbers(community: Community) -> dict[str, Rows]:
    story = stories()[community.slug]
    town = _town(community, story)
    staff = invent_staff(town)
    moves = answers.moves_rows(staff, years=story.years, seed=town.slug)
    payroll = community.employees + (3 if story.faults else 0)
    form = answers.setup_row(employees=payroll, county=community.county, years=story.years, has_leavers=story.years > 0)
    rows = {
        "hr1_setup": [answers.facts(form)],
        "hr1_roster": answers.roster_rows(staff, leavers=story.years > 0),
        "hr1_grid": answers.grid_rows(staff),
        "hr1_moves": moves,
        "hr1_flow": answers.flow_rows(staff, moves, years=story.years),
        "hr1_avail": answers.availability_rows(town, staff),
        "hr1_words": [_words(community.slug)],
    }
    entered = {table: rows[table] for table in rows if table.removeprefix("hr1_") in story.enters}
    return {table: answers.with_faults(table, found) for table, found in entered.items()} if story.faults else entered


def _words(slug: str) -> dict[str, Any]:
    asked = {column.name for column in registry.table("hr1_words").columns}
    return {prompt: text for prompt, text in _content("words").get(slug, {}).items() if prompt in asked and text}


def _town(community: Community, story: Story) -> Town:
    return Town(
        slug=community.slug,
        employees=community.employees,
        departments=community.departments,
        population=community.population,
        race=story.race,
        leaves=story.leaves or {},
        unknown=story.unknown,
    )


@cache
def _content(name: str) -> Mapping[str, Any]:
    text = files("equitybook.demo").joinpath(f"content/{name}.yml").read_text(encoding="utf-8")
    said: Mapping[str, Any] = yaml.safe_load(text)
    return said
