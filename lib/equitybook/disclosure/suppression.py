"""Which cells are hidden: small ones, those that would give them away, and until the attacker is shut out.

1. Margins are cells. 2. A count of 1 to k-1 is hidden; in a group smaller than k zeros are hidden too, since they tell about every
member. 3. No line may have exactly one hidden cell. 4. An attacker with linear programming tries each small cell; while he succeeds
one more is hidden. 5. A table with nothing left to hide is not shown (``collapsed``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from equitybook.disclosure.audit import FULL_CROSS, Attacker, ring_of, ring_size
from equitybook.disclosure.cells import CLOSE, Cell, Population, population
from equitybook.findings import TOTAL, CountTable


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A count table with its hidden cells set to None.

    ``hidden`` are their places (row code, column code); ``collapsed`` says that the inside could not be shown at all.
    """

    table: CountTable
    hidden: frozenset[tuple[str, str]]
    collapsed: bool


def suppress(table: CountTable, k: int) -> Suppressed:
    """Hide what a single table may not show when groups below ``k`` are protected.

    Parameters
    ----------
    table
        Counts with margins that add up.
    k
        The smallest number of people shown. 0 shows everything.

    Notes
    -----
    A small group whose members all fall in one category collapses the table: its zeros would tell where everyone is.
    Source: specification 3.3.
    """
    people = population(table.of, {table.id: table})
    hidden = hide(people, k)
    lone = any(line.inner and 0 < people.values[line.total] < k and _filled(people, line.terms) == 1 for line in people.lines)
    return taken_from(people, table.id, table, hidden, collapsed=lone)


def taken_from(people: Population, view: str, table: CountTable, hidden: set[Cell], *, collapsed: bool = False) -> Suppressed:
    """Cut the hidden cells out of one table; the whole inside where nothing in it is left to see."""
    if view in people.withheld:
        return Suppressed(replace(table, cells=dict.fromkeys(table.cells)), frozenset(table.cells), collapsed=True)
    inner = people.inner(view)
    collapsed = collapsed or (any(people.values[c] > 0 for c in inner) and all(people.values[c] == 0 or c in hidden for c in inner))
    gone = hidden | inner if collapsed else hidden
    places = frozenset(at for at, cell in people.places[view].items() if cell in gone)
    cells = {at: None if at in places else value for at, value in table.cells.items()}
    return Suppressed(replace(table, cells=cells), places, collapsed)


def hide(
    people: Population, k: int, *, never_alone: Mapping[str, frozenset[str]] | None = None, also: Iterable[Cell] = ()
) -> set[Cell]:
    """Choose the cells to hide among all tables of the same people.

    Parameters
    ----------
    never_alone
        Codes by dimension whose counts are hidden whatever their number.
    also
        Further cells to protect, because they nearly repeat a hidden number of another population, or tell a percentage of too few.

    Returns
    -------
    set of Cell
        Hidden cells. With these no protected cell can be pinned or bounded below ``k``.
    """
    small = _small(people, k, never_alone or {})
    guarded = {**dict.fromkeys((cell for cell in also if cell in people.values), 0.0), **small}
    zeros, lone = _telling_zeros(people, small)
    hidden = {*guarded, *zeros}
    _open_rings(people, hidden)
    attacker = Attacker(people)
    while True:
        _close(people, hidden)
        attacker.meet(hidden)
        found = next((cell for cell, least in guarded.items() if not attacker.safe(cell, least=least)), None)
        if found is None:
            # Of a small group in one place alone, some other place must stay possible.
            found = next((places[0] for places in lone if not any(attacker.safe(cell, least=1.0) for cell in places)), None)
        more = None if found is None else _one_more(people, attacker, hidden, found, guarded.get(found, 1.0))
        if more is None:
            return hidden  # nobody is found out; or everything tied to the cell is hidden, and no arithmetic is left
        hidden.add(more)


