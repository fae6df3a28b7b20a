"""What a coach writes on a step, and what a town reads of it (specification 5.6)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from equitybook.codebook import LongText, Row, Vocabulary, column
from equitybook.store.beside import RELEASED

RATING = Vocabulary("Where the step stands", {"0": "Not started", "1": "Emerging", "2": "Developing", "3": "Ready"})
READY = "3"

LONGEST = 4_000
"""Characters in one field of a comment: two pages, more than anybody reads beside a step."""


class Review(Row, id="review", name="What the coach writes", one_row="one step of one cycle"):
    """The coach's draft on a step. The row's id is ``<cycle>-<CODE>-<step>``."""

    rating: Annotated[str, RATING] = column("Where the step stands", example="2")
    strengths: LongText = column("What is strong", example="The problem is one sentence, and a department of yours can move it.")
    question: LongText = column("One question", example="Which benchmark would your harshest critic choose?")
    must_fix: bool = column("Must be put right", example=False)
    override_reason: LongText = column(
        "Why it is ready all the same",
        example="Payroll answers next week; nothing else depends on it.",
        help="Asked for where a check of the page is still open.",
    )


class ReleasedReview(Review, id=RELEASED, name="The coach's comments", one_row="one step of one cycle"):
    """What the town reads: a copy of the draft as it stood on the day it was released. Earlier releases stay in the history."""

    cycle: int = column("Cycle", minimum=1, example=2)
    section: str = column("Step", example="Who works here")
    coach: str = column("By", example="Sam Coach")
    released_on: dt.date = column("Released on", example="2026-11-24")
    resolved_on: dt.date = column("Put right on", example="2026-11-30")
    resolved_by: str = column("Put right by", example="Maria Ruiz")


WRITTEN = tuple(one.name for one in Review.table.columns)
"""The fields a coach types into."""
