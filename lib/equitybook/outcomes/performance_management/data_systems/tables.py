"""The data inventory: data sets, the fields they hold about people, requests for data, and the promise made when asking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any

from equitybook.codebook import LongText, Message, Row, column
from equitybook.codebook.categories import DEPARTMENT
from equitybook.outcomes.performance_management.data_systems.vocabularies import (
    ACCESS,
    DATA_FIELD,
    METHOD,
    RECORD_OF,
    REFRESH,
    STANDARD,
    STATUS,
    STEP,
    SYSTEM,
)


class DataSets(
    Row,
    id="pm1_datasets",
    name="Your data sets",
    one_row="one data set",
    empty="No data set yet. Begin with the records your project is about, then those of the departments around it.",
):
    """Where the town keeps records that concern people. A drawer of paper forms is one too."""

    dataset_id: str = column("Code", required=True, numbered="D", example="D1", help="Given by the workbook.")
    name: str = column("Data set", required=True, example="Building permit applications")
    department: Annotated[str, DEPARTMENT] = column("Department", required=True, example="Community Development/Planning")
    steward_role: str = column(
        "Who answers for it?",
        required=True,
        example="Permit coordinator",
        help="A role, not a name: the one who can change the form.",
    )
    system: Annotated[str, SYSTEM] = column("Where is it kept?", example="Permitting")
    unit_of_record: Annotated[str, RECORD_OF] = column("One record is", required=True, example="case")
    records_12mo: int = column(
        "Records of the last 12 months",
        unit="records",
        required=True,
        minimum=0,
        example=640,
        help="New or open in the last 12 months. 0 is an answer.",
    )
    refresh: Annotated[str, REFRESH] = column("How often is it brought up to date?", required=True, example="daily")
    collection_method: Annotated[str, METHOD] = column(
        "How do you learn people's group?",
        required=True,
        example="SELF_REPORT",
        help="Race, sex, language and so on. Choose “Not collected” where the records hold nothing of the kind.",
    )
    category_standard: Annotated[str, STANDARD] = column("Which categories of race?", example="NONE")
    access: Annotated[str, ACCESS] = column("Who may see it?", required=True, example="RESTRICTED")
    retention_years: float = column("Kept for", unit="years", minimum=0, maximum=100, example=7)
    legal_basis: LongText = column(
        "What lets or makes you collect it?", example="Village code, chapter 6", help="Leave it empty if you do not know yet."
    )
    quality_note: LongText = column("What should a reader know?", example="Language is noted only where an interpreter was called")

    @classmethod
    def check_all(cls, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[Message]:
        """See that no code stands for two data sets."""
        for number, first, row_id, values in _repeated(rows, "dataset_id"):
            text = f"Row {number} has the code {values['dataset_id']} of row {first}. Each data set needs a code of its own."
            yield Message(text, row=row_id, field="dataset_id")


class Fields(
    Row,
    id="pm1_fields",
    name="What the records say about people",
    one_row="one field of one data set",
    empty="Nothing described yet. Enter your data sets first; then add a row for each of their fields at once.",
):
    """Which field is asked, of how many, and how many answers can be used."""

    dataset_id: str = column("Data set", required=True, refers="pm1_datasets.dataset_id", example="D1")
    field: Annotated[str, DATA_FIELD] = column("Field", required=True, example="language")
    asked: bool = column("Is it asked?", required=True, example=True, help="Yes if the form or the system has a place for it.")
    n_asked: int = column("Asked", unit="records", minimum=0, example=480, help="Of the records of the last 12 months.")
    n_usable: int = column(
        "Usable answers",
        unit="records",
        minimum=0,
        example=402,
        help="An answer a count could use: not blank, not “declined”, not “other”.",
    )
    n_declined: int = column("Declined", unit="records", minimum=0, example=31, help="Asked, and the person chose not to say.")

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        """See that usable and declined answers stay within those asked."""
        counts = ("n_asked", "n_usable", "n_declined")
        of, usable, declined = (row.get(name) for name in counts)
        if row.get("asked") is False:
            for field in counts:
                if row.get(field):
                    yield Message(
                        f"{row[field]:,} is entered for a field that is not asked. Choose yes, or clear the number.", field=field
                    )
        elif of is not None:
            for field, value in (("n_usable", usable), ("n_declined", declined)):
                if value is not None and value > of:
                    yield Message(f"{value:,} is more than the {of:,} asked. Check the two numbers.", field=field)
            if usable is not None and declined is not None and max(usable, declined) <= of < usable + declined:
                text = f"{usable:,} usable and {declined:,} declined are {usable + declined:,}, more than the {of:,} asked."
                yield Message(text, field="n_declined")

    @classmethod
    def check_all(cls, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[Message]:
        """See that a field is described once for each data set."""
        for number, first, row_id, values in _repeated(rows, "dataset_id", "field"):
            words = f"{DATA_FIELD.label(values['field'])} of {values['dataset_id']}"
            yield Message(f"Row {number} is about {words}, like row {first}. Keep one of the two.", row=row_id, field="field")

    @classmethod
    def starters(cls, read: Callable[[str], Sequence[Mapping[str, Any]]]) -> Sequence[Mapping[str, Any]]:
        """Give one row for each field of each data set that has none yet; whether it is asked is for the town to say."""
        there = {(row.get("dataset_id"), row.get("field")) for row in read("pm1_fields")}
        codes = dict.fromkeys(row["dataset_id"] for row in read("pm1_datasets") if row.get("dataset_id"))
        return [{"dataset_id": code, "field": field} for code in codes for field in DATA_FIELD.codes if (code, field) not in there]


class Requests(
    Row,
    id="pm1_requests",
    name="Data you have asked for",
    one_row="one request",
    empty="No request yet. Ask for what takes longest first, and log the day you asked.",
):
    """What was asked of whom, and when. A dated request counts for the step it is for, even when the answer is no."""

    what: str = column(
        "What did you ask for?", required=True, example="Permit log 2023 to 2025 with the language of the application"
    )
    who_role: str = column("Whom?", required=True, example="Permit software vendor", help="A role or an organization, not a name.")
    asked_on: dt.date = column("Asked on", required=True, example="2026-11-16")
    expected_on: dt.date = column("Expected on", example="2026-12-07")
    got_on: dt.date = column("Received on", example="")
    status: Annotated[str, STATUS] = column("Status", required=True, example="asked")
    for_step: Annotated[str, STEP] = column(
        "For which step?", example="CHARTER.residents", help="That step then shows “Data requested” until the data are here."
    )
    measure_id: str = column("For which measure?", refers="measures.measure_id", example="M1")

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        """See that the dates follow each other and fit the status."""
        asked, status = row.get("asked_on"), row.get("status")
        for field, what in (("expected_on", "expected"), ("got_on", "received")):
            if asked and row.get(field) and row[field] < asked:
                yield Message(
                    f"{_day(row[field])} is before {_day(asked)}, when it was asked. Check what was {what} when.", field=field
                )
        if status == "received" and not row.get("got_on"):
            yield Message("The data are received, but not since when. Enter the day.", field="got_on")
        if row.get("got_on") and status and status != "received":
            yield Message(f"The data came on {_day(row['got_on'])}, so the status is “Received”.", field="status")


class Notice(Row, id="pm1_notice", name="What you promise when you ask", one_row="one town", single=True):
    """The collection notice in its four parts; the page puts them into one paragraph."""

    purpose: LongText = column(
        "What do you need it for?",
        required=True,
        example="We ask about language and race to see whether everybody gets a permit in the same time.",
        help="In words for the people you ask, not for your system.",
    )
    voluntary: LongText = column(
        "Must people answer?",
        required=True,
        example="Answering is up to you. Not answering changes nothing about your application.",
    )
    who_sees: LongText = column(
        "Who sees the answers?",
        required=True,
        example="The permit coordinator keeps the answers apart from your application. Nobody who decides on a permit sees them.",
    )
    kept: LongText = column(
        "How long are they kept?", required=True, example="We keep them for three years and then delete them; only totals stay."
    )
    all_in_scope: bool = column(
        "Are all data sets of your scope in the inventory?",
        example=False,
        help="Yes if there is no other data set about people in the departments your project is about, even if that makes fewer than five.",
    )


TABLES = (DataSets, Fields, Requests, Notice)


def _repeated(rows: Sequence[tuple[str, Mapping[str, Any]]], *names: str) -> Iterator[tuple[int, int, str, Mapping[str, Any]]]:
    """Find rows whose key an earlier row has: (row number, the first one's number, row id, values)."""
    seen: dict[tuple[Any, ...], int] = {}
    for number, (row_id, values) in enumerate(rows, start=1):
        key = tuple(values.get(name) for name in names)
        if None in key:
            continue
        if key in seen:
            yield number, seen[key], row_id, values
        seen.setdefault(key, number)


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"
