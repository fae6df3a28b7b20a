"""Whom the group reaches: departments, staff, the front line, and the departments the project is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from equitybook.charts.tiles import Tile, tiles
from equitybook.findings import MIN_DENOMINATOR, Chart, Finding, Measured, Provenance, Shown
from equitybook.flags import Flag, Flagged
from equitybook.outcomes.internal_communications.working_group.present.words import share
from equitybook.outcomes.internal_communications.working_group.vocabularies import FRONTLINE, LEVEL, SEVEN_C, SEVEN_C_HEADS
from equitybook.outcomes.wording import DASH, listing, things

ID = "IC1.coverage"
METRIC = "IC1.dept_coverage"
TITLE = "Whom the group reaches"
NO_MEMBERS = "Add the first member above: a role, a department, a level. The group's reach appears here."
NO_SCOPE = "Say above which departments are in scope; those of your profile can be added by one button."
FEWEST_DEPARTMENTS = 3
_ABOUT, _OTHERS, _IN_SCOPE = "Departments in your charter", "Other departments in scope", "Departments in scope"
_BRING = "What members bring"
_SMALLEST = 5


def coverage(measured: Measured) -> Finding:
    """Say how many departments and how much of the staff have somebody in the group."""
    reach, team = measured.facts["reach"], measured.facts["team"]
    if not team["members"] or not reach["in_scope"]:
        return Finding(ID, METRIC, TITLE, empty=NO_SCOPE if team["members"] else NO_MEMBERS)
    return Finding(
        ID,
        METRIC,
        TITLE,
        sentence=_sentence(reach, team),
        table=_table(measured.words.get("reach")),
        chart=_chart(reach, team, measured.words.get("reach")),
        flags=_flags(measured),
        notices=_notices(reach, team, without_role=measured.facts["letters"]),
        provenance=Provenance(
            source="Members of the group and departments in scope",
            numerator="departments with a member",
            denominator="departments in scope",
        ),
    )


def _sentence(reach: Mapping[str, Any], team: Mapping[str, Any]) -> str:
    said = f"{_reached(reach)} ({share(reach['reached'], reach['in_scope'])})"
    if reach["staff"] and reach["staff"] >= MIN_DENOMINATOR:
        said += f"; {share(reach['staff_reached'], reach['staff'])} of their staff work in those departments"
    # Of so few people a percentage would say more than there is: the number stands for itself.
    there = team["levels"][FRONTLINE]
    return f"{said}. {there} of {things(team['levels_known'], 'member')} {'works' if there == 1 else 'work'} at the front line."


def _reached(reach: Mapping[str, Any]) -> str:
    have = "has" if reach["reached"] == 1 else "have"
    return f"{reach['reached']} of {things(reach['in_scope'], 'department')} in scope {have} somebody in the group"


def _chart(reach: Mapping[str, Any], team: Mapping[str, Any], named: Mapping[str, Any] | None) -> Chart | None:
    """Draw whom the group reaches and whom not; departments are named to the town and its coach alone."""
    rows = [
        Tile(part, name, things(seats, "member") if seats else "nobody yet", bool(seats))
        for part, name, seats in _seats(team, named or {})
    ]
    return tiles(rows, title=_reached(reach)) if rows else None


def _seats(team: Mapping[str, Any], named: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Give what a group should cover, with the number of its members who do: departments, levels, and what members bring."""
    focus = named.get("focus", {})
    yield from ((_ABOUT, name, seats) for name, seats in focus.items())
    others = [one for one in named.get("departments", ()) if one.get("in_scope") is True and not one["focus"]]
    yield from ((_OTHERS if focus else _IN_SCOPE, str(one["department"]), len(one["roles"])) for one in others)
    if team["levels_known"]:
        yield from (("Levels", LEVEL.label(code), seats) for code, seats in team["levels"].items())
    if any(team["brings"].values()):
        yield from ((_BRING, SEVEN_C_HEADS[code], seats) for code, seats in team["brings"].items())


def _table(named: Mapping[str, Any] | None) -> Shown | None:
    if named is None:
        return None
    rows = tuple(
        (
            str(one["department"]),
            {True: "Yes", False: "No"}.get(one.get("in_scope"), DASH),
            _staff(one.get("headcount")),
            listing(one["roles"]) or "Nobody yet",
        )
        for one in named["departments"]
    )
    return Shown("Departments and who speaks for them", ("Department", "In scope", "Staff", "In the group"), rows, "llrl")


def _staff(people: int | None) -> str:
    """Say how large a department is; the smallest are not numbered, for the table is read outside the town, too."""
    if people is None:
        return DASH
    return f"{people:,}" if people >= _SMALLEST or not people else f"under {_SMALLEST}"


def _flags(measured: Measured) -> tuple[Flagged, ...]:
    """What keeps a group from passing the gate: a department it is about is absent, or too few departments are in it."""
    reach, named = measured.facts["reach"], measured.words.get("reach", {})
    said = []
    if reach["focus_absent"]:
        who = listing([str(one) for one in named.get("focus_absent", ())]) or things(reach["focus_absent"], "department")
        reason = f"Your charter is about {who}, and nobody in the group works there."
        said.append((reason, "Ask for somebody who does the work there, or look at the charter again."))
    if reach["departments"] < FEWEST_DEPARTMENTS:
        reason = f"Members come from {things(reach['departments'], 'department')} of your list; a group across the town has three or more."
        said.append((reason, "Ask a department that does the work, or complete the list of departments above."))
    return tuple(Flagged(Flag.DATA_QUALITY, METRIC, reason=reason, next_step=step) for reason, step in said)


def _notices(reach: Mapping[str, Any], team: Mapping[str, Any], *, without_role: Mapping[str, Any]) -> tuple[str, ...]:
    said = []
    if not reach["focus"]:
        said.append("Your charter names no department yet, so it cannot be seen whether those it is about are in the group.")
    if reach["staff"] is None:
        said.append("Enter the staff of every department in scope, and the group's reach is given in staff, too.")
    if reach["undecided"]:
        said.append(
            f"{things(reach['undecided'], 'department is', 'departments are')} neither in scope nor out of it, and not counted."
        )
    if not team["levels"][FRONTLINE]:
        said.append("Nobody in the group works at the front line. Who would notice first if the change does not work?")
    if team["levels_known"] < team["members"]:
        said.append(f"{things(team['members'] - team['levels_known'], 'member has', 'members have')} no level yet.")
    said += _about_seats(team)
    if without_role["letters"] and without_role["without"]:
        said.append(f"{things(without_role['without'], 'member has', 'members have')} no part in any task yet.")
    return tuple(said)


def _about_seats(team: Mapping[str, Any]) -> list[str]:
    said = []
    if not team["sponsors"]:
        said.append("Nobody has the sponsor's seat. Who can say yes when the group needs time or money?")
    elif team["sponsors_low"]:
        said.append("The sponsor is neither elected nor an executive. Can this person say yes to other departments' time?")
    if team["hours_known"]:
        said.append(f"Together the members have {things(team['hours'], 'hour')} a month.")
    if team["without_hours"]:
        said.append(
            f"{things(team['without_hours'], 'member has', 'members have')} no hours for it. Whose time is taken for granted?"
        )
    missing = [SEVEN_C.label(code).split(":")[0].lower() for code, seats in team["brings"].items() if not seats]
    if any(team["brings"].values()) and missing:
        said.append(f"Nobody brings yet: {listing(missing)}.")
    return said
