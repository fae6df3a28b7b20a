"""What the group does: its tasks, who has which part in them, and its meetings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from equitybook.codebook import Message, Row, column
from equitybook.codebook.same import Read, Records, key_of, twice
from equitybook.outcomes.internal_communications.working_group.rasci import task_problems
from equitybook.outcomes.internal_communications.working_group.vocabularies import RASCI

USUAL_TASKS = (
    "Write the charter and have it agreed",
    "Ask for the data and follow up",
    "Run the staff survey",
    "Review the policy",
    "Bring residents in",
    "Write the action plan",
)
"""What most groups do in six months (specification 4.3, step 5)."""


class Tasks(
    Row,
    id="ic1_tasks",
    name="Tasks of the group",
    one_row="one task",
    empty="No tasks yet. The button adds the six most groups have; change them as you like.",
):
    """What has to be done in six months, one line each."""

    task_id: str = column("Code", required=True, example="T1", numbered="T", help="Given by the workbook.")
    task: str = column("Task", required=True, example="Ask for the data and follow up", help="Begin with a verb.")

    @classmethod
    def check_all(cls, rows: Records) -> Iterator[Message]:
        """See that codes stand for one task each."""
        yield from twice(rows, "task_id", "Each task needs a code of its own.")

    @classmethod
    def starters(cls, read: Read) -> Sequence[Mapping[str, Any]]:
        """Give the usual tasks that are not here yet, numbered after those that are."""
        rows = read(cls.table.id)
        here = {key_of(one.get("task")) for one in rows}
        numbers = [int(code[1:]) for one in rows if re.fullmatch(r"T\d{1,6}", code := str(one.get("task_id") or ""))]
        missing = [task for task in USUAL_TASKS if key_of(task) not in here]
        return [{"task_id": f"T{number}", "task": task} for number, task in enumerate(missing, start=max(numbers, default=0) + 1)]


class Rasci(
    Row,
    id="ic1_rasci",
    name="Who does what",
    one_row="one member's part in one task",
    empty="Add members and tasks first. Then choose one letter where a member has a part in a task.",
):
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


class Meetings(
    Row,
    id="ic1_meetings",
    name="Meetings",
    one_row="one meeting, held or planned",
    empty="No meetings yet. Put in the dates of the first three; the other columns wait until you have met.",
):
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
        yield from twice(rows, "date", "Keep one of the two, or it would count twice.")
