"""Whether a target's words set a number of people of one race or sex: such a target is kept as typed, marked, and passes no gate.

Goals may not be quotas, ceilings or floors and justify no preference (41 CFR 60-2.16(e), used here as the published standard;
specification 0). What a town can aim at is a process, outreach, who applies, or closing a gap.
"""

from __future__ import annotations

import re

_GROUPS = (
    r"(?:black|african[- ]americans?|hispanics?|latin[oax]s?|latinx|asians?|white|native|indigenous|minorit(?:y|ies)|people of colou?r|bipoc|"
    r"wom[ae]n|females?|m[ae]n|males?|divers(?:e|ity)|non-?binary|lgbtq?\+?)"
)
_NUMBERS = r"(?:\d+(?:\.\d+)?\s*(?:%|per ?cent|percent)?|at least|a minimum of|half|a third|a quarter|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_ACTS = r"(?:hir(?:e|es|ed|ing)|recruit(?:s|ed|ing)?|promot(?:e|es|ed|ing)|appoint(?:s|ed|ing)?|employ(?:s|ed|ing)?|fill(?:s|ed|ing)?|select(?:s|ed|ing)?|add(?:s|ed|ing)?)"
_PATTERNS = (
    re.compile(rf"\b{_ACTS}\b[^.;]{{0,40}}?\b{_NUMBERS}\b[^.;]{{0,40}}?\b{_GROUPS}\b", re.IGNORECASE),
    re.compile(
        rf"\b{_NUMBERS}\b[^.;]{{0,30}}?\b{_GROUPS}\b[^.;]{{0,40}}?\b(?:hired|hires|promoted|appointed|recruits)\b", re.IGNORECASE
    ),
    re.compile(
        rf"\b{_NUMBERS}\b[^.;]{{0,30}}?\b(?:of (?:all |our |the )?)?(?:new )?(?:hires|staff|officers|employees|workforce|positions|promotions)\b"
        rf"[^.;]{{0,30}}?\b(?:be|are|to|from|for|held by|go to)\b[^.;]{{0,20}}?\b{_GROUPS}\b",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\bno )\bquota\b", re.IGNORECASE),
)
# "Ten Black applicants" is outreach and "two women on the interview panel" is process; both may be aimed at.
_ALLOWED = re.compile(
    r"\s*(?:\w+\s+){0,2}(?:applicants?|applications?|candidates?|(?:on|to|for)\s+(?:the |an? |every |each )?(?:\w+\s+)?panels?)\b",
    re.IGNORECASE,
)


def quota_reason(*texts: str | None) -> str:
    """Return why these words read as a quota and what to aim at instead; empty where they do not.

    Parameters
    ----------
    *texts
        The words of a target and its measure, as typed; None and empty are skipped.
    """
    for text in texts:
        for sentence in re.split(r"(?<=[.;])\s+", text or ""):
            found = next((match for pattern in _PATTERNS if (match := pattern.search(sentence))), None)
            if found and not _ALLOWED.match(sentence, found.end()):
                said = sentence.strip().rstrip(".;")
                return (
                    f"“{said}” sets a number of people of one group. It is kept as you typed it, and it cannot be a target here: goals may "
                    "not be quotas and justify no preference for anybody. Aim at the process, the outreach, who applies, or at closing a gap."
                )
    return ""
