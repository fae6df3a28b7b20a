"""The charter in findings: residents, the one page and its changes, draft measures, risks, evidence, decisions."""

from __future__ import annotations

from equitybook.charter.present.changes import charter_diff
from equitybook.charter.present.decisions import decision_list
from equitybook.charter.present.evidence import evidence_list
from equitybook.charter.present.measures import measure_list
from equitybook.charter.present.page import charter_page
from equitybook.charter.present.residents import residents
from equitybook.charter.present.risks import risk_grid
from equitybook.findings import Finding, Measured


def present_charter(measured: Measured) -> tuple[Finding, ...]:
    """Put the charter into findings; what is not there says what to do."""
    return (
        *residents(measured),
        charter_page(measured),
        charter_diff(measured),
        measure_list(measured),
        risk_grid(measured),
        evidence_list(measured),
        decision_list(measured),
    )
