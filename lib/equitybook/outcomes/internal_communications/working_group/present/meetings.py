"""Whether the group meets, who comes, and whether what is agreed gets done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equitybook.charts.attendance import Attended, attendance
from equitybook.codebook.wording import short_day
from equitybook.findings import Chart, Finding, Measured, Provenance, Shown
from equitybook.flags import FLAG_TEXTS, Flag, Flagged
from equitybook.outcomes.internal_communications.working_group.present.words import in_percent
from equitybook.outcomes.wording import things

ID = "IC1.meetings"
METRIC = "IC1.attendance"
TITLE = "Meetings and what came of them"
EMPTY = "Put in the dates of the first three meetings above. Who came, and what got done, is added after each."


def meetings(measured: Measured) -> Finding:
    """Say how many of those invited came, and how much of what was agreed is done."""
    facts = measured.facts["meetings"]
    if not facts["dates"]:
        return Finding(ID, METRIC, TITLE, empty=EMPTY)
    held = facts["held"]
    return Finding(
        ID,
        METRIC,
        TITLE,
        sentence=_sentence(facts),
        table=_table(facts),
        chart=_chart(facts),
        flags=_flags(facts),
        notices=_notices(facts),
        provenance=Provenance(
            source="Your list of meetings",
            as_of=held[-1] if held else None,
            numerator="people who came, over all meetings",
            denominator="people invited, over all meetings",
        ),
    )


def _sentence(facts: Mapping[str, Any]) -> str:
    held, planned = len(facts["held"]), len(facts["dates"]) - len(facts["held"])
    ahead = f"{things(planned, 'meeting is', 'meetings are')} planned" if planned else "no further meeting is planned"
    if not held:
        return f"No meeting was held yet; {ahead}."
    said = f"{things(held, 'meeting was', 'meetings were')} held and {ahead}."
    if facts["invited"]:
        said += f" {_came(facts)}{in_percent(facts['came'], facts['invited'])}."
    if agreed := _agreed(facts):
        done = f"{facts['closed']} {'is' if facts['closed'] == 1 else 'are'} done"
        said += f" Of {things(agreed, 'thing')} agreed, {done}{in_percent(facts['closed'], agreed)}."
    return said


def _came(facts: Mapping[str, Any]) -> str:
    """Add the meetings up; somebody invited to two of them is counted twice, so their number is said."""
    counted = len(facts["attendance"])
    over = f" over {counted} meetings" if counted > 1 else ""
    return f"Of {facts['invited']} invited{over}, {facts['came']} came"


def _agreed(facts: Mapping[str, Any]) -> int:
    """Give the actions there ever were: those done and those still open; 0 where either is not known."""
    return 0 if facts["closed"] is None or facts["open"] is None else int(facts["closed"] + facts["open"])


def _table(facts: Mapping[str, Any]) -> Shown | None:
    if not facts["attendance"]:
        return None
    rows = [(short_day(day), f"{came}", f"{invited}") for day, came, invited in facts["attendance"]]
    rows.append(("All", f"{facts['came']}", f"{facts['invited']}"))
    return Shown("Who came", ("Meeting", "Came", "Invited"), tuple(rows), "lrr")


def _chart(facts: Mapping[str, Any]) -> Chart | None:
    """Draw people and not shares: a group is seven or so, and a percentage needs ten."""
    met = [Attended(*one) for one in facts["attendance"]]
    return attendance(met, title=_came(facts)) if len(met) > 1 else None


def _flags(facts: Mapping[str, Any]) -> tuple[Flagged, ...]:
    if not facts["too_many"]:
        return ()
    rule = f"more people came than were invited at {things(facts['too_many'], 'meeting')}, which {'is' if facts['too_many'] == 1 else 'are'} left out"
    reason = FLAG_TEXTS[Flag.DATA_QUALITY].format(rule=rule)
    return (Flagged(Flag.DATA_QUALITY, METRIC, reason=reason, next_step="Correct the numbers marked in the table."),)


def _notices(facts: Mapping[str, Any]) -> tuple[str, ...]:
    said = []
    if facts["uncounted"]:
        said.append(
            f"For {things(facts['uncounted'], 'meeting')} that {'has' if facts['uncounted'] == 1 else 'have'} passed it is not written down who came."
        )
    if facts["attendance"]:
        said.append("People who stay away often have a reason the group can change: the hour, the supervisor, the shift.")
    if _agreed(facts):
        said.append(
            "Done and still open are set against each other as of the latest meeting; an action open at three meetings counts once."
        )
    if facts["decisions"] == 0:
        said.append("No decision was taken yet. What is this group allowed to decide?")
    return tuple(said)
