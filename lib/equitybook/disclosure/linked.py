"""All count tables of one outcome protected together: by people, by shared margins, by populations that nearly repeat each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from equitybook.disclosure.cells import Cell, Population, population, populations
from equitybook.disclosure.ladder import collapse, groups_of
from equitybook.disclosure.policy import Policy
from equitybook.disclosure.suppression import Suppressed, hide, small_shares, taken_from
from equitybook.findings import CountTable


@dataclass(frozen=True, slots=True)
class _Protected:
    """The tables of one population at a rung of the ladder, what is hidden there, and what was put together, in words.

    ``k`` is the smallest number of these people that is shown, ``rates_from`` the fewest a percentage is shown of.
    """

    people: Population
    tables: Mapping[str, CountTable]
    hidden: set[Cell]
    k: int
    rates_from: int
    together: str = ""

    def taken(self, name: str) -> Suppressed:
        """Cut the hidden cells out of one table."""
        return taken_from(self.people, name, self.tables[name], self.hidden)

    def collapsed(self, dimension: str) -> bool:
        """Tell whether a table with that dimension shows nothing inside."""
        concerned = [name for name, one in self.tables.items() if dimension in (one.rows.name, one.columns.name)]
        return any(self.taken(name).collapsed for name in concerned if name not in self.people.withheld)


def protect(
    counts: Mapping[str, CountTable], k: int, policy: Policy, *, rates_from: int = 0
) -> tuple[dict[str, Suppressed], tuple[str, ...]]:
    """Hide what must be hidden in all tables of one outcome.

    Parameters
    ----------
    counts
        The tables by name. Those that count the same people are protected together.
    k
        The smallest number of people shown. Tables of people who were promised more are held to that.
    rates_from
        The fewest people a percentage is shown of: inside tables of ``shares``, rows of fewer are hidden.

    Returns
    -------
    dict, tuple
        Each table as it may be shown, in the order given; and what was put together, in words.
    """
    found = [_down_the_ladder(people, counts, k, policy, rates_from) for people in populations(counts)]
    by_people = _alike_hidden(found, policy)
    made = {name: one.taken(name) for one in by_people for name in one.tables}
    return {name: made[name] for name in counts}, tuple(one.together for one in by_people if one.together)


def _down_the_ladder(people: Population, counts: Mapping[str, CountTable], k: int, policy: Policy, rates_from: int) -> _Protected:
    """Take the first rung at which every table shows something inside; the tables as they are where there is none."""
    whole = {name: counts[name] for name in (*people.places, *people.withheld)}
    promised = max((one.promised for one in whole.values()), default=0)
    k, rates_from = max(k, promised), max(rates_from, promised)
    as_they_are = _Protected(people, whole, _hidden(people, whole, k, policy, rates_from), k, rates_from)
    for dimension, ladder in policy.ladders.items():
        if not as_they_are.collapsed(dimension):
            continue
        for rung in ladder:
            tables = {name: _at_rung(table, whole, rung, dimension, k) for name, table in whole.items()}
            if all(tables[name] is whole[name] for name in whole):
                continue
            joined = population(people.of, tables)
            hidden = _hidden(joined, tables, k, policy, rates_from)
            tried = _Protected(joined, tables, hidden, k, rates_from, _words(people.of, tables, dimension))
            if not tried.collapsed(dimension):
                return tried
    return as_they_are


def _hidden(people: Population, tables: Mapping[str, CountTable], k: int, policy: Policy, rates_from: int) -> set[Cell]:
    return hide(people, k, never_alone=policy.never_alone, also=small_shares(people, tables, rates_from))


def _at_rung(table: CountTable, whole: Mapping[str, CountTable], rung: Mapping[str, object], dimension: str, k: int) -> CountTable:
    # The first table with the dimension decides for all, so that their margins stay the same cells.
    first = next((one for one in whole.values() if dimension in (one.rows.name, one.columns.name)), None)
    groups = groups_of(rung, first, dimension=dimension, k=k) if first else None
    return collapse(table, groups, dimension=dimension) if groups else table


def _alike_hidden(found: list[_Protected], policy: Policy) -> list[_Protected]:
    """Hide in one population what is hidden in another that nearly repeats it, until nothing new is found."""
    also = {one.people.of: set(small_shares(one.people, one.tables, one.rates_from)) for one in found}
    while True:
        repeated = {one.people.of: _repeats(one, found, policy.alike_from) for one in found}
        if not any(repeated.values()):
            return found
        for of, cells in repeated.items():
            also[of] |= cells
        found = [
            replace(
                one, hidden=hide(one.people, one.k, never_alone=policy.never_alone, also=sorted(also[one.people.of], key=sorted))
            )
            if repeated[one.people.of]
            else one
            for one in found
        ]


def _repeats(one: _Protected, all_of: list[_Protected], least: float) -> set[Cell]:
    """Find the shown cells within a small group's size of the same cell hidden elsewhere."""
    mine = one.people.values
    return {
        cell
        for other in all_of
        if other is not one and _alike(one.people, other.people, least)
        for cell in other.hidden - one.hidden
        if mine.get(cell, 0.0) > 0 and abs(mine[cell] - other.people.values[cell]) < max(one.k, other.k)
    }


def _alike(one: Population, other: Population, least: float) -> bool:
    mine, theirs = one.values.get(frozenset(), 0.0), other.values.get(frozenset(), 0.0)
    return min(mine, theirs) > 0 and min(mine, theirs) / max(mine, theirs) >= least


def _words(of: str, tables: Mapping[str, CountTable], dimension: str) -> str:
    """Say which groups are counted together."""
    sides = [side for table in tables.values() for side in (table.rows, table.columns) if side.name == dimension]
    joined = {label for code, label in sides[0].labels.items() if "+" in code} if sides else set()
    if not joined:
        return ""
    names = " and ".join(f"“{label}”" for label in sorted(joined))
    return f"{of[:1].upper()}{of[1:]}: some groups of {sides[0].title.lower()} are counted together, as {names}."
