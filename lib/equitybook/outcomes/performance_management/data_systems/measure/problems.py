"""Numbers of one table that contradict another's: what no check of a single row can see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equitybook.outcomes.performance_management.data_systems.measure.scores import DataSet
from equitybook.outcomes.performance_management.data_systems.vocabularies import DATA_FIELD, NOT_COLLECTED


@dataclass(frozen=True, slots=True)
class Problem:
    """What does not agree, in words that hold nothing the town typed. ``at`` is the data set's place in the inventory, or None."""

    text: str
    at: int | None = None


def problems(sets: Sequence[DataSet], codes: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Hold the fields against the data sets.

    Parameters
    ----------
    sets, codes
        The data sets and their codes ("" where none is given), in the order of the inventory.
    rows
        The rows of ``pm1_fields``.
    """
    for at, one in enumerate(sets):
        yield from (Problem(text, at) for name in one.cells for text in _of_a_field(one, name))
    if twice := len([code for code in codes if code]) - len({code for code in codes if code}):
        yield Problem(f"{_rows(twice, 'data set has', 'data sets have')} the code of another one")
    if astray := sum(str(row.get("dataset_id")) not in codes for row in rows if row.get("dataset_id")):
        yield Problem(f"{_rows(astray, 'field is', 'fields are')} about a data set that is not in the inventory")
    pairs = [(row.get("dataset_id"), row.get("field")) for row in rows if row.get("dataset_id") and row.get("field")]
    if again := len(pairs) - len(set(pairs)):
        yield Problem(f"{_rows(again, 'field is', 'fields are')} described twice and counted in no rate")


def _of_a_field(one: DataSet, name: str) -> Iterator[str]:
    cell, label, records = one.cells[name], DATA_FIELD.label(name).lower(), one.records
    if one.method == NOT_COLLECTED and cell.asked:
        yield f"nothing of the kind is collected, but {label} is asked"
    if not cell.asked:
        return
    if cell.n_asked is not None and cell.n_usable is not None and cell.n_usable > cell.n_asked:
        yield f"for {label}, {cell.n_usable:,} usable answers are more than the {cell.n_asked:,} asked"
    if records is None:
        return
    if cell.n_asked is not None and cell.n_asked > records:
        yield f"for {label}, {cell.n_asked:,} asked are more than the {records:,} records of 12 months"
    elif cell.n_usable is not None and cell.n_usable > records:
        yield f"for {label}, {cell.n_usable:,} usable answers are more than the {records:,} records of 12 months"


def _rows(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
