"""The recap at the top of a workbook: what is carried in, where each step stands, what to ask for now, when it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from equitybook.outcomes.wording import step_address
from equitybook.standing import StepState, StepStatus

if TYPE_CHECKING:
    from equitybook.charter.carried import Carried
    from equitybook.place import Place
    from equitybook.store.handle import Submission

_MOST_EVIDENCE = 5


def recap_html(
    place: Place,
    steps: Sequence[StepStatus],
    submissions: Sequence[Submission],
    *,
    today: dt.date,
    changed: bool,
    carried: str = "",
) -> str:
    """Write where a cycle stands as HTML: when it is due and what comes next, what is carried in, a table of steps, what to ask for now.

    Parameters
    ----------
    place
        The town and cycle.
    steps
        Where each step stands, in the order they are worked on.
    submissions
        This cycle's submissions, oldest first.
    today
        The day the page is read.
    changed
        Whether anything of what was submitted last has changed since.
    carried
        What stands between: what is carried in, as HTML, and what the coach said.
    """
    rows = "".join(
        f'<tr><th scope="row">{_link(one.title)}</th><td>{one.state}</td><td>{_to_check(one)}</td><td>{one.minutes} min</td></tr>'
        for one in steps
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Step", "State", "To check", "Takes about"))
    return (
        f"<p>{escape(_due(place, today))} {escape(_submitted(submissions, changed))} {_next(steps)}</p>{carried}"
        f'<table class="eq-table eq-recap"><caption>Where you are</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f"{_start_now(place)}"
    )


def carried_html(carry: Carried, *, first: bool = False) -> str:
    """Write what a town carries into the cycle: the problem, its measures, its evidence, its decisions.

    In the ``first`` cycle nothing is carried in; what is there already is the project so far.
    """
    if carry.empty:
        return "" if first else '<p class="eq-nothing">You carry nothing in yet. The first cycle begins with your charter.</p>'
    version = (
        f"Version {carry.version}"
        if carry.version
        else "Still a draft: agree on it with your sponsor in the workbook of the first cycle"
    )
    lines = [
        f'<p class="eq-say">{escape(carry.problem or "The problem is not put into one sentence yet.")}</p>',
        f'<p class="eq-meta">{escape(" · ".join(part for part in (version, carry.departments, carry.sponsor and f"Sponsor: {carry.sponsor}") if part))}</p>',
        f"<p>{escape(carry.result)}</p>" if carry.result else "",
        _folded("Changes to your charter", carry.changes),
        _list("Measures", [f"{code} {name}: {said}" for code, name, said in carry.measures]),
        _list("Evidence you kept", [f"{said} ({code})" for code, said in carry.evidence[:_MOST_EVIDENCE]]),
        _list("Decisions", carry.decisions),
    ]
    title = "Your project so far" if first else "What you carry in"
    return f'<section class="eq-carried" aria-label="{title}"><h3 class="eq-title">{title}</h3>{"".join(lines)}</section>'


def _list(title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<p><strong>{title}</strong></p><ul>{items}</ul>"


def _folded(title: str, lines: Sequence[str]) -> str:
    """Write what most people need once: its number is read at a glance, the rest is a press away."""
    if not lines:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<details><summary>{title}: {len(lines)}</summary><ul>{items}</ul></details>"


def _start_now(place: Place) -> str:
    return _list("Start now, because it takes weeks", place.start_now)


def _to_check(status: StepStatus) -> str:
    if not status.to_check and status.state is StepState.IN_PROGRESS and status.open:
        return escape(status.open)
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


def _submitted(submissions: Sequence[Submission], changed: bool) -> str:
    if not submissions:
        return "Nothing has been submitted yet."
    last = submissions[-1]
    said = f"Last submitted on {last.at.day} {last.at:%B}."
    return f"{said} Something has changed since; submit again when you are ready." if changed else said


def _link(title: str) -> str:
    return f'<a href="{escape(step_address(title))}">{escape(title)}</a>'


def _next(steps: Sequence[StepStatus]) -> str:
    for one in steps:
        if one.state in {StepState.NOT_STARTED, StepState.IN_PROGRESS}:
            return f"Next: {_link(one.title)}, about {one.minutes} minutes."
    waiting = sum(one.state is StepState.REQUESTED for one in steps)
    if waiting:
        return f"Everything you can do now is done. {'One step waits' if waiting == 1 else f'{waiting} steps wait'} for data you asked for."
    return "Every step is complete."
