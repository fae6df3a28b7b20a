"""The closed lists of the data inventory (specification PM1)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from equitybook.charter.vocabularies import DATA_FIELD
from equitybook.codebook import Vocabulary
from equitybook.outcomes.content import read_content

CONTENT = Path(__file__).with_name("content.yml")
_LIBRARY = Path(__file__).parents[3]

CORE_FIELDS = ("race_ethnicity", "sex_gender", "geography", "language", "disability")
"""The five fields the score of a data set is the mean of."""

FIELD_HEADS = {
    "race_ethnicity": "Race",
    "sex_gender": "Sex",
    "age": "Age",
    "disability": "Disability",
    "language": "Language",
    "geography": "Address",
    "income": "Income",
    "veteran": "Veteran",
}
"""A field in one word, for the head of a column."""

SYSTEM = Vocabulary(
    "System",
    {
        "HRIS": "Personnel system (HRIS)",
        "ERP/Finance": "Finance system (ERP)",
        "311/CRM": "Service requests (311, CRM)",
        "CAD/RMS": "Dispatch and police records (CAD, RMS)",
        "Permitting": "Permitting system",
        "Recreation registration": "Recreation registration",
        "Spreadsheet": "Spreadsheet",
        "Paper": "Paper",
        "Vendor portal": "Vendor portal",
        "Other": "Other",
    },
)
RECORD_OF = Vocabulary(
    "One record is",
    {
        "person": "A person",
        "employee": "An employee",
        "applicant": "A job applicant",
        "household": "A household",
        "case": "A case",
        "request": "A request",
        "transaction": "A transaction",
        "location": "A location",
        "vendor": "A vendor",
    },
)
REFRESH = Vocabulary(
    "Brought up to date",
    {
        "real-time": "As it happens",
        "daily": "Every day",
        "weekly": "Every week",
        "monthly": "Every month",
        "quarterly": "Every quarter",
        "annual": "Every year",
        "ad hoc": "Now and then",
    },
)
NOT_COLLECTED = "NOT_COLLECTED"
METHOD = Vocabulary(
    "How group is recorded",
    {
        "SELF_REPORT": "People say it themselves",
        "STAFF_OBSERVED": "Staff note what they see",
        "THIRD_PARTY": "Another organization tells us",
        "IMPUTED": "Estimated from a name or address",
        NOT_COLLECTED: "Not collected",
    },
)
NOT_SAID_BY_THE_PERSON = ("STAFF_OBSERVED", "IMPUTED")
STANDARD = Vocabulary(
    "Categories",
    {
        "EEO4_7": "EEO-4, seven groups",
        "OMB_1997": "Federal categories of 1997",
        "OMB_2024": "Federal categories of 2024 (one question, choose all that fit)",
        "LOCAL": "A list of our own",
        "NONE": "None",
    },
)
ACCESS = Vocabulary(
    "Who may see it",
    {"PUBLIC": "Anybody", "INTERNAL": "Our staff", "RESTRICTED": "Some of our staff", "CONFIDENTIAL": "A few named roles"},
)
STATUS = Vocabulary("Status", {"asked": "Asked", "received": "Received", "refused": "Refused", "not available": "Not available"})


def _steps() -> Iterator[tuple[str, str]]:
    """Walk the words of the charter and of every room: only steps with tables have data somebody could be asked for."""
    for path in (_LIBRARY / "charter/content.yml", *sorted((_LIBRARY / "outcomes").glob("*/*/content.yml"))):
        guide = read_content(path)  # kept once read: each outcome reads its own as well
        yield from ((f"{guide.code}.{step.id}", f"{guide.title}: {step.title}") for step in guide.steps if step.tables)


STEP = Vocabulary("Step of the workbook", dict(_steps()))
"""Steps of all cycles whose data can be asked for, as ``"<CODE>.<step id>"``."""

__all__ = [
    "ACCESS",
    "CONTENT",
    "CORE_FIELDS",
    "DATA_FIELD",
    "FIELD_HEADS",
    "METHOD",
    "NOT_COLLECTED",
    "NOT_SAID_BY_THE_PERSON",
    "RECORD_OF",
    "REFRESH",
    "STANDARD",
    "STATUS",
    "STEP",
    "SYSTEM",
]
