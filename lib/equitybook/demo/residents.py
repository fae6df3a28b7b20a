"""Who lives in an invented town, as its profile and the Census would say it."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Mapping
from typing import Any

from equitybook.codebook.categories import RACE7
from equitybook.program import Community

Rows = list[dict[str, Any]]

_SOURCE = "Invented, laid out like ACS 5-year table {table}"
_TABLES = {"RACE": "B03002", "LANGUAGE": "C16001", "DISABILITY": "B18101"}
_OTHER_RACE = 0.5
"""Percent of residents who choose "some other race"; every such table has a few."""

_SPANISH_OF_HISPANIC = 0.22
_AGED_5 = 0.937
_CIVILIAN = 0.99
# A sample's margin grows with the square root of the group; six times it is what towns of this size see at 90 percent.
_MARGIN = 6.0


def profile_row(community: Community) -> dict[str, Any]:
    """Return the town and its two participants, by role, as the cohort's file has them."""
    first, second = community.participants
    return {
        "municipality": community.name,
        "entity_type": "Municipality",
        "county": community.county,
        "population": community.population,
        "employees_total": community.employees,
        "fy_start": f"2026-{community.fiscal_year_start}",
        "form_of_government": community.form_of_government,
        "departments": list(community.departments),
        "role_a": first.title,
        "department_a": first.department,
        "role_b": second.title,
        "department_b": second.department,
    }


def benchmark_rows(community: Community, race: Mapping[str, float]) -> Rows:
    """Return Census figures around the town's shares, with margins; the races add up to everybody.

    Parameters
    ----------
    community
        The town, for its name and population.
    race
        Percent of residents by code; the rest is White, and so is who has no column in that table.
    """
    chance = random.Random(f"residents of {community.slug}")  # noqa: S311 - invented people, not secrets
    people = community.population
    groups = {code: round(people * share / 100) for code, share in race.items() if code in RACE7}
    groups["SOR"] = round(people * _OTHER_RACE / 100)
    groups = {"WHITE": people - sum(groups.values()), **groups}
    labels = {**RACE7, "SOR": "Some other race"}
    aged, civilian = round(people * _AGED_5), round(people * _CIVILIAN)
    spanish = round(groups.get("HISP", 0) * _SPANISH_OF_HISPANIC)
    figures = [("RACE", "TOTAL", "All residents", people)]
    figures += [("RACE", code, labels[code], count) for code, count in sorted(groups.items(), key=lambda item: -item[1])]
    figures += [
        ("LANGUAGE", "TOTAL", "Residents aged 5 and over", aged),
        ("LANGUAGE", "SPANISH", "Spanish", spanish),
        ("LANGUAGE", "SLAVIC", "Russian, Polish or other Slavic", round(aged * chance.uniform(0.002, 0.012))),
        ("DISABILITY", "TOTAL", "Civilian residents outside institutions", civilian),
        ("DISABILITY", "WITH_DISABILITY", "With a disability", round(civilian * chance.uniform(0.09, 0.15))),
    ]
    return [_figure(community, figure, chance) for figure in figures]


def _figure(community: Community, figure: tuple[str, str, str, int], chance: random.Random) -> dict[str, Any]:
    topic, code, label, count = figure
    margin = chance.uniform(20, 70) if code == "TOTAL" else _MARGIN * math.sqrt(max(count, 10)) * chance.uniform(0.85, 1.15)
    return {
        "topic": topic,
        "group": code,
        "label": label,
        "estimate": count,
        "moe": 5 * round(margin / 5),
        "geography": f"{community.name}, Illinois",
        "source": _SOURCE.format(table=_TABLES[topic]),
    }


def fiscal_year(start: str, year: int) -> tuple[str, str]:
    """Give the first and last day of the fiscal year that begins in ``year``; ``start`` is its month and day, "05-01"."""
    first = dt.date.fromisoformat(f"{year}-{start}")
    return first.isoformat(), (first.replace(year=year + 1) - dt.timedelta(days=1)).isoformat()
