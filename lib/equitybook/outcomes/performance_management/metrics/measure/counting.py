"""People put into count tables, so that disclosure protects them: one set of tables per measure and period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from equitybook.codebook.categories import RACE
from equitybook.findings import TOTAL, CountTable, Dimension, Statistic
from equitybook.outcomes.performance_management.metrics.measure.baseline import number_of, value_of
from equitybook.outcomes.performance_management.metrics.measure.reading import EVERYBODY_TYPED, Project, Typed, grouping_of
from equitybook.outcomes.performance_management.metrics.outline import (
    COUNTED,
    EVERYBODY,
    OUT_OF,
    PEOPLE,
    REST,
    Outline,
    Period,
    baseline_name,
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
}
_TITLES = {"race": "Race or ethnicity", "sex": "Sex", "LEP": "Language", "DISABLED": "Disability", "own": "Groups of your own"}
_REST = "In none of these groups"

Cells = tuple[float, ...]
"""A row of a count table: (counted, not counted) for a share, (people,) otherwise."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What the rows of one measure gave: tables, values that are no counts, and values nobody knows the people behind.

    ``unbacked`` holds values for everybody that were typed alone, by measure and period: nobody can tell how few stand behind them.
    ``apart`` names the measure, the period and the way of grouping whose groups do not fit into everybody: they stay with the town.
    """

    tables: Mapping[str, CountTable]
    statistics: tuple[Statistic, ...]
    unbacked: Mapping[tuple[str, int], float]
    apart: tuple[tuple[str, str, str], ...]


def count_measures(project: Project) -> Counted:
    """Put every measure's people into tables, and its other values into statistics."""
    tables: dict[str, CountTable] = {}
    statistics: list[Statistic] = []
    unbacked: dict[tuple[str, int], float] = {}
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
            alone = _unbacked(outline, rows.get(EVERYBODY_TYPED))
            unbacked |= {} if alone is None else {(outline.key, at): alone}
        row = project.rows[outline.key]
        tables |= _baseline_table(outline, row)
        statistics += _baseline_statistic(outline, row)
    return Counted(tables, tuple(statistics), unbacked, tuple(apart))


def _groupings(outline: Outline, rows: Mapping[str, Typed]) -> list[str]:
    """List the ways of grouping with counted groups, in the order they were typed."""
    counted = [code for code, row in rows.items() if code != EVERYBODY_TYPED and _cells(outline, row) is not None]
    return list(dict.fromkeys(grouping_of(code) for code in counted))


def _tables(outline: Outline, at: int, period: Period, rows: Mapping[str, Typed]) -> Iterator[CountTable]:
    """Make one table per way of grouping, each with a rest, so that its margin is everybody; none where everybody is not known."""
    cells = {code: found for code, row in rows.items() if (found := _cells(outline, row)) is not None}
    everybody = cells.pop(EVERYBODY_TYPED, None)
    if everybody is None:
        return
    of = f"people counted for {outline.key} in {period.words}"
    yield _table(table_name(outline.key, at, "all"), of, _WHOLE, {EVERYBODY: everybody}, everybody)
    by_grouping: dict[str, dict[str, Cells]] = {}
    for code, row in cells.items():
        by_grouping.setdefault(grouping_of(code), {})[code] = row
    for grouping, groups in by_grouping.items():
        rest = tuple(whole - sum(parts) for whole, parts in zip(everybody, zip(*groups.values(), strict=True), strict=True))
        if min(rest) >= 0:
            labels = {code: RACE.labels.get(code) or _LABELS.get(code) or f"Group {code[1:]}" for code in groups}
            dimension = Dimension(grouping, _TITLES[grouping], {**labels, REST: _REST})
            yield _table(table_name(outline.key, at, grouping), of, dimension, {**groups, REST: rest}, everybody)


def _table(name: str, of: str, rows: Dimension, groups: Mapping[str, Cells], everybody: Cells) -> CountTable:
    columns = SPLIT if len(everybody) > 1 else ONLY
    cells: dict[tuple[str, str], float | None] = {}
    for code, counts in {**groups, TOTAL: everybody}.items():
        cells |= {(code, column): count for column, count in zip(columns.labels, counts, strict=True)}
        cells[code, TOTAL] = sum(counts)
    return CountTable(name, f"{of[:1].upper()}{of[1:]}, by {rows.title.lower()}", of, rows, columns, cells)


def _cells(outline: Outline, row: Typed) -> Cells | None:
    """Read how many people a row counts: split for a share, together where its value is no count; None where it does not say."""
    part, whole = number_of(row, "numerator"), number_of(row, "denominator")
    if outline.unit == "count":
        counted = value_of(row, "count")
        return None if counted is None or counted < 0 else (counted,)
    if outline.share:
        return None if part is None or whole is None or part > whole else (part, whole - part)
    return None if whole is None or value_of(row, outline.unit) is None else (whole,)


def _values(outline: Outline, at: int, rows: Mapping[str, Typed], tables: Mapping[str, CountTable]) -> Iterator[Statistic]:
    """Give the values that are no counts; without a table to stand in, or people behind it, a value stays with the town."""
    for code, row in rows.items():
        value, backed, everybody = value_of(row, outline.unit), _cells(outline, row), code == EVERYBODY_TYPED
        name = table_name(outline.key, at, "all" if everybody else grouping_of(code))
        stands = backed is not None and name in tables
        if value is None or (everybody and backed is None) or (stands and (outline.share or outline.unit == "count")):
            continue
        n = 0 if backed is None or outline.share else round(sum(backed))
        yield Statistic(value_id(outline.key, at), TOTAL if everybody else code, value, n, counted_in=name if stands else "")


def _unbacked(outline: Outline, row: Typed | None) -> float | None:
    return value_of(row, outline.unit) if row is not None and _cells(outline, row) is None else None


def _baseline_table(outline: Outline, row: Typed) -> dict[str, CountTable]:
    """Count the people of a locked baseline again, where it is a share: its value and their number would tell how many were counted."""
    value, n = number_of(row, "baseline_value"), number_of(row, "baseline_n")
    if outline.locked_on is None or value is None or not value >= 0:
        return {}
    if outline.unit == "count":
        everybody: Cells = (value,)
    elif outline.share and n is not None and value <= 100:  # noqa: PLR2004 - per cent
        counted = round(value * n / 100)
        everybody = (counted, n - counted)
    else:
        return {}
    of = f"people counted for the baseline of {outline.key}"
    return {baseline_name(outline.key): _table(baseline_name(outline.key), of, _WHOLE, {EVERYBODY: everybody}, everybody)}


def _baseline_statistic(outline: Outline, row: Typed) -> Sequence[Statistic]:
    value, n = number_of(row, "baseline_value"), number_of(row, "baseline_n")
    if outline.locked_on is None or value is None or n is None or outline.share or outline.unit == "count":
        return ()
    return (Statistic(baseline_name(outline.key), TOTAL, value, round(n)),)
