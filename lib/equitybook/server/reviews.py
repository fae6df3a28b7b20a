"""A coach's comments: drafts saved as they are typed, released when the coach says so, put right when the town says so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equitybook.errors import DataError
from equitybook.outcomes.registry import known
from equitybook.reviews import RATING, WRITTEN, Review, ReviewId, release, resolve
from equitybook.reviews.tables import LONGEST
from equitybook.server.access import Api, Refusal
from equitybook.server.review_sheet import sheet_of, state_words
from equitybook.server.workbook_page import cycle_of
from equitybook.store.handle import Edit

if TYPE_CHECKING:
    from equitybook.program import Cycle, Person
    from equitybook.server.shared import Shared
    from equitybook.store.handle import Receipt

_MOST_EDITS = 200
_KEY = re.compile(r"[A-Za-z0-9_:-]{1,64}")


class _Reviewing(Api):
    def place(self, community: str, workbook: str) -> Cycle:
        """Find the cycle; the town must be one of this cohort's, for a lead may ask for any."""
        if community not in {one.slug for one in self.shared.cohort.communities}:
            raise Refusal(404, "This cohort has no such town. Your home page lists the ones there are.")
        return cycle_of(self.shared, workbook)


class ReviewDraft(_Reviewing):
    """``POST reviews/<town>/<cycle>`` with ``{"edits": [{"step", "field", "value", "expected", "key"}]}``."""

    async def post(self, community: str, workbook: str) -> None:
        """Save what a coach types, field by field; the town does not see it."""
        cycle = self.place(community, workbook)
        wishes = self.body().get("edits")
        if not isinstance(wishes, list) or not 0 < len(wishes) <= _MOST_EDITS:
            raise Refusal(400, f"edits is a list of 1 to {_MOST_EDITS} edits.")
        steps = {f"{one.code}-{step.id}" for one in known(self.shared.cohort.parts_of(cycle)) for step in one.guide.steps}
        edits = [_edit(wish, cycle.number, steps) for wish in wishes]
        side = self.shared.store.coach_side(community, author=self.person.username)
        receipts = await self.shared.aside(side.write, edits)
        names = {one.username: one.name for one in self.shared.people.values()}
        self.answer({"results": [_result(one, names) for one in receipts], "at": dt.datetime.now(dt.UTC).isoformat()})


class ReviewRelease(_Reviewing):
    """``POST reviews/<town>/<cycle>/release`` with ``{"step": …}``; an empty step releases all that are ready to be."""

    async def post(self, community: str, workbook: str) -> None:
        """Let the town read one step's comment, or all of them; say which, and which had to wait and why."""
        cycle = self.place(community, workbook)
        step = self.body().get("step")
        if not isinstance(step, str):
            raise Refusal(400, "step is the code and step of a comment, or empty for all of them.")
        said = await self.shared.aside(_release, self.shared, self.person, community, cycle, step)
        if said["released"]:
            self.shared.releases.note(community, cycle.number)
        self.answer(said)


class ReviewResolve(Api):
    """``POST reviews/resolved`` with ``{"comment", "version", "resolved": true | false}``."""

    async def post(self) -> None:
        """Note that the town has put right what its coach asked for, or take that back."""
        said = self.body()
        version, done = said.get("version"), said.get("resolved")
        if not isinstance(version, int) or isinstance(version, bool) or not isinstance(done, bool):
            raise Refusal(400, "version is the release that was read, resolved is true or false.")
        try:
            place = ReviewId.read(str(said.get("comment")))
        except ValueError as error:
            raise Refusal(404, "There is no such comment. Load the page again.") from error
        self.answer(await self.shared.aside(_resolve, self.shared, self.person, place, version, done))


def _resolve(shared: Shared, person: Person, place: ReviewId, version: int, done: bool) -> dict[str, Any]:
    side = shared.store.coach_side(person.community or "", author=person.username)
    comment = resolve(side, place, version=version, done=done, who=person.name, today=shared.today())
    day = comment.resolved_on.isoformat() if comment.resolved_on else None
    return {"comment": str(place), "resolved_on": day, "resolved_by": comment.resolved_by, "version": comment.version}


def _release(shared: Shared, person: Person, community: str, cycle: Cycle, step: str) -> dict[str, Any]:
    sheet = {f"{one.id.code}-{one.id.step}": one for one in sheet_of(shared, community, cycle, author=person.username)}
    if step and step not in sheet:
        raise Refusal(404, "This cycle has no such step. Load the page again.")
    asked = [step] if step else [name for name, one in sheet.items() if one.written]
    # What the town reads already is not released again: that would open anew what it has marked as put right.
    wanted = [name for name in asked if sheet[name].changed or not sheet[name].written]
    side = shared.store.coach_side(community, author=person.username)
    held = []
    for name in wanted:
        try:
            release(side, sheet[name], coach=person.name, today=shared.today())
        except DataError as error:
            held.append({"step": name, "why": str(error)})
    after = sheet_of(shared, community, cycle, author=person.username) if len(held) < len(wanted) else ()
    states = {f"{one.id.code}-{one.id.step}": state_words(one) for one in after}
    waiting = {one["step"] for one in held}
    return {"released": [{"step": name, "state": states[name]} for name in wanted if name not in waiting], "held": held}


def _result(receipt: Receipt, names: Mapping[str, str]) -> dict[str, Any]:
    change = receipt.change
    return {
        "key": receipt.key,
        "status": receipt.status,
        "value": change.value,
        "version": change.version,
        "author": names.get(change.author, change.author),
        "at": change.at.isoformat(),
    }


def _edit(wish: Any, cycle: int, steps: set[str]) -> Edit:  # noqa: ANN401 - whatever was sent
    if not isinstance(wish, Mapping):
        raise Refusal(400, "Each edit is a JSON object.")
    step, name, key, expected = (wish.get(part) for part in ("step", "field", "key", "expected"))
    if step not in steps:
        raise Refusal(404, "This cycle has no such step. Load the page again.")
    if name not in WRITTEN:
        raise Refusal(400, f"A comment has these fields: {', '.join(WRITTEN)}.")
    if not isinstance(expected, int) or isinstance(expected, bool) or expected < 0:
        raise Refusal(400, "expected is the version that was seen: a whole number from 0.")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise Refusal(400, "A key is 1 to 64 letters, digits, hyphens, colons or underscores.")
    code, _, step_id = str(step).partition("-")
    place = ReviewId(cycle, code, step_id)
    return Edit(
        table=Review.table.id, row=str(place), field=name, value=_value(name, wish.get("value")), expected=expected, key=key
    )


def _value(name: str, raw: Any) -> Any:  # noqa: ANN401 - any JSON value
    if name == "must_fix":
        if not isinstance(raw, bool):
            raise Refusal(400, "must_fix is true or false.")
        return raw
    if not isinstance(raw, str):
        raise Refusal(400, "A comment is a text.")
    if name == "rating" and raw not in {"", *RATING.codes}:
        raise Refusal(400, f"The rating is one of: {', '.join(RATING.codes)}, or empty.")
    if len(raw) > LONGEST:
        raise Refusal(
            400, f"This text has {len(raw):,} characters; a comment holds {LONGEST:,}. Say the most important thing first."
        )
    return raw.replace("\0", "") or None
