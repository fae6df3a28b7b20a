"""For whom a measure moves: each group beside its reference, with the distance and both ratios."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equitybook.charts import Dumbbell, dumbbell
from equitybook.findings import Chart, Finding, Measured, Provenance, Shown
from equitybook.flags import FLAG_TEXTS, Flag, Flagged
from equitybook.outcomes.performance_management.metrics.outline import Outline
from equitybook.outcomes.performance_management.metrics.present.compared import (
    MOST_UNKNOWN,
    OTHERS,
    WITH_ALL,
    Beside,
    compared,
    unknown_share,
)
from equitybook.outcomes.performance_management.metrics.present.series import groups, name_of, outlines, titled
from equitybook.outcomes.performance_management.metrics.present.words import amount, difference, distance, span
from equitybook.outcomes.wording import DASH, LEFT_OUT, SMALL, SMALL_NOTE, number, ratio
from equitybook.statistics import ratio_adv, ratio_fav

ID, METRIC = "PM2.gaps", "PM2.gap_abs"
TITLE = "For whom it moves: groups side by side"
EMPTY = "Enter values for one group or more, beside those for everybody in the same period, and the gaps appear here."
TOO_FEW = (
    "No group of ten people or more can be set beside its reference in a period that has a row for everybody, so no gap is shown."
)
_BADGE_UNKNOWN = 0.10


def gaps(measured: Measured) -> Finding:
    """Say where the widest gap is, and give every group's."""
    found = [one for outline in outlines(measured) for one in compared(measured, outline)]
    if not found:
        there = any(groups(measured, one) for one in outlines(measured))
        return Finding(ID, METRIC, TITLE, empty=TOO_FEW if there else EMPTY)
    rows = tuple(_row(measured, one) for one in found)
    return Finding(
        ID,
        METRIC,
        TITLE,
        sentence=_sentence(measured, found),
        table=Shown(
            caption=TITLE,
            columns=(
                "Measure",
                "Group",
                "Value",
                "95 % interval",
                "People",
                "Compared with",
                "Its value",
                "Gap",
                "Ratio of those counted",
                "Ratio of those not counted",
            ),
            rows=rows,
            align="llrrrlrrrr",
            notes=_notes(rows),
        ),
        chart=_chart(found),
        flags=tuple(_flags(found)),
        notices=tuple(_notices(measured, found)),
        provenance=Provenance(
            source="; ".join(measured.words.get("sources", ())) or "Values you entered",
            as_of=max(one.own.period.end for one in found),
        ),
    )


def _sentence(measured: Measured, found: Sequence[Beside]) -> str:
    worse = [one for one in found if one.worse]
    if not worse:
        return "No group that can be shown stands behind its reference."
    # Days and points do not compare; within one unit the widest gap leads, shares first.
    shares = [one for one in worse if one.outline.share] or worse
    one = max(shares, key=lambda beside: abs(beside.gap))
    return (
        f"The widest gap is in “{name_of(measured, one.outline.key)}”: {amount(one.own.value, one.outline.unit)} for {one.label} against "
        f"{amount(one.other.value, one.outline.unit)} for {one.reference}, {distance(one.gap, one.outline.unit)} apart, in {one.own.period.words}."
    )


def _row(measured: Measured, one: Beside) -> tuple[str, ...]:
    unit, few = one.outline.unit, (one.own.whole or SMALL) < SMALL
    counted, not_counted = ratios(one)
    return (
        titled(measured, one.outline.key),
        one.label,
        amount(one.own.value, unit) + ("*" if few else ""),
        span(one.own.interval),
        number(one.own.whole),
        one.reference,
        amount(one.other.value, unit),
        difference(one.gap, unit),
        ratio(counted),
        ratio(not_counted),
    )


def ratios(one: Beside) -> tuple[float | None, float | None]:
    """Divide what is counted by what is counted, and for shares what is not by what is not; None where the divisor is 0."""
    if one.outline.share:
        pairs = [point.value / 100 for point in (one.own, one.other)]
        fav, adv = ratio_fav(*pairs), ratio_adv(*pairs)
        return (None if fav is None else float(fav)), (None if adv is None else float(adv))
    fav = ratio_fav(one.own.value, one.other.value)
    return (None if fav is None else float(fav)), None


