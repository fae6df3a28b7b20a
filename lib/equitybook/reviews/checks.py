"""The checks the page makes by itself, sorted to the steps they are about. They stand beside a coach's judgement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from equitybook.analysis import Answers

if TYPE_CHECKING:
    from equitybook.outcomes.content import Content, DoneRule, Rule, Step
    from equitybook.outcomes.gate import Check
    from equitybook.outcomes.registry import Outcome
    from equitybook.store.handle import Handle


def step_checks(
    handle: Handle, outcome: Outcome, *, town: str, today: dt.date, requested: Collection[str] = ()
) -> Mapping[str, tuple[Check, ...]]:
    """Hold an outcome's done-rules against a town's answers; the lines by the step they are about.

    A line says whether a rule is met and nothing else, so it may be shown to the coach whatever is hidden of the numbers.

    Parameters
    ----------
    handle, outcome, town, today
        The town's answers, what they are about, and what measuring needs besides.
    requested
        Steps whose data are asked for and not here yet.
    """
    answers = Answers.read(handle, outcome)
    findings = outcome.present(answers.measure(town, today=today))
    return by_step(outcome.guide, answers.self_check(findings, requested=requested))


def by_step(guide: Content, lines: Sequence[Check]) -> Mapping[str, tuple[Check, ...]]:
    """Sort the lines of a self-check to the steps of an outcome.

    A rule belongs to the step it names; else to each step that has a table, prompt or finding it looks at; else to every step,
    so that none can be called ready past it.
    """
    found: dict[str, list[Check]] = {step.id: [] for step in guide.steps}
    rules = {one.id: one for one in guide.done}
    for line in lines:
        for step_id in _steps(guide, rules[line.id]):
            found[step_id].append(line)
    return {step_id: tuple(some) for step_id, some in found.items()}


def worked_at(guide: Content, line: Check) -> Step | None:
    """Find the first step at which something can be done about a line; None where it is about the outcome as a whole."""
    steps = _steps(guide, next(one for one in guide.done if one.id == line.id))
    return guide.step(steps[0]) if len(steps) < len(guide.steps) else None


def open_checks(lines: Iterable[Check]) -> tuple[Check, ...]:
    """Give the lines that do not hold yet."""
    return tuple(one for one in lines if not one.done)


def _steps(guide: Content, done: DoneRule) -> tuple[str, ...]:
    if done.step:
        return (done.step,)
    looks_at = set(_looks_at(done.rule))
    return tuple(step.id for step in guide.steps if looks_at & _has(step)) or tuple(step.id for step in guide.steps)


def _has(step: Step) -> set[str]:
    return {*step.tables, *step.prompts, *step.findings}


def _looks_at(rule: Rule) -> Iterator[str]:
    """Name the tables, prompts and findings a rule looks at."""
    for part in (*rule.any_of, *rule.all_of):
        yield from _looks_at(part)
    cells = (rule.filled, rule.distinct and rule.distinct.cell, rule.years and rule.years.start, rule.years and rule.years.end)
    yield from (cell.split(".")[0] for cell in cells if cell)
    yield from (name for name in (rule.answered, rule.shown, rule.clear, rule.rows and rule.rows.table) if name)
