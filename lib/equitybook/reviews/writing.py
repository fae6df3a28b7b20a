"""A coach's side of the comments: drafts as they are typed, releases, and a town's word that something is put right."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from equitybook.errors import DataError
from equitybook.reviews.checks import open_checks
from equitybook.reviews.comments import Comment, ReviewId, comments_of
from equitybook.reviews.tables import RATING, READY, WRITTEN, Review
from equitybook.store.beside import RELEASED
from equitybook.store.handle import Edit

if TYPE_CHECKING:
    from equitybook.outcomes.gate import Check
    from equitybook.outcomes.registry import Outcome
    from equitybook.store.handle import Cell, Handle

DRAFTS = Review.table.id
_MEANWHILE = "Somebody else has released another comment on this step meanwhile. Load the page again and read it first."


@dataclass(frozen=True, slots=True)
class StepReview:
    """One step as its coach sees it: what is drafted, what the town reads, and the page's own checks.

    ``ask`` is the question bank's, at an outcome's first step. ``cells`` are the draft's fields that were ever written, by name; ``comment`` is the newest release, ``cells_out`` its fields.
    """

    id: ReviewId
    title: str
    ask: str
    checks: tuple[Check, ...] = ()
    cells: Mapping[str, Cell] = field(default_factory=dict)
    comment: Comment | None = None
    cells_out: Mapping[str, Cell] = field(default_factory=dict)

    def value(self, name: str) -> Any:  # noqa: ANN401 - text, yes or no
        """Give a field of the draft; empty text where there is nothing."""
        return self.cells[name].value if name in self.cells and self.cells[name].value is not None else ""

    @property
    def written(self) -> bool:
        """Whether there is anything to release."""
        return any(self.value(name) for name in WRITTEN if name != "override_reason")

    @property
    def changed(self) -> bool:
        """Whether the draft says something else than what the town reads."""
        if self.comment is None:
            return self.written
        out = {name: cell.value or "" for name, cell in self.cells_out.items()}
        return any(self.value(name) != out.get(name, "") for name in WRITTEN if name != "must_fix") or (
            bool(self.value("must_fix")) != self.comment.must_fix
        )

    @property
    def hold(self) -> str:
        """Why the draft cannot be released as it is; empty where it can (specification 5.6)."""
        if not self.written:
            return f"Nothing is written on “{self.title}” yet."
        waiting = open_checks(self.checks)
        if self.value("must_fix") and not any(str(self.value(name)).strip() for name in ("strengths", "question")):
            return f"“{self.title}” asks the town to put something right and does not say what. Write it into the question."
        if self.value("rating") == READY and waiting and not str(self.value("override_reason")).strip():
            lines = " ".join(f"“{one.text}”" for one in waiting)
            return (
                f"“{self.title}” is rated {RATING.label(READY)} while the page still finds open: {lines} "
                "Write why it is ready all the same, or choose another rating."
            )
        return ""


def read_sheet(
    side: Handle, cycle: int, outcomes: Sequence[Outcome], checks: Mapping[str, Mapping[str, tuple[Check, ...]]]
) -> tuple[StepReview, ...]:
    """Give every step of a cycle as its coach sees it.

    Parameters
    ----------
    side
        The coach's part of the store for the town (``Store.coach_side``).
    cycle, outcomes
        The cycle, from 1, and what it works on.
    checks
        The page's own checks by outcome code and step; steps that are absent have none.
    """
    drafts = {record.id: record.cells for record in side.read(DRAFTS)}
    records = side.read(RELEASED)
    out = {record.id: record.cells for record in records}
    comments = {str(one.id): one for one in comments_of(records, cycle)}
    found = []
    for one in outcomes:
        for at, step in enumerate(one.guide.steps):
            name = str(place := ReviewId(cycle, one.code, step.id))
            found.append(
                StepReview(
                    id=place,
                    title=step.title,
                    ask="" if at else one.guide.coach_question,  # the bank has one question for an outcome
                    checks=checks.get(one.code, {}).get(step.id, ()),
                    cells=drafts.get(name, {}),
                    comment=comments.get(name),
                    cells_out=out.get(name, {}),
                )
            )
    return tuple(found)


def release(side: Handle, step: StepReview, *, coach: str, today: dt.date) -> None:
    """Copy a draft to what the town reads, as its next version. A must-fix is open again: the coach has looked once more.

    Raises
    ------
    DataError
        If nothing is written, "Ready" lacks a reason (``StepReview.hold``), or somebody else released a comment on this step since
        ``step`` was read.
    """
    if step.hold:
        raise DataError(step.hold)
    values: dict[str, Any] = {name: step.value(name) or None for name in WRITTEN} | {"must_fix": bool(step.value("must_fix"))}
    values |= {"cycle": step.id.cycle, "section": step.title, "coach": coach, "resolved_on": None, "resolved_by": None}
    # Last, and each time: its version counts the releases, and two at the same moment meet here.
    values["released_on"] = today.isoformat()
    _write(side, step.id, values, step.cells_out)


def resolve(side: Handle, place: ReviewId, *, version: int, done: bool, who: str, today: dt.date) -> Comment:
    """Note that a town has put right what its coach asked for, or take that back.

    Parameters
    ----------
    side
        The coach's part of the store for the town, in the name of the participant.
    place, version
        Which comment, and which release of it the person has read.
    done, who, today
        Whether it is put right, by whom (a name), and the date.

    Raises
    ------
    DataError
        If there is no such comment, it asks for nothing, or the coach has released another one meanwhile.
    """
    records = side.read(RELEASED)
    comment = next((one for one in comments_of(records, place.cycle) if one.id == place), None)
    if comment is None or not comment.must_fix:
        raise DataError("There is nothing to put right at this step. Load the page again.")
    if comment.version != version:
        raise DataError("Your coach has released a new comment on this step. Load the page again and read it first.")
    cells = next(record.cells for record in records if record.id == str(place))
    _write(side, place, {"resolved_on": today.isoformat() if done else None, "resolved_by": who if done else None}, cells)
    return next(one for one in comments_of(side.read(RELEASED), place.cycle) if one.id == place)


def to_release(side: Handle, cycle: int, outcomes: Sequence[Outcome]) -> int:
    """Count a cycle's drafts that the town has not got as they stand."""
    return sum(one.written and one.changed for one in read_sheet(side, cycle, outcomes, {}))


def _write(side: Handle, place: ReviewId, values: Mapping[str, Any], cells: Mapping[str, Cell]) -> None:
    batch = secrets.token_hex(8)
    edits = [
        Edit(
            table=RELEASED,
            row=str(place),
            field=name,
            value=value,
            expected=cells[name].version if name in cells else 0,
            key=f"{batch}-{name}",
            batch=batch,
        )
        for name, value in values.items()
    ]
    if any(one.status == "conflict" for one in side.write(edits)):
        raise DataError(_MEANWHILE)
