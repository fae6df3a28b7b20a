"""What happens to people over time: moves of people on the staff list, and the counted alternative."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from equitybook.codebook import Message, Row, column
from equitybook.codebook.categories import (
    GROUP,
    JOBCAT,
    MOVE,
)
from equitybook.outcomes.human_resources.staff_statistics.tables.asked import total_question


class Moves(Row, id="hr1_moves", name="Promotions and moves", one_row="one move of one person"):
    """Moves of people on the staff list. Reclassifications and step increases are no promotions."""

    emp_key: str = column("Key", required=True, example="k7Q2", refers="hr1_roster.emp_key", help="The key of the staff list.")
    date: dt.date = column("Date", required=True, example="2025-11-01", also=("effective date", "move date"))
    kind: Annotated[str, MOVE] = column("Kind", required=True, example="PROMOTION", also=("type", "action", "move type"))
    from_jobcat: Annotated[str, JOBCAT] = column("From job group", required=True, example="8")
    to_jobcat: Annotated[str, JOBCAT] = column("To job group", required=True, example="7")
    competitive: bool = column("Competitive", example=True, help="Was there an exam or a selection among candidates?")


class Flow(Row, id="hr1_flow", name="Who came, stayed and left", one_row="one period, job group and group of people"):
    """The counted alternative to a staff list: who was there, who came, who left."""

    period: str = column(
        "Period",
        required=True,
        example="2025-26",
        help="One year, as you name it. Three years are better than one.",
        also=("year", "fiscal year"),
    )
    jobcat: Annotated[str, JOBCAT] = column("Job group", example="4", help="Empty: all job groups together.")
    group: Annotated[str, GROUP] = column("Group", required=True, example="HISP")
    headcount_start: int = column("At the start", unit="people", required=True, minimum=0, example=24)
    hires: int = column("Hired", unit="people", minimum=0, example=4)
    transfers_in: int = column("Moved in", unit="people", minimum=0, example=0, help="From another job group.")
    sep_vol: int = column("Resigned", unit="people", minimum=0, example=2)
    sep_ret: int = column("Retired", unit="people", minimum=0, example=1)
    sep_invol: int = column("Dismissed or laid off", unit="people", minimum=0, example=0)
    sep_other: int = column(
        "Left otherwise", unit="people", minimum=0, example=0, help="End of term, died, moved to another public employer."
    )
    transfers_out: int = column("Moved out", unit="people", minimum=0, example=0, help="To another job group.")
    promotions_from: int = column("Promoted from here", unit="people", minimum=0, example=1)
    headcount_end: int = column("At the end", unit="people", required=True, minimum=0, example=25)

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        """See that the counts add up, that no more people leave than there are, and that no row adds up others."""
        start, end = row.get("headcount_start"), row.get("headcount_end")
        yield from total_question(row, "period", end if start is None else start, needs=("group",))
        if start is None:
            return
        came = sum(row.get(name) or 0 for name in ("hires", "transfers_in"))
        left = sum(row.get(name) or 0 for name in ("sep_vol", "sep_ret", "sep_invol", "sep_other", "transfers_out"))
        if left > start + came:
            yield Message(
                f"{left} people left, but only {start + came} were there at the start or came in. Check the counts.",
                field="sep_vol",
            )
        elif end is not None and start + came - left != end:
            yield Message(
                f"{start} at the start + {came} came − {left} left = {start + came - left}, not {end}. Correct one of the counts.",
                field="headcount_end",
            )
