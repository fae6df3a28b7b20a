"""Stored rows as a typed pandas frame, the shape every measure takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from equitybook.codebook.coerce import Coerced, coerce, usable
from equitybook.codebook.columns import Column, Kind
from equitybook.codebook.rows import Table

_DTYPES: Mapping[Kind, str] = {
    Kind.TEXT: "str",
    Kind.LONG_TEXT: "str",
    Kind.CHOICE: "str",
    Kind.WHOLE: "Int64",
    Kind.NUMBER: "Float64",
    Kind.MONEY: "Float64",
    Kind.PERCENT: "Float64",
    Kind.YES_NO: "boolean",
    Kind.DATE: "datetime64[us]",
    Kind.CHOICES: "object",
}

_UNREAD = "equitybook:unread"


def frame(table: Table, records: Sequence[tuple[str, Mapping[str, Any]]]) -> pd.DataFrame:
    """Turn stored rows into the frame measures read.

    Parameters
    ----------
    table
        The table's declaration.
    records
        (row id, stored values by field), in order. Fields the table does not declare are left out.

    Returns
    -------
    DataFrame
        One row per record, indexed by row id; the columns of the row model, in its order: text and codes as ``str``, counts ``Int64``,
        numbers, dollars and percent (0 to 100) ``Float64``, yes/no ``boolean``, dates ``datetime64``, several choices lists of codes.
        A cell that is empty, cannot be read or is out of its range is NA (an empty list for several choices); ``unread`` tells the two
        apart.
    """
    index = pd.Index([row_id for row_id, _ in records], name="row", dtype="str")
    cells = [(column, [coerce(column, stored.get(column.name)) for _, stored in records]) for column in table.columns]
    made = pd.DataFrame({column.name: _series(column, of, index) for column, of in cells}, index=index)
    if names := tuple(column.name for column, of in cells if not all(cell.usable for cell in of)):
        made.attrs[_UNREAD] = names
    return made


def unread(made: pd.DataFrame) -> tuple[str, ...]:
    """Name the columns of a frame from ``frame`` in which something is entered that no measure can use.

    An empty cell may have a default. One that was filled in must not: a default in its place would be taken for what was typed.
    """
    return tuple(made.attrs.get(_UNREAD, ()))


def _series(column: Column, cells: Sequence[Coerced], index: pd.Index[str]) -> pd.Series[Any]:
    values = [usable(column, one) for one in cells]
    if column.kind is Kind.CHOICES:
        values = [one or [] for one in values]
    if column.kind is Kind.DATE:
        values = [None if one is None else pd.Timestamp(one) for one in values]
    made: pd.Series[Any] = pd.Series(values, index=index, dtype=_DTYPES[column.kind])
    return made