def _notes(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    said = [SMALL_NOTE] if any("*" in row[2] for row in rows) else []
    said.append(
        "Ratios: the group's value over the reference's. 1 is equal. The rarer a result, the more one ratio grows and the other shrinks: read both."
    )
    if any(row[5] == WITH_ALL for row in rows):
        said.append(
            "A median or a score of everybody else cannot be worked out, so such a group stands beside everybody, itself included."
        )
    said.append(LEFT_OUT)
    return tuple(said)


def _chart(found: Sequence[Beside]) -> Chart | None:
    """Draw shares: the group with its interval as the diamond, the reference as the circle."""
    rows = [_bell(one) for one in found if one.outline.share]
    against = {one.reference for one in found if one.outline.share}
    other = OTHERS if against == {OTHERS} else "compared with"
    return dumbbell(rows, title=TITLE, value_label=other, reference_label="this group") if rows else None


def _bell(one: Beside) -> Dumbbell:
    low, high = one.own.interval or (None, None)
    return Dumbbell(f"{one.outline.key}: {one.label}", one.other.value, one.own.value, low, high, one.own.whole)


def _flags(found: Sequence[Beside]) -> Iterator[Flagged]:
    tested = [one for one in found if one.p is not None]
    marked = [one for one in tested if one.worse and (one.beyond_chance or (one.own.whole or 0) < SMALL)]
    for one in marked:
        flag = Flag.LOOK_CLOSER if one.beyond_chance else Flag.BELOW_REFERENCE_SMALL_N
        yield Flagged(
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
    if tested and not marked:
        yield Flagged(
            Flag.NO_SIGNAL,
            METRIC,
            reason=FLAG_TEXTS[Flag.NO_SIGNAL],
            next_step="Add periods, or look at a step inside the measure.",
        )


def _reason(one: Beside, flag: Flag) -> str:
    unit = one.outline.unit
    said = f"{amount(one.own.value, unit)} against {amount(one.other.value, unit)} for {one.reference}, in {one.own.period.words}."
    if flag is Flag.BELOW_REFERENCE_SMALL_N:
        return f"{said} One or a few people could change it. Add periods or use other evidence."
    return f"{said} Chance rarely explains so much. This is a reason to look at the step, not a finding of fault."


def _notices(measured: Measured, found: Sequence[Beside]) -> Iterator[str]:
    for outline in outlines(measured):
        if outline.reference == "BENCHMARK" and any(one.outline is outline for one in found):
            yield _on_published(measured, outline)
        yield from _on_best(measured, outline, found)
        share = unknown_share(measured, outline)
        if share is not None and share > MOST_UNKNOWN:
            yield f"{name_of(measured, outline.key)}: the race of {100 * share:.0f} % of people is not known; nothing is compared by race."
        elif share is not None and share > _BADGE_UNKNOWN:
            yield f"{name_of(measured, outline.key)}: the race of {100 * share:.0f} % of people is not known. They are on neither side."


def _on_published(measured: Measured, outline: Outline) -> str:
    name = name_of(measured, outline.key)
    if outline.published is None:
        return f"{name}: there is no published figure that can be used, so groups stand beside everybody else. Enter it on the measure's card; per cents run from 0 to 100."
    source = measured.words.get("measures", {}).get(outline.key, {}).get("reference_source")
    where = f" ({source})" if source else ""
    return f"{name}: groups stand beside a published figure of {amount(outline.published, outline.unit)}{where}, which may count otherwise than you do."


def _on_best(measured: Measured, outline: Outline, found: Sequence[Beside]) -> Iterator[str]:
    if outline.reference == "BEST" and any(one.outline is outline and one.reference in (OTHERS, WITH_ALL) for one in found):
        yield f"{name_of(measured, outline.key)}: no group of 20 people or more fares best, so groups stand beside {_named(found, outline)}."


def _named(found: Sequence[Beside], outline: Outline) -> str:
    return next((one.reference for one in found if one.outline is outline), DASH)
