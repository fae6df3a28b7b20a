"""What charts are made of: small frozen rows, in percent from 0 to 100, or years. None is not known or not shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """One group's share beside its reference. ``low`` and ``high`` bound the reference (its margin of error); None is not shown."""

    label: str
    value: float | None
    reference: float | None
    low: float | None = None
    high: float | None = None
    n: float | None = None


@dataclass(frozen=True, slots=True)
class RateBar:
    """One rate with its 95 % interval. ``group`` sets bars of the same label side by side; None is not shown."""

    label: str
    rate: float | None
    low: float | None
    high: float | None
    n: float | None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Shares:
    """One bar of 100 percent: shares by group in the order of the stack; what is missing to 100 is drawn as not shown."""

    label: str
    n: float | None
    shares: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Steps:
    """One survival curve: points of (years, percent still here), in order of time."""

    label: str
    points: tuple[tuple[float, float], ...]
