"""The project this town works on, and what could stop it (specification 4.3, steps 3 and 7, and 5.1)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from equitybook.charter.remedies import remedy_in
from equitybook.charter.vocabularies import DECIDES, IMPACT, LIKELIHOOD, STAKEHOLDER
from equitybook.codebook import LongText, Message, Row, column
from equitybook.codebook.categories import DEPARTMENT

_AGREED = (
    "The charter is agreed, so this does not change by typing. Use “Change the charter” below: it asks for the reason, "
    "keeps the old words, and counts the versions."
)
AGREED_FIELDS = ("problem_statement", "population_of_focus", "condition", "lever", "focus_departments", "desired_result")
"""What the rest of the programme builds upon."""

_MOST_DEPARTMENTS = 4
_LITTLE = re.compile(r"a|all|an|and|at|by|for|in|of|on|or|our|the|to|us|we|who")


class Charter(Row, id="charter", name="Your charter", one_row="one town", single=True):
    """The one problem this project will move, who stands behind it, and what is in and out of scope."""

    population_of_focus: str = column(
        "Who is affected?",
        required=True,
        example="Spanish-speaking residents",
        help="A group of residents or staff, as they would name themselves.",
    )
    condition: str = column(
        "What do they experience?",
        required=True,
        example="wait longer for a building permit",
        help="What happens to them, not what is wrong with them.",
    )
    evidence_now: LongText = column(
        "What shows it?",
        example="Permit log 2025: half of the applications in Spanish took over 30 days, of all others 18 days",
        help="A number, a document, or what people told you and when.",
    )
    suspected_causes: LongText = column(
        "What do you think causes it?",
        example="Forms are in English only, and incomplete ones go to the back of the line",
        help="A guess is fine. Later cycles test it.",
    )
    lever: str = column(
        "What can you influence?",
        required=True,
        example="the intake of permit applications",
        help="Something a department of yours decides, not a remedy yet.",
    )
    focus_departments: list[Annotated[str, DEPARTMENT]] = column(
        "Which departments?",
        required=True,
        example=["Community Development/Planning"],
        help="One to four. They belong on the team.",
    )
    problem_statement: LongText = column(
        "The problem in one sentence",
        required=True,
        example=(
            "In Prairie Glen, Spanish-speaking residents wait longer for a building permit, seen in the permit log of 2025, because forms are "
            "in English only; Community Development can influence the intake of applications."
        ),
        help="In {place}, {who} experience {what}, seen in {evidence}, because {suspected cause}; {department} can influence {lever}.",
    )
    desired_result: LongText = column(
        "What will be true when it is solved?",
        required=True,
        example="Residents get a permit in the same time, whatever language they apply in.",
        help="A state of affairs for people, not an activity of yours.",
    )
    in_scope: LongText = column("What belongs to it?", example="Residential permits; intake, review and notice")
    out_of_scope: LongText = column("What does not?", example="Zoning changes; commercial permits")
    sponsor_role: str = column(
        "Who sponsors it?", required=True, example="Village manager", help="A role that can say yes to people's time and money."
    )
    decision_needed_from: Annotated[str, DECIDES] = column("Whose decision will it need?", required=True, example="Manager")
    decision_by: dt.date = column("By when?", example="2027-04-30")
    constraints: LongText = column(
        "What binds you?", example="Union contract article 9; state plumbing code; no new positions this year"
    )
    stakeholders: list[Annotated[str, STAKEHOLDER]] = column(
        "Who has a stake?", example=["Residents most affected", "Front-line staff"]
    )
    approved_on: dt.date = column(
        "Agreed on",
        typed=False,
        example="2026-11-30",
        help="The day your sponsor agreed, set by the button below. From then on the charter changes with a reason only.",
    )

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        """See that the problem names who and what, and holds no remedy."""
        problem = row.get("problem_statement") or ""
        if found := remedy_in(problem):
            yield Message(
                f"“{found}” sounds like a remedy. Say what people experience here, and keep the remedy for cycle 5.",
                field="problem_statement",
            )
        if len(row.get("focus_departments") or ()) > _MOST_DEPARTMENTS:
            yield Message(
                f"These are {len(row['focus_departments'])} departments. A project of six months carries one to four; choose those that must change.",
                field="focus_departments",
            )
        yield from _named(problem, row)

    @classmethod
    def locked(cls, row: Mapping[str, Any]) -> Mapping[str, str]:
        """Once it is agreed, what others build upon changes with a reason only."""
        return dict.fromkeys(AGREED_FIELDS, _AGREED) if row.get("approved_on") else {}


def _named(problem: str, row: Mapping[str, Any]) -> Iterator[Message]:
    """See that the sentence says who is affected, what they experience and what can be influenced."""
    if not problem:
        return
    there = set(_words(problem))
    for field, what in (
        ("population_of_focus", "who is affected"),
        ("condition", "what they experience"),
        ("lever", "what you can influence"),
    ):
        said = row.get(field)
        if said and not set(_telling(_words(said))) & there:
            yield Message(f"The sentence does not say {what} (“{said}”). Bring the two together.", field="problem_statement")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _telling(words: list[str]) -> list[str]:
    """Give the words that say something: the longer ones; of "Gay men" both; only where there are no others "the" and "of"."""
    longer = [word for word in words if len(word) > 3]  # noqa: PLR2004 - "the" and "who" say nothing
    return longer or [word for word in words if not _LITTLE.fullmatch(word)] or words


class Risks(Row, id="risks", name="What could go wrong", one_row="one risk"):
    """Stakes and risks, with somebody who watches each."""

    risk: str = column("Risk", required=True, example="The permit counter is short of staff in spring and the project waits")
    likelihood: Annotated[str, LIKELIHOOD] = column("Likelihood", required=True, example="4")
    impact: Annotated[str, IMPACT] = column("Impact", required=True, example="3")
    response: str = column("What will you do?", required=True, example="Do the intake work in January and February")
    owner_role: str = column("Who watches it?", required=True, example="Building commissioner", help="A role, not a name.")
