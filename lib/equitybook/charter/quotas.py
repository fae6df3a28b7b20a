"""Whether a target sets a number of people of one group: such a target is kept as typed, marked, and passes no gate.

Goals may not be quotas, ceilings or floors and justify no preference (41 CFR 60-2.16(e), used here as the published standard;
specification 0). What a town can aim at is a process, outreach, who applies, or closing a gap.

Two things are looked at: the words, sentence by sentence, and what a measure with a target counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from equitybook.charter.quota_words import ACTS, COUNTED, NO_QUOTA, PANEL, PROCESS, QUOTA, STANDINGS, marked


def target_quota(measure: Mapping[str, Any]) -> str:
    """Return why a measure's target is a quota and what to aim at instead; empty where it is none.

    ``measure`` is a row of the measures, typed.
    """
    return quota_reason(measure.get("target_note"), measure.get("name"), measure.get("numerator_def")) or counted_quota(measure)


def counted_quota(measure: Mapping[str, Any]) -> str:
    """Return why what a measure with a target counts makes the target a quota; empty where it does not.

    Parameters
    ----------
    measure
        A row of the measures, typed: ``name``, ``numerator_def``, ``denominator_def``, ``unit``, ``target_value``, ``direction``, ``tolerance``.
    """
    if not _has_a_target(measure):
        return ""
    counted = (measure.get("name"), measure.get("numerator_def"))
    found = next((str(one).strip() for one in counted if _counts_a_group(one, measure)), "")
    return _reason(f"A target for “{found}”") if found else ""


def quota_reason(*texts: str | None) -> str:
    """Return why these words read as a quota and what to aim at instead; empty where they do not.

    Parameters
    ----------
    *texts
        The words of a target and its measure, as typed; None and empty are skipped.
    """
    sentences = (sentence for text in texts for sentence in re.split(r"(?<=[.;])\s+", text or ""))
    found = next((sentence.strip().rstrip(".;") for sentence in sentences if _is_quota(sentence)), "")
    return _reason(f"“{found}”") if found else ""


def _is_quota(sentence: str) -> bool:
    if _has((QUOTA,), _pattern(NO_QUOTA).sub("", sentence)):
        return True
    read = marked(sentence)
    if _has(ACTS, read) and not _has((PANEL,), sentence):
        return True
    return _has(STANDINGS, read) and not _has((PROCESS,), sentence)


def _has_a_target(measure: Mapping[str, Any]) -> bool:
    """Whether a number is aimed at: a target, or staying where it is within a tolerance."""
    kept = measure.get("direction") == "MAINTAIN" and measure.get("tolerance") is not None
    return measure.get("target_value") is not None or kept


def _counts_a_group(words: str | None, measure: Mapping[str, Any]) -> bool:
    """Whether what is counted is how many of the staff belong to one group; a percentage within the group is about what happens to it."""
    if not words or measure.get("unit") not in {"count", "pct"} or _has((PROCESS,), words):
        return False
    within = measure.get("unit") == "pct" and "‹g›" in marked(str(measure.get("denominator_def") or ""))
    return not within and _has(COUNTED, marked(words))


def _has(patterns: Iterable[str], text: str) -> bool:
    return any(_pattern(one).search(text) for one in patterns)


@cache  # made when first needed: a tenth of a second of start-up that a page without measures need not spend
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _reason(what: str) -> str:
    return (
        f"{what} sets a number of people of one group. It is kept as you typed it, and it cannot be a target here: goals may "
        "not be quotas and justify no preference for anybody. Aim at the process, the outreach, who applies, or at closing a gap."
    )
