"""The inventory in findings: what there is, how complete it is, what the measures rest on, what was asked for, what is promised."""

from __future__ import annotations

from equitybook.findings import Finding, Measured
from equitybook.outcomes.performance_management.data_systems.present.completeness import heat
from equitybook.outcomes.performance_management.data_systems.present.inventory import inventory
from equitybook.outcomes.performance_management.data_systems.present.measure_link import measure_link
from equitybook.outcomes.performance_management.data_systems.present.notice import notice
from equitybook.outcomes.performance_management.data_systems.present.request_log import request_log

FINDINGS = (inventory, heat, measure_link, request_log, notice)


def present_data(measured: Measured) -> tuple[Finding, ...]:
    """Put the inventory into words; names that are not there become numbers."""
    return tuple(make(measured) for make in FINDINGS)
