"""People into count tables: codes in, cells with margins out."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from equitybook.findings import TOTAL, UNKNOWN, CountTable, Dimension

_DECIMALS = 9
Numbers = npt.NDArray[np.float64]


def count(
    id: str,  # noqa: A002 - the table's own word
    title: str,
    *,
    of: str,
    rows: tuple[Dimension, pd.Series[Any]],
    columns: tuple[Dimension, pd.Series[Any]],
    weights: pd.Series[Any] | Numbers | None = None,
) -> CountTable:
    """Count people by two dimensions, with margins.

    Parameters
    ----------
    rows, columns
        A dimension and one code per person. A missing code, and one the dimension does not know, counts as ``UNK`` where the
        dimension has that code; otherwise the person is left out.
    weights
        People per row of the data (1 when left out), or any number that adds up like people, such as years of work.

    Returns
    -------
    CountTable
        Every cell of both dimensions is there, 0 where nobody is counted; whole numbers stay whole (``int``).
    """
    row_at, column_at = _positions(*rows), _positions(*columns)
    mass = np.ones(len(row_at)) if weights is None else np.asarray(weights, dtype=float)
    kept = (row_at >= 0) & (column_at >= 0)
    grid = np.zeros((len(rows[0].labels), len(columns[0].labels)))
    np.add.at(grid, (row_at[kept], column_at[kept]), mass[kept])
    return from_grid(id, title, of=of, rows=rows[0], columns=columns[0], grid=grid)


def from_grid(id: str, title: str, *, of: str, rows: Dimension, columns: Dimension, grid: Numbers) -> CountTable:  # noqa: A002
    """Give an array of shape (row codes, column codes) its margins and its names."""
    row_names, column_names = [*rows.labels, TOTAL], [*columns.labels, TOTAL]
    full = np.zeros((len(row_names), len(column_names)))
    # A sum of many day counts is a hair off a whole number. Cells are rounded before they are added up to their margins.
    inside = grid.round(_DECIMALS)
    full[:-1, :-1] = inside
    full[:-1, -1], full[-1, :-1], full[-1, -1] = inside.sum(axis=1), inside.sum(axis=0), inside.sum()
    full = full.round(_DECIMALS)
    cells = {(r, c): _plain(full[i, j]) for i, r in enumerate(row_names) for j, c in enumerate(column_names)}
    return CountTable(id, title, of, rows, columns, cells)


def _plain(value: float) -> float:
    return int(value) if float(value).is_integer() else float(value)


def _positions(dimension: Dimension, codes: pd.Series[Any]) -> npt.NDArray[np.intp]:
    order = {code: at for at, code in enumerate(dimension.labels)}
    unknown = order.get(UNKNOWN, -1)
    return np.fromiter(
        (order.get(code, unknown) if isinstance(code, str) else unknown for code in codes), dtype=np.intp, count=len(codes)
    )
