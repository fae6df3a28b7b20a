"""For whom a measure moves: each group beside its reference, with the distance and both ratios."""

from __future__ import annotations

from collections.abc import Sequence

from equitybook.charts import Dumbbell, dumbbell
from equitybook.findings import Chart, Finding, Measured, Provenance, Shown
from equitybook.outcomes.performance_management.metrics.present.compared import (
    OTHERS,
    OTHERS_AND_UNKNOWN,
    WITH_ALL,
    Beside,
    compared,
)
from equitybook.outcomes.performance_management.metrics.present.gap_flags import METRIC, gap_flags
from equitybook.outcomes.performance_management.metrics.present.gap_notices import gap_notices, too_many_unknown
from equitybook.outcomes.performance_management.metrics.present.series import groups, name_of, outlines, titled
from equitybook.outcomes.performance_management.metrics.present.words import amount, difference, distance, span
from equitybook.outcomes.wording import LEFT_OUT, SMALL, SMALL_NOTE, number, ratio
from equitybook.statistics import ratio_adv, ratio_fav

ID = "PM2.gaps"
TITLE = "For whom it moves: groups side by side"
EMPTY = "Enter values for one group or more, beside those for everybody in the same period, and the gaps appear here."
TOO_FEW = (
    "No group of ten people or more can be set beside its reference in a period that has a row for everybody, so no gap is shown."
)
_COLUMNS = ("Measure", "Group", "Value", "95 % interval", "People", "Compared with", "Its value", "Gap", "Ratio of those counted",
            "Ratio of those not counted", "Lowest–highest")  # fmt: skip
"""The last one only where the group of some people is not known."""


def gaps(measured: Measured) -> Finding:
    """Say where the widest gap is, and give every group's."""
    found = [one for outline in outlines(measured) for one in compared(measured, outline)]
    flags = tuple(gap_flags(measured, found))
    if not found:
        there = any(groups(measured, one) for one in outlines(measured))
        return Finding(ID, METRIC, TITLE, empty=" ".join(too_many_unknown(measured)) or (TOO_FEW if there else EMPTY), flags=flags)
    rows = tuple(_row(measured, one) for one in found)
    width = len(_COLUMNS) if any(one.bounds for one in found) else len(_COLUMNS) - 1
    return Finding(
        ID,
        METRIC,
        TITLE,
        sentence=_sentence(measured, found),
        table=Shown(TITLE, _COLUMNS[:width], tuple(row[:width] for row in rows), "llrrrlrrrrr"[:width], _notes(found)),
        chart=_chart(found),
        flags=flags,
        notices=tuple(gap_notices(measured, found)),
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
        span(one.bounds),
    )


def ratios(one: Beside) -> tuple[float | None, float | None]:
    """Divide what is counted by what is counted, and for shares what is not by what is not; None where the divisor is 0."""
    if one.outline.share:
        pairs = [point.value / 100 for point in (one.own, one.other)]
        fav, adv = ratio_fav(*pairs), ratio_adv(*pairs)
        return (None if fav is None else float(fav)), (None if adv is None else float(adv))
    fav = ratio_fav(one.own.value, one.other.value)
    return (None if fav is None else float(fav)), None


def _notes(found: Sequence[Beside]) -> tuple[str, ...]:
    said = [SMALL_NOTE] if any((one.own.whole or SMALL) < SMALL for one in found) else []
    said.append(
        "Ratios: the group's value over the reference's. 1 is equal. The rarer a result, the more one ratio grows and the other shrinks: read both."
    )
    if any(one.reference == WITH_ALL for one in found):
        said.append(
            "A median or a score of everybody else cannot be worked out, so such a group stands beside everybody, itself included."
        )
    if any(one.reference == OTHERS_AND_UNKNOWN for one in found):
        said.append("Where the number of people of unknown group is not known or not shown, they are among everybody else.")
    if any(one.bounds for one in found):
        said.append(
            "Lowest and highest: the value if all the people whose group is not known belonged to the group, and none, or all, of them were counted."
        )
    return (*said, LEFT_OUT)


def _chart(found: Sequence[Beside]) -> Chart | None:
    """Draw shares: the group with its interval as the diamond, the reference as the circle."""
    rows = [_bell(one) for one in found if one.outline.share]
    against = {one.reference for one in found if one.outline.share}
    other = OTHERS if against and against <= {OTHERS, OTHERS_AND_UNKNOWN} else "compared with"
    return dumbbell(rows, title=TITLE, value_label=other, reference_label="this group") if rows else None


def _bell(one: Beside) -> Dumbbell:
    low, high = one.own.interval or (None, None)
    return Dumbbell(f"{one.outline.key}: {one.label}", one.other.value, one.own.value, low, high, one.own.whole)
