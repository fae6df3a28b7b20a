"""Several tests in one table: Holm's step-down correction."""

from __future__ import annotations

from collections.abc import Sequence


def holm(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Adjust p-values for being the smallest of several; None (no test made) stays None and is not counted.

    Returns
    -------
    tuple
        Adjusted p-values in the order given, at most 1, never smaller than one that was smaller before.
    """
    order = sorted((p, at) for at, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    largest = 0.0
    for rank, (p, at) in enumerate(order):
        largest = max(largest, min(1.0, (len(order) - rank) * p))
        adjusted[at] = largest
    return tuple(adjusted)
