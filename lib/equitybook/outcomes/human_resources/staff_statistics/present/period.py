"""Where numbers about leaving and moving up come from, over which period, and with what care to read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from equitybook.findings import Measured, Provenance
from equitybook.flags import FLAG_TEXTS, Flag, Flagged
from equitybook.outcomes.human_resources.staff_statistics.present.breakdown import Breakdown, Line
from equitybook.outcomes.human_resources.staff_statistics.present.words import payday, percent, span, unread_words
from equitybook.outcomes.human_resources.staff_statistics.tables import Flow, Moves, Roster
from equitybook.outcomes.wording import DASH, NOT_SHOWN, SMALL, SMALL_NOTE, day, in_words

NO_FLOW = "Add people who left to the staff list, with the day and the reason, or fill in the table “Who came, stayed and left”."
NO_LEAVERS = (
    "Nobody on your staff list has left, so nothing can be said about leaving yet. Ask payroll for the people who left in the last three years "
    "and add them. A list without leavers is not a turnover of 0."
)
NEEDS_LIST = (
    "The table of counts cannot tell who stayed: people hired and gone again within the year are in it too. "
    "Upload a staff list with leavers to see this."
)
_SOURCES = {"list": "Staff list with leavers", "counts": "Table “Who came, stayed and left”"}


def empty_words(measured: Measured, *, needs_list: bool = False) -> str:
    """Say what to do where there is nothing about leaving."""
    source = measured.facts.get("flow_source", "none")
    if source == "counts" and needs_list:
        return NEEDS_LIST
    if source == "list" or (source == "none" and measured.facts["source"] == "roster"):
        return NO_LEAVERS
    return NO_FLOW


def period_words(facts: dict[str, Any] | Any) -> str:  # noqa: ANN401 - facts are JSON-like
    """Write "In the 3 years to 30 June 2026" or "Over 3 periods, from 2023-24 to 2025-26"."""
    years = float(facts["years"])
    if facts["flow_source"] == "counts":
        periods = facts["periods"]
        return f"In {periods[0]}" if len(periods) == 1 else f"Over {in_words(len(periods))} periods, {periods[0]} to {periods[-1]}"
    # The period ends on the payday where no other day is given; a payday nobody entered is said to be none.
    end = payday(facts) if facts["period_end"] == facts["snapshot"] else day(facts["period_end"])
    if years == 1:
        return f"In the year to {end}"
    return f"In the {years:g} years to {end}" if years.is_integer() else f"From {day(facts['period_start'])} to {end}"


def period_notices(measured: Measured) -> tuple[str, ...]:
    """Say what the period leaves open."""
    facts, said = measured.facts, []
    if facts["flow_source"] == "counts":
        said.append(
            "The average staff of a period is that of its start and end; people who came and went in between are not in it."
        )
        if facts["flow_doubled"]:
            said.append("Some groups have rows by job group and a row for all job groups; the rows by job group are used.")
    else:
        said.append("The average staff is taken over every day of the period. Seasonal staff are left out; people on leave are in.")
        if facts["period_from"] == "year":
            said.append("No period is entered, so the year up to the payday is used. Enter the period in the first table.")
        if facts["period_clipped"]:
            said.append(f"People who left are on file only since {day(facts['records_from'])}, so the period starts then.")
        if facts["moves_unknown"]:
            said.append("Some moves bear a key that is not in the staff list; they are not counted.")
    if facts["years"] < 3:  # noqa: PLR2004 - the programme asks for three years
        said.append("This rests on less than three years. One year can be an exception.")
    return tuple(said)


def period_flags(measured: Measured, metric: str) -> tuple[Flagged, ...]:
    """Flag counted rows that do not add up, and entries that cannot be read and are therefore missing from the numbers."""
    facts = measured.facts
    counted = (Flow,) if facts["flow_source"] == "counts" else (Roster, Moves)
    rules = [rule for table in counted for rule in unread_words(facts, table)]
    if facts.get("flow_rows_off"):
        rules.append(
            (
                f"start + came − left is not the end in {in_words(facts['flow_rows_off'])} of the rows",
                "Correct the rows marked in the table.",
            )
        )
    if facts.get("flow_over"):
        rules.append(
            ("the groups together are more than “All staff”", "Compare the rows of each group with the row for all staff.")
        )
    return tuple(
        Flagged(Flag.DATA_QUALITY, metric, reason=FLAG_TEXTS[Flag.DATA_QUALITY].format(rule=rule), next_step=step)
        for rule, step in rules
    )


def provenance(measured: Measured, n: float | None, *, numerator: str, denominator: str) -> Provenance:
    """Name source and date of a number about a period; counted periods carry their own names and no date."""
    facts = measured.facts
    as_of = facts["period_end"]
    source = _SOURCES[facts["flow_source"]]
    if as_of is None:
        source = f"{source}, {facts['periods'][-1]}"
    return Provenance(source=source, as_of=as_of, n=n, numerator=numerator, denominator=denominator)


def rate_cells(one: Breakdown, line: Line) -> tuple[str, str]:
    """Write the rate and its interval; a star where it rests on few people."""
    value = one.rate(line)
    return percent(value) + ("*" if value is not None and line.small else ""), span(*one.interval(line))


def notes(rows: Sequence[Sequence[str]], *parts: Breakdown) -> tuple[str, ...]:
    """Give the notes a table of rates needs: stars, dashes, groups left out."""
    cells = [cell for row in rows for cell in row]
    made = [SMALL_NOTE] if any(cell.endswith("*") for cell in cells) else []
    if DASH in cells:
        least = max(one.least for one in parts)
        made += [
            f"A rate is given from {least:g} people on (fewer than {SMALL} bear a star)."
            if least < SMALL
            else f"A rate is given from {least:g} people on.",
            NOT_SHOWN,
        ]
    if any(one.interval(line) != (None, None) for one in parts for line in (one.everyone, *one.groups)):
        made.append("95 % interval: where the rate plausibly lies if chance had its part in it; the fewer people, the wider.")
    return (*made, *dict.fromkeys(note for one in parts for note in one.notes))
