"""The closed lists of the charter: what a measure is, where a cause lies, who decides (specification 4.3, 5.1 to 5.4, PM2)."""

from __future__ import annotations

from equitybook.codebook.categories import GROUP
from equitybook.codebook.columns import Vocabulary
from equitybook.flags import FLAG_LABELS


def _same(name: str, *words: str) -> Vocabulary:
    return Vocabulary(name, {one: one for one in words})


ENTITY = _same("Kind of government", "Municipality", "School District", "Library", "Township", "Park District", "Other")
GOVERNMENT = _same("Form of government", "Council-manager", "Village administrator", "Mayor-council", "Commission", "Other")
DECIDES = _same("Who decides", "Board/Council", "Manager", "Department head", "Partner")
STAKEHOLDER = Vocabulary(
    "Who has a stake",
    {
        one: one
        for one in (
            "Residents most affected",
            "Front-line staff",
            "Department heads",
            "Union",
            "Elected officials",
            "Businesses",
            "Schools",
            "Nonprofits",
            "Other governments",
        )
    },
    open_ended=True,
)

LEVEL = Vocabulary("Level", {"POPULATION": "Everybody in town", "PERFORMANCE": "A department's own work"})
RBA = Vocabulary(
    "Which of the three questions",
    {
        "HOW_MUCH": "How much did we do?",
        "HOW_WELL": "How well did we do it?",
        "BETTER_OFF_N": "Is anyone better off? (how many)",
        "BETTER_OFF_PCT": "Is anyone better off? (what share)",
    },
)
UNIT = Vocabulary(
    "Unit", {"count": "Number", "pct": "Percent", "days": "Days", "dollars": "US dollars", "score": "Score", "ratio": "Ratio"}
)
DIRECTION = Vocabulary("What is better", {"UP": "Higher is better", "DOWN": "Lower is better", "MAINTAIN": "Stay where it is"})
POWER = Vocabulary("Strength", {"H": "High", "M": "Medium", "L": "Low"})
CADENCE = Vocabulary(
    "How often", {"monthly": "Every month", "quarterly": "Every quarter", "semiannual": "Twice a year", "annual": "Every year"}
)
RATIONALE = Vocabulary(
    "Why this target",
    {
        "trend": "Our own trend",
        "peer": "Similar towns reach it",
        "standard": "A published standard",
        "resident request": "Residents asked for it",
        "resource": "What our money and people allow",
    },
)
REFERENCE = Vocabulary(
    "Compared with",
    {
        "COMPLEMENT": "Everybody else",
        "BEST": "The group that fares best (20 people or more)",
        "BENCHMARK": "A published figure",
    },
)
SMALLEST = Vocabulary("Smallest group", {"5": "5 people", "10": "10 people", "11": "11 people"})
DATA_FIELD = Vocabulary(
    "Field",
    {
        "race_ethnicity": "Race or ethnicity",
        "sex_gender": "Sex or gender",
        "age": "Age",
        "disability": "Disability",
        "language": "Language",
        "geography": "Neighborhood or address",
        "income": "Income",
        "veteran": "Veteran status",
    },
)
"""What records about people may carry (specification PM1)."""

SPLIT_BY = Vocabulary("Shown by", {**DATA_FIELD.labels, "jobcat": "Job group", "department": "Department"})
MEASURED_GROUP = Vocabulary(
    "Group",
    {**GROUP.labels, "ALL": "Everybody", "DISABLED": "People with a disability", "LEP": "People with limited English"},
    open_ended=True,
)
"""Groups a measure is shown for; a town may name a neighborhood or an age group of its own."""

CAUSE_KIND = Vocabulary("Where it lies", {"INSIDE": "We can influence it", "OUTSIDE": "We cannot influence it"})
TOPIC = Vocabulary("Topic", {"RACE": "Race and ethnicity", "LANGUAGE": "Language", "DISABILITY": "Disability"})
LIKELIHOOD = Vocabulary(
    "Likelihood", {"1": "1 rare", "2": "2 unlikely", "3": "3 possible", "4": "4 likely", "5": "5 almost certain"}
)
IMPACT = Vocabulary("Impact", {"1": "1 small", "2": "2 minor", "3": "3 moderate", "4": "4 major", "5": "5 would end the project"})
CONFIDENCE = Vocabulary("How sure are you", {"high": "High", "medium": "Medium", "low": "Low"})
FLAG = Vocabulary("Flag", {str(flag): words for flag, words in FLAG_LABELS.items()})
TIER = Vocabulary("Who may see the numbers", {"T1": "The town alone", "T2": "Its coach as well", "T3": "Everybody"})
