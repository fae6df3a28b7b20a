"""People followed from a start: who of those here then is still here, and who of the hires left within a year."""

from __future__ import annotations

import pandas as pd

from equitybook.findings import CountTable
from equitybook.outcomes.human_resources.staff_statistics.dimensions import RACES, SEXES, STAYED
from equitybook.outcomes.human_resources.staff_statistics.measure.counting import count
from equitybook.outcomes.human_resources.staff_statistics.measure.flow import Flow
from equitybook.outcomes.human_resources.staff_statistics.measure.sources import Staff

AT_START, HIRES = "staff at the start of the period", "hires followed for a year"
_FIRST_YEAR = pd.Timedelta(days=365)
_DAY = pd.Timedelta(days=1)


def cohort_tables(staff: Staff, flow: Flow | None) -> dict[str, CountTable]:
    """Count stayers and leavers of the starting cohort and of the hires; nothing where the list has no leavers."""
    if flow is None or flow.source != "list" or not flow.facts["has_leavers"] or flow.start is None or flow.end is None:
        return {}
    people, start, end = staff.people, pd.Timestamp(flow.start), pd.Timestamp(flow.end)
    eve = start - _DAY
    at_start = people[
        (people["hire_date"].isna() | (people["hire_date"] <= eve)) & (people["sep_date"].isna() | (people["sep_date"] > eve))
    ]
    # Hires of the time before leavers were kept on file would be seen only if they stayed.
    since = pd.Timestamp(staff.setup.records_from or flow.start)
    hires = people[(people["hire_date"] >= since) & (people["hire_date"] + _FIRST_YEAR <= end)]
    left_early = hires["sep_date"] - hires["hire_date"] <= _FIRST_YEAR
    return {
        **_tables("stayed", "Staff at the start who are still here", AT_START, at_start, at_start["sep_date"] <= end),
        **_tables("hires", "Hires still here after a year", HIRES, hires, left_early),
    }


def _tables(name: str, title: str, of: str, people: pd.DataFrame, left: pd.Series[bool]) -> dict[str, CountTable]:
    stayed = left.fillna(value=False).map({True: "LEFT", False: "STAYED"})
    return {
        f"{name}.{by.name}": count(
            f"{name}.{by.name}", f"{title}, by {by.name}", of=of, rows=(by, people[by.name]), columns=(STAYED, stayed)
        )
        for by in (RACES, SEXES)
    }
