"""A coach's drafts stay the coach's; a release is a copy the town reads; both keep their history."""

from __future__ import annotations

import datetime as dt
import secrets

import pytest

from equitybook.errors import DataError
from equitybook.outcomes import outcome
from equitybook.outcomes.gate import Check
from equitybook.reviews import ReviewId, read_sheet, release, released_comments, resolve, to_release
from equitybook.store import Store
from equitybook.store.beside import RELEASED
from equitybook.store.handle import Edit

TODAY = dt.date(2026, 11, 24)
HERE = ReviewId(2, "HR1", "who_works_here")
OPEN = Check("headcount_reconciles", "The staff counted here equal the number on the payroll.", done=False)
DONE = Check("unknown_shown", "Shares are shown.", done=True)


class Desk:
    """A coach at work on Prairie Glen's second cycle, and the town's own view."""

    def __init__(self, store: Store) -> None:
        self.side = store.coach_side("prairie-glen", author="sam")
        self.town = store.community("prairie-glen", author="maria")
        self.checks: dict[str, tuple[Check, ...]] = {}

    def draft(self, place: ReviewId = HERE, **values: object) -> None:
        seen = {record.id: record.cells for record in self.side.read("review")}.get(str(place), {})
        edits = [
            Edit("review", str(place), name, value, seen[name].version if name in seen else 0, secrets.token_hex(8))
            for name, value in values.items()
        ]
        assert {one.status for one in self.side.write(edits)} == {"saved"}

    def sheet(self):
        return {str(one.id): one for one in read_sheet(self.side, 2, [outcome("HR1")], {"HR1": self.checks})}

    def release(self, place: ReviewId = HERE, *, today: dt.date = TODAY) -> None:
        release(self.side, self.sheet()[str(place)], coach="Sam Coach", today=today)

    def comments(self):
        return released_comments(self.town, 2)


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


@pytest.fixture
def plain(sqlite_store: Store) -> Desk:
    return Desk(sqlite_store)


def test_a_draft_is_nowhere_in_the_towns_own_part_of_the_store(desk):
    desk.draft(rating="1", question="Why this benchmark?", must_fix=True)
    assert desk.comments() == ()
    assert desk.town.released_reviews() == ()
    assert desk.town.read("review") == desk.town.read(RELEASED) == ()
    assert desk.town.changes(wishes=True) == ()
    assert desk.town.last_seq() == 0, "a coach's typing is no change of the town's answers"
    assert desk.town.submit(2, tables=["review", RELEASED]).answers == {"review": [], RELEASED: []}


def test_a_town_reads_the_comment_as_it_stood_when_it_was_released(desk):
    desk.draft(rating="2", strengths="One list for everybody.", question="Why this benchmark?", must_fix=True)
    desk.release()
    desk.draft(question="Something the coach is still thinking about")
    (comment,) = desk.comments()
    assert (comment.id, comment.section, comment.coach) == (HERE, "Who works here", "Sam Coach")
    assert (comment.rating, comment.strengths, comment.question) == ("2", "One list for everybody.", "Why this benchmark?")
    assert (comment.released_on, comment.version, comment.to_fix) == (TODAY, 1, True)
    assert desk.sheet()[str(HERE)].changed


def test_a_second_release_takes_the_firsts_place_and_the_history_keeps_both(plain):
    plain.draft(question="Why this benchmark?")
    plain.release()
    plain.draft(question="Why not the county?", strengths="The list is complete.")
    plain.release(today=TODAY + dt.timedelta(days=1))
    (comment,) = plain.comments()
    assert (comment.question, comment.version, comment.released_on) == ("Why not the county?", 2, dt.date(2026, 11, 25))
    said = [one.value for one in plain.side.changes(table=RELEASED, row=str(HERE), field="question")]
    assert said == ["Why this benchmark?", "Why not the county?"]


def test_what_was_deleted_from_a_draft_is_gone_from_the_next_release(plain):
    plain.draft(strengths="Too early to say.", question="Why this benchmark?")
    plain.release()
    plain.draft(strengths=None)
    plain.release()
    assert plain.comments()[0].strengths == ""


