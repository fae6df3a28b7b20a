"""Whether a problem already names its remedy, which ends the search for causes before it began (specification 4.3, step 3)."""

from __future__ import annotations

import re

_THING = (
    r"(?:officers?|coordinators?|consultants?|navigators?|interpreters?|translators?|liaisons?|specialists?|recruiters?|polic(?:y|ies)|"
    r"ordinances?|trainings?|workshops?|programs?|programmes?|committees?|task forces?|offices?|software|hotlines?|campaigns?|"
    r"positions?|tool ?kits?|plans?|forms|apps?|portals?|websites?|dashboards?)"
)
# Whatever they are followed by, these are what a town does about a problem.
_REMEDY = r"(?:hir(?:e|ing)|recruit(?:ing)?|adopt(?:ing)?|implement(?:ing)?|launch(?:ing)?|establish(?:ing)?|appoint(?:ing)?|introduc(?:e|ing))"
# These may also be what people have to do; with a thing of the list they are a remedy.
_DOING = r"(?:creat(?:e|ing)|buy(?:ing)?|purchas(?:e|ing)|train(?:ing)?|develop(?:ing)?|fund(?:ing)?|build(?:ing)?|set(?:ting)? up|translat(?:e|ing)|offer(?:ing)?|provid(?:e|ing)|start(?:ing)?|expand(?:ing)?|add(?:ing)?)"
_MUST = r"(?:must|should|ought to|shall|needs? to|ha(?:s|ve) to)(?:\s+(?:also|now|first|urgently))?"
_UP_TO_THREE = r"(?:[\w'’-]+\s+){0,3}?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_MUST}\s+{_REMEDY}\b(?:\s+[\w'’-]+)?",
        rf"\b{_MUST}\s+{_DOING}\s+{_UP_TO_THREE}{_THING}\b",
        r"\bshould\s+(?:buy|train|create)\b",
        rf"\bneeds?\s+(?:a|an|more|another|better|new)\s+{_UP_TO_THREE}{_THING}\b",
        r"\bwe need (?:a|an|more|to)\b",
        r"\b(?:the|our|one|only|best)\s+(?:[\w'’-]+\s+)?(?:solution|remedy|fix)\s+(?:is|would be|will be|lies in)\b",
        rf"\bby\s+(?:{_REMEDY}|{_DOING})\s+(?:an?\s+|more\s+|another\s+|new\s+)?{_UP_TO_THREE}{_THING}\b",
        r"\bhir(?:e|ing)\s+(?:a|an|another|more(?!\s+(?:[\w'’-]+\s+){1,3}than\b))\s",
        rf"\b(?:lack|absence)\s+of\s+(?:a|an|any)?\s*{_UP_TO_THREE}{_THING}\b",
        r"\b(?:lack|absence)\s+of\s+(?:an?\s+)?(?:DEI|diversity|equity)\b",
        r"\b(?:DEI|diversity|equity) officer\b",
    )
)
# "Residents must hire a lawyer" is what happens to people; "the village must hire" is what somebody wants done.
_PEOPLE = re.compile(
    r"\b(?:who|they|people|residents?|applicants?|families|parents?|tenants?|renters?|owners?|neighbou?rs?|patrons?|riders?|drivers?|"
    r"visitors?|customers?|clients?|patients?|students?|children|seniors|elders|men|women|speakers|businesses|vendors?|contractors?|"
    r"employees|workers|staff|candidates?|veterans|immigrants|households?|voters?)"
    r"(?:\s+(?:with|without|of|in|on|from|near|at|over|under|aged|living)\s+(?:[\w'’-]+\s+){0,4}?[\w'’-]+)?"
    r"(?:\s+(?:often|still|then|also|usually|sometimes|first|therefore))?(?:\s+(?:must|should|need to|have to|had to|has to))?\s+$",
    re.IGNORECASE,
)


def remedy_in(problem: str) -> str:
    """Give the words of a problem that sound like a remedy; empty where none do.

    Parameters
    ----------
    problem
        The problem as typed. What people themselves must do, hire or need is what they experience, and no remedy.
    """
    for pattern in _PATTERNS:
        for found in pattern.finditer(problem):
            if not _PEOPLE.search(problem[: found.start()]):
                return found.group(0).strip()
    return ""
