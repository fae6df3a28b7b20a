"""Frames of an invented inventory, as the store would give them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from equitybook.codebook.frames import frame
from equitybook.findings import Finding, Measured
from equitybook.outcomes.performance_management.data_systems import OUTCOME
from equitybook.outcomes.registry import Context

TODAY = dt.date(2026, 11, 22)
CORE = ("race_ethnicity", "sex_gender", "geography", "language", "disability")
NAMES = {"datasets": "pm1_datasets", "fields": "pm1_fields", "requests": "pm1_requests", "notice": "pm1_notice"}


def measure(**records: list[dict[str, Any]]) -> Measured:
    """Measure the records given (``datasets=[…]`` is ``pm1_datasets``); other tables are empty."""
    given = {NAMES.get(name, name): rows for name, rows in records.items()}
    rows = (*OUTCOME.tables, *OUTCOME.reads)
    frames = {
        row.table.id: frame(row.table, [(f"r{at}", one) for at, one in enumerate(given.get(row.table.id, []))]) for row in rows
    }
    return OUTCOME.measure(frames, Context("Prairie Glen", TODAY))


def findings(measured: Measured) -> dict[str, Finding]:
    return {one.id.removeprefix("PM1."): one for one in OUTCOME.present(measured)}


def say(**records: list[dict[str, Any]]) -> dict[str, Finding]:
    return findings(measure(**records))


def data_set(code: str = "D1", records: int | None = 100, **values: Any) -> dict[str, Any]:
    return {
        "dataset_id": code,
        "name": f"Log {code}",
        "department": "Police",
        "steward_role": "Clerk",
        "unit_of_record": "case",
        "refresh": "daily",
        "collection_method": "SELF_REPORT",
        "access": "INTERNAL",
        "records_12mo": records,
        **values,
    }


def field(
    code: str, name: str, asked: bool | None = True, n_asked: int | None = None, n_usable: int | None = None
) -> dict[str, Any]:
    return {"dataset_id": code, "field": name, "asked": asked, "n_asked": n_asked, "n_usable": n_usable}


def core(code: str, *usable: int | None, asked: int = 100) -> list[dict[str, Any]]:
    """Describe the five core fields: usable answers in their order, None for a field that is not asked."""
    return [
        field(code, name, asked=False) if n is None else field(code, name, n_asked=asked, n_usable=n)
        for name, n in zip(CORE, usable, strict=True)
    ]


def request(**values: Any) -> dict[str, Any]:
    return {"what": "Permit log", "who_role": "Vendor", "asked_on": "2026-11-02", "status": "asked", **values}


def everything_said(found: dict[str, Finding]) -> str:
    parts: list[str] = []
    for one in found.values():
        parts += [one.title, one.sentence, one.empty, *one.notices]
        parts += [f"{flag.reason} {flag.next_step}" for flag in one.flags]
        if one.table:
            parts += [one.table.caption, *one.table.columns, *one.table.notes, *(cell for row in one.table.rows for cell in row)]
        if one.chart:
            parts += [one.chart.alt, str(one.chart.spec)]
    return "\n".join(parts)
