"""A released comment, read back from the store."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equitybook.outcomes.registry import all_outcomes

if TYPE_CHECKING:
    from equitybook.store.handle import Handle, Record


@dataclass(frozen=True, slots=True)
class ReviewId:
    """Which step of which cycle a comment is about. As text it is the row's id: ``2-HR1-who_works_here``."""

    cycle: int
    code: str
    step: str

    def __str__(self) -> str:
        return f"{self.cycle}-{self.code}-{self.step}"

    @classmethod
    def read(cls, text: str) -> ReviewId:
        """Read it back.

        Raises
        ------
        ValueError
            If it names no cycle, outcome and step.
        """
        cycle, code, step = text.split("-", 2)
        return cls(int(cycle), code, step)


@dataclass(frozen=True, slots=True)
class Comment:
    """What a coach released on one step.

    ``section`` is the step's title as it was then, ``rating`` a code of ``RATING`` or empty, ``at`` the UTC time of the release.
    ``version`` counts the releases of this comment. ``resolved_on`` is the day the town put a must-fix right, by its own word.
    """

    id: ReviewId
    section: str
    rating: str
    strengths: str
    question: str
    must_fix: bool
    override_reason: str
    coach: str
    released_on: dt.date
    at: dt.datetime
    version: int
    resolved_on: dt.date | None = None
    resolved_by: str = ""

    @property
    def to_fix(self) -> bool:
        """Whether something is still to be put right."""
        return self.must_fix and self.resolved_on is None


def released_comments(handle: Handle, cycle: int) -> tuple[Comment, ...]:
    """Give the newest released comment on each step of a cycle, in the order of the steps.

    Parameters
    ----------
    handle
        The community's own part of the store, beside the database or with a kernel's token: both give released comments only.
    cycle
        Which cycle, from 1.
    """
    return comments_of(handle.released_reviews(), cycle)


def said_before(handle: Handle, cycle: int) -> tuple[Comment, ...]:
    """Give what a cycle's workbook shows of the coach: the comments on this cycle, then those on the one before."""
    records = handle.released_reviews()
    return (*comments_of(records, cycle), *comments_of(records, cycle - 1))


def comments_of(records: tuple[Record, ...], cycle: int) -> tuple[Comment, ...]:
    """Read the rows of ``review_released`` that are about a cycle, in the order of the steps."""
    read = [_comment(record) for record in records if record.cells.get("released_on")]
    order = [(code, step.id) for code, one in all_outcomes().items() for step in one.guide.steps]

    def place(one: Comment) -> tuple[int, str]:
        known = (one.id.code, one.id.step) in order
        return (order.index((one.id.code, one.id.step)) if known else len(order), str(one.id))

    return tuple(sorted((one for one in read if one.id.cycle == cycle), key=place))


def _comment(record: Record) -> Comment:
    values = record.values()
    release = record.cells["released_on"]

    def text(name: str) -> str:
        return str(values.get(name) or "")

    return Comment(
        id=ReviewId.read(record.id),
        section=text("section"),
        rating=text("rating"),
        strengths=text("strengths"),
        question=text("question"),
        must_fix=values.get("must_fix") is True,
        override_reason=text("override_reason"),
        coach=text("coach"),
        released_on=dt.date.fromisoformat(release.value),
        at=release.at,
        version=release.version,
        resolved_on=_day(values.get("resolved_on")),
        resolved_by=text("resolved_by"),
    )


def _day(value: Any) -> dt.date | None:  # noqa: ANN401 - a stored value
    return dt.date.fromisoformat(value) if value else None
