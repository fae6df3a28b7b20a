"""Who of those here at the start is still here, who leaves within a year of being hired, and who is dismissed."""

from __future__ import annotations

from collections.abc import Sequence

from equitybook.charts import RateBar, rate_bars
from equitybook.findings import Chart, Finding, Measured, Shown
from equitybook.outcomes.human_resources.staff_statistics.present.breakdown import Breakdown, breakdown, compared, flags, gaps
from equitybook.outcomes.human_resources.staff_statistics.present.groups import by_row
from equitybook.outcomes.human_resources.staff_statistics.present.period import (
    empty_words,
    notes,
    period_flags,
    period_notices,
    period_words,
    provenance,
    rate_cells,
)
from equitybook.outcomes.human_resources.staff_statistics.present.turnover import kind_breakdown
from equitybook.outcomes.human_resources.staff_statistics.present.words import TOO_SMALL, average, people, percent
from equitybook.outcomes.wording import day, number

_BY = ("race", "sex")
_COMPARE_CASES = "Read the files of the last cases side by side: were the same steps taken for everyone?"


def retention(measured: Measured) -> Finding:
    """Say how many of those here at the start of the period are still here at its end."""
    name, title = "HR1.retention", "Who of those here at the start is still here"
    parts = _parts(measured, "stayed", "STAYED")
    empty = _empty(measured, name, title, parts)
    if empty:
        return empty
    start = parts[0].everyone
    sentence = f"Of the {people(start.whole)} here at the start of the period, on {day(measured.facts['period_start'])}, {number(start.part)} were still here on {day(measured.facts['period_end'])}"
    found = compared(parts, counts="good", reference="others")
    return Finding(
        name,
        name,
        title,
        sentence=sentence + _rate_words(parts[0]),
        table=_table(title, parts, "At the start", "Still here", "Share"),
        chart=_chart(parts, title, "Still here, percent"),
        flags=flags(
            parts, found, metric=name, counts="good", next_step="Ask who left, from which job, and what would have kept them."
        ),
        notices=(
            *gaps(parts, found, kept="staying", lost="leaving"),
            "This is not 100 % minus turnover: people hired and gone again within the period count in turnover only.",
            *period_notices(measured)[1:],
        ),
        provenance=provenance(measured, start.whole, numerator="still here at the end", denominator="staff at the start"),
    )


def first_year_loss(measured: Measured) -> Finding:
    """Say how many of the people hired left within 365 days."""
    name, title = "HR1.first_year_loss", "Who leaves within a year of being hired"
    parts = _parts(measured, "hires", "LEFT")
    empty = _empty(measured, name, title, parts)
    if empty:
        return empty
    hires = parts[0].everyone
    since = measured.facts["records_from"] or measured.facts["period_start"]
    sentence = (
        f"Of {people(hires.whole)} hired from {day(since)} on who could be followed for a year, {number(hires.part)} left within it"
    )
    found = compared(parts, counts="bad", reference="others")
    return Finding(
        name,
        name,
        title,
        sentence=sentence + _rate_words(parts[0]),
        table=_table(title, parts, "Hired", "Left within a year", "Share"),
        chart=_chart(parts, title, "Left within a year, percent of those hired"),
        flags=flags(
            parts,
            found,
            metric=name,
            counts="bad",
            next_step="Look at the first weeks: who welcomes, trains and schedules new colleagues.",
        ),
        notices=(
            *gaps(parts, found, kept="staying", lost="leaving"),
            "People hired less than 365 days before the end of the period are left out: their first year is not over.",
        ),
        provenance=provenance(measured, hires.whole, numerator="left within 365 days", denominator="hires followed for 365 days"),
    )


def terminations(measured: Measured) -> Finding:
    """Say how many were dismissed or laid off, with the ratio of those kept and of those lost."""
    name, title = "HR1.terminations", "Who is dismissed or laid off"
    parts = [one for by in _BY if (one := kind_breakdown(measured, by, "DISMISSED"))]
    if not parts:
        return Finding(name, name, title, empty=empty_words(measured))
    everyone = parts[0].everyone
    if everyone.part is None or everyone.whole is None:
        return Finding(name, name, title, empty=TOO_SMALL)
    found = compared(parts, counts="bad", reference="best")
    sentence = f"{period_words(measured.facts)}, {people(everyone.part)} {'was' if everyone.part == 1 else 'were'} dismissed or laid off, of {average(everyone.whole)} staff on average"
    return Finding(
        name,
        name,
        title,
        sentence=sentence + _rate_words(parts[0], " a year"),
        table=_table(title, parts, "Average staff", "Dismissed or laid off", "A year", averages=True),
        chart=_chart(parts, title, "Dismissed or laid off a year, percent of average staff"),
        flags=(*period_flags(measured, name), *flags(parts, found, metric=name, counts="bad", next_step=_COMPARE_CASES)),
        notices=(
            *gaps(parts, found, kept="being kept", lost="being dismissed"),
            "Each group is set beside the one with the fewest dismissals among groups of 20 or more. Both ratios are given: the rarer dismissal is, the more "
            "the ratio of those lost exaggerates and the ratio of those kept hides. What is said rests on an exact test of the counts, in years of work.",
            *period_notices(measured),
        ),
        provenance=provenance(measured, everyone.whole, numerator="dismissed or laid off", denominator="average staff, per year"),
    )


def _parts(measured: Measured, table: str, column: str) -> list[Breakdown]:
    tables = [measured.counts.get(f"{table}.{by}") for by in _BY]
    return [breakdown(by_row(one, column), by_row(one)) for one in tables if one is not None]


def _empty(measured: Measured, name: str, title: str, parts: list[Breakdown]) -> Finding | None:
    if not parts:
        return Finding(name, name, title, empty=empty_words(measured, needs_list=True))
    if parts[0].everyone.whole == 0:
        return Finding(
            name,
            name,
            title,
            empty="Nobody can be followed in this period yet. Enter an earlier start of the period, if people who left are on file since then.",
        )
    if parts[0].everyone.part is None or parts[0].everyone.whole is None:
        return Finding(name, name, title, empty=TOO_SMALL)
    return None


def _rate_words(one: Breakdown, unit: str = "") -> str:
    value = one.rate(one.everyone)
    return f": {percent(value)}{unit}." if value is not None else "; too few to give a rate."


def _table(title: str, parts: Sequence[Breakdown], whole: str, part: str, share: str, *, averages: bool = False) -> Shown:
    written = average if averages else number
    lines = [(one, line) for at, one in enumerate(parts) for line in ((one.everyone,) if at == 0 else ()) + one.groups]
    rows = tuple((line.label, written(line.whole), number(line.part), *rate_cells(one, line)) for one, line in lines)
    return Shown(
        caption=title, columns=("Group", whole, part, share, "95 % interval"), rows=rows, align="lrrrr", notes=notes(rows, *parts)
    )


def _chart(parts: Sequence[Breakdown], title: str, x_label: str) -> Chart | None:
    bars = [
        RateBar(line.label, value, *one.interval(line), line.whole)
        for one in parts
        for line in one.groups
        if (value := one.rate(line)) is not None
    ]
    return rate_bars(bars, title=title, x_label=x_label) if bars else None
