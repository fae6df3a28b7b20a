"""Who could be hired or promoted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from equitybook.codebook import Message, Percent, Row, column
from equitybook.codebook.categories import (
    GROUP,
    JOBCAT,
    RACE,
)


class Availability(Row, id="hr1_avail", name="Who could we hire from", one_row="one job group and one group of people"):
    """Shares among people with the skills for a job, outside (where you hire from) and inside (who could be promoted)."""

    jobcat: Annotated[str, JOBCAT] = column("Job group", required=True, example="4")
    group: Annotated[str, GROUP] = column("Group", required=True, example="HISP")
    ext_pct: Percent = column(
        "Share you could hire",
        unit="%",
        required=True,
        minimum=0,
        maximum=100,
        example=21.0,
        help="Of everybody with the skills for these jobs in the area you hire from, how many are of this group.",
        also=("share outside",),
    )
    ext_moe: Percent = column(
        "Margin of error", unit="points", minimum=0, maximum=100, example=3.0, help="At 90 %, as the Census prints it."
    )
    ext_source: str = column("Source for hiring", required=True, example="EEO Tabulation 6W, Cook County", also=("source outside",))
    int_pct: Percent = column(
        "Share you could promote",
        unit="%",
        minimum=0,
        maximum=100,
        example=18.0,
        help="Of your own people who could be promoted into these jobs, how many are of this group. Empty if you promote nobody into them.",
        also=("share inside",),
    )
    int_source: str = column("Source for promoting", example="Feeder job group 8, staff list of 30 June", also=("source inside",))
    w_ext: float = column(
        "Part filled by hiring",
        minimum=0,
        maximum=1,
        example=0.7,
        help="How many of these jobs are filled from outside: 0.7 is 70 %. With the part filled by promotion this makes 1.",
        also=("weight outside",),
    )
    w_int: float = column(
        "Part filled by promotion",
        minimum=0,
        maximum=1,
        example=0.3,
        help="How many of these jobs are filled by promoting your own people: 0.3 is 30 %.",
        also=("weight inside",),
    )

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        """See that the two weights share out one whole."""
        outside, inside = row.get("w_ext"), row.get("w_int")
        if outside is not None and inside is not None and abs(outside + inside - 1) > 0.005:  # noqa: PLR2004 - half a percent of rounding
            yield Message(
                f"The part filled by hiring, {outside:g}, and the part filled by promotion, {inside:g}, add up to {outside + inside:g}, not 1.",
                field="w_int",
            )

    @classmethod
    def check_all(cls, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[Message]:
        """See that no group stands twice in a job group, and that races together do not exceed the whole."""
        seen: dict[tuple[Any, Any], int] = {}
        sums: dict[Any, float] = {}
        for number, (row_id, values) in enumerate(rows, start=1):
            key = (values.get("jobcat"), values.get("group"))
            if not all(key):
                continue
            if key in seen:
                yield Message(
                    f"Row {number} repeats row {seen[key]}: same job group and group. The last one is used.",
                    row=row_id,
                    field="group",
                )
            elif key[1] in RACE.labels:
                sums[key[0]] = sums.get(key[0], 0) + (values.get("ext_pct") or 0)
            seen.setdefault(key, number)
        for jobcat, total in sums.items():
            if total > 100.5:  # noqa: PLR2004 - published shares are rounded
                yield Message(
                    f"In {JOBCAT.label(jobcat)} the shares of those you could hire add up to {total:.1f} %, more than 100 %. Check them.",
                    field="ext_pct",
                )
