"""From baseline to target: how far, why, how fast compared with the past, and whether it is a quota."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from equitybook.charter.tables.measures import same_as_shown
from equitybook.charter.vocabularies import RATIONALE
from equitybook.findings import Finding, Measured, Provenance, Shown
from equitybook.flags import Flag, Flagged
from equitybook.outcomes.performance_management.metrics.outline import Outline
from equitybook.outcomes.performance_management.metrics.present.aims import FAST, Aim, aim_of, contradiction
from equitybook.outcomes.performance_management.metrics.present.series import name_of, outlines, titled
from equitybook.outcomes.performance_management.metrics.present.words import amount, counted, difference, distance, sentence
from equitybook.outcomes.wording import DASH, day
from equitybook.statistics import expected, held, progress

ID = "PM2.targets"
TITLE = "Targets: from where you are to where you want to be"
EMPTY = "Set the first target on a measure's row: a value, a date and a reason; or how far a measure may move that should stay where it is."
_QUOTA = (
    "This target sets a number of people of one group. A target cannot be a quota and justifies no preference for anybody: aim at "
    "the process, the outreach, who applies, or at closing a gap."
)


def targets(measured: Measured) -> Finding:
    """Say what each target asks for, and mark those that are quotas or point the wrong way."""
    live = outlines(measured)
    aims = [aim for one in live if (aim := aim_of(measured, one)) is not None]
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


def _sentence(measured: Measured, live: Sequence[Outline], aims: Sequence[Aim]) -> str:
    said = f"{len(aims)} of {len(live)} measures {'has' if len(aims) == 1 else 'have'} a target."
    known = [one for one in aims if one.start is not None and (one.kept or one.outline.target_on is not None)]
    if not known:
        return said
    one = known[0]
    start, name = amount(one.start.value if one.start else None, one.outline.unit), name_of(measured, one.outline.key)
    if one.kept:
        return f"{said} {name}: to stay at {start}{_within(one)}."
    return f"{said} {name}: from {start} to {amount(one.target, one.outline.unit)} by {day(one.outline.target_on)}."


def _within(one: Aim) -> str:
    return "" if one.outline.tolerance is None else f", give or take {distance(one.outline.tolerance, one.outline.unit)}"


def _row(measured: Measured, one: Aim, today: dt.date) -> tuple[str, ...]:
    unit = one.outline.unit
    return (
        titled(measured, one.outline.key),
        amount(one.start.value, unit) if one.start else "not shown" if one.outline.locked_on else "not locked",
        amount(one.now.value, unit) if one.now else DASH,
        _target(one),
        day(one.outline.target_on) or DASH,
        _so_far(one),
        _time_used(one, today),
        difference(one.asked, unit),
        difference(one.best, unit),
        RATIONALE.label(one.outline.rationale) or DASH,
    )


def _target(one: Aim) -> str:
    if not one.kept:
        return amount(one.target, one.outline.unit)
    if contradiction(one):
        return amount(one.outline.target, one.outline.unit)
    return f"stay{_within(one)}"


def _so_far(one: Aim) -> str:
    if one.start is None or one.now is None:
        return DASH
    if not one.moved:
        return "no newer value yet"
    if one.kept and one.outline.tolerance is None:
        return "no tolerance set"
    if one.kept:
        return (
            "within its tolerance" if held(one.start.value, one.now.value, one.outline.tolerance or 0) else "outside its tolerance"
        )
    done = None if _no_way(one) else progress(one.start.value, one.now.value, one.target or 0)
    return DASH if done is None else f"{100 * float(done):.0f} %".replace("-", "−")


def _no_way(one: Aim) -> bool:
    """Whether target and baseline read the same, so that there is no way between them."""
    return one.start is not None and one.target is not None and same_as_shown(one.target, one.start.value, one.outline.unit)


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
        if said := contradiction(one):
            name = name_of(measured, one.outline.key)
            yield Flagged(
                Flag.DATA_QUALITY, ID, one.outline.key, reason=f"{name}: {said}", next_step="Correct the target, or what is better."
            )


def _notices(measured: Measured, live: Sequence[Outline], aims: Sequence[Aim]) -> Iterator[str]:
    for one in aims:
        name = name_of(measured, one.outline.key)
        if one.outline.target is not None and not one.outline.rationale:
            yield f"{name}: the target has no reason yet."
        if one.outline.locked_on is None:
            yield f"{name}: lock the baseline, so that everybody counts the way from the same place."
        yield from _on_staying(name, one) if one.kept else _on_the_way(name, one)
    without = [titled(measured, one.key) for one in live if one not in [aim.outline for aim in aims]]
    if without:
        yield f"{sentence(counted(len(without), 'measure'))} without a target: {'; '.join(without)}."


def _on_staying(name: str, one: Aim) -> Iterator[str]:
    if one.outline.tolerance is None:
        yield f"{name}: say how far it may move and still count as kept."


def _on_the_way(name: str, one: Aim) -> Iterator[str]:
    if _no_way(one):
        yield f"{name}: the target is the baseline, so it asks for no change. Aim further, or choose that it should stay where it is."
    if one.outline.target_on is None:
        yield f"{name}: the target has no date."
    if one.start is not None and one.best is None:
        yield f"{name}: no two values lie about a year apart, so nobody can say how fast it moved before."
    if one.too_fast:
        yield f"{name}: {_pace(one)} Say what will be different this time, take more years, or aim for less."


def _pace(one: Aim) -> str:
    """Set the change asked for beside the past: a question for the team, and no doubt about its numbers."""
    unit, asked, best = one.outline.unit, one.asked or 0, one.best or 0
    if asked * best <= 0:
        return f"the target asks for {distance(asked, unit)} a year, and in no past year did it move that way."
    return f"the target asks for {distance(asked, unit)} a year, more than {counted(FAST, 'time')} the best past year ({distance(best, unit)})."
