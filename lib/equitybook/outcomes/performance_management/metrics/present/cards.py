"""The measures as cards: which question each answers, and what it still lacks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equitybook.charter.vocabularies import RBA, SPLIT_BY, UNIT
from equitybook.findings import Finding, Measured, Provenance, Shown
from equitybook.flags import Flag, Flagged
from equitybook.outcomes.performance_management.metrics.outline import Outline
from equitybook.outcomes.performance_management.metrics.present.series import name_of, outlines, titled
from equitybook.outcomes.performance_management.metrics.present.words import counted, sentence
from equitybook.outcomes.wording import DASH, day, listing

CARDS, QUADRANTS = "PM2.cards", "PM2.quadrants"
TITLE, QUADRANT_TITLE = "Your measures and what they still need", "What your measures measure"
EMPTY = "Add your measures above: three at least, one of them on how well you do it and one on whether anyone is better off."
ENOUGH = 3
_BETTER = ("BETTER_OFF_N", "BETTER_OFF_PCT")
_LACKS = {"numerator_def": "what is counted", "denominator_def": "out of what"}
# A measure that counts what the town does says nothing about anybody being better off.
_ACTIVITY = re.compile(
    r"\b(?:number of|how many)?\s*(?:trainings?|workshops?|meetings?|sessions?|events?|flyers?|brochures?|e-?mails|posts|forms? (?:printed|translated)|hours of training)\b"
    r"|\b(?:trained|held|mailed|distributed|posted|translated)\b",
    re.IGNORECASE,
)


def cards(measured: Measured) -> tuple[Finding, ...]:
    """List the measures with their questions, and sort them into the four quadrants."""
    live = outlines(measured)
    if not live:
        return (Finding(CARDS, CARDS, TITLE, empty=EMPTY), Finding(QUADRANTS, CARDS, QUADRANT_TITLE, empty=EMPTY))
    return (_cards(measured, live), _quadrants(measured, live))


def _cards(measured: Measured, live: Sequence[Outline]) -> Finding:
    lacking = [one for one in live if one.lacks]
    said = f"{sentence(counted(len(live), 'measure'))}: {_kinds(live)}."
    if lacking:
        said += f" {sentence(counted(len(lacking), 'measure'))} not yet put into words a colleague could count by."
    return Finding(
        CARDS,
        CARDS,
        TITLE,
        sentence=said,
        table=Shown(
            caption="Measures of your project",
            columns=(
                "Measure",
                "Question",
                "Department",
                "What is counted",
                "Out of what",
                "Unit",
                "Shown by",
                "Baseline",
                "Still to do",
            ),
            rows=tuple(_row(measured, one) for one in live),
            align="l" * 9,
        ),
        flags=tuple(_missing_words(measured, one) for one in lacking),
        notices=(*_whole(live), *_each(measured, live)),
        provenance=Provenance(source="Your measures"),
    )


def _kinds(live: Sequence[Outline]) -> str:
    much, well = (sum(one.rba == kind for one in live) for kind in ("HOW_MUCH", "HOW_WELL"))
    better = sum(one.rba in _BETTER for one in live)
    return f"{much} on how much you do, {well} on how well you do it, {better} on whether anyone is better off"


def _row(measured: Measured, one: Outline) -> tuple[str, ...]:
    typed = measured.words.get("measures", {}).get(one.key, {})
    split = listing(SPLIT_BY.label(code) for code in typed.get("disaggregate_by") or ()) if one.split else ""
    return (
        titled(measured, one.key),
        RBA.label(one.rba) or DASH,
        str(typed.get("department") or DASH),
        str(typed.get("numerator_def") or DASH),
        str(typed.get("denominator_def") or DASH),
        UNIT.label(one.unit) or DASH,
        split or DASH,
        _baseline(one),
        listing(_to_do(one)) or "nothing",
    )


def _baseline(one: Outline) -> str:
    if one.locked_on:
        return "locked"
    return f"planned for {day(one.due)}" if one.planned and one.due else "planned, no day yet" if one.planned else "not locked"


def _to_do(one: Outline) -> list[str]:
    made = [f"say {_LACKS[name]}" for name in one.lacks]
    if not one.split:
        made.append("choose the groups it is shown by")
    if not one.locked_on and not (one.planned and one.due):
        made.append("lock a baseline, or say how and by which day")
    return made


def _missing_words(measured: Measured, one: Outline) -> Flagged:
    missing = listing(_LACKS[name] for name in one.lacks)
    said = f"{titled(measured, one.key)} does not say {missing}. Two people counting would get two numbers."
    return Flagged(
        Flag.DATA_QUALITY,
        CARDS,
        one.key,
        reason=said,
        next_step="Write it on the measure's row, in words a colleague could count by.",
    )


def _whole(live: Sequence[Outline]) -> list[str]:
    """Say what the set of measures lacks as a whole."""
    said = []
    if len(live) < ENOUGH:
        said.append(
            f"{sentence(counted(ENOUGH, 'measure'))} are needed; {'one is' if len(live) == 1 else f'{len(live)} are'} here."
        )
    if not any(one.rba == "HOW_WELL" for one in live):
        said.append("No measure says how well you do it.")
    if not any(one.rba in _BETTER for one in live):
        said.append("No measure says whether anyone is better off.")
    if not any(one.split for one in live):
        said.append("No measure is shown by group yet, so none can tell for whom it moves.")
    return said


def _each(measured: Measured, live: Sequence[Outline]) -> list[str]:
    said = []
    for one in live:
        typed = measured.words.get("measures", {}).get(one.key, {})
        counts_deeds = _ACTIVITY.search(f"{typed.get('name') or ''} {typed.get('numerator_def') or ''}")
        if one.rba in _BETTER and counts_deeds:
            said.append(f"“{name_of(measured, one.key)}” counts something you do. Whose life is better if it moves?")
        if one.level == "POPULATION" and typed.get("department"):
            said.append(
                f"“{name_of(measured, one.key)}” is about everybody in town. {typed['department']} can report it and cannot answer for it alone."
            )
        if not one.locked_on and one.due is not None and one.due < measured.facts["today"]:
            said.append(
                f"“{name_of(measured, one.key)}”: its baseline was planned for {day(one.due)}. Lock it, or set another day."
            )
        if typed.get("data_power") == "L":
            said.append(f"“{name_of(measured, one.key)}” has weak data so far. Say in the data inventory how they get better.")
    return said


def _quadrants(measured: Measured, live: Sequence[Outline]) -> Finding:
    """Sort by quantity and quality, effort and effect (Results-Based Accountability)."""

    def named(kind: str) -> str:
        return "; ".join(titled(measured, one.key) for one in live if one.rba == kind) or DASH

    rows = (
        ("Effort: what you do", named("HOW_MUCH"), named("HOW_WELL")),
        ("Effect: what changes for people", named("BETTER_OFF_N"), named("BETTER_OFF_PCT")),
    )
    filled = sum(cell != DASH for row in rows for cell in row[1:])
    heart = any(one.rba == "BETTER_OFF_PCT" for one in live)
    said = f"Your measures stand in {counted(filled, 'quarter')} of four. " + (
        "One of them asks what share of people is better off, which is the question residents ask."
        if heart
        else "None asks yet what share of people is better off, which is the question residents ask."
    )
    shown = Shown(QUADRANT_TITLE, ("", "Quantity: how much, how many", "Quality: how well, what share"), rows, "lll")
    return Finding(QUADRANTS, CARDS, QUADRANT_TITLE, sentence=said, table=shown, provenance=Provenance(source="Your measures"))
