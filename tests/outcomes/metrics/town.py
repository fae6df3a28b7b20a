"""Frames of an invented town's measures, as the store would give them, and its worked example."""

from __future__ import annotations

import datetime as dt
from typing import Any

import yaml

from equitybook.codebook.frames import frame
from equitybook.findings import Finding, Measured
from equitybook.outcomes import Context, outcome

PM2 = outcome("PM2")
TODAY = dt.date(2026, 12, 10)
Records = dict[str, list[dict[str, Any]]]

SHARE = {
    "measure_id": "M1",
    "name": "Complete at first submission",
    "unit": "pct",
    "direction": "UP",
    "rba": "HOW_WELL",
    "level": "PERFORMANCE",
    "department": "Clerk",
    "numerator_def": "Complete ones",
    "denominator_def": "Applications",
    "disaggregate_by": ["race_ethnicity"],
}
DAYS = {**SHARE, "measure_id": "M2", "name": "Days to a permit", "unit": "days", "direction": "DOWN"}


def example() -> Records:
    return yaml.safe_load(PM2.content.with_name("example.yml").read_text(encoding="utf-8"))


def numbered(records: Records, table_id: str) -> list[tuple[str, dict[str, Any]]]:
    return [(f"r{at}", values) for at, values in enumerate(records.get(table_id, []))]


def measure(**records: list[dict[str, Any]]) -> Measured:
    frames = {row.table.id: frame(row.table, numbered(records, row.table.id)) for row in (*PM2.tables, *PM2.reads)}
    return PM2.measure(frames, Context("Prairie Glen", TODAY))


def findings(measured: Measured) -> dict[str, Finding]:
    return {one.id: one for one in PM2.present(measured)}


def say(**records: list[dict[str, Any]]) -> dict[str, Finding]:
    return findings(measure(**records))


def year(code: str, ending: int, group: str = "ALL", **numbers: float) -> dict[str, Any]:
    """A row of values for the twelve months that end in June of a year."""
    return {"measure_id": code, "period_start": f"{ending - 1}-07-01", "period_end": f"{ending}-06-30", "group": group, **numbers}


def row(finding: Finding, group: str) -> tuple[str, ...]:
    assert finding.table is not None
    return next(one for one in finding.table.rows if one[1] == group)


def everything_said(finding: Finding) -> str:
    table = finding.table
    cells = [cell for one in table.rows for cell in one] + [*table.columns, *table.notes, table.caption] if table else []
    flags = [
        f"{one.group} {one.n} {one.value} {one.reference} {one.interval} {one.reason} {one.next_step}" for one in finding.flags
    ]
    chart = [finding.chart.alt, str(finding.chart.spec)] if finding.chart else []
    return "\n".join(
        [finding.title, finding.sentence, *cells, *flags, *finding.notices, *chart, str(finding.provenance), finding.empty]
    )
