"""Tables in, counts out: everything staff statistics knows about groups of people, before a word is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from equitybook.codebook.frames import unread
from equitybook.findings import Measured
from equitybook.outcomes.human_resources.staff_statistics.measure.available import availability_facts, available
from equitybook.outcomes.human_resources.staff_statistics.measure.cohorts import cohort_tables
from equitybook.outcomes.human_resources.staff_statistics.measure.flow import Flow, flow_facts, flow_tables
from equitybook.outcomes.human_resources.staff_statistics.measure.flow_from_counts import flow_from_counts
from equitybook.outcomes.human_resources.staff_statistics.measure.flow_from_list import flow_from_list
from equitybook.outcomes.human_resources.staff_statistics.measure.in_post import payroll_statistics, sources_differ, staff_tables
from equitybook.outcomes.human_resources.staff_statistics.measure.pay import pay_medians
from equitybook.outcomes.human_resources.staff_statistics.measure.sources import Staff, read_staff
from equitybook.outcomes.human_resources.staff_statistics.measure.tenure import tenure_curves
from equitybook.outcomes.human_resources.staff_statistics.measure.waiting import unread_rows, waits_for

if TYPE_CHECKING:
    import pandas as pd

    from equitybook.outcomes.registry import Context


def measure_staff(tables: Mapping[str, pd.DataFrame], context: Context) -> Measured:
    """Count staff in post, leavers, hires and promotions; nothing that depends on a day that was typed and cannot be read.

    Parameters
    ----------
    tables
        One typed frame per table of this outcome, empty where nothing is entered.
    context
        The town and today's date.
    """
    staff = read_staff(tables, context.today)
    waits = waits_for(tables["hr1_setup"], staff.setup, staff.snapshot)
    flow = _flow(staff, tables, wait=bool(waits["flow"]))
    counts = {
        **({} if waits["staff"] else staff_tables(staff)),
        **(flow_tables(flow) if flow else {}),
        **cohort_tables(staff, flow),
    }
    curves, medians = ((), ()) if waits["tenure"] else tenure_curves(staff)
    pay = () if waits["staff"] else pay_medians(staff)
    statistics = (*payroll_statistics(staff), *pay, *medians, *available(tables["hr1_avail"], counts))
    facts = {
        "waits": waits,
        "unread_rows": unread_rows(tables),
        "payroll_unread": "payroll_headcount" in unread(tables["hr1_setup"]),
        "source": staff.source,
        "sources_differ": sources_differ(staff),
        "snapshot": staff.snapshot,
        "snapshot_from": staff.snapshot_from,
        "geography": staff.setup.benchmark_geography,
        "benchmark_source": staff.setup.benchmark_source,
        "records_from": staff.setup.records_from,
        "tenure_events": staff.setup.tenure_events,
        **availability_facts(tables["hr1_avail"]),
        **flow_facts(flow),
    }
    return Measured(counts=counts, statistics=statistics, curves=curves, facts=facts)


def _flow(staff: Staff, tables: Mapping[str, pd.DataFrame], *, wait: bool) -> Flow | None:
    """Prefer the staff list where it knows leavers; then the counted table; then a list with promotions only.

    ``wait`` says that the period cannot be read: the counted table names its own, the list has no other.
    """
    moves = tables["hr1_moves"]
    if staff.people["sep_date"].notna().any():
        return None if wait else flow_from_list(staff, moves)
    counted = flow_from_counts(tables["hr1_flow"])
    if counted is not None or not len(staff.people) or not len(moves):
        return counted
    return None if wait else flow_from_list(staff, moves)
