"""Where a cycle's steps stand: one reading for the workbook's recap, the coach's page and the printed summary."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from equitybook.reviews.checks import worked_at

if TYPE_CHECKING:
    from equitybook.analysis import Answers
    from equitybook.codebook import Message
    from equitybook.outcomes.content import Content, Step
    from equitybook.outcomes.gate import Check
    from equitybook.outcomes.requests import Request
    from equitybook.reviews import Comment


class StepState(StrEnum):
    """Where a step stands, in words; never in colour alone."""

    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    REQUESTED = "Data requested"
    COMPLETE = "Complete"


class Unsettled(StrEnum):
    """What keeps a step open besides its own cells, in the words of the recap."""

    SELF_CHECK = "See the self-check"
    COMMENT = "See your coach's comment"


@dataclass(frozen=True, slots=True)
class StepStatus:
    """A step's state, how many things its tables ask somebody to check, and what else keeps it from being complete."""

    title: str
    minutes: int
    state: StepState
    to_check: int = 0
    open: Unsettled | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a town is with one outcome: its answers, its self-check, and the steps, by id, whose data it has asked for."""

    answers: Answers
    checks: tuple[Check, ...]
    requested: Collection[str] = ()


def statuses(standings: Iterable[Standing], comments: Sequence[Comment]) -> dict[tuple[str, str], StepStatus]:
    """Read the state of every step of a cycle, by outcome code and step id, in the order they are worked on.

    Parameters
    ----------
    standings
        One for each outcome of the cycle.
    comments
        What the coach has released on this cycle.
    """
    found: list[tuple[Step, tuple[str, str], StepStatus]] = []
    for one in standings:
        outcome = one.answers.outcome
        messages = one.answers.messages()
        still = unsettled(outcome.guide, one.checks, [said for said in comments if said.id.code == outcome.code])
        for step in outcome.guide.steps:
            status = step_status(step, one.answers, messages, requested=one.requested, unsettled=still)
            found.append((step, (outcome.code, step.id), status))
    return {key: status for _, key, status in sorted(found, key=lambda one: one[0].last)}


def still_open(
    step: Step, status: StepStatus, *, guide: Content, checks: Iterable[Check], request: Request | None
) -> tuple[str, ...]:
    """Say what is open at a step to somebody who helps the town with it, a line for each and none of the town's numbers.

    Nothing is said of a step that is complete, or not begun and waiting for nothing. ``checks`` are the outcome's, ``request`` is
    the open one for the step's data.
    """
    if status.state in {StepState.COMPLETE, StepState.NOT_STARTED}:
        return ()
    lines = [request.words] if request else []
    lines += [line.text for line in checks if not line.done and worked_at(guide, line) == step]
    lines += ["Something in its tables is to be checked."] if status.to_check else []
    lines += ["What the coach asks to put right."] if status.open is Unsettled.COMMENT else []
    return tuple(lines) or ("Something is not filled in yet.",)


def unsettled(guide: Content, checks: Iterable[Check], comments: Iterable[Comment]) -> dict[str, Unsettled]:
    """Say what keeps an outcome's steps open, by step id: what the coach asks to put right comes before a line of the self-check."""
    lines = {step.id: Unsettled.SELF_CHECK for line in checks if not line.done and (step := worked_at(guide, line))}
    return lines | {one.id.step: Unsettled.COMMENT for one in comments if one.to_fix}


def step_status(
    step: Step,
    answers: Answers,
    messages: Mapping[str, Sequence[Message]],
    *,
    requested: Collection[str] = (),
    unsettled: Mapping[str, Unsettled] | None = None,
) -> StepStatus:
    """Read a step's state from its tables and prompts.

    A step is complete when one of its tables has something in it, all its questions are answered, nothing is left to check and
    nothing is unsettled; it is started when anything is there at all. One whose data are asked for says so until it is complete.

    Parameters
    ----------
    step, answers
        The step, and what was entered for its outcome.
    messages
        What there is to check, by table id.
    requested
        The outcome's steps, by id, with an open request for data.
    unsettled
        What else keeps steps open, by step id.
    """
    waits_for = (unsettled or {}).get(step.id)
    words = answers.values(answers.outcome.guide.words_table)
    answered = [bool(words and words[0].get(name)) for name in step.prompts if name not in _optional(answers)]
    filled = [_filled(answers.values(table_id), step.own_fields(table_id)) for table_id in step.tables]
    to_check = sum(len(messages.get(table_id, ())) for table_id in step.tables)
    complete = all(answered) and (any(filled) or not step.tables) and to_check == 0 and not waits_for
    started = any(answered) or any(filled)
    state = StepState.IN_PROGRESS if started else StepState.NOT_STARTED
    if complete:
        state = StepState.COMPLETE
    elif step.id in requested:
        state = StepState.REQUESTED
    return StepStatus(step.title, step.minutes, state, to_check, waits_for)


def _filled(rows: Sequence[Mapping[str, Any]], fields: Sequence[str]) -> bool:
    return any(value not in (None, "", []) for row in rows for name, value in row.items() if not fields or name in fields)


def _optional(answers: Answers) -> set[str]:
    """Prompts that do not apply to everybody, or are one way among several to meet a done-rule, need no answer of their own."""
    guide = answers.outcome.guide
    ways = {one.answered for rule in guide.done for one in rule.rule.any_of if one.answered}
    return ways | {one.id for one in guide.prompts if one.optional}
