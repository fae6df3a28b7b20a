"""What a programme is made of, as cohort.toml says it: partners, communities, people, cycles, sessions.

Each class is one kind of section of the file. ``description`` says what is right where a value is wrong; ``examples`` shows one.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Role = Literal["participant", "coach", "lead"]
EntityType = Literal["Municipality", "School District", "Library", "Township", "Park District", "Other"]
Government = Literal["Council-manager", "Village administrator", "Mayor-council", "Commission", "Other"]

Slug = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=60,
        description="Small letters, digits and hyphens.",
        examples=["prairie-glen"],
    ),
]
Username = Annotated[
    str,
    Field(
        pattern=r"^[a-z][a-z0-9._-]{0,31}$",
        description="Small letters, digits, dots and hyphens; a letter first.",
        examples=["maria"],
    ),
]
Words = Annotated[str, Field(min_length=1, description="A few words.", examples=["Prairie Glen"])]
Day = Annotated[dt.date, Field(description="A date as year-month-day, without quotes.", examples=[dt.date(2026, 11, 17)])]


class Section(BaseModel):
    """Base of every section: frozen, and a key that does not exist is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class About(Section):
    """``[cohort]``: what the cohort is called. ``participants_each`` is how many staff every community sends."""

    name: Slug
    title: Words
    time_zone: Annotated[str, Field(description="A name of the time-zone list.", examples=["America/Chicago"])] = "America/Chicago"
    participants_each: Annotated[int, Field(ge=1, le=12, description="A whole number.", examples=[2])] = 2


class Partner(Section):
    """``[[partners]]``: who runs the programme."""

    name: Words
    role: Words


class Person(Section):
    """Somebody who signs in. ``communities`` are the ones this person may open; a participant has exactly one."""

    username: Username
    name: Words
    role: Role
    community: str | None = None
    communities: tuple[str, ...] = ()


class Participant(Person):
    """``[[communities.participants]]``: one of a community's senior staff.

    ``senior`` says whether the person has decision-making authority; ``entity`` is the government body that employs them.
    """

    role: Literal["participant"] = "participant"
    title: Words
    department: Words
    entity: Words
    entity_type: EntityType = "Municipality"
    senior: Annotated[bool, Field(description="true or false, without quotes.", examples=[True])]


class Coach(Person):
    """``[[coaches]]``: a coach and the group of communities coached."""

    role: Literal["coach"] = "coach"
    communities: Annotated[
        tuple[Slug, ...], Field(min_length=1, description="A list of community slugs.", examples=[["prairie-glen"]])
    ]


class Lead(Person):
    """``[[leads]]``: leads the cohort; opens every community."""

    role: Literal["lead"] = "lead"


class Community(Section):
    """``[[communities]]``: one municipality of the cohort.

    ``population`` counts residents, ``employees`` people on the payroll. ``written_commitment`` says who signed, and when,
    the commitment to organisation-wide participation that replaces a second department; empty where there is none.
    """

    slug: Slug
    name: Words
    entity_type: EntityType = "Municipality"
    state: Words = "Illinois"
    county: Words
    population: Annotated[int, Field(ge=1, description="A whole number, without commas.", examples=[18400])]
    employees: Annotated[int, Field(ge=1, description="A whole number, without commas.", examples=[112])]
    form_of_government: Government = "Other"
    fiscal_year_start: Annotated[
        str, Field(pattern=r"^(0[1-9]|1[0-2])-\d\d$", description="Month and day.", examples=["05-01"])
    ] = "05-01"
    departments: Annotated[tuple[Words, ...], Field(description="A list of names.", examples=[["Police", "Finance"]])] = ()
    written_commitment: str = ""
    participants: tuple[Participant, ...] = ()

    @property
    def roles(self) -> dict[str, str]:
        """Its participants' roles, by user name: who did something, said without a name."""
        return {one.username: one.title for one in self.participants}


class Cycle(Section):
    """``[[cycles]]``: one month of the programme. ``slug`` is also the name of its workbook file.

    Participants work on their own from ``work_from`` to ``due``, both included; coaching is from ``coaching_from`` to ``coaching_to``.
    """

    number: Annotated[int, Field(ge=1, description="A whole number from 1.", examples=[2])]
    slug: Annotated[
        str,
        Field(
            pattern=r"^[a-z][a-z0-9_]*$",
            description="Small letters, digits and underscores.",
            examples=["cycle_2_measures_workforce"],
        ),
    ]
    title: Words
    outcomes: Annotated[tuple[str, ...], Field(min_length=1, description="A list of outcome codes.", examples=[["PM2", "HR1"]])]
    training_day: Day
    work_from: Day
    due: Day
    coaching_from: Day
    coaching_to: Day


class Session(Section):
    """``[[sessions]]``: a training or a small-group coaching session, and who came.

    ``communities`` empty is all of them. ``present`` left out is "not recorded yet"; a list names everybody who came.
    """

    cycle: int
    kind: Literal["training", "coaching"]
    date: Day
    led_by: tuple[Username, ...] = ()
    communities: tuple[Slug, ...] = ()
    present: tuple[Username, ...] | None = None


class Programme(Section):
    """The whole file."""

    cohort: About
    partners: tuple[Partner, ...] = ()
    communities: Annotated[tuple[Community, ...], Field(min_length=1, description="At least one [[communities]] section.")]
    coaches: tuple[Coach, ...] = ()
    leads: tuple[Lead, ...] = ()
    cycles: Annotated[tuple[Cycle, ...], Field(min_length=1, description="At least one [[cycles]] section.")]
    sessions: tuple[Session, ...] = ()
