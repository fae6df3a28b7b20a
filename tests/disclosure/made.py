"""Small count tables for the tests of disclosure control and of reports."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from equitybook.findings import TOTAL, CountTable, Dimension


def dimension(name: str, size: int, *, labels: Sequence[str] = ()) -> Dimension:
    words = list(labels) or [f"{name} {i}" for i in range(size)]
    return Dimension(name, name.title(), {(word if labels else f"{name[0]}{i}"): word for i, word in enumerate(words)})


def table(
    numbers: Sequence[Sequence[float]],
    *,
    name: str = "t",
    of: str = "staff",
    rows: Dimension | None = None,
    columns: Dimension | None = None,
) -> CountTable:
    grid = np.array(numbers, dtype=float)
    rows, columns = rows or dimension("race", grid.shape[0]), columns or dimension("job", grid.shape[1])
    full = np.zeros((grid.shape[0] + 1, grid.shape[1] + 1))
    full[:-1, :-1] = grid
    full[:-1, -1], full[-1, :-1], full[-1, -1] = grid.sum(1), grid.sum(0), grid.sum()
    cells = {
        (row, column): (int(full[i, j]) if float(full[i, j]).is_integer() else float(full[i, j]))
        for i, row in enumerate((*rows.labels, TOTAL))
        for j, column in enumerate((*columns.labels, TOTAL))
    }
    return CountTable(name, name, of, rows, columns, cells)


def views(cube: np.ndarray) -> dict[str, CountTable]:
    """Race by sex, race by job and sex by job of one cube of people: a ring of three tables."""
    race, sex, job = (dimension(name, size) for name, size in zip(("race", "sex", "job"), cube.shape, strict=True))
    return {
        "race_sex": table(cube.sum(2), name="race_sex", rows=race, columns=sex),
        "race_job": table(cube.sum(1), name="race_job", rows=race, columns=job),
        "sex_job": table(cube.sum(0), name="sex_job", rows=sex, columns=job),
    }
