"""Groups put together, so that something can be said of a table whose single groups are too small (specification 3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from equitybook.findings import TOTAL, UNKNOWN, CountTable, Dimension


@dataclass(frozen=True, slots=True)
class Together:
    """Codes that are shown as one, and the words for it."""

    label: str
    codes: tuple[str, ...]


def collapse(table: CountTable, groups: Mapping[str, Together], *, dimension: str) -> CountTable:
    """Add up the groups of one dimension.

    Parameters
    ----------
    groups
        New code to the codes it joins. Every code of the dimension belongs to exactly one.
    dimension
        The dimension's name; a table without it comes back as it is.
    """
    if table.rows.name == dimension:
        return _rows_together(table, groups)
    if table.columns.name == dimension:
        return _turned(_rows_together(_turned(table), groups))
    return table


def groups_of(rung: Mapping[str, Any], table: CountTable, *, dimension: str, k: int) -> Mapping[str, Together] | None:
    """Say which groups one rung of the ladder puts together in a table's dimension; None where it changes nothing."""
    side = table.rows if table.rows.name == dimension else table.columns
    margin = {code: _margin(table, dimension, code) for code in side.labels}
    named = {code: value for code, value in margin.items() if code != UNKNOWN}
    chosen = _RUNGS[rung["rung"]](named, k, str(rung.get("first", "")))
    singles = {
        code: Together(side.label(code), (code,)) for code in margin if not any(code in one.codes for one in chosen.values())
    }
    made = {**singles, **chosen}
    return made if len(made) < len(margin) else None


def _small(margin: Mapping[str, float], k: int, first: str) -> dict[str, Together]:  # noqa: ARG001 - one shape for every rung
    """Join the groups below ``k``, with the next smallest until together they can be shown."""
    ordered = sorted((code for code, value in margin.items() if value > 0), key=lambda code: margin[code])
    joined: list[str] = []
    for code in ordered:
        if margin[code] >= k and sum(margin[one] for one in joined) >= k:
            break
        if margin[code] >= k and not joined:
            break
        joined.append(code)
    return _joined(margin, joined, "Other groups together") if len(joined) > 1 else {}


def _three(margin: Mapping[str, float], k: int, first: str) -> dict[str, Together]:  # noqa: ARG001 - one shape for every rung
    """Keep the first group and the largest other; join the rest."""
    others = [code for code in margin if code != first]
    largest = max(others, key=lambda code: margin[code], default="")
    return _joined(margin, [code for code in others if code != largest], "All other groups")


def _two(margin: Mapping[str, float], k: int, first: str) -> dict[str, Together]:  # noqa: ARG001 - one shape for every rung
    """Keep the first group; join the rest."""
    return _joined(margin, [code for code in margin if code != first], "All other groups")


def _all(margin: Mapping[str, float], k: int, first: str) -> dict[str, Together]:  # noqa: ARG001 - one shape for every rung
    """Join everyone."""
    return _joined(margin, list(margin), "Everyone")


_RUNGS = {"small": _small, "three": _three, "two": _two, "all": _all}


def _joined(margin: Mapping[str, float], codes: list[str], label: str) -> dict[str, Together]:
    kept = tuple(code for code in margin if code in codes)
    return {"+".join(kept): Together(label, kept)} if len(kept) > 1 else {}


def _margin(table: CountTable, dimension: str, code: str) -> float:
    return float((table.at(row=code) if table.rows.name == dimension else table.at(column=code)) or 0)


def _rows_together(table: CountTable, groups: Mapping[str, Together]) -> CountTable:
    columns = (*table.column_codes(), TOTAL)
    cells: dict[tuple[str, str], float | None] = {(TOTAL, column): table.at(TOTAL, column) for column in columns}
    for new, one in groups.items():
        for column in columns:
            parts = [table.at(code, column) for code in one.codes]
            cells[new, column] = None if None in parts else sum(part for part in parts if part is not None)
    rows = Dimension(table.rows.name, table.rows.title, {new: one.label for new, one in groups.items()})
    return replace(table, rows=rows, cells=cells)


def _turned(table: CountTable) -> CountTable:
    cells = {(column, row): value for (row, column), value in table.cells.items()}
    return replace(table, rows=table.columns, columns=table.rows, cells=cells)
