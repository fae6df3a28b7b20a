"""People put into count tables, so that disclosure protects them: one set of tables per measure and period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from equitybook.codebook.categories import RACE
from equitybook.findings import TOTAL, UNKNOWN, CountTable, Dimension, Statistic
from equitybook.outcomes.performance_management.metrics.measure.baseline import number_of, value_of
from equitybook.outcomes.performance_management.metrics.measure.reading import EVERYBODY_TYPED, Project, Typed
from equitybook.outcomes.performance_management.metrics.outline import (
    COUNTED,
    EVERYBODY,
    OF_EVERYBODY,
    OUT_OF,
    PEOPLE,
    REST,
    Outline,
    Period,
    baseline_name,
    grouping_of,
    table_name,
    value_id,
)

SPLIT = Dimension("counted", "Counted", {COUNTED: "Counted", OUT_OF: "Not counted"})
ONLY = Dimension("people", "People", {PEOPLE: "People"})
_WHOLE = Dimension("everybody", "Everybody", {EVERYBODY: "Everybody"})
_LABELS = {
    "F": "Female",
    "M": "Male",
    "NONBINARY": "Non-binary",
    "LEP": "People with limited English",
    "DISABLED": "People with a disability",
    REST: "In none of these groups",
}
_TITLES = {"race": "Race or ethnicity", "sex": "Sex", "LEP": "Language", "DISABLED": "Disability", "own": "Groups of your own"}

Cells = tuple[float, ...]
"""A row of a count table: (counted, not counted) for a share, (people,) otherwise."""

_SEVERAL = 2
_OF_ONE: Mapping[str, float] = {"pct": 100, "ratio": 1}
"""What a part of a whole is in these units where all are counted."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What the rows of one measure gave: tables, and values that are no counts with the number of people behind them, 0 where not told.

    ``apart`` names the measure, the period and the way of grouping whose groups do not fit into everybody: they stay with the town.
    """

    tables: Mapping[str, CountTable]
    statistics: tuple[Statistic, ...]
    apart: tuple[tuple[str, str, str], ...]


def count_measures(project: Project) -> Counted:
    """Put every measure's people into tables, and its other values into statistics."""
    tables: dict[str, CountTable] = {}
    statistics: list[Statistic] = []
    apart: list[tuple[str, str, str]] = []
    for outline in project.outlines:
        for at, period in enumerate(outline.periods):
            rows = project.by_period[outline.key][period]
            made = {one.id: one for one in _tables(outline, at, period, rows)}
            tables |= made
            apart += [
                (outline.key, period.words, _TITLES[one])
                for one in _groupings(outline, rows)
                if table_name(outline.key, at, one) not in made
            ]
            statistics += _values(outline, at, rows, made)
        row = project.rows[outline.key]
        baseline = _baseline_table(outline, row)
        tables |= baseline
        statistics += _baseline_statistic(outline, row, baseline)
    return Counted(tables, tuple(statistics), tuple(apart))


def _groupings(outline: Outline, rows: Mapping[str, Typed]) -> list[str]:
    """List the ways of grouping with counted groups, in the order they were typed."""
    counted = [code for code, row in rows.items() if code != EVERYBODY_TYPED and _cells(outline, row) is not None]
    return list(dict.fromkeys(grouping_of(code) for code in counted))


def _tables(outline: Outline, at: int, period: Period, rows: Mapping[str, Typed]) -> Iterator[CountTable]:
    """Make one table per way of grouping, each with a rest, so that its margin is everybody; none where everybody is not known."""
    cells = {code: found for code, row in rows.items() if (found := _cells(outline, row)) is not None}
    if len({len(one) for one in cells.values()}) > 1:
        # A ratio may be a part of a whole among some and more than one among others: then only the wholes are counted.
        cells = {code: (sum(one),) for code, one in cells.items()}
    everybody = cells.pop(EVERYBODY_TYPED, None)
    if everybody is None:
        return
    of = f"people counted for {outline.key} in {period.words}"
    yield _table(table_name(outline.key, at, "all"), of, _WHOLE, {EVERYBODY: everybody}, everybody, promised=outline.promised)
    by_grouping: dict[str, dict[str, Cells]] = {}
    for code, row in cells.items():
        by_grouping.setdefault(grouping_of(code), {})[code] = row
    for grouping, groups in by_grouping.items():
        rest = tuple(whole - sum(parts) for whole, parts in zip(everybody, zip(*groups.values(), strict=True), strict=True))
        if min(rest) >= 0:
            complete = _with_rest(grouping, groups, rest)
            labels = {code: RACE.labels.get(code) or _LABELS.get(code) or f"Group {code[1:]}" for code in complete}
            yield _table(
                table_name(outline.key, at, grouping),
                of,
                Dimension(grouping, _TITLES[grouping], labels),
                complete,
                everybody,
                promised=outline.promised,
            )


