"""What participants enter about the group that carries the project: who is in it, by which rules, who does what, when it met."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any

from equitybook.codebook import LongText, Message, Money, Row, column
from equitybook.codebook.categories import DEPARTMENT
from equitybook.outcomes.internal_communications.working_group.rasci import task_problems
from equitybook.outcomes.internal_communications.working_group.vocabularies import (
    ADVISORY,
    AUTHORITY,
    DECISION_RULE,
    HAS_BUDGET,
    LEVEL,
    MEETS,
    RASCI,
    SEAT,
    SEVEN_C,
)

Read = Callable[[str], Sequence[Mapping[str, Any]]]
Records = Sequence[tuple[str, Mapping[str, Any]]]

USUAL_TASKS = (
    "Write the charter and have it agreed",
    "Ask for the data and follow up",
    "Run the staff survey",
    "Review the policy",
    "Bring residents in",
    "Write the action plan",
)
"""What most groups do in six months (specification 4.3, step 5)."""

_DECIDES = re.compile(r"\b(decides?|approves?|adopts?|sets? (?:the )?(?:policy|rules?))\b", re.IGNORECASE)


class Members(Row, id="ic1_members", name="Members of the group", one_row="one seat in the group"):
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
        yield from _twice(rows, "member_id", "Each member needs a code of their own.")
        yield from _twice(
            rows, "role_title", "Add a word, such as the shift or the building, so that the two can be told apart below."
        )


class Departments(Row, id="ic1_departments", name="Departments in scope", one_row="one department"):
    """What the group's reach is counted against."""

    department: Annotated[str, DEPARTMENT] = column("Department", required=True, example="Public Works")
    headcount: int = column(
        "Staff", unit="people", minimum=0, example=31, help="Full-time and part-time, from payroll. A round number will do."
    )
    in_scope: bool = column(
        "In scope?", required=True, example=True, help="Yes, if the project could change how this department works."
    )

    @classmethod
    def check_all(cls, rows: Records) -> Iterator[Message]:
        """See that no department is counted twice."""
        yield from _twice(rows, "department", "Keep one of the two, or its staff would count twice.")

    @classmethod
    def starters(cls, read: Read) -> Sequence[Mapping[str, Any]]:
        """Give the departments of the profile that are not here yet."""
        here = {_key(one.get("department")) for one in read(cls.table.id)}
        profile = next(iter(read("profile")), {})
        return [{"department": one, "in_scope": True} for one in profile.get("departments") or () if _key(one) not in here]


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


class Tasks(Row, id="ic1_tasks", name="Tasks of the group", one_row="one task"):
    """What has to be done in six months, one line each."""

    task_id: str = column("Code", required=True, example="T1", numbered="T", help="Given by the workbook.")
    task: str = column("Task", required=True, example="Ask for the data and follow up", help="Begin with a verb.")

    @classmethod
    def check_all(cls, rows: Records) -> Iterator[Message]:
        """See that codes stand for one task each."""
        yield from _twice(rows, "task_id", "Each task needs a code of its own.")

    @classmethod
    def starters(cls, read: Read) -> Sequence[Mapping[str, Any]]:
        """Give the usual tasks that are not here yet, numbered after those that are."""
        rows = read(cls.table.id)
        here = {_key(one.get("task")) for one in rows}
        numbers = [int(code[1:]) for one in rows if re.fullmatch(r"T\d{1,6}", code := str(one.get("task_id") or ""))]
        missing = [task for task in USUAL_TASKS if _key(task) not in here]
        return [{"task_id": f"T{number}", "task": task} for number, task in enumerate(missing, start=max(numbers, default=0) + 1)]


class Rasci(Row, id="ic1_rasci", name="Who does what", one_row="one member's part in one task"):
    """One letter per task and member. R does it, A answers for it, S helps, C is asked before, I is told after."""

    task_id: str = column("Task", required=True, example="T2", refers="ic1_tasks.task_id")
    member_id: str = column("Member", required=True, example="P3", refers="ic1_members.member_id")
    # Not required: an emptied cell of the grid of letters is an answer ("no part in it") and keeps its history.
    code: Annotated[str, RASCI] = column("Letter", example="A", help="Exactly one A per task, and at least one R.")

    @classmethod
    def check_all(cls, rows: Records) -> Iterator[Message]:
        """See that each task that has letters has one to answer for it and somebody to do it, and each pair one letter."""
        tasks: dict[str, list[tuple[str, str, str]]] = {}
        for row_id, values in rows:
            task, member, code = (values.get(name) for name in ("task_id", "member_id", "code"))
            if task and member and code:
                tasks.setdefault(str(task), []).append((row_id, str(member), str(code)))
        for task, cells in tasks.items():
            first = cells[0][0]
            members = [member for _, member, _ in cells]
            for member in dict.fromkeys(one for one in members if members.count(one) > 1):
                yield Message(
                    f"Task {task}: {member} has two letters. Keep one; “accountable and responsible” is AR.",
                    row=first,
                    field="code",
                )
            problems = task_problems([code for _, _, code in cells])
            for said in (*problems.errors, *problems.warnings):
                yield Message(f"Task {task}: {said}", row=first, field="code")


class Meetings(Row, id="ic1_meetings", name="Meetings", one_row="one meeting, held or planned"):
    """Dates, who came, and what became of what was agreed. Planned meetings have a date only."""

    date: dt.date = column("Date", required=True, example="2026-12-03", help="Put in the next three dates now.")
    invited: int = column("Invited", unit="people", minimum=0, example=7)
    attended: int = column("Came", unit="people", minimum=0, example=6)
    decisions: int = column("Decisions taken", minimum=0, example=2)
    actions_open: int = column("Actions still open", minimum=0, example=3, help="At the end of the meeting, old and new together.")
    actions_closed: int = column("Actions done", minimum=0, example=2, help="Since the meeting before.")

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        """See that no more came than were invited."""
        invited, attended = row.get("invited"), row.get("attended")
        if invited is not None and attended is not None and attended > invited:
            yield Message(
                f"{attended} came and {invited} were invited. Count guests among the invited, or leave them out.", field="attended"
            )

    @classmethod
    def check_all(cls, rows: Records) -> Iterator[Message]:
        """See that no meeting is counted twice."""
        yield from _twice(rows, "date", "Keep one of the two, or it would count twice.")


TABLES = (Members, Departments, Group, Tasks, Rasci, Meetings)


def _key(value: object) -> str:
    return " ".join(str(value or "").split()).casefold()


def _twice(rows: Records, field: str, advice: str) -> Iterator[Message]:
    """Name the rows whose value stands in a row above."""
    seen: dict[str, int] = {}
    for number, (row_id, values) in enumerate(rows, start=1):
        key = _key(values.get(field))
        if key and key in seen:
            yield Message(f"Row {number} has the same as row {seen[key]}: “{values[field]}”. {advice}", row=row_id, field=field)
        if key:
            seen.setdefault(key, number)
