"""The community: who it is, and what the Census says of its residents (specification 4.3, steps 1 and 2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from equitybook.charter.vocabularies import ENTITY, GOVERNMENT, TOPIC
from equitybook.codebook import Message, Row, column
from equitybook.codebook.categories import DEPARTMENT
from equitybook.codebook.same import Read, Records, key_of, twice


class Profile(Row, id="profile", name="Your community", one_row="one town", single=True):
    """The town and the two people who work on the project, by role."""

    municipality: str = column("Municipality", required=True, example="Prairie Glen")
    entity_type: Annotated[str, ENTITY] = column("Kind of government", required=True, example="Municipality")
    county: str = column("County", example="Cook")
    population: int = column("Residents", unit="people", minimum=0, example=18_400, help="The latest figure you use yourselves.")
    employees_total: int = column(
        "Staff on the payroll",
        unit="people",
        minimum=0,
        example=112,
        help="Full-time and part-time together. From 15 people on, federal rules ask you to keep staff records; from 100 on, to file them.",
    )
    fy_start: dt.date = column("Fiscal year begins", example="2026-05-01", help="Any year: the day and month count.")
    form_of_government: Annotated[str, GOVERNMENT] = column("Form of government", example="Council-manager")
    departments: list[Annotated[str, DEPARTMENT]] = column(
        "Departments you have",
        example=["Police", "Public Works", "Finance"],
        help="All of them. The team's reach is counted against this list.",
    )
    role_a: str = column("First participant's role", required=True, example="HR director", help="The role, not the name.")
    department_a: Annotated[str, DEPARTMENT] = column("First participant's department", example="HR")
    role_b: str = column("Second participant's role", required=True, example="Deputy police chief")
    department_b: Annotated[str, DEPARTMENT] = column("Second participant's department", example="Police")


class Departments(
    Row,
    id="ic1_departments",
    name="Departments in scope",
    one_row="one department",
    empty="No departments yet. The button adds those of your profile.",
):
    """What reach is counted against, the working group's and the data inventory's."""

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
        yield from twice(rows, "department", "Keep one of the two, or its staff would count twice.")

    @classmethod
    def starters(cls, read: Read) -> Sequence[Mapping[str, Any]]:
        """Give the departments of the profile that are not here yet."""
        here = {key_of(one.get("department")) for one in read(cls.table.id)}
        profile = next(iter(read("profile")), {})
        return [{"department": one, "in_scope": True} for one in profile.get("departments") or () if key_of(one) not in here]


class Benchmark(Row, id="benchmark", name="What the Census says", one_row="one figure of one group of residents"):
    """Figures of the American Community Survey, 5-year, with their margins of error at 90 percent."""

    topic: Annotated[str, TOPIC] = column("Topic", required=True, example="RACE")
    group: str = column("Code", required=True, example="HISP", help="TOTAL is everybody the topic counts.")
    label: str = column("Group in words", required=True, example="Hispanic or Latino")
    estimate: int = column("Estimate", unit="people", required=True, minimum=0, example=4_416)
    moe: float = column("Margin of error", unit="people", minimum=0, example=310, help="At 90 percent, as the Census prints it.")
    geography: str = column("Place", required=True, example="Prairie Glen village, Illinois")
    source: str = column("Source", required=True, example="ACS 5-year 2019–2023, table B03002")

    @classmethod
    def check_all(cls, rows: Records) -> Iterator[Message]:
        """See that no group stands twice in a topic: its people would be counted twice."""
        seen: dict[tuple[Any, Any], int] = {}
        for number, (row_id, values) in enumerate(rows, start=1):
            key = (values.get("topic"), str(values.get("group") or "").strip().upper())
            if not all(key):
                continue
            if key in seen:
                said = f"Row {number}, Code: {values['group']} stands in row {seen[key]} already. Keep one of the two, or its people are counted twice."
                yield Message(said, row=row_id, field="group")
            seen.setdefault(key, number)
