"""The closed lists of a working group: levels, seats, the seven tasks of a group, the letters of a task (specification IC1)."""

from __future__ import annotations

from equitybook.codebook.columns import Vocabulary


def _same(name: str, *words: str) -> Vocabulary:
    return Vocabulary(name, {one: one for one in words})


LEVEL = _same("Level", "Elected", "Executive", "Manager", "Supervisor", "Frontline", "Union rep", "Community")
SEAT = _same("Seat", "Sponsor", "Chair", "Co-chair", "Member", "Data lead", "Communications lead", "Facilitator", "Alternate")

FRONTLINE = "Frontline"
SPONSOR = "Sponsor"
CAN_SPONSOR = frozenset({"Elected", "Executive"})
"""Levels that can say yes to other people's time and to money."""

SEVEN_C = Vocabulary(
    "What they bring",
    {
        "CATALYSING": "Catalyzing: gets others moving",
        "COORDINATING": "Coordinating: keeps the work together",
        "LEADERSHIP": "Cultivating leadership: brings up new people",
        "CAPACITY": "Capacity-building: teaches and trains",
        "COMMUNICATING": "Communicating: tells staff and residents",
        "DATA": "Collecting and analyzing data",
        "CHAMPIONING": "Championing: stands up for it where it counts",
    },
)
"""The seven Cs of the Race Forward and GARE core-team guide."""
SEVEN_C_HEADS = {
    "CATALYSING": "Catalyzing",
    "COORDINATING": "Coordinating",
    "LEADERSHIP": "Leadership",
    "CAPACITY": "Capacity",
    "COMMUNICATING": "Communicating",
    "DATA": "Data",
    "CHAMPIONING": "Championing",
}
"""Each in one word, for a tile."""

AUTHORITY = _same("What the group may do", "Advisory", "Recommends to manager", "Decides within budget", "Decides policy")
ADVISORY, HAS_BUDGET = "Advisory", "Decides within budget"
DECISION_RULE = _same("How it decides", "Consensus", "Consent", "Majority", "Sponsor decides")
MEETS = Vocabulary("How often", {"weekly": "Every week", "biweekly": "Every two weeks", "monthly": "Every month"})

RASCI = Vocabulary(
    "Letter",
    {
        "R": "R responsible",
        "A": "A accountable",
        "S": "S supports",
        "C": "C consulted",
        "I": "I informed",
        "AR": "AR accountable and responsible",
    },
)
"""R does the work, A answers for it, S helps with the work, C is asked before (two-way), I is told after (one-way)."""
