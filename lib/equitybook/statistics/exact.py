"""Numbers as people wrote them: 0.268 is 268/1000, not the nearest binary fraction."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

Number = int | float | Fraction | np.integer | np.floating


def fraction(value: Number) -> Fraction:
    """Turn a number into the fraction its shortest decimal notation says, so that 0.8 is exactly four fifths.

    Raises
    ------
    ValueError
        If the value is not finite.
    """
    if isinstance(value, Fraction | int):
        return Fraction(value)
    if isinstance(value, np.integer):
        return Fraction(int(value))
    if not np.isfinite(value):
        message = f"{value} is not a number that can be compared. Leave the cell empty where it is not known."
        raise ValueError(message)
    return Fraction(repr(float(value)))
