"""A real staff list of two thousand people: what its coach may see, and how fast."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

import pandas as pd
import pytest

from equitybook.codebook.frames import frame
from equitybook.disclosure import Released, Tier, release
from equitybook.findings import Measured
from equitybook.outcomes.registry import Context, outcome
from equitybook.report.fragments import finding_html

RACES = {
    "Black or African American": "BLACK",
    "White": "WHITE",
    "Hispanic/Latino": "HISP",
    "Asian/Pacific Islander": "ASIAN_PI",
    "American Indian or Alaskan Native": "AIAN",
    "Others": "OTHER",
}
SEXES = {"Female": "F", "Male": "M"}


@pytest.fixture(scope="module", name="measured")
def houston(shared_data: Path) -> Measured:
    with (shared_data / "workforce" / "houston_employees.csv").open(encoding="utf-8-sig", newline="") as file:
        people = list(csv.DictReader(file))
    rows = [
        (
            f"r{at}",
            {
                "emp_key": f"k{at}",
                "race": RACES.get(one["RACE"], "UNK"),
                "sex": SEXES.get(one["GENDER"], "UNK"),
                "hire_date": _day(one["HIRE_DATE"]),
            },
        )
        for at, one in enumerate(people)
    ]
    hr1 = outcome("HR1")
    tables = {row.table.id: frame(row.table, rows if row.table.id == "hr1_roster" else []) for row in hr1.tables}
    return hr1.measure(tables, Context("Prairie Glen", dt.date(2026, 6, 30)))


def _day(text: str) -> str | None:
    return None if not text else pd.Timestamp(text).date().isoformat()


@pytest.fixture(scope="module", name="released")
def for_the_coach(measured: Measured) -> Released:
    return release(measured, outcome("HR1").present, Tier.T2)


def test_the_large_groups_are_shown_exactly(measured: Measured, released: Released) -> None:
    table = measured.counts["staff.race_sex"]
    assert [table.at(row=code) for code in ("BLACK", "WHITE", "HISP", "ASIAN_PI", "AIAN", "OTHER", "UNK")] == [
        700,
        665,
        480,
        107,
        11,
        2,
        35,
    ]
    shares = next(one for one in released.findings if one.id == "HR1.share.race")
    assert shares.table is not None
    shown = {row[0]: row[1] for row in shares.table.rows}
    assert [shown[name] for name in ("Black or African American", "White", "Hispanic or Latino")] == ["700", "665", "480"]


def test_the_two_people_recorded_as_others_appear_in_no_finding(released: Released) -> None:
    words = " ".join(re.sub(r"<[^>]+>", " ", finding_html(one)) for one in released.findings)
    assert not re.search(r"Another group, as recorded\s+[1-4]\b", words)
    assert not re.search(r"\b[1-4] (?:person|people)\b", words)


def test_no_small_number_is_in_any_released_table(released: Released, measured: Measured) -> None:
    seen: list[Measured] = []

    def look(left: Measured) -> tuple[()]:
        seen.append(left)
        return ()

    release(measured, look, Tier.T2)
    values = [value for table in seen[0].counts.values() for value in table.cells.values()]
    assert all(value is None or value == 0 or value >= 5 for value in values)
    assert sum(value is None for value in values) > 0
