"""From baseline to target: how far, why, how fast compared with the past, and whether it is a quota."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from equitybook.charter.vocabularies import RATIONALE
from equitybook.findings import Finding, Measured, Provenance, Shown
from equitybook.flags import Flag, Flagged
from equitybook.outcomes.performance_management.metrics.outline import Outline
from equitybook.outcomes.performance_management.metrics.present.series import Point, baseline, everybody, name_of, outlines, titled
from equitybook.outcomes.performance_management.metrics.present.words import amount, counted, difference, distance, sentence
from equitybook.outcomes.wording import DASH, day
from equitybook.statistics import expected, held, progress

ID = "PM2.targets"
TITLE = "Targets: from where you are to where you want to be"
EMPTY = "Set the first target on a measure's row: a value, a date and a reason."
FAST = 3
"""A target that asks for more than so many times the best past year bears a question (specification 5.5)."""
_YEAR, _ABOUT = 365.25, (0.75, 1.25)
"""Days of a year, and how far two values may lie from a year apart to tell a year's change."""
_QUOTA = (
    "The words of this target set a number of people of one group. A target cannot be a quota and justifies no preference for anybody: aim at "
    "the process, the outreach, who applies, or at closing a gap."
)


@dataclass(frozen=True, slots=True)
class Aim:
    """One measure's target with what is known of the way: baseline, newest value, change asked for and best past change, per year."""

    outline: Outline
    target: float
    start: Point | None
    now: Point | None
    asked: float | None
    best: float | None

    @property
    def moved(self) -> bool:
        """Whether there is a value newer than the baseline."""
        return self.start is not None and self.now is not None and self.now.period.end > self.start.period.end


def targets(measured: Measured) -> Finding:
    """Say what each target asks for, and mark those that are quotas or point the wrong way."""
    live = outlines(measured)
    aims = [_aim(measured, one) for one in live if one.target is not None]
    quotas = [one for one in live if one.is_quota]
    if not aims and not quotas:
        return Finding(ID, ID, TITLE, empty=EMPTY)
    today = measured.facts["today"]
    return Finding(
        ID,
        ID,
        TITLE,
        sentence=_sentence(measured, live, aims),
        table=Shown(
            caption=TITLE,
            columns=("Measure", "Baseline", "Newest value", "Target", "By", "So far", "Time used", "Asked a year", "Best past year", "Why this target"),
            rows=tuple(_row(measured, one, today) for one in aims),
            align="lrrrlrrrrl",
            notes=("So far: share of the way from the baseline to the target; below 0 it moved away. Time used: share of the time between the two.",),
        ) if aims else Shown(TITLE, ("Measure",), tuple((titled(measured, one.key),) for one in quotas), "l"),
        flags=tuple(_flags(measured, aims, quotas)),
        notices=tuple(_notices(measured, live, aims)),
        provenance=Provenance(source="Your measures and their values", as_of=max((one.now.period.end for one in aims if one.now), default=None)),
    )  # fmt: skip


def _aim(measured: Measured, one: Outline) -> Aim:
    points = everybody(measured, one).points
    start = baseline(measured, one)
    return Aim(
        one, float(one.target or 0), start, points[-1] if points else None, _asked(one, start), best_year(points, one.direction)
    )


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


def _sentence(measured: Measured, live: Sequence[Outline], aims: Sequence[Aim]) -> str:
    said = f"{len(aims)} of {len(live)} measures {'has' if len(aims) == 1 else 'have'} a target."
    known = [one for one in aims if one.start is not None and one.outline.target_on is not None]
    if known:
        one = known[0]
        start = amount(one.start.value if one.start else None, one.outline.unit)
        said += f" {name_of(measured, one.outline.key)}: from {start} to {amount(one.target, one.outline.unit)} by {day(one.outline.target_on)}."
    return said


def _row(measured: Measured, one: Aim, today: dt.date) -> tuple[str, ...]:
    unit = one.outline.unit
    return (
        titled(measured, one.outline.key),
        amount(one.start.value, unit) if one.start else "not shown" if one.outline.locked_on else "not locked",
        amount(one.now.value, unit) if one.now else DASH,
        amount(one.target, unit),
        day(one.outline.target_on) or DASH,
        _so_far(one),
        _time_used(one, today),
        difference(one.asked, unit),
        difference(one.best, unit),
        RATIONALE.label(one.outline.rationale) or DASH,
    )


