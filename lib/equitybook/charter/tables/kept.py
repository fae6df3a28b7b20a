"""What is kept on the way: evidence in a sentence, and decisions (specification 5.3 and 5.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from equitybook.charter.sentences import is_one_sentence
from equitybook.charter.vocabularies import CONFIDENCE, FLAG, TIER
from equitybook.codebook import LongText, Message, Row, column

LONGEST_STATEMENT = 240

_KEPT = "Evidence stays as it was kept. If it turned out wrong, keep a new one that says so."
_WRITTEN_WHEN_KEPT = ("evidence_id", "created_on", "kept_on")  # kept_on: as the day was called before it was created_on


class Evidence(Row, id="evidence", name="Evidence you keep", one_row="one thing the data said, in your words"):
    """Findings a team holds on to for its plan. Written by the page, one sentence each by a person; nothing in it changes later.

    The numbers are the town's own, exact (T1): they stand here and leave it in no summary.
    """

    evidence_id: str = column("Code", typed=False, example="C2-HR1-001", help="Cycle, outcome and number.")
    cycle: int = column("Cycle", typed=False, minimum=1, example=2)
    outcome: str = column("Outcome", typed=False, example="HR1")
    metric_id: str = column("Metric", typed=False, example="HR1.turnover")
    finding_id: str = column("Finding", typed=False, example="HR1.turnover.race")
    measure_id: str = column("Measure", typed=False, example="M1", refers="measures.measure_id")
    group: str = column("Group", typed=False, example="Hispanic or Latino", help="Empty where it is about the finding as a whole.")
    value: float = column("Value", typed=False, example=12.1, help="In the finding's own unit, on the day it was kept.")
    lower: float = column("Lowest", typed=False, example=7.4, help="The lower end of the interval the finding gives.")
    upper: float = column("Highest", typed=False, example=19.2, help="The upper end.")
    n: int = column("People behind it", typed=False, minimum=0, example=61)
    flag: Annotated[str, FLAG] = column("Flag", typed=False, example="LOOK_CLOSER")
    period: str = column("Period", typed=False, example="July 2025 to June 2026")
    says: LongText = column(
        "What the page said", typed=False, example="Turnover was 12.1 percent.", help="As it stood on the day it was kept."
    )
    source: str = column("Source", typed=False, example="Staff list")
    as_of: str = column("Data as of", typed=False, example="2026-06-30")
    statement: LongText = column(
        "In your words",
        typed=False,
        required=True,
        example="People in the permit office stay half as long as elsewhere, so intake is always new.",
        help=f"One sentence of up to {LONGEST_STATEMENT} characters. Name no people.",
    )
    confidence: Annotated[str, CONFIDENCE] = column("How sure are you", typed=False, required=True, example="medium")
    tier: Annotated[str, TIER] = column("Who may see the numbers", typed=False, example="T1")
    created_on: dt.date = column("Kept on", typed=False, example="2026-12-10")

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        """See that the sentence is one, and not too long."""
        said = row.get("statement") or ""
        if len(said) > LONGEST_STATEMENT:
            yield Message(f"This has {len(said)} characters; {LONGEST_STATEMENT} is the limit for one sentence.", field="statement")
        if not is_one_sentence(said):
            yield Message(
                "This reads as more than one sentence. It is kept as you wrote it; your plan quotes one more easily.",
                field="statement",
            )

    @classmethod
    def locked(cls, row: Mapping[str, Any]) -> Mapping[str, str]:
        """Append-only: what was kept is never edited."""
        kept = any(row.get(name) for name in _WRITTEN_WHEN_KEPT)
        return dict.fromkeys((column.name for column in cls.table.columns), _KEPT) if kept else {}


class Decisions(Row, id="decisions", name="What you decided", one_row="one decision"):
    """Decisions with their reasons, so that nobody has to guess in a year."""

    decision_id: str = column("Code", numbered="DEC", example="DEC1", help="Given by the workbook.")
    cycle: int = column("Cycle", minimum=1, example=1)
    question: str = column("Question", required=True, example="Residential permits only, or all permits?")
    options: LongText = column("What could you have done?", example="All permits; residential only; residential and small business")
    chosen: str = column("What did you choose?", required=True, example="Residential only")
    why: LongText = column("Why?", required=True, example="Nine of ten applications in Spanish are residential")
    who_role: str = column("Who decided?", required=True, example="Village manager", help="A role, not a name.")
    date: dt.date = column("When?", example="2026-11-27")
    revisit_on: dt.date = column("Look at it again on", example="2027-05-01")
