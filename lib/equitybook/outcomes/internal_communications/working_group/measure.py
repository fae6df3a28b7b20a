"""What the tables of the working group add up to: who is reached, by which rules, whether the letters work, who came and what got done.

Nothing here sorts people by race, sex or any other trait. What is counted are seats of a group that a town appoints openly, and
the sizes of its departments, which stand in every budget: both may be said anywhere, so they are facts and no count tables (a
table of staff by department would be hidden for every department of under eleven, and nobody would learn whom the group
reaches). Names of departments, roles and tasks are what people typed: they are words, for the town and its coach.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from equitybook.charter.measure import departments_of, records
from equitybook.codebook.same import key_of
from equitybook.findings import Measured
from equitybook.outcomes.internal_communications.working_group.rasci import carries_too_much, task_problems
from equitybook.outcomes.internal_communications.working_group.tables import Group
from equitybook.outcomes.internal_communications.working_group.vocabularies import CAN_SPONSOR, LEVEL, SEVEN_C, SPONSOR

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

    from equitybook.outcomes.registry import Context

Record = Mapping[str, Any]
CHOSEN = ("authority", "decision_rule", "meets", "sponsor_signed_on", "budget_usd", "review_date")
"""Rules of the group that are a choice, a day or an amount; the others are typed in words."""


def measure_group(tables: Mapping[str, pd.DataFrame], context: Context) -> Measured:
    """Count seats, departments, letters and meetings, and read the rules.

    Parameters
    ----------
    tables
        One typed frame per table of the outcome, and those of the profile and the charter; empty where nothing is entered.
    context
        The town and today's date: meetings up to today are held, later ones planned; the rules are looked at again on a day.
    """
    members = [one for one in records(tables["ic1_members"]) if one.get("member_id") or one.get("role_title")]
    departments = departments_of(tables)
    charter = next(iter(records(tables["charter"])), {})
    reach, named = _reach(members, departments, charter.get("focus_departments") or ())
    letters, grid = _letters(records(tables["ic1_tasks"]), members, records(tables["ic1_rasci"]))
    rules, typed = _rules(next(iter(records(tables["ic1_group"])), {}), context.today)
    return Measured(
        facts={"reach": reach, "team": _team(members), "rules": rules, "letters": letters, "meetings": _meetings(tables, context)},
        words={"reach": named, "rules": typed, "letters": grid},
    )


def _reach(members: Sequence[Record], departments: Sequence[Record], focus: Sequence[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the members' departments against those in scope and those the charter is about."""
    seats: dict[str, list[str]] = {}
    for one in members:
        if one.get("department"):
            seats.setdefault(key_of(one["department"]), []).append(str(one.get("role_title") or one.get("member_id")))
    scope = [one for one in departments if one.get("in_scope") is True]
    reached = [one for one in scope if key_of(one["department"]) in seats]
    absent = [one for one in focus if key_of(one) not in seats]
    # A share of staff with a department's size missing would be of something else; it is absent until all are there.
    sized = bool(scope) and all(one.get("headcount") is not None for one in scope)
    facts = {
        "in_scope": len(scope),
        "reached": len(reached),
        # Those of the town's list, in scope or not: a resident's "Other" is no department.
        "departments": sum(key_of(one["department"]) in seats for one in departments),
        "undecided": sum(one.get("in_scope") is None for one in departments),
        "staff": sum(one["headcount"] for one in scope) if sized else None,
        "staff_reached": sum(one["headcount"] for one in reached) if sized else None,
        "focus": len(focus),
        "focus_absent": len(absent),
    }
    about = {key_of(one) for one in focus}
    rows = [
        {**one, "roles": seats.get(key_of(one["department"]), []), "focus": key_of(one["department"]) in about}
        for one in departments
    ]
    return facts, {
        "departments": rows,
        "focus": {str(one): len(seats.get(key_of(one), ())) for one in focus},
        "focus_absent": absent,
    }


def _team(members: Sequence[Record]) -> dict[str, Any]:
    """Count the seats: how many, at which levels, who sponsors, how many hours, how many bring what."""
    levels = [one["level"] for one in members if one.get("level")]
    hours = [one["hours_month"] for one in members if one.get("hours_month") is not None]
    brought = [code for one in members for code in set(one.get("seven_c") or ())]
    sponsors = [one for one in members if one.get("seat") == SPONSOR]
    return {
        "members": len(members),
        "levels_known": len(levels),
        "levels": {level: levels.count(level) for level in LEVEL.codes},
        "sponsors": len(sponsors),
        "sponsors_low": sum(one.get("level") not in {*CAN_SPONSOR, None} for one in sponsors),
        "hours": sum(hours),
        "hours_known": len(hours),
        "without_hours": hours.count(0),
        "brings": {code: brought.count(code) for code in SEVEN_C.codes},
    }


