"""Frames of an invented town, as the store would give them."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import random
from pathlib import Path
from typing import Any

import pandas as pd

from equitybook.codebook.frames import frame
from equitybook.findings import Finding, Measured
from equitybook.outcomes import Context, outcome

HR1 = outcome("HR1")
TODAY = dt.date(2026, 11, 22)
CONTEXT = Context("Prairie Glen", TODAY)
SETUP = {"snapshot_date": "2026-06-30", "period_start": "2025-07-01", "period_end": "2026-06-30", "records_from": "2015-01-01"}
HOUSTON_RACE = {
    "Black or African American": "BLACK",
    "White": "WHITE",
    "Hispanic/Latino": "HISP",
    "Asian/Pacific Islander": "ASIAN_PI",
    "American Indian or Alaskan Native": "AIAN",
    "Others": "OTHER",
}
_keys = itertools.count()


def tables(**records: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """Type the records of the tables named (``roster=[…]`` is ``hr1_roster``); the others are empty."""
    given = {f"hr1_{name}": rows for name, rows in records.items()}
    return {
        row.table.id: frame(row.table, [(f"r{at}", values) for at, values in enumerate(given.pop(row.table.id, []))])
        for row in HR1.tables
    } | {name: pd.DataFrame() for name in given}


def measure(**records: list[dict[str, Any]]) -> Measured:
    return HR1.measure(tables(**records), CONTEXT)


def findings(measured: Measured) -> dict[str, Finding]:
    return {one.id: one for one in HR1.present(measured)}


def say(**records: list[dict[str, Any]]) -> dict[str, Finding]:
    return findings(measure(**records))


def people(n: int = 1, **values: Any) -> list[dict[str, Any]]:
    """So many people alike, each with a key of their own; hired long ago, full-time, still here unless said otherwise."""
    alike = {"hire_date": "2010-01-01", "status": "FT", **values}
    return [{"emp_key": f"k{next(_keys)}", **alike} for _ in range(n)]


def row(finding: Finding, label: str) -> dict[str, str]:
    """The row of a shown table that begins with the label, by heading."""
    assert finding.table, finding.empty
    found = next(one for one in finding.table.rows if one[0] == label)
    return dict(zip(finding.table.columns, found, strict=True))


def everything_said(finding: Finding) -> str:
    """All words and numbers of a finding, the chart's data included."""
    return repr(finding)


def houston(folder: Path) -> list[dict[str, Any]]:
    """The City of Houston sample roster, coded as the import would code it after its questions."""
    with (folder / "workforce" / "houston_employees.csv").open(encoding="utf-8") as file:
        return [
            {
                "emp_key": line["UNIQUE_ID"],
                "department": line["DEPARTMENT"],
                "job_title": line["POSITION_TITLE"],
                "race": HOUSTON_RACE.get(line["RACE"]),
                "sex": line["GENDER"][:1],
                "annual_salary": float(line["BASE_SALARY"]) if line["BASE_SALARY"] else None,
                "hire_date": line["HIRE_DATE"],
            }
            for line in csv.DictReader(file)
        ]


def invented(seed: int = 1, n: int = 160) -> dict[str, list[dict[str, Any]]]:
    """A plausible small town: list, moves, availability and setup."""
    pick = random.Random(seed)
    roster, moves = [], []
    for at in range(n):
        hired = dt.date(2008, 1, 1) + dt.timedelta(days=pick.randrange(6700))
        left = hired + dt.timedelta(days=int(pick.expovariate(1 / 3600)) + 20)
        one = {
            "emp_key": f"p{at}",
            "race": pick.choices(["WHITE", "HISP", "BLACK", "ASIAN", "TWO", None], [55, 20, 14, 5, 2, 4])[0],
            "sex": pick.choice(["F", "M", "M"]),
            "jobcat": str(pick.choice([1, 2, 4, 4, 6, 7, 8, 8])),
            "status": pick.choice(["FT"] * 9 + ["OTFT"]),
            "annual_salary": 40_000 + 100 * pick.randrange(400),
            "hire_date": hired.isoformat(),
        }
        if left < dt.date(2019, 5, 1):
            continue
        if left <= dt.date(2026, 6, 30):
            one |= {
                "sep_date": left.isoformat(),
                "sep_type": pick.choice(["VOLUNTARY", "VOLUNTARY", "RETIREMENT", "INVOLUNTARY", "DEATH"]),
            }
        elif pick.random() < 0.3:
            moves.append(
                {
                    "emp_key": one["emp_key"],
                    "date": "2025-02-01",
                    "kind": "PROMOTION",
                    "from_jobcat": "8",
                    "to_jobcat": one["jobcat"],
                }
            )
        roster.append(one)
    shares = {"HISP": 21.0, "WHITE": 54.5, "BLACK": 14.5, "F": 45.0}
    avail = [
        {"jobcat": str(job), "group": group, "ext_pct": share, "ext_moe": 3.0, "ext_source": "Census 6W"}
        for job in range(1, 9)
        for group, share in shares.items()
    ]
    setup = [{**SETUP, "period_start": "2023-07-01", "records_from": "2019-05-01", "benchmark_geography": "Cook County"}]
    return {"roster": roster, "moves": moves, "avail": avail, "setup": setup}
