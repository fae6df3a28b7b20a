"""The story behind the curve: causes within the town's control and outside it."""

from __future__ import annotations

from collections.abc import Iterator

from equitybook.charter.vocabularies import CAUSE_KIND
from equitybook.findings import Finding, Measured, Provenance, Shown
from equitybook.outcomes.performance_management.metrics.outline import Outline
from equitybook.outcomes.performance_management.metrics.present.series import outlines, titled
from equitybook.outcomes.performance_management.metrics.present.words import counted, sentence
from equitybook.outcomes.wording import DASH

ID = "PM2.story"
TITLE = "The story behind the curve"
EMPTY = "Add causes above: at least two you can influence and two you cannot, each with what shows it."
OF_EACH = 2


def story(measured: Measured) -> Finding:
    """List the causes by measure; say where two of each kind are still missing."""
    live = [one for one in outlines(measured) if sum(one.causes)]
    if not live:
        return Finding(ID, ID, TITLE, empty=EMPTY)
    # Over all measures, as the self-check counts them: three measures of one town often share their causes.
    inside, outside = (sum(one.causes[at] for one in live) for at in (0, 1))
    rows = tuple(row for one in live for row in _rows(measured, one))
    said = f"{sentence(counted(inside + outside, 'cause'))} so far: {inside} you can influence, {outside} you cannot."
    table = (
        Shown(TITLE, ("Measure", "Where it lies", "Cause", "What shows it", "Who could help"), rows, "lllll")
        if rows
        else _tally(live)
    )
    return Finding(
        ID,
        ID,
        TITLE,
        sentence=said,
        table=table,
        notices=tuple(_missing(measured, live, (inside, outside))),
        provenance=Provenance(source="Your causes"),
    )


def _rows(measured: Measured, one: Outline) -> Iterator[tuple[str, ...]]:
    causes = sorted(measured.words.get("causes", {}).get(one.key, ()), key=lambda cause: str(cause.get("kind") or ""))
    for cause in causes:
        kind = CAUSE_KIND.label(cause.get("kind")) or DASH
        yield (titled(measured, one.key), kind, *(str(cause.get(name) or DASH) for name in ("cause", "evidence", "partner")))


def _tally(live: list[Outline]) -> Shown:
    """Count the causes, for readers to whom their words do not go."""
    rows = tuple((f"Measure {one.key}", str(one.causes[0]), str(one.causes[1])) for one in live)
    return Shown(TITLE, ("Measure", CAUSE_KIND.label("INSIDE"), CAUSE_KIND.label("OUTSIDE")), rows, "lrr")


def _missing(measured: Measured, live: list[Outline], causes: tuple[int, int]) -> Iterator[str]:
    lacking = [words for count, words in zip(causes, ("you can influence", "you cannot influence"), strict=True) if count < OF_EACH]
    if lacking:
        yield f"There are not two causes of each kind yet: causes {' and causes '.join(lacking)} are still needed."
    unshown = sum(not cause.get("evidence") for one in live for cause in measured.words.get("causes", {}).get(one.key, ()))
    if unshown:
        yield f"{sentence(counted(unshown, 'cause'))} without anything that shows {'it' if unshown == 1 else 'them'}: a guess until you have looked."
