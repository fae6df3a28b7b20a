"""The attacker has everything shown, and arithmetic: what can he work out about a hidden number.

For each number to protect, linear programming finds the smallest and the largest value it could have, given every shown cell of
every table of the same people and that counts are not negative. A number is safe if the largest is at least the size asked for
and it is not pinned to one value.

Two tables tied by one margin are audited exactly. Three tables that form a ring (race by sex, sex by job group, job group by
race) tell more together than their margins do; for these the full cross-classification is added, so that the ring is exact too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import prod
from typing import Any

import numpy as np

from equitybook.disclosure.cells import CLOSE, Cell, Population

FULL_CROSS = 60_000
"""The largest cross-classification audited (cells); a larger ring of tables is opened by withholding one of them."""

_UNBOUNDED = 3


class Attacker:
    """Knows every shown cell of one population and bounds the hidden ones."""

    def __init__(self, people: Population, hidden: Iterable[Cell] = ()) -> None:
        self._people = people
        self._worlds: dict[Cell, tuple[float, float]] = {}
        self._order: dict[Cell, int] = {}
        self._low = self._high = np.zeros(0)
        self.meet(hidden)

    def meet(self, hidden: Iterable[Cell]) -> None:
        """Face a larger set of hidden cells. What was possible before stays possible, and is not worked out again."""
        hidden = set(hidden)
        self._worlds.update({cell: (self._low[at], self._high[at]) for cell, at in self._order.items()})
        self._order = {cell: at for at, cell in enumerate(sorted(hidden, key=sorted))}
        self._entries: list[tuple[int, int, float]] = []
        self._fixed: list[tuple[int, Cell, float]] = []
        self._right: list[float] = []
        self._latest: tuple[int, Any] = (-1, None)
        for line in self._people.lines:
            if any(cell in hidden for cell in line.cells):
                self._tie([*((cell, 1.0) for cell in line.terms), (line.total, -1.0)])
        columns = len(self._order) + self._cross(ring_of(self._people, hidden))
        rows, places, weights = zip(*self._entries, strict=True) if self._entries else ((), (), ())
        from scipy import (
            sparse,
        )  # here and below: half a second of start-up that a town's own page, where nothing is hidden, need not spend

        self._matrix = sparse.csr_array((weights, (rows, places)), shape=(len(self._right), columns))
        known = [self._worlds.get(cell, (self._people.values[cell],) * 2) for cell in self._order]
        self._low, self._high = np.array([low for low, _ in known]), np.array([high for _, high in known])

    def safe(self, cell: Cell, *, least: float) -> bool:
        """Tell whether the attacker must hold at least ``least`` possible for that cell, and cannot pin it."""
        at = self._order[cell]
        if not self._covered(at, least):
            self._look(at, highest=True)
        if self._high[at] >= least - CLOSE and not self._covered(at, least):
            self._look(at, highest=False)
        return self._covered(at, least)

    def bounds(self, cell: Cell) -> tuple[float, float]:
        """Give the smallest and the largest value the attacker must hold possible."""
        at = self._order[cell]
        self._look(at, highest=False)
        self._look(at, highest=True)
        return float(self._low[at]), float(self._high[at])

    def room(self, cell: Cell) -> dict[Cell, float]:
        """Say how much hiding each shown cell would add to the largest possible value of a hidden one, at most.

        The shadow prices of the linear programme tell which shown numbers hold the hidden one down; a number can give way by its
        own size.
        """
        at = self._order[cell]
        found = self._latest[1] if self._latest[0] == at else self._solve(at, highest=True)
        if found.status != 0:
            return {}
        prices: dict[Cell, float] = {}
        for row, shown, weight in self._fixed:
            prices[shown] = prices.get(shown, 0.0) + weight * float(found.eqlin.marginals[row])
        return {shown: abs(price) * self._people.values[shown] for shown, price in prices.items() if abs(price) > CLOSE}

    def highest(self, cell: Cell) -> float:
        """Give the largest value seen to be possible so far."""
        return float(self._high[self._order[cell]])

    def _covered(self, at: int, least: float) -> bool:
        return bool(self._high[at] >= least - CLOSE and self._high[at] - self._low[at] > CLOSE)

    def _look(self, at: int, *, highest: bool) -> None:
        found = self._solve(at, highest=highest)
        if highest:
            self._latest = (at, found)
        if found.status == _UNBOUNDED:
            self._high[at] = np.inf
        elif found.status == 0:
            # One solution is a possible world: it widens what is known to be possible for every cell, and saves most programmes.
            world = found.x[: len(self._order)]
            self._low, self._high = np.minimum(self._low, world), np.maximum(self._high, world)

    def _solve(self, at: int, *, highest: bool) -> Any:  # noqa: ANN401 - scipy's result
        cost = np.zeros(self._matrix.shape[1])
        cost[at] = -1.0 if highest else 1.0
        from scipy.optimize import linprog

        solve: Any = linprog  # its published types know dense matrices only
        return solve(cost, A_eq=self._matrix, b_eq=np.array(self._right), bounds=(0, None), method="highs")

    def _tie(self, weighted: Iterable[tuple[Cell, float]], worlds: Iterable[int] = (), *, right: float | None = None) -> None:
        """Add one equation. Its right-hand side comes from the truth itself, so that the truth is feasible to the last bit."""
        at, value = len(self._right), 0.0
        for cell, weight in weighted:
            if cell in self._order:
                self._entries.append((at, self._order[cell], weight))
                value += weight * self._people.values[cell]
            else:
                self._fixed.append((at, cell, weight))
        self._entries.extend((at, world, -1.0) for world in worlds)
        self._right.append(value if right is None else right)

    def _cross(self, ring: Mapping[str, list[str]]) -> int:
        """Tie every cell of the ring's tables to the part of the full cross-classification it is the sum of."""
        if not ring:
            return 0
        names = sorted(ring)
        shape = tuple(len(ring[name]) for name in names)
        worlds = np.arange(prod(shape)).reshape(shape) + len(self._order)
        for cell in self._people.values:
            codes = dict(cell)
            if codes.keys() <= set(names) and all(code in ring[name] for name, code in cell):
                part = worlds[tuple(ring[name].index(codes[name]) if name in codes else slice(None) for name in names)]
                self._tie([(cell, 1.0)], np.ravel(part).tolist(), right=0.0 if cell in self._order else -self._people.values[cell])
        return int(prod(shape))


def ring_of(people: Population, hidden: set[Cell]) -> dict[str, list[str]]:
    """Find the dimensions, with their codes, of tables that form a ring and still show something inside; empty where none do."""
    showing = [view for view in people.places if people.inner(view) - hidden]
    edges = {frozenset(people.dimensions[view]) for view in showing}
    # Leaves fall off until only rings are left.
    while True:
        degree: dict[str, int] = {}
        for dims in edges:
            for name in dims:
                degree[name] = degree.get(name, 0) + 1
        kept = {dims for dims in edges if all(degree[name] > 1 for name in dims)}
        if kept == edges:
            break
        edges = kept
    codes: dict[str, list[str]] = {}
    for cell in people.values:
        if len(cell) == 1:
            ((name, code),) = cell
            # An empty group that is shown as empty adds nothing but size.
            if any(name in dims for dims in edges) and (people.values[cell] > 0 or cell in hidden):
                codes.setdefault(name, []).append(code)
    return codes


def ring_size(ring: Mapping[str, list[str]]) -> int:
    """Count the cells of the full cross-classification of a ring; 0 where there is none."""
    return prod(len(codes) for codes in ring.values()) if ring else 0
