"""How many people leave in a year, by group and by reason, on average headcount."""

from __future__ import annotations

from equitybook.charts import RateBar, rate_bars
from equitybook.findings import TOTAL, UNKNOWN, Chart, CountTable, Finding, Measured, Shown
from equitybook.outcomes.human_resources.staff_statistics.present.breakdown import (
    WORTH_SAYING,
    Breakdown,
    Line,
    breakdown,
    compared,
    flags,
    gaps,
)
from equitybook.outcomes.human_resources.staff_statistics.present.groups import by_column, by_row
from equitybook.outcomes.human_resources.staff_statistics.present.period import (
    empty_words,
    notes,
    period_flags,
    period_notices,
    period_words,
    provenance,
    rate_cells,
)
from equitybook.outcomes.human_resources.staff_statistics.present.words import TOO_SMALL, average, people, percent, rate, staff_of
from equitybook.outcomes.wording import DASH, listing, number

METRIC = "HR1.turnover"
LEAST = 20
"""Average staff from which a group's turnover is given (specification 8.1)."""
_TITLES = {"race": "Who leaves, by race and ethnicity", "sex": "Who leaves, by sex"}


def turnover_by_race(measured: Measured) -> Finding:
    """Say how many leave a year, by race and ethnicity and over the years."""
    return _turnover(measured, "race")


def turnover_by_sex(measured: Measured) -> Finding:
    """Say how many leave a year, by sex."""
    return _turnover(measured, "sex")


def kind_breakdown(measured: Measured, by: str, kind: str = TOTAL) -> Breakdown | None:
    """Divide the leavers of one reason by average staff and years; None where either is not counted."""
    left, staff = measured.counts.get(f"left.{by}_kind"), measured.counts.get(f"average.{by}_jobcat")
    if left is None or staff is None:
        return None
    return breakdown(by_row(left, kind), by_row(staff), years=float(measured.facts["years"]), least=LEAST)


def _turnover(measured: Measured, by: str) -> Finding:
    name, title = f"{METRIC}.{by}", _TITLES[by]
    overall = kind_breakdown(measured, by)
    if overall is None:
        return Finding(name, METRIC, title, empty=empty_words(measured))
    if overall.everyone.part is None or overall.everyone.whole is None:
        return Finding(name, METRIC, title, empty=TOO_SMALL)
    found = compared([overall], counts="bad", reference="others")
    care = "Look at the job, the shift and the supervisor before the people: who left from where, and what did they say?"
    return Finding(
        name,
        METRIC,
        title,
        sentence=_sentence(measured, overall, by),
        table=_table(measured, overall, by, title),
        chart=_chart(measured, overall, by, title),
        flags=(*period_flags(measured, name), *flags([overall], found, metric=name, counts="bad", next_step=care)),
        notices=(
            *gaps([overall], found, kept="staying", lost="leaving"),
            "“Resigned” leaves out retirement, dismissal, layoff, the end of a term and death.",
            *period_notices(measured),
        ),
        provenance=provenance(measured, overall.everyone.whole, numerator="people who left", denominator="average staff, per year"),
    )


def _sentence(measured: Measured, overall: Breakdown, by: str) -> str:
    everyone = overall.everyone
    said = f"{period_words(measured.facts)}, {people(everyone.part)} left, of {average(everyone.whole)} on average"
    yearly = overall.rate(everyone)
    said += f": {percent(yearly)} a year." if yearly is not None else "; too few to give a rate."
    kinds = by_column(measured.counts[f"left.{by}_kind"])
    parts = [f"{number(kinds.get(code))} {kinds.dimension.label(code).lower()}" for code in kinds.listed() if kinds.get(code)]
    said += f" {listing(parts)}." if len(parts) > 1 else ""
    shown = sorted(((value, line.label) for line in overall.groups if (value := overall.rate(line)) is not None), reverse=True)
    if len(shown) > 1 and shown[0][0] - shown[-1][0] >= WORTH_SAYING:
        most, least = (f"{staff_of(by, label)} ({percent(value)})" for value, label in (shown[0], shown[-1]))
        said += f" It is highest for {most} and lowest for {least}."
    return said


def _kinds(table: CountTable) -> list[str]:
    return [code for code in table.column_codes() if table.at(column=code) or (code != UNKNOWN and table.at(column=code) is None)]


def _table(measured: Measured, overall: Breakdown, by: str, title: str) -> Shown:
    left = measured.counts[f"left.{by}_kind"]
    by_kind = {code: one for code in _kinds(left) if (one := kind_breakdown(measured, by, code))}
    rows = [_row(overall, overall.everyone, [(one, one.everyone) for one in by_kind.values()])]
    rows += [_row(overall, line, [(one, one.same(line)) for one in by_kind.values()]) for line in overall.groups]
    if by == "race":
        rows += _year_rows(measured, list(by_kind))
    return Shown(
        caption=title,
        columns=("Group", "Average staff", "Left", "A year", "95 % interval", *(left.columns.label(code) for code in by_kind)),
        rows=tuple(rows),
        align="lrrrr" + "r" * len(by_kind),
        notes=(*notes(rows, overall), "Columns by reason: people, and percent a year where a rate is given."),
    )


def _row(overall: Breakdown, line: Line, kinds: list[tuple[Breakdown, Line | None]]) -> tuple[str, ...]:
    cells = [DASH if one is None else _people_and_rate(one.part, within.rate(one)) for within, one in kinds]
    return (line.label, average(line.whole), number(line.part), *rate_cells(overall, line), *cells)


def _people_and_rate(count: float | None, value: float | None) -> str:
    return number(count) if value is None else f"{number(count)} ({percent(value)})"


def _year_rows(measured: Measured, kinds: list[str]) -> list[tuple[str, ...]]:
    """Give one row per year for everyone, where the period has several."""
    left, staff = measured.counts.get("left.year_kind"), measured.counts.get("average.sex_year")
    lengths, years = measured.facts["year_lengths"], float(measured.facts["years"])
    if left is None or staff is None or len(lengths) < 2:  # noqa: PLR2004 - one year is the row above
        return []
    rows = []
    for code, length in lengths.items():
        spread = staff.at(column=code)
        # The year's part of the period's average, back to that year's own.
        own = None if spread is None or not length else spread * years / length
        base = None if own is None else own * length
        line = Line(code, left.rows.label(code), left.at(row=code), own, base)
        one = Breakdown("year", line, (), LEAST, comparable=False, notes=())
        of_kind = [_people_and_rate(left.at(code, kind), rate(left.at(code, kind), base, least=LEAST)) for kind in kinds]
        rows.append((line.label, average(own), number(line.part), *rate_cells(one, line), *of_kind))
    return rows


def _chart(measured: Measured, overall: Breakdown, by: str, title: str) -> Chart | None:
    resigned = kind_breakdown(measured, by, "RESIGNED")
    bars = []
    for group in overall.groups:
        for one, words in ((overall, "All reasons"), (resigned, "Resigned")):
            line = one.same(group) if one else None
            if one is not None and line is not None and overall.rate(group) is not None and (value := one.rate(line)) is not None:
                bars.append(RateBar(line.label, value, *one.interval(line), line.whole, words))
    return rate_bars(bars, title=title, x_label="Left a year, percent of average staff") if bars else None
