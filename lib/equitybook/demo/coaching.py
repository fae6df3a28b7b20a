"""What the coach of Prairie Glen's group has said about its first cycle: two comments released, one still a draft."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from equitybook.errors import ConfigError
from equitybook.outcomes.registry import known
from equitybook.outcomes.requests import TABLE, requested_steps
from equitybook.program import Cohort, Community
from equitybook.reviews import Review, ReviewId, read_sheet, release, step_checks
from equitybook.store.handle import Edit

if TYPE_CHECKING:
    from equitybook.program.models import Session
    from equitybook.store import Store
    from equitybook.store.handle import Handle

_CYCLE = 1


def write_comments(store: Store, cohort: Cohort, community: Community, *, today: dt.date) -> None:
    """Write the comments of ``content/comments.yml`` as the coach of the town's group, and release those that are released.

    Raises
    ------
    DataError
        If a comment may not be released as it is (``StepReview.hold``).
    """
    told: Sequence[Mapping[str, Any]] = yaml.safe_load(
        files("equitybook.demo").joinpath("content/comments.yml").read_text(encoding="utf-8")
    )
    coach = cohort.person(group_of(cohort, community).led_by[0])
    side = store.coach_side(community.slug, author=coach.username)
    side.write([edit for one in told for edit in _edits(one)])
    outcomes = known(cohort.parts_of(cohort.cycle(_CYCLE)))
    handle: Handle = store.community(community.slug, author=coach.username)
    asked = [record.values() for record in handle.read(TABLE)]
    checks = {
        one.code: step_checks(
            handle, one, town=community.name, today=today, requested=requested_steps(asked, one.code, today=today)
        )
        for one in outcomes
    }
    sheet = {str(one.id): one for one in read_sheet(side, _CYCLE, outcomes, checks)}
    for one in told:
        if one["released"]:
            release(side, sheet[_place(one)], coach=coach.name, today=today)


def group_of(cohort: Cohort, community: Community) -> Session:
    """Find the coaching session of cycle 1 in which a town was.

    Raises
    ------
    ConfigError
        If there is none.
    """
    for session in cohort.sessions:
        if session.cycle == _CYCLE and session.kind == "coaching" and community.slug in session.communities:
            return session
    problem = f"{community.name} is in no coaching session of cycle {_CYCLE}."
    raise ConfigError(problem, fix="Add it to a [[sessions]] of kind coaching in the demonstration's cohort.toml.")


def _edits(one: Mapping[str, Any]) -> list[Edit]:
    written = {name: one[name] for name in ("rating", "strengths", "question", "must_fix") if name in one}
    return [
        Edit(Review.table.id, _place(one), name, value, expected=0, key=secrets.token_hex(8)) for name, value in written.items()
    ]


def _place(one: Mapping[str, Any]) -> str:
    code, step = one["step"].split(".")
    return str(ReviewId(_CYCLE, code, step))
