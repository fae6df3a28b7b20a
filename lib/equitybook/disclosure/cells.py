"""Count tables of the same people, seen as one set of cells and the sums that tie them together.

A cell is known by what it counts, not by where it stands: the margin "Black" of race by sex and the margin "Black" of race by
job group are one cell. Hiding it hides it everywhere, and every table it appears in becomes a tie an attacker could use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from equitybook.findings import TOTAL, CountTable

Cell = frozenset[tuple[str, str]]
"""What a cell counts: pairs of (dimension, code); a margin has one pair, the grand total none."""

CLOSE = 1e-6
"""Averages are sums of many parts; closer than this they are the same number."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row or column: the terms add up to the total. ``view`` is the table's id; ``inner`` where the terms are no margins."""

    view: str
    terms: tuple[Cell, ...]
    total: Cell
    inner: bool

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Terms and total."""
        return (*self.terms, self.total)


@dataclass(slots=True)
class Population:
    """Tables that count the same people: values by cell, lines, and which cell stands where in each table."""

    of: str
    values: dict[Cell, float] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    places: dict[str, dict[tuple[str, str], Cell]] = field(default_factory=dict)
    dimensions: dict[str, tuple[str, str]] = field(default_factory=dict)
    withheld: set[str] = field(default_factory=set)

    def inner(self, view: str) -> set[Cell]:
        """Give the cells of a table that are no margins."""
        return {cell for (row, column), cell in self.places[view].items() if TOTAL not in (row, column)}


def populations(tables: Mapping[str, CountTable]) -> list[Population]:
    """Put together the tables that count the same people, in the order they are given."""
    by_people: dict[str, dict[str, CountTable]] = {}
    for name, table in tables.items():
        by_people.setdefault(table.of, {})[name] = table
    return [population(of, group) for of, group in by_people.items()]


def population(of: str, tables: Mapping[str, CountTable]) -> Population:
    """Tie the tables together by their shared margins.

    A table with missing cells, or whose cells do not add up, cannot be audited: it is withheld whole. A dimension whose
    margin differs from the same-named one of an earlier table is taken as another dimension.
    """
    made = Population(of)
    for name, table in tables.items():
        if not _adds_up(table) or abs(_total(made, table) - (table.at() or 0)) > CLOSE:
            made.withheld.add(name)
            continue
        rows, columns = _dimension(made, name, table, "rows"), _dimension(made, name, table, "columns")
        place = {
            (row, column): frozenset(_pair(rows, row) | _pair(columns, column))
            for row in (*table.row_codes(), TOTAL)
            for column in (*table.column_codes(), TOTAL)
        }
        made.places[name] = place
        made.dimensions[name] = (rows, columns)
        made.values.update({cell: float(table.cells[at] or 0) for at, cell in place.items()})
        made.lines.extend(_lines(name, table, place))
    return made


def _lines(view: str, table: CountTable, place: Mapping[tuple[str, str], Cell]) -> Iterable[Line]:
    rows, columns = list(table.row_codes()), list(table.column_codes())
    for row in (*rows, TOTAL):
        yield Line(view, tuple(place[row, c] for c in columns), place[row, TOTAL], inner=row != TOTAL)
    for column in (*columns, TOTAL):
        yield Line(view, tuple(place[r, column] for r in rows), place[TOTAL, column], inner=column != TOTAL)


def _pair(dimension: str, code: str) -> set[tuple[str, str]]:
    return set() if code == TOTAL else {(dimension, code)}


def _total(made: Population, table: CountTable) -> float:
    return made.values.get(frozenset(), table.at() or 0)


def _dimension(made: Population, view: str, table: CountTable, side: str) -> str:
    """Name the dimension so that equal names mean equal margins."""
    dimension = table.rows if side == "rows" else table.columns
    margin = {code: float((table.at(row=code) if side == "rows" else table.at(column=code)) or 0) for code in dimension.labels}
    known = {code: made.values[cell] for code in margin if (cell := frozenset({(dimension.name, code)})) in made.values}
    same = all(abs(margin[code] - value) <= CLOSE for code, value in known.items())
    twice = side == "columns" and table.columns.name == table.rows.name
    return dimension.name if same and not twice else f"{dimension.name} of {view}"


def _adds_up(table: CountTable) -> bool:
    rows, columns = [*table.row_codes()], [*table.column_codes()]
    wanted = [(r, c) for r in (*rows, TOTAL) for c in (*columns, TOTAL)]
    if any(table.cells.get(at) is None or (table.cells[at] or 0) < 0 for at in wanted):
        return False
    return all(_sums(table, [(r, c) for c in columns], (r, TOTAL)) for r in (*rows, TOTAL)) and all(
        _sums(table, [(r, c) for r in rows], (TOTAL, c)) for c in (*columns, TOTAL)
    )


def _sums(table: CountTable, terms: Sequence[tuple[str, str]], total: tuple[str, str]) -> bool:
    parts = sum(float(table.cells[at] or 0) for at in terms)
    # Averages are rounded cell by cell before they get here: a long line may be off by its roundings.
    return abs(parts - float(table.cells[total] or 0)) <= CLOSE * (2 + len(terms))
