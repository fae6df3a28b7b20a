"""Frames of an invented working group, as the store would give them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import yaml

from equitybook.codebook.frames import frame
from equitybook.findings import Finding, Measured
from equitybook.outcomes import Context, outcome

IC1 = outcome("IC1")
TODAY = dt.date(2026, 11, 22)
DEPARTMENTS = ["Administration/Manager", "Police", "Public Works", "Finance", "Community Development/Planning"]
CHARTER = [{"focus_departments": ["Community Development/Planning"], "sponsor_role": "Village manager"}]
ALL = (*IC1.tables, *IC1.reads)


def example() -> dict[str, list[dict[str, Any]]]:
    """The room's own worked example, with the profile and the charter it belongs to; dates as they are stored."""
    read = yaml.safe_load(IC1.content.with_name("example.yml").read_text(encoding="utf-8"))
    rows = {table: [{name: _stored(value) for name, value in one.items()} for one in records] for table, records in read.items()}
    return rows | {"profile": [{"departments": DEPARTMENTS}], "charter": [*CHARTER]}


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def tables(**records: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """Type the records of the tables named by their ids; the others are empty."""
    assert set(records) <= {row.table.id for row in ALL}
    return {
        row.table.id: frame(row.table, [(f"r{at}", values) for at, values in enumerate(records.get(row.table.id, []))])
        for row in ALL
    }


def measure(**records: list[dict[str, Any]]) -> Measured:
    return IC1.measure(tables(**records), Context("Prairie Glen", TODAY))


def say(**records: list[dict[str, Any]]) -> dict[str, Finding]:
    return {one.id: one for one in IC1.present(measure(**records))}


def members(*seats: str) -> list[dict[str, Any]]:
    """Members P1, P2 … written as "Department/Level" (a slash inside a department's name stays)."""
    made = []
    for number, seat in enumerate(seats, start=1):
        department, level = seat.rsplit(":", 1)
        made.append({"member_id": f"P{number}", "role_title": f"Role {number}", "department": department, "level": level})
    return made


def letters(**tasks: str) -> dict[str, list[dict[str, Any]]]:
    """Tasks and their letters: ``letters(T1="A R -")`` gives P1 an A, P2 an R and P3 nothing."""
    given = {task: codes.split() for task, codes in tasks.items()}
    width = max(map(len, given.values()))
    return {
        "ic1_members": members(*["Police:Manager"] * width),
        "ic1_tasks": [{"task_id": task, "task": f"Task {task}"} for task in given],
        "ic1_rasci": [
            {"task_id": task, "member_id": f"P{at}", "code": None if code == "-" else code}
            for task, codes in given.items()
            for at, code in enumerate(codes, start=1)
        ],
    }
