"""Who is in the group, what it is set against, and its own rules."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from equitybook.codebook import LongText, Message, Money, Row, column
from equitybook.codebook.categories import DEPARTMENT
from equitybook.codebook.same import Records, twice
from equitybook.outcomes.internal_communications.working_group.vocabularies import (
    ADVISORY,
    AUTHORITY,
    DECISION_RULE,
    HAS_BUDGET,
    LEVEL,
    MEETS,
    SEAT,
    SEVEN_C,
)

_DECIDES = re.compile(r"\b(decides?|approves?|adopts?|sets? (?:the )?(?:policy|rules?))\b", re.IGNORECASE)


class Members(
    Row,
    id="ic1_members",
    name="Members of the group",
    one_row="one seat in the group",
    empty="Nobody yet. Begin with the two of you and your sponsor: three roles, three departments.",
):
    """The group's seats, by role. Names of people are not asked for and not needed."""

    member_id: str = column("Code", required=True, example="P1", numbered="P", help="Given by the workbook.")
    role_title: str = column("Role", required=True, example="Permit technician", help="The role, not the name.")
    department: Annotated[str, DEPARTMENT] = column(
        "Department",
        required=True,
        example="Community Development/Planning",
        help="For a resident or a partner choose Other, or type the organization.",
    )
    level: Annotated[str, LEVEL] = column(
        "Level", required=True, example="Frontline", help="Frontline is who serves residents or does the work by hand."
    )
    seat: Annotated[str, SEAT] = column("Seat", required=True, example="Data lead")
    hours_month: float = column(
        "Hours a month",
        unit="hours",
        required=True,
        minimum=0,
        maximum=200,
        example=4,
        help="As agreed with their supervisor, within working time.",
    )
    term_end: dt.date = column("Until", example="2027-12-31")
    seven_c: list[Annotated[str, SEVEN_C]] = column("What they bring", example=["DATA"])

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        """See that the seat comes with time."""
        if row.get("hours_month") == 0:
            yield Message(
                "No hours are planned, so this work would come on top of the job. Agree the hours with their supervisor and write them here.",
                field="hours_month",
            )

    @classmethod
    def check_all(cls, rows: Records) -> Iterator[Message]:
        """See that codes and roles can be told apart: the letters below are given by code, and read by role."""
        yield from twice(rows, "member_id", "Each member needs a code of their own.")
        yield from twice(
            rows, "role_title", "Add a word, such as the shift or the building, so that the two can be told apart below."
        )


class Group(Row, id="ic1_group", name="The group's own rules", one_row="one group", single=True):
    """What the group is for, what it may decide, and who stands behind it."""

    purpose: LongText = column(
        "What is the group for?",
        required=True,
        example="Find out why permits take longer for applicants in Spanish, try changes at intake, and report what worked",
        help="One or two sentences a new colleague would understand.",
    )
    authority: Annotated[str, AUTHORITY] = column(
        "What may it do?",
        required=True,
        example="Recommends to manager",
        help="As it really is. A group that finds out later that it only advises loses its members.",
    )
    decision_rule: Annotated[str, DECISION_RULE] = column(
        "How does it decide?",
        required=True,
        example="Consent",
        help="Consensus: everybody agrees. Consent: nobody has a serious objection.",
    )
    meets: Annotated[str, MEETS] = column("How often does it meet?", required=True, example="biweekly")
    sponsor_role: str = column("Who sponsors it?", required=True, example="Village manager", help="A role that can say yes.")
    sponsor_signed_on: dt.date = column(
        "Signed by the sponsor on",
        example="2026-11-12",
        help="The day the sponsor agreed to these rules and to the hours of the members.",
    )
    reports_to: str = column("Who does it report to?", required=True, example="Village board, committee of the whole")
    budget_usd: Money = column(
        "Budget", unit="US dollars", minimum=0, example=2500, help="Interpreters, food, printing. 0 is an answer."
    )
    norms: LongText = column(
        "How do you work together?",
        example="Start on time; the frontline speaks first; what is said here is not quoted by name",
    )
    conflict_process: LongText = column(
        "What if you disagree?",
        example="Name it in the meeting, try the smaller step for a month, then the sponsor decides",
    )
    review_date: dt.date = column(
        "Look at these rules again on", required=True, example="2027-05-15", help="The day you ask whether the group should go on."
    )

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        """See that purpose and authority fit, money is there where it is promised, and dates run forward."""
        said = _DECIDES.search(row.get("purpose") or "")
        if said and row.get("authority") == ADVISORY:
            yield Message(
                f"The purpose says “{said.group(0)}”, and the group only advises. Change one of the two, or say who decides.",
                field="authority",
            )
        if row.get("authority") == HAS_BUDGET and not row.get("budget_usd"):
            yield Message("The group decides within its budget, and no budget is written down.", field="budget_usd")
        signed, review = row.get("sponsor_signed_on"), row.get("review_date")
        if signed and review and review <= signed:
            yield Message("This is not after the day the sponsor signed. Choose a later day.", field="review_date")