def test_comments_come_in_the_order_of_the_steps_and_of_one_cycle_only(plain):
    for step in ("reflect", "who_works_here", "a_step_of_long_ago"):
        plain.draft(ReviewId(2, "HR1", step), question="Why?")
    plain.draft(ReviewId(1, "CHARTER", "problem"), question="Who is affected?")
    plain.release(ReviewId(2, "HR1", "reflect"))
    plain.release(ReviewId(2, "HR1", "who_works_here"))
    assert [one.id.step for one in plain.comments()] == ["who_works_here", "reflect"]


def test_ready_waits_for_a_reason_while_a_check_of_the_step_is_open(plain):
    plain.checks = {"who_works_here": (OPEN, DONE)}
    plain.draft(rating="3", strengths="Complete.")
    with pytest.raises(DataError, match="equal the number on the payroll"):
        plain.release()
    assert plain.comments() == ()
    plain.draft(override_reason="   ")
    with pytest.raises(DataError, match="Write why"):
        plain.release()
    plain.draft(override_reason="Payroll answers next week.")
    plain.release()
    assert plain.comments()[0].override_reason == "Payroll answers next week."


def test_another_rating_or_a_step_whose_checks_hold_needs_no_reason(plain):
    plain.checks = {"who_works_here": (OPEN,), "reflect": (DONE,)}
    plain.draft(rating="2")
    plain.draft(ReviewId(2, "HR1", "reflect"), rating="3")
    plain.release()
    plain.release(ReviewId(2, "HR1", "reflect"))
    assert [one.rating for one in plain.comments()] == ["2", "3"]


def test_nothing_written_is_nothing_to_release(plain):
    plain.draft(override_reason="Because.")
    with pytest.raises(DataError, match="Nothing is written"):
        plain.release()


def test_of_two_releases_at_the_same_moment_one_stands_whole(plain):
    plain.draft(strengths="Sam's", question="Sam's")
    stale = plain.sheet()[str(HERE)]
    plain.draft(strengths="Dana's", question="Dana's")
    plain.release()
    with pytest.raises(DataError, match="meanwhile"):
        release(plain.side, stale, coach="Sam Coach", today=TODAY)
    (comment,) = plain.comments()
    assert (comment.strengths, comment.question) == ("Dana's", "Dana's")


def test_a_must_fix_is_put_right_by_the_towns_word_and_open_again_with_the_next_release(plain):
    plain.draft(question="Which payday?", must_fix=True)
    plain.release()
    fixed = resolve(plain.side, HERE, version=1, done=True, who="Maria Ruiz", today=TODAY)
    assert (fixed.resolved_on, fixed.resolved_by, fixed.to_fix) == (TODAY, "Maria Ruiz", False)
    assert plain.comments() == (fixed,)
    assert resolve(plain.side, HERE, version=1, done=False, who="Maria Ruiz", today=TODAY).to_fix
    resolve(plain.side, HERE, version=1, done=True, who="Maria Ruiz", today=TODAY)
    plain.draft(question="Which payday, and where does it say so?")
    plain.release()
    assert plain.comments()[0].to_fix


def test_only_what_was_read_and_asks_for_something_can_be_put_right(plain):
    plain.draft(question="Which payday?", must_fix=True)
    with pytest.raises(DataError, match="nothing to put right"):
        resolve(plain.side, HERE, version=0, done=True, who="Maria Ruiz", today=TODAY)
    plain.release()
    plain.draft(strengths="Good list.")
    plain.release()
    with pytest.raises(DataError, match="new comment"):
        resolve(plain.side, HERE, version=1, done=True, who="Maria Ruiz", today=TODAY)
    plain.draft(must_fix=False)
    plain.release()
    with pytest.raises(DataError, match="nothing to put right"):
        resolve(plain.side, HERE, version=3, done=True, who="Maria Ruiz", today=TODAY)


def test_the_desk_counts_drafts_the_town_has_not_got(plain):
    plain.draft(question="Why?")
    plain.draft(ReviewId(2, "HR1", "reflect"), must_fix=False)
    assert to_release(plain.side, 2, [outcome("HR1")]) == 1
    plain.release()
    assert to_release(plain.side, 2, [outcome("HR1")]) == 0
    plain.draft(must_fix=True)
    assert to_release(plain.side, 2, [outcome("HR1")]) == 1
