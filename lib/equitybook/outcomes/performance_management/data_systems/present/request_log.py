"""What was asked for, of whom, for how long, and what is overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from equitybook.findings import Finding, Measured, Provenance, Shown
from equitybook.flags import Flag, Flagged
from equitybook.outcomes.performance_management.data_systems.present.words import words_of
from equitybook.outcomes.performance_management.data_systems.vocabularies import STATUS, STEP
from equitybook.outcomes.requests import Request
from equitybook.outcomes.wording import DASH, day, things

ID = "PM1.requests"
TITLE = "Data you have asked for"
_EMPTY = "Log your first request above: what, of whom, and the day you asked. A dated request counts, even when the answer is no."


def request_log(measured: Measured) -> Finding:
    """List the requests with their ages in days; what is late is said in words."""
    log: Sequence[Request] = measured.facts["requests"]
    today: dt.date = measured.facts["today"]
    flags = tuple(_flags(measured))
    if not log:
        return Finding(ID, ID, TITLE, empty=_EMPTY, flags=flags)
    words = words_of(measured, "requests")
    rows = tuple(_row(at, one, said, today) for at, (one, said) in enumerate(zip(log, words, strict=True), start=1))
    return Finding(
        ID,
        ID,
        TITLE,
        sentence=_sentence(log, today),
        table=Shown(
            f"Requests for data, on {day(today)}",
            ("Request", "Asked of", "For", "Asked on", "Expected on", "State", "Days"),
            rows,
            "llllllr",
            ("Days: since it was asked; for what came, from asking to receiving.",),
        ),
        flags=flags,
        notices=tuple(_overdue(log, words, today)),
        provenance=Provenance(source="Your log of requests", as_of=today),
    )


def _sentence(log: Sequence[Request], today: dt.date) -> str:
    waiting = [one for one in log if one.waiting and one.asked_on <= today]
    said = f"{things(len(log), 'request', 'requests')}: {sum(one.received for one in log)} received, {len(waiting)} waiting"
    if turned := sum(not one.received and not one.waiting for one in log):
        said += f", {turned} refused or not available"
    if waiting:
        oldest = max(one.days(today) or 0 for one in waiting)
        said += f". The oldest has waited {things(oldest, 'day', 'days')}"
    late = sum(one.days_late(today) > 0 for one in waiting)
    return f"{said}; {late} {'is' if late == 1 else 'are'} overdue." if late else f"{said}."


def _row(at: int, one: Request, said: Mapping[str, Any], today: dt.date) -> tuple[str, ...]:
    days = one.days(today)
    return (
        str(said.get("what") or f"Request {at}"),
        str(said.get("who_role") or DASH),
        STEP.label(one.step) or DASH,
        day(one.asked_on),
        DASH if one.expected_on is None else day(one.expected_on),
        _state(one, today),
        DASH if days is None or days < 0 else f"{days:,}",
    )


def _state(one: Request, today: dt.date) -> str:
    if one.received:
        return STATUS.label("received")
    late = one.days_late(today)
    return f"Overdue by {things(late, 'day', 'days')}" if late else STATUS.label(one.status)


def _overdue(log: Sequence[Request], words: Sequence[Mapping[str, Any]], today: dt.date) -> Iterator[str]:
    for at, (one, said) in enumerate(zip(log, words, strict=True), start=1):
        if late := one.days_late(today):
            what = said.get("what") or f"Request {at}"
            yield f"“{what}” is {things(late, 'day', 'days')} overdue. Ask again and enter the new day, or write down that it is not available."


def _flags(measured: Measured) -> Iterator[Flagged]:
    if undated := measured.facts["undated"]:
        reason = (
            f"{things(undated, 'request has', 'requests have')} no date of asking and counts for no step."
            if undated == 1
            else (f"{undated} requests have no date of asking and count for no step.")
        )
        yield Flagged(Flag.DATA_QUALITY, ID, reason=reason, next_step="Enter the day it was asked.")
    if to_come := measured.facts["to_come"]:
        reason = f"{things(to_come, 'request is', 'requests are')} dated after today."
        yield Flagged(
            Flag.DATA_QUALITY, ID, reason=reason, next_step="Enter the day it was really asked; until then it counts for no step."
        )