def _rules(group: Record, today: dt.date) -> tuple[dict[str, Any], dict[str, Any]]:
    """Keep what was chosen apart from what was typed; which answers are missing may be said anywhere."""
    plain = {name: value.date() if hasattr(value, "date") else value for name, value in group.items()}
    facts = {
        "begun": bool(plain),
        "chosen": {name: plain[name] for name in CHOSEN if name in plain},
        "missing": [one.name for one in Group.table.columns if one.required and one.name not in plain],
        "today": today,
    }
    return facts, {name: value for name, value in plain.items() if name not in CHOSEN}


def _letters(tasks: Sequence[Record], members: Sequence[Record], given: Sequence[Record]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Lay the letters out as tasks by members and look at each task and each member."""
    task_ids = {str(one["task_id"]): str(one.get("task") or one["task_id"]) for one in reversed(tasks) if one.get("task_id")}
    task_ids = dict(reversed(task_ids.items()))
    names = {str(one["member_id"]): str(one.get("role_title") or one["member_id"]) for one in members if one.get("member_id")}
    cells: dict[tuple[str, str], list[str]] = {}
    for one in given:
        if one.get("code"):
            cells.setdefault((str(one.get("task_id")), str(one.get("member_id"))), []).append(str(one["code"]))
    known = {place: codes for place, codes in cells.items() if place[0] in task_ids and place[1] in names}
    problems = {
        task: task_problems([code for (at, _), codes in known.items() if at == task for code in codes]) for task in task_ids
    }
    of_member = {name: [code for (_, at), codes in known.items() if at == name for code in codes] for name in names}
    overloaded = [name for name, codes in of_member.items() if carries_too_much(codes, len(task_ids))]
    without = [name for name, codes in of_member.items() if not codes]
    twice = [place for place, codes in known.items() if len(codes) > 1]
    facts = {
        "tasks": len(task_ids),
        "members": len(names),
        "letters": sum(map(len, known.values())),
        "errors": sum(bool(one.errors) for one in problems.values()),
        "crowded": sum(bool(one.warnings) for one in problems.values()),
        "overloaded": len(overloaded),
        "without": len(without),
        "twice": len(twice),
        "astray": sum(map(len, cells.values())) - sum(map(len, known.values())),
    }
    grid = {
        "tasks": task_ids,
        "members": names,
        "cells": {place: codes[0] for place, codes in known.items()},
        "problems": problems,
        "overloaded": overloaded,
        "without": without,
    }
    return facts, grid


def _meetings(tables: Mapping[str, pd.DataFrame], context: Context) -> dict[str, Any]:
    """Add up attendance and actions over the meetings held.

    Attendance is the sum of those who came over the sum of those invited, never a mean of rates. Open actions are a stock and done
    ones a flow: what was done at any meeting is set against that and what is still open after the latest one.
    """
    dated = sorted((one for one in records(tables["ic1_meetings"]) if one.get("date") is not None), key=lambda one: one["date"])
    held = [one for one in dated if one["date"].date() <= context.today]
    counted = [one for one in held if one.get("invited") and one.get("attended") is not None]
    sound = [one for one in counted if one["attended"] <= one["invited"]]
    still_open = [one["actions_open"] for one in held if one.get("actions_open") is not None]
    closed = [one["actions_closed"] for one in held if one.get("actions_closed") is not None]
    decisions = [one["decisions"] for one in held if one.get("decisions") is not None]
    return {
        "dates": [_day(one) for one in dated],
        "held": [_day(one) for one in held],
        "attendance": [(_day(one), int(one["attended"]), int(one["invited"])) for one in sound],
        "came": sum(one["attended"] for one in sound),
        "invited": sum(one["invited"] for one in sound),
        "too_many": len(counted) - len(sound),
        "uncounted": len(held) - len(counted),
        "decisions": sum(decisions) if decisions else None,
        "open": still_open[-1] if still_open else None,
        "closed": sum(closed) if closed else None,
    }


def _day(meeting: Record) -> dt.date:
    day: dt.date = meeting["date"].date()
    return day
