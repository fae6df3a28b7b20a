"""What is stored of a finding that is kept as evidence: what the page says of it today, its numbers, and the town's own sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from equitybook.charter.subjects import Subject
from equitybook.findings import Finding

TIER = "T1"
"""Evidence holds the town's own exact numbers."""


def evidence_row(
    finding: Finding, subject: Subject, written: Mapping[str, Any], *, code: str, cycle: int, today: dt.date
) -> dict[str, Any]:
    """Give the row of ``evidence`` that keeps a finding.

    Parameters
    ----------
    finding
        As the town reads it, nothing hidden.
    subject
        The row or flag of it the town chose, or the finding as a whole.
    written
        What a person entered: ``statement``, ``measure_id`` and ``confidence``.
    code
        The evidence's own code, for example ``"C2-HR1-001"``.
    cycle, today
        The cycle that is worked on, and the day.
    """
    as_of = finding.provenance.as_of
    about = subject.columns()
    row = {
        **about,
        **written,
        "measure_id": written.get("measure_id") or about["measure_id"],
        "evidence_id": code,
        "cycle": cycle,
        "outcome": finding.id.split(".", maxsplit=1)[0],
        "finding_id": finding.id,
        "says": finding.sentence,
        "source": finding.provenance.source,
        "as_of": as_of.isoformat() if as_of else None,
        "tier": TIER,
        "created_on": today.isoformat(),
    }
    return {name: value for name, value in row.items() if value not in (None, "")}