def _with_rest(grouping: str, groups: Mapping[str, Cells], rest: Cells) -> dict[str, Cells]:
    """Add whoever is in none of the groups. Everybody has a race and a sex: beside two groups or more it is not known (specification 1.4)."""
    named = {code: cells for code, cells in groups.items() if code != UNKNOWN}
    if grouping not in OF_EVERYBODY or len(named) < _SEVERAL:
        return {**groups, REST: rest}
    declined = groups.get(UNKNOWN, (0.0,) * len(rest))
    return {**named, UNKNOWN: tuple(one + other for one, other in zip(declined, rest, strict=True))}


def _table(name: str, of: str, rows: Dimension, groups: Mapping[str, Cells], everybody: Cells, *, promised: int) -> CountTable:
    columns = SPLIT if len(everybody) > 1 else ONLY
    cells: dict[tuple[str, str], float | None] = {}
    for code, counts in {**groups, TOTAL: everybody}.items():
        cells |= {(code, column): count for column, count in zip(columns.labels, counts, strict=True)}
        cells[code, TOTAL] = sum(counts)
    title = f"{of[:1].upper()}{of[1:]}, by {rows.title.lower()}"
    return CountTable(name, title, of, rows, columns, cells, shares=columns is SPLIT, promised=promised)


def _cells(outline: Outline, row: Typed) -> Cells | None:
    """Read how many people a row counts: split for a part of a whole, together where its value is none; None where it does not say."""
    whole, value = number_of(row, "denominator"), value_of(row, outline.unit)
    if outline.unit == "count":
        return None if value is None or value < 0 else (value,)
    if whole is None or (value is None and not outline.share):
        return None
    part = number_of(row, "numerator")
    if part is None and value is not None:
        part = _part(outline, value, whole)
    if outline.unit in _OF_ONE and part is not None and 0 <= part <= whole:
        return (part, whole - part)
    return None if outline.share else (whole,)


def _part(outline: Outline, value: float, whole: float) -> float | None:
    """Give how many people were counted, as far as a share typed as such tells a reader; None in other units."""
    return round(value * whole / _OF_ONE[outline.unit]) if outline.unit in _OF_ONE else None


def _values(outline: Outline, at: int, rows: Mapping[str, Typed], tables: Mapping[str, CountTable]) -> Iterator[Statistic]:
    """Give the values that are no counts; without a table to stand in, or people behind it, a value stays with the town."""
    for code, row in rows.items():
        value, backed, everybody = value_of(row, outline.unit), _cells(outline, row), code == EVERYBODY_TYPED
        name = table_name(outline.key, at, "all" if everybody else grouping_of(code))
        stands = backed is not None and name in tables
        divided = outline.unit == "count" or (outline.share and number_of(row, "numerator") is not None)
        if value is None or (stands and divided):
            continue
        n = round(sum(backed or ()))
        yield Statistic(value_id(outline.key, at), TOTAL if everybody else code, value, n, counted_in=name if stands else "")


def _baseline_table(outline: Outline, row: Typed) -> dict[str, CountTable]:
    """Count the people of a locked baseline again, where it is a part of a whole: its value and their number tell how many were counted."""
    value, n = number_of(row, "baseline_value"), number_of(row, "baseline_n")
    if outline.locked_on is None or value is None or not value >= 0:
        return {}
    if outline.unit == "count":
        everybody: Cells = (value,)
    elif n is not None and value <= _OF_ONE.get(outline.unit, -1):
        counted = _part(outline, value, n) or 0
        everybody = (counted, n - counted)
    else:
        return {}
    of = f"people counted for the baseline of {outline.key}"
    return {
        baseline_name(outline.key): _table(
            baseline_name(outline.key), of, _WHOLE, {EVERYBODY: everybody}, everybody, promised=outline.promised
        )
    }


def _baseline_statistic(outline: Outline, row: Typed, tables: Mapping[str, CountTable]) -> Sequence[Statistic]:
    """Carry the locked value itself: what its people give, counted again, would be another number."""
    value, n, name = (
        number_of({"value": row.get("baseline_value")}, "value"),
        number_of(row, "baseline_n"),
        baseline_name(outline.key),
    )
    if outline.locked_on is None or value is None or outline.unit == "count":
        return ()
    # A percentage that no number of people can give is told with nobody behind it, which keeps it with the town.
    people = 0 if n is None or (outline.share and name not in tables) else round(n)
    return (Statistic(name, TOTAL, value, people, counted_in=name if name in tables else ""),)
