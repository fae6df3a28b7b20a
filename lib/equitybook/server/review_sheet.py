"""A town's cycle as its coach sees it: what is drafted and released on each step, and the page's own checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from equitybook.outcomes import requests
from equitybook.outcomes.registry import known
from equitybook.outcomes.wording import section_id
from equitybook.reviews import read_sheet, step_checks
from equitybook.server.pages import day

if TYPE_CHECKING:
    from equitybook.outcomes.gate import Check
    from equitybook.outcomes.registry import Outcome
    from equitybook.program import Cycle
    from equitybook.report import Report
    from equitybook.reviews import StepReview
    from equitybook.server.shared import Shared
    from equitybook.store.handle import Handle


def sheet_of(shared: Shared, community: str, cycle: Cycle, *, author: str, report: Report | None = None) -> tuple[StepReview, ...]:
    """Read every step of a town's cycle as its coach sees it; the page's own checks come from its ``report``, or are computed anew."""
    outcomes = known(shared.cohort.parts_of(cycle))
    if report is None:
        checks = checks_of(shared, shared.store.community(community, author=author), outcomes)
    else:
        told = {section.id: stands.checks for section, stands in report.steps}
        checks = {one.code: {step.id: told[section_id(one.code, step.id)] for step in one.guide.steps} for one in outcomes}
    return read_sheet(shared.store.coach_side(community, author=author), cycle.number, outcomes, checks)


def checks_of(shared: Shared, handle: Handle, outcomes: Iterable[Outcome]) -> Mapping[str, Mapping[str, tuple[Check, ...]]]:
    """Hold a town's answers against the done-rules of these outcomes: lines by code and step."""
    town, asked = shared.cohort.community(handle.community).name, [record.values() for record in handle.read(requests.TABLE)]
    return {
        one.code: step_checks(
            handle, one, town=town, today=shared.today(), requested=requests.requested_steps(asked, one.code, today=shared.today())
        )
        for one in outcomes
    }


def state_words(one: StepReview) -> str:
    """Say how a step's comment stands."""
    if one.comment is None:
        return "Draft, not released" if one.written else "Nothing written yet"
    said = f"Released on {day(one.comment.released_on)} by {one.comment.coach}"
    return f"{said}; changed since" if one.changed else said
