"""How many people are promoted a year, of those who could have been."""

from __future__ import annotations

from equitybook.charts import RateBar, rate_bars
from equitybook.findings import TOTAL, UNKNOWN, Chart, CountTable, Finding, Measured, Shown
from equitybook.outcomes.human_resources.staff_statistics.present.breakdown import (
    OTHERS,
    Breakdown,
    Line,
    breakdown,
    compared,
    flags,
    gaps,
)
from equitybook.outcomes.human_resources.staff_statistics.present.groups import Margin, by_row
from equitybook.outcomes.human_resources.staff_statistics.present.period import (
    notes,
    period_flags,
    period_notices,
    period_words,
    provenance,
    rate_cells,
)
from equitybook.outcomes.human_resources.staff_statistics.present.promoted_only import without_rates
from equitybook.outcomes.human_resources.staff_statistics.present.words import TOO_SMALL, average, people, percent, rate
from equitybook.outcomes.wording import listing, number

ID = "HR1.promotion_rate"
TITLE = "Who is promoted"
NO_PROMOTIONS = (
    "Add promotions in the table “Promotions and moves”, with the job group people were promoted from, or in the table of counts."
)
_BY = ("race", "sex")
MOST_NAMED = 3


def promotion_rate(measured: Measured) -> Finding:
    """Say how many a year are promoted, per average staff of the job groups people were promoted from."""
    parts, margins, feeders = [], [], ""
    for by in _BY:
        promoted, staff = measured.counts.get(f"promoted.{by}_jobcat"), measured.counts.get(f"average.{by}_jobcat")
        if promoted is not None and staff is not None:
            part, whole, feeders = _of_feeders(promoted, staff)
            parts.append(breakdown(part, whole, years=float(measured.facts["years"])))
            margins.append(part)
    if not parts:
        return Finding(ID, ID, TITLE, empty=NO_PROMOTIONS)
    everyone = parts[0].everyone
    if everyone.part is None:
        return Finding(ID, ID, TITLE, empty=TOO_SMALL)
    if not everyone.part:
        return Finding(
            ID, ID, TITLE, empty="No promotion of a person on the staff list falls in the period. Add them, or widen the period."
        )
    if any(one.everyone.whole is None for one in parts):
        return without_rates(measured, margins, ID, TITLE)
    found = compared(parts, counts="good", reference="others")
    return Finding(
        ID,
        ID,
        TITLE,
        sentence=_sentence(measured, parts[0], feeders),
        table=_table(parts),
        chart=_chart(parts),
        flags=(
            *period_flags(measured, ID),
            *flags(
                parts,
                found,
                metric=ID,
                counts="good",
                next_step="Look at how openings are announced, who is encouraged, and what each step asks for.",
            ),
        ),
        notices=(
            *gaps(parts, found, kept="being promoted", lost="not being promoted"),
            "Reclassifications, lateral and acting moves and automatic steps are no promotions and are not counted.",
            "The rate is per people in the job groups promoted from, not per people already up. Where a promotion was competitive, the candidates are the fairer comparison.",
            *period_notices(measured),
        ),
        provenance=provenance(
            measured, everyone.whole, numerator="promotions", denominator=f"average staff of {feeders}, per year"
        ),
    )


def _of_feeders(promoted: CountTable, staff: CountTable) -> tuple[Margin, Margin, str]:
    """Take the job groups people were promoted from.

    Where it cannot be seen which these are, or how many of a group work in them, there is no number of people who could be: all staff are
    more, and a rate per all staff would stand under a heading that says otherwise.
    """
    everyone = (*staff.row_codes(), TOTAL)
    filled = [code for code in staff.column_codes() if staff.at(column=code) != 0]
    if len(filled) == 1:
        # Everybody is in the one job group there is, or job groups are not told apart at all: the margin is the number.
        feeders, sums = filled, {code: staff.at(code) for code in everyone}
    elif any(promoted.at(column=code) is None for code in promoted.column_codes()):
        return by_row(promoted), Margin(staff.rows, dict.fromkeys(everyone)), ""
    else:
        feeders = [code for code in promoted.column_codes() if promoted.at(column=code)]
        sums = {code: _sum([staff.at(code, column) for column in feeders]) for code in everyone}
    words = listing(staff.columns.label(code).lower() for code in feeders)
    if feeders == [UNKNOWN]:
        words = "all job groups"
    elif len(feeders) > MOST_NAMED:
        words = "the job groups people were promoted from"
    return by_row(promoted), Margin(staff.rows, sums), words


def _sum(values: list[float | None]) -> float | None:
    return None if any(value is None for value in values) else sum(value or 0 for value in values)


def _sentence(measured: Measured, one: Breakdown, feeders: str) -> str:
    everyone = one.everyone
    said = f"{period_words(measured.facts)}, {people(everyone.part)} {'was' if everyone.part == 1 else 'were'} promoted, of {average(everyone.whole)} on average in {feeders}"
    yearly = one.rate(everyone)
    return f"{said}: {percent(yearly)} a year." if yearly is not None else f"{said}; too few to give a rate."


def _table(parts: list[Breakdown]) -> Shown:
    lines = [(one, line) for at, one in enumerate(parts) for line in ((one.everyone,) if at == 0 else ()) + one.groups]
    rows = tuple(_row(one, line) for one, line in lines)
    return Shown(
        caption=TITLE,
        columns=(
            "Group",
            "Promoted",
            "Average staff who could be",
            "A year",
            "95 % interval",
            "Share of promoted",
            "Share of those who could be",
        ),
        rows=rows,
        align="lrrrrrr",
        notes=notes(rows, *parts),
    )


def _row(one: Breakdown, line: Line) -> tuple[str, ...]:
    whole = line.code in (TOTAL, OTHERS)
    shares = ("", "") if whole else (percent(rate(line.part, one.everyone.part)), percent(rate(line.whole, one.everyone.whole)))
    return (line.label, number(line.part), average(line.whole), *rate_cells(one, line), *shares)


def _chart(parts: list[Breakdown]) -> Chart | None:
    bars = [
        RateBar(line.label, value, *one.interval(line), line.whole)
        for one in parts
        for line in one.groups
        if (value := one.rate(line)) is not None
    ]
    return rate_bars(bars, title=TITLE, x_label="Promoted a year, percent of average staff who could be") if bars else None
