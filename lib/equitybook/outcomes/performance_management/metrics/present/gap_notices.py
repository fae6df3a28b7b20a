"""How to read the gaps between groups: what they are compared with, from which period, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equitybook.findings import Measured
from equitybook.outcomes.performance_management.metrics.outline import OF_EVERYBODY, Outline
from equitybook.outcomes.performance_management.metrics.present.compared import OTHERS, OTHERS_AND_UNKNOWN, WITH_ALL, Beside
from equitybook.outcomes.performance_management.metrics.present.series import name_of, outlines
from equitybook.outcomes.performance_management.metrics.present.unknown import BADGE, newest, unknown
from equitybook.outcomes.performance_management.metrics.present.words import amount
from equitybook.outcomes.wording import listing


def gap_notices(measured: Measured, found: Sequence[Beside]) -> Iterator[str]:
    """Say of each measure what its groups stand beside, in which period where that is not the newest, and of how many the group is not known."""
    for outline in outlines(measured):
        own = [one for one in found if one.outline is outline]
        if outline.reference == "BENCHMARK" and own:
            yield _on_published(measured, outline)
        yield from _on_best(measured, outline, own)
        yield from _on_period(measured, outline, own)
        yield from _on_unknown(measured, outline, own)
    yield from too_many_unknown(measured)


def too_many_unknown(measured: Measured) -> Iterator[str]:
    """Say where the group of so many is not known that nothing is compared."""
    for outline in outlines(measured):
        for grouping in OF_EVERYBODY:
            at = newest(measured, outline, grouping)
            if at is not None and (found := unknown(measured, outline, at, grouping)).too_many:
                yield (
                    f"{name_of(measured, outline.key)}: the {grouping} of {100 * (found.share or 0):.0f} % of people is not known; nothing is "
                    f"compared by {grouping}. Whoever is in no group you entered counts as not known: enter a row for every group."
                )


def _on_unknown(measured: Measured, outline: Outline, own: Sequence[Beside]) -> Iterator[str]:
    for grouping in OF_EVERYBODY:
        at = newest(measured, outline, grouping)
        found = None if at is None else unknown(measured, outline, at, grouping)
        if found is not None and (found.share or 0) > BADGE and not found.too_many:
            name, where = name_of(measured, outline.key), _where([one for one in own if one.grouping == grouping])
            yield f"{name}: the {grouping} of {100 * (found.share or 0):.0f} % of people is not known.{where}"


def _where(own: Sequence[Beside]) -> str:
    """Say on which side of a kind's comparisons the unknown are, and whether the table says what they could change."""
    if not own:
        return ""
    among = {OTHERS_AND_UNKNOWN: " They are among everybody else.", WITH_ALL: " They are among everybody."}
    said = next((among[one.reference] for one in own if one.reference in among), " They are on neither side.")
    return said + (" The last column says what they could change." if any(one.bounds for one in own) else "")


def _on_period(measured: Measured, outline: Outline, own: Sequence[Beside]) -> Iterator[str]:
    """Say which groups stand in an older period than the measure's newest."""
    older = dict.fromkeys(one.own.period for one in own if one.own.period != outline.periods[-1])
    for period in older:
        labels = listing(dict.fromkeys(one.label for one in own if one.own.period == period))
        yield f"{name_of(measured, outline.key)}: {labels} stand in {period.words}, the newest period with such groups."


def _on_published(measured: Measured, outline: Outline) -> str:
    name = name_of(measured, outline.key)
    if outline.published is None:
        return f"{name}: there is no published figure that can be used, so groups stand beside everybody else. Enter it on the measure's card; percentages run from 0 to 100."
    source = measured.words.get("measures", {}).get(outline.key, {}).get("reference_source")
    where = f" ({source})" if source else ""
    return f"{name}: groups stand beside a published figure of {amount(outline.published, outline.unit)}{where}, which may count otherwise than you do."


def _on_best(measured: Measured, outline: Outline, own: Sequence[Beside]) -> Iterator[str]:
    instead = next((one.reference for one in own if one.reference in (OTHERS, OTHERS_AND_UNKNOWN, WITH_ALL)), "")
    if outline.reference == "BEST" and instead:
        yield f"{name_of(measured, outline.key)}: no group of 20 people or more fares best, so groups stand beside {instead}."
