"""How numbers of a chart are said, on the picture and to those who cannot see it."""

from __future__ import annotations

from equitybook.findings import Chart


def percent(value: float | None) -> str:
    """Write 12.34 as "12.3 %", 12.0 as "12 %"; "not shown" for None."""
    return "not shown" if value is None else f"{round(value, 1):g} %"


def title_of(chart: Chart) -> str:
    """Give the few words the chart was made with."""
    return str(chart.spec.get("usermeta", {}).get("equitybook", {}).get("title", ""))


def people(n: float | None) -> str:
    """Write a number of people."""
    return "not shown" if n is None else f"{n:,.0f}"


def of(n: float | None) -> str:
    """Write the number a rate is a share of."""
    return "" if n is None else f" (of {n:,.0f})"


def between(low: float | None, high: float | None) -> str:
    """Write a range, where there is one."""
    return "" if low is None or high is None else f" (between {percent(low)} and {percent(high)})"


def after(years: float) -> str:
    """Say how long."""
    said = f"{round(years, 1):g}"
    return "at the start" if years == 0 else f"after {said} {'year' if said == '1' else 'years'}"
