"""What a measure aims at: the way from its baseline to its target, or staying where it is, and how fast it moved before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equitybook.charter.tables.measures import same_as_shown
from equitybook.codebook.percentages import no_percentage
from equitybook.findings import Measured
from equitybook.outcomes.performance_management.metrics.outline import Outline
from equitybook.outcomes.performance_management.metrics.present.series import Point, baseline, everybody
from equitybook.outcomes.performance_management.metrics.present.words import amount

FAST = 3
"""A target that asks for more than so many times the best past year bears a question (specification 5.5)."""
_YEAR, _ABOUT = 365.25, (0.75, 1.25)
"""Days of a year, and how far two values may lie from a year apart to tell a year's change."""


@dataclass(frozen=True, slots=True)
class Aim:
    """One measure's target with what is known of the way: baseline, newest value, change asked for and best past change, per year.

    A measure that should stay where it is aims at its baseline, within its tolerance; ``target`` is None until that is locked.
    """

    outline: Outline
    target: float | None
    start: Point | None
    now: Point | None
    asked: float | None = None
    best: float | None = None

    @property
    def kept(self) -> bool:
        """Whether it should stay where it is."""
        return self.outline.direction == "MAINTAIN"

    @property
    def moved(self) -> bool:
        """Whether there is a value newer than the baseline."""
        return self.start is not None and self.now is not None and self.now.period.end > self.start.period.end

    @property
    def too_fast(self) -> bool:
        """Whether it asks for a change that no past year comes near."""
        if not self.asked or self.best is None or contradiction(self):
            return False
        return self.best * self.asked <= 0 or abs(self.asked) > FAST * abs(self.best)


def aim_of(measured: Measured, one: Outline) -> Aim | None:
    """Read what a measure aims at; None where it has no target, and no tolerance within which it should stay."""
    points, start = everybody(measured, one).points, baseline(measured, one)
    now = points[-1] if points else None
    if one.direction == "MAINTAIN":
        typed = one.target is not None or one.tolerance is not None
        return Aim(one, None if start is None else start.value, start, now) if typed else None
    if one.target is None:
        return None
    return Aim(one, one.target, start, now, _asked(one, start), best_year(points, one.direction))


def contradiction(one: Aim) -> str:
    """Say what does not agree between target, direction, unit and dates; empty where all does."""
    target, start = one.outline.target, one.start
    if target is not None and one.outline.share and (wrong := no_percentage(target)):
        return wrong
    if target is None or start is None:
        return ""
    if not same_as_shown(target, start.value, one.outline.unit) and (said := _wrong_way(one, target, start.value)):
        return said
    late = one.outline.target_on is not None and one.outline.target_on <= start.period.end
    return "the target's date is not after the baseline." if late else ""


def _wrong_way(one: Aim, target: float, start: float) -> str:
    aimed, begun = amount(target, one.outline.unit), amount(start, one.outline.unit)
    if one.kept:
        return f"it should stay where it is, at {begun}, but the target is {aimed}."
    direction = one.outline.direction
    if (direction == "DOWN" and target > start) or (direction == "UP" and target < start):
        better = "lower" if direction == "DOWN" else "higher"
        return f"{better} is better, but the target {aimed} is on the other side of the baseline {begun}."
    return ""


def _asked(one: Outline, start: Point | None) -> float | None:
    """Give the change a year that the target asks for, in the measure's unit; None without a locked baseline or a date after it."""
    if start is None or one.target is None or one.target_on is None or one.target_on <= start.period.end:
        return None
    return (one.target - start.value) / ((one.target_on - start.period.end).days / _YEAR)


def best_year(points: Sequence[Point], direction: str) -> float | None:
    """Find the largest change in the wanted direction between two values about a year apart, per year; None where no two are.

    0 or a change the wrong way means that no year moved the right way.
    """
    sign = -1 if direction == "DOWN" else 1
    changes = [
        (later.value - earlier.value) / years
        for at, earlier in enumerate(points)
        for later in points[at + 1 :]
        if _ABOUT[0] <= (years := (later.period.end - earlier.period.end).days / _YEAR) <= _ABOUT[1]
    ]
    return max(changes, key=lambda change: sign * change, default=None)
