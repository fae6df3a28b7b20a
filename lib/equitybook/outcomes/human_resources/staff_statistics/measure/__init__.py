"""Tables in, counts out: everything staff statistics knows about groups of people, before a word is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from equitybook.findings import Measured
from equitybook.outcomes.human_resources.staff_statistics.measure.in_post import payroll_statistics, sources_differ, staff_tables
from equitybook.outcomes.human_resources.staff_statistics.measure.sources import read_staff

if TYPE_CHECKING:
    import pandas as pd

    from equitybook.outcomes.registry import Context


def measure_staff(tables: Mapping[str, pd.DataFrame], context: Context) -> Measured:
    """Count staff in post, leavers, hires and promotions.

    Parameters
    ----------
    tables
        One typed frame per table of this outcome, empty where nothing is entered.
    context
        The town and today's date.
    """
    staff = read_staff(tables, context.today)
    facts = {
        "source": staff.source,
        "sources_differ": sources_differ(staff),
        "snapshot": staff.snapshot,
        "snapshot_from": staff.snapshot_from,
        "geography": staff.setup.benchmark_geography,
        "benchmark_source": staff.setup.benchmark_source,
    }
    return Measured(counts=staff_tables(staff), statistics=payroll_statistics(staff), facts=facts)
