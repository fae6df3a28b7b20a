"""Whether a value may take the place of one that others build upon: typed in a dialog, it is asked for again instead of kept and marked."""

from __future__ import annotations

from typing import Any

from equitybook.codebook import Column, coerce
from equitybook.codebook.coerce import KEPT
from equitybook.codebook.percentages import no_percentage
from equitybook.errors import DataError

_MAY_BE_UNKNOWN = frozenset({"baseline_n", "baseline_date", "numerator_def", "denominator_def"})
_NOT_BELOW_ZERO = frozenset({"count", "days"})


def same_value(one: Any, other: Any) -> bool:  # noqa: ANN401 - any stored value
    """Whether two stored values say the same: nothing is nothing, and a choice of several has no order."""
    if isinstance(one, list) and isinstance(other, list):
        return set(one) == set(other)
    return one == other or (one in (None, "", []) and other in (None, "", []))


def refuse_unusable(column: Column, value: Any, *, unit: str = "") -> None:  # noqa: ANN401 - any stored value
    """Let a value through only where findings can count it.

    Parameters
    ----------
    column
        The field it is for.
    value
        As stored: read already, or as typed where it could not be read.
    unit
        The measure's unit, for its baseline.

    Raises
    ------
    DataError
        Names the field, the value and what is right.
    """
    if value in (None, "", []):
        if column.name in _MAY_BE_UNKNOWN:
            return
        problem = f"{column.label}: this cannot be empty."
        raise DataError(problem, fix=_example(column))
    read = coerce(column, value)
    if not read.usable:
        problem = f"{column.label}: {read.message.removesuffix(KEPT).strip()}"
        raise DataError(problem)
    if column.name == "baseline_value" and (wrong := _not_in_unit(read.value, unit)):
        problem = f"{column.label}: {wrong}"
        raise DataError(problem)


def _not_in_unit(value: float, unit: str) -> str:
    if unit == "pct" and (wrong := no_percentage(value)):
        return f"{wrong} Write a share in percent, for example 76.4."
    if unit in _NOT_BELOW_ZERO and value < 0:
        return f"{value:g} is below 0, and there are no fewer than none. Write 0 or more."
    return ""


def _example(column: Column) -> str:
    return f"Write for example {column.example}." if isinstance(column.example, str | int | float) else "Choose at least one."
