"""The recap at the top of a workbook: where each step stands, what is to check, what was submitted, when it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from equitybook.analysis import Answers
    from equitybook.outcomes.content import Step
    from equitybook.place import Place
    from equitybook.store.handle import Submission


class StepState(StrEnum):
    """Where a step stands, in words; never in colour alone."""

    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    COMPLETE = "Complete"


@dataclass(frozen=True, slots=True)
class StepStatus:
    """A step's state and how many things its tables ask somebody to check."""

    title: str
    minutes: int
    state: StepState
    to_check: int = 0


def step_status(step: Step, answers: Answers) -> StepStatus:
    """Read a step's state from its tables and prompts.

    A step is complete when one of its tables has something in it, all its questions are answered and nothing is left to
    check; it is started when anything is there at all.
    """
    words = answers.values(answers.outcome.guide.words_table)
    answered = [bool(words and words[0].get(name)) for name in step.prompts if name not in _optional(answers)]
    filled = [any(any(values.values()) for values in answers.values(table_id)) for table_id in step.tables]
    messages = answers.messages()
    to_check = sum(len(messages.get(table_id, ())) for table_id in step.tables)
    complete = all(answered) and (any(filled) or not step.tables) and to_check == 0
    started = any(answered) or any(filled)
    state = StepState.COMPLETE if complete else StepState.IN_PROGRESS if started else StepState.NOT_STARTED
    return StepStatus(step.title, step.minutes, state, to_check)


def _optional(answers: Answers) -> set[str]:
    """Prompts that are one way among several to meet a done-rule need no answer of their own."""
    return {one.answered for rule in answers.outcome.guide.done for one in rule.rule.any_of if one.answered}


def recap_html(place: Place, answers: Sequence[Answers], submissions: Sequence[Submission], *, today: dt.date, seq: int) -> str:
    """Write the recap as HTML: due date, a table of steps, and the last submission.

    Parameters
    ----------
    place
        The town and cycle.
    answers
        What was entered, one for each outcome of the cycle.
    submissions
        This cycle's submissions, oldest first.
    today
        The day the page is read.
    seq
        The newest change of the community, to say whether anything changed since it submitted.
    """
    steps = [step_status(step, one) for one in answers for step in one.outcome.guide.steps]
    rows = "".join(
        f'<tr><th scope="row">{escape(one.title)}</th><td>{one.state}</td><td>{_to_check(one)}</td><td>{one.minutes} minutes</td></tr>'
        for one in steps
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Step", "State", "To check", "Takes about"))
    return (
        f"<p>{escape(_due(place, today))} {escape(_submitted(submissions, seq))}</p>"
        f'<table class="eq-table"><caption>Where you are</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f"<p>{escape(_next(steps))}</p>"
    )


def _to_check(status: StepStatus) -> str:
    if not status.to_check:
        return "–" if status.state is StepState.NOT_STARTED else "Nothing"
    return "1 thing" if status.to_check == 1 else f"{status.to_check:,} things"


def _due(place: Place, today: dt.date) -> str:
    if place.due is None:
        return ""
    days = (place.due - today).days
    when = f"{place.due:%A} {place.due.day} {place.due:%B %Y}"
    if days < 0:
        return f"This cycle was due on {when}. You can still work on it and submit."
    left = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    return f"This cycle is due on {when}, {left}."


def _submitted(submissions: Sequence[Submission], seq: int) -> str:
    if not submissions:
        return "Nothing has been submitted yet."
    last = submissions[-1]
    said = f"Last submitted on {last.at.day} {last.at:%B}."
    return f"{said} Something has changed since; submit again when you are ready." if seq > last.seq else said


def _next(steps: Sequence[StepStatus]) -> str:
    for one in steps:
        if one.state is not StepState.COMPLETE:
            return f"Next: {one.title}, about {one.minutes} minutes."
    return "Every step is complete."
