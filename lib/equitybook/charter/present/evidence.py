"""The evidence a town keeps: what the page said, and what the town makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from equitybook.charter.measure import EVIDENCE
from equitybook.charter.sentences import is_one_sentence
from equitybook.charter.vocabularies import CONFIDENCE, MEASURED_GROUP
from equitybook.findings import Finding, Measured, Provenance, Shown, Statistic
from equitybook.outcomes.wording import DASH, number

ID = EVIDENCE
TITLE = "The evidence you keep"
EMPTY = "Nothing is kept yet. Under every finding there is a button “Keep as evidence”; your plan will need some from two cycles or more."


def evidence_list(measured: Measured) -> Finding:
    """List kept evidence, newest first: the town's own sentences and, for the town alone, the numbers they are about."""
    kept = [one for one in measured.words.get("evidence", ()) if one.get("statement")]
    if not kept:
        return Finding(ID, ID, TITLE, empty=EMPTY)
    numbers = {one.group: one for one in measured.statistics if one.id == EVIDENCE and one.value is not None}
    heads = ("Code", "In your words", "Measure", "How sure", "About", *(("Number",) if numbers else ()), "From the finding")
    rows = tuple(_row(one, numbers) for one in reversed(kept))
    said = f"{len(kept)} {'piece' if len(kept) == 1 else 'pieces'} of evidence, each in a sentence of your own."
    return Finding(
        ID,
        ID,
        TITLE,
        sentence=said,
        table=Shown("Evidence, newest first", heads, rows, "l" * len(heads)),
        notices=_long(kept),
        provenance=Provenance(source="Kept by you"),
    )


def _row(one: Mapping[str, Any], numbers: Mapping[str, Statistic]) -> tuple[str, ...]:
    found = numbers.get(str(one.get("evidence_id")))
    return (
        str(one.get("evidence_id") or DASH),
        str(one["statement"]),
        str(one.get("measure_id") or DASH),
        CONFIDENCE.label(one.get("confidence")) or DASH,
        MEASURED_GROUP.label(one.get("group")) or DASH,
        *((_number(found),) if numbers else ()),
        str(one.get("finding_id") or DASH),
    )


def _number(found: Statistic | None) -> str:
    """Write "60.9 (46.5 to 73.6), 46 people or cases": the value, the interval and the people behind it, as far as they are kept."""
    if found is None or found.value is None:
        return DASH
    low, high = found.interval or (None, None)
    between = "" if low is None or high is None else f" ({_plain(low)} to {_plain(high)})"
    return f"{_plain(found.value)}{between}" + (f", {found.n:,} people or cases" if found.n else "")


def _plain(value: float) -> str:
    return number(round(value, 1))


def _long(kept: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Name the evidence that reads as more than one sentence: kept as it was written, and worth a shorter one."""
    long = [str(one.get("evidence_id") or DASH) for one in kept if not is_one_sentence(str(one["statement"]))]
    if not long:
        return ()
    which = f"{', '.join(long)} {'reads' if len(long) == 1 else 'read'}"
    return (f"{which} as more than one sentence. Your plan quotes one more easily; keep a shorter one beside it where you can.",)