def _so_far(one: Aim) -> str:
    if one.start is None or one.now is None:
        return DASH
    if not one.moved:
        return "no newer value yet"
    done = progress(one.start.value, one.now.value, one.target)
    if done is not None:
        return f"{100 * float(done):.0f} %".replace("-", "−")
    if one.outline.tolerance is None:
        return "no tolerance set"
    return "within its tolerance" if held(one.start.value, one.now.value, one.outline.tolerance) else "outside its tolerance"


def _time_used(one: Aim, today: dt.date) -> str:
    if one.start is None or one.outline.target_on is None:
        return DASH
    awaited = expected(one.start.period.end, one.outline.target_on, today)
    return DASH if awaited is None else f"{100 * float(awaited):.0f} %"


def _flags(measured: Measured, aims: Sequence[Aim], quotas: Sequence[Outline]) -> Iterator[Flagged]:
    for outline in quotas:
        said = str(measured.words.get("quotas", {}).get(outline.key) or _QUOTA)
        yield Flagged(
            Flag.DATA_QUALITY, ID, outline.key, reason=said, next_step="Put the target into other words on the measure's row."
        )
    for one in aims:
        if said := _contradiction(one):
            name = name_of(measured, one.outline.key)
            yield Flagged(
                Flag.DATA_QUALITY, ID, one.outline.key, reason=f"{name}: {said}", next_step="Correct the target, or what is better."
            )
        if _too_fast(one):
            yield Flagged(
                Flag.LOOK_CLOSER,
                ID,
                one.outline.key,
                value=one.asked,
                reference=one.best,
                reason=_pace(measured, one),
                next_step="Say what will be different this time, take more years, or aim for less.",
            )


def _contradiction(one: Aim) -> str:
    """Say what does not agree between target, direction, unit and dates; empty where all does."""
    unit, direction = one.outline.unit, one.outline.direction
    if one.outline.share and not 0 <= one.target <= 100:  # noqa: PLR2004 - per cent
        return f"{one.target:g} is no per cent between 0 and 100."
    if one.start is None:
        return ""
    if (direction == "DOWN" and one.target > one.start.value) or (direction == "UP" and one.target < one.start.value):
        better = "lower" if direction == "DOWN" else "higher"
        return f"{better} is better, but the target {amount(one.target, unit)} is on the other side of the baseline {amount(one.start.value, unit)}."
    if one.outline.target_on is not None and one.outline.target_on <= one.start.period.end:
        return "the target's date is not after the baseline."
    return ""


def _too_fast(one: Aim) -> bool:
    if not one.asked or one.best is None or _contradiction(one):
        return False
    return one.best * one.asked <= 0 or abs(one.asked) > FAST * abs(one.best)


def _pace(measured: Measured, one: Aim) -> str:
    name, unit = name_of(measured, one.outline.key), one.outline.unit
    asked, best = one.asked or 0, one.best or 0
    if asked * best <= 0:
        return f"{name}: the target asks for {distance(asked, unit)} a year, and in no past year did it move that way."
    return f"{name}: the target asks for {distance(asked, unit)} a year, more than {counted(FAST, 'time')} the best past year ({distance(best, unit)})."


def _notices(measured: Measured, live: Sequence[Outline], aims: Sequence[Aim]) -> Iterator[str]:
    for one in aims:
        name = name_of(measured, one.outline.key)
        if not one.outline.rationale:
            yield f"{name}: the target has no reason yet."
        if one.outline.locked_on is None:
            yield f"{name}: lock the baseline, so that everybody counts the way from the same place."
        elif one.start is not None and one.target == one.start.value and one.outline.direction != "MAINTAIN":
            yield f"{name}: the target is the baseline, so it asks for no change. Aim further, or choose that it should stay where it is."
        if one.outline.target_on is None:
            yield f"{name}: the target has no date."
        if one.start is not None and one.best is None:
            yield f"{name}: no two values lie about a year apart, so nobody can say how fast it moved before."
    without = [titled(measured, one.key) for one in live if one.target is None]
    if without:
        yield f"{sentence(counted(len(without), 'measure'))} without a target: {'; '.join(without)}."