def small_shares(people: Population, tables: Mapping[str, CountTable], rates_from: int) -> list[Cell]:
    """List what stands inside the rows of fewer than ``rates_from`` people, totals included, of tables that are read as percentages."""
    return [
        people.places[name][row, column]
        for name, table in tables.items()
        if table.shares and name not in people.withheld
        for row in (*table.row_codes(), TOTAL)
        if CLOSE < people.values[people.places[name][row, TOTAL]] < rates_from - CLOSE
        for column in table.column_codes()
    ]


def _small(people: Population, k: int, never_alone: Mapping[str, frozenset[str]]) -> dict[Cell, float]:
    """Say which cells are too small to show, and how large the attacker must hold each possible."""
    return {
        cell: float(k)
        for cell, value in people.values.items()
        if CLOSE < value < k - CLOSE or (value > CLOSE and any(code in never_alone.get(name, ()) for name, code in cell))
    }


def _telling_zeros(people: Population, small: Mapping[Cell, float]) -> tuple[set[Cell], list[list[Cell]]]:
    """Find the zeros of small groups, which tell about every member; and those of groups that are all in one place."""
    empty = {cell for line in people.lines if people.values[line.total] <= CLOSE for cell in line.cells}
    zeros: set[Cell] = set()
    lone = []
    for line in people.lines:
        if line.total in small:
            here = [cell for cell in line.terms if people.values[cell] <= CLOSE and cell not in empty]
            zeros.update(here)
            if here and _filled(people, line.terms) == 1:
                lone.append(here)
    return zeros, lone


def _close(people: Population, hidden: set[Cell]) -> None:
    """While a line has exactly one hidden cell, hide one more: where another line is already open, then the smallest."""
    changed = True
    while changed:
        changed = False
        for line in people.lines:
            if sum(cell in hidden for cell in line.cells) != 1:
                continue
            terms = _shown(people, hidden, line.terms) or _shown(people, hidden, (line.total,))
            if terms:
                hidden.add(
                    min(
                        terms, key=lambda cell: (line.inner and not _crossed(people, hidden, cell, line.cells), people.values[cell])
                    )
                )
                changed = True


def _one_more(people: Population, attacker: Attacker, hidden: set[Cell], cell: Cell, least: float) -> Cell | None:
    """Choose what to hide next for a cell that is not safe: beside it where that helps, then elsewhere; as small as does it.

    Where no single shown number holds the cell down, the smallest beside it goes; then a total; a zero last of all.
    """
    room = {one: more for one, more in attacker.room(cell).items() if people.values[one] > CLOSE}
    lines = [line for line in people.lines if cell in line.cells]
    beside = _shown(people, hidden, (term for line in lines for term in line.terms))
    inner = [one for one in room if len(one) == max(len(other) for other in room)]
    for chosen in ([one for one in beside if one in room], inner, list(room)):
        if chosen:
            enough = [one for one in chosen if room[one] >= least - attacker.highest(cell)]
            return min(enough, key=people.values.__getitem__) if enough else max(chosen, key=room.__getitem__)
    totals = _shown(people, hidden, (line.total for line in lines))
    zeros = [one for line in lines for one in line.terms if one not in hidden]
    return next((min(some, key=people.values.__getitem__) for some in (beside, totals, zeros) if some), None)


def _open_rings(people: Population, hidden: set[Cell]) -> None:
    """Withhold the last table of a ring too large to audit in full."""
    while ring_size(ring := ring_of(people, hidden)) > FULL_CROSS:
        tables = [view for view, dimensions in people.dimensions.items() if set(dimensions) <= set(ring)]
        last = next(view for view in reversed(tables) if people.inner(view) - hidden)
        hidden |= people.inner(last)


def _shown(people: Population, hidden: set[Cell], cells: Iterable[Cell]) -> list[Cell]:
    return [cell for cell in dict.fromkeys(cells) if cell not in hidden and people.values[cell] > CLOSE]


def _crossed(people: Population, hidden: set[Cell], cell: Cell, line: tuple[Cell, ...]) -> bool:
    """Tell whether another line through the cell already has a hidden one."""
    return any(cell in other.cells and other.cells != line and any(one in hidden for one in other.cells) for other in people.lines)


def _filled(people: Population, cells: Iterable[Cell]) -> int:
    return sum(people.values[cell] > CLOSE for cell in cells)
