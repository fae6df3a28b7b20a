"""Where Census figures of one topic do not agree with each other (specification 1.3 and 8.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from equitybook.outcomes.wording import listing

_ROUNDING = 0.005
_PERIOD = re.compile(r"\b(?:19|20)\d\d(?:\s*[-–]\s*(?:(?:19|20)\d\d|\d\d))?\b")


def disagreements(
    rows: Sequence[Mapping[str, Any]], parts_of: Sequence[float | None], whole: float, *, parts: bool
) -> Iterator[tuple[str, str]]:
    """Say what does not agree, with what to do.

    Parameters
    ----------
    rows
        The rows of one topic: ``group``, ``label``, ``source``.
    parts_of
        The groups' people, None where nothing is published.
    whole
        Everybody's people.
    parts
        Whether the groups make up everybody, as races do and languages do not.
    """
    codes = [str(row.get("group")) for row in rows if row.get("group")]
    for code in dict.fromkeys(one for one in codes if codes.count(one) > 1):
        yield f"{_label(rows, code)} stands on {codes.count(code)} rows", "Keep one of them, or its people are counted twice."
    known = [one for one in parts_of if one is not None]
    largest = max(known, default=0)
    if largest > whole:
        yield (
            f"one group has {largest:,.0f} people and everybody is {whole:,.0f}",
            "Check both figures, and that they are of the same place.",
        )
    elif parts and len(known) == len(parts_of) and abs(sum(known) - whole) > _ROUNDING * whole:
        yield (
            f"the groups add up to {sum(known):,.0f} and everybody is {whole:,.0f}",
            "Look for a group that is missing, “some other race” for example, or for one that is there twice.",
        )
    periods = sorted({found[0] for row in rows if (found := _PERIOD.search(str(row.get("source") or "")))})
    if len(periods) > 1:
        yield (
            f"the figures are of {len(periods)} periods, {listing(periods)}",
            "Upload the table of one period, or type all figures of one.",
        )


def _label(rows: Sequence[Mapping[str, Any]], code: str) -> str:
    return next((str(row["label"]) for row in rows if row.get("group") == code and row.get("label")), code)
