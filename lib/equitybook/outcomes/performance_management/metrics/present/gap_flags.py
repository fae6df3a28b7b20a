"""What the gaps between groups mark: look closer, below the line with few people, no signal, not enough data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equitybook.findings import MIN_DENOMINATOR, Measured
from equitybook.flags import FLAG_TEXTS, Flag, Flagged
from equitybook.outcomes.performance_management.metrics.outline import OF_EVERYBODY, Outline
from equitybook.outcomes.performance_management.metrics.present.compared import Beside
from equitybook.outcomes.performance_management.metrics.present.series import groups, outlines
from equitybook.outcomes.performance_management.metrics.present.unknown import MOST, newest, unknown
from equitybook.outcomes.performance_management.metrics.present.words import amount

METRIC = "PM2.gap_abs"
_NONE_BEHIND = "No group that can be shown stands behind its reference. These data cannot show that there is none."
_LINE = "The reference line is four fifths of what it is compared with."


def gap_flags(measured: Measured, found: Sequence[Beside]) -> Iterator[Flagged]:
    """Mark the groups of each measure, or say of the measure that nothing stands out, or that too few are known."""
    for outline in outlines(measured):
        own = [one for one in found if one.outline is outline]
        yield from _unknown(measured, outline)
        yield from _of_measure([one for one in own if one.p is not None])
        if not own and _only_few(measured, outline):
            yield Flagged(
                Flag.NOT_ENOUGH_DATA,
                METRIC,
                outline.key,
                reason=FLAG_TEXTS[Flag.NOT_ENOUGH_DATA],
                next_step="Put several periods into one, or use other evidence.",
            )


def _of_measure(tested: Sequence[Beside]) -> Iterator[Flagged]:
    marked = [(one, flag) for one in tested if (flag := _flag(one)) is not None]
    yield from (_flagged(one, flag) for one, flag in marked)
    if tested and not marked:
        yield Flagged(
            Flag.NO_SIGNAL,
            METRIC,
            tested[0].outline.key,
            reason=_NONE_BEHIND if any(one.beyond_chance for one in tested) else FLAG_TEXTS[Flag.NO_SIGNAL],
            next_step="Add periods, or look at a step inside the measure.",
        )


def _flag(one: Beside) -> Flag | None:
    """Judge one group: beyond chance, or below the reference line where a few people could change it."""
    if not one.worse:
        return None
    if one.beyond_chance:
        return Flag.LOOK_CLOSER
    return Flag.BELOW_REFERENCE_SMALL_N if one.below_line and one.few else None


def _flagged(one: Beside, flag: Flag) -> Flagged:
    return Flagged(
        flag,
        METRIC,
        f"{one.outline.key}: {one.label}",
        n=None if one.own.whole is None else round(one.own.whole),
        value=one.own.value,
        reference=one.other.value,
        interval=one.own.interval,
        reason=_reason(one, flag),
        next_step="Follow ten cases of this group through the step, and ask where they wait or turn back.",
    )


def _reason(one: Beside, flag: Flag) -> str:
    unit = one.outline.unit
    said = f"{amount(one.own.value, unit)} against {amount(one.other.value, unit)} for {one.reference}, in {one.own.period.words}."
    if flag is Flag.BELOW_REFERENCE_SMALL_N or one.below_line:
        return f"{said} {FLAG_TEXTS[flag]} {_LINE}"
    return f"{said} The difference is larger than chance usually explains. This is a reason to look at the step, not a finding of fault."


def _unknown(measured: Measured, outline: Outline) -> Iterator[Flagged]:
    for grouping in OF_EVERYBODY:
        at = newest(measured, outline, grouping)
        if at is not None and (found := unknown(measured, outline, at, grouping)).too_many:
            yield Flagged(
                Flag.DATA_QUALITY,
                METRIC,
                outline.key,
                n=round(found.whole or 0),
                value=100 * (found.share or 0),
                reference=100 * MOST,
                reason=FLAG_TEXTS[Flag.DATA_QUALITY].format(rule=f"too many people have no {grouping} on record"),
                next_step="Complete the records, or enter a row for every group, before comparing.",
            )


def _only_few(measured: Measured, outline: Outline) -> bool:
    """Whether there are groups, and each has too few people for a rate in its newest period."""
    newest_points = [one.points[-1] for one in groups(measured, outline)]
    return bool(newest_points) and all(one.whole is not None and one.whole < MIN_DENOMINATOR for one in newest_points)
