"""The values of the project's measures, period by period and group by group (specification PM2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Annotated, Any

from equitybook.charter.vocabularies import MEASURED_GROUP
from equitybook.codebook import Message, Row, column
from equitybook.codebook.percentages import likely_share, percentage_messages
from equitybook.codebook.rows import Read

_Typed = Mapping[str, Any]


class Values(Row, id="pm2_values", name="Values of your measures", one_row="one measure, period and group"):
    """What each measure was, in each period, for everybody and for each group. Counts stay counts: the page divides."""

    measure_id: str = column("Measure", required=True, example="M2", refers="measures.measure_id", help="Its code.")
    period_start: dt.date = column("From", required=True, example="2025-07-01", help="First day of the period.")
    period_end: dt.date = column("To", required=True, example="2026-06-30", help="Last day of the period.")
    group: Annotated[str, MEASURED_GROUP] = column(
        "Group",
        required=True,
        example="ALL",
        help="Everybody first, then one row for each group. You may name a group of your own: Applied in Spanish, East side.",
    )
    numerator: float = column("Counted (numerator)", minimum=0, example=162, help="As the measure's card says.")
    denominator: float = column(
        "Out of (denominator)", unit="people", minimum=0, example=212, help="People, households or cases it is counted among."
    )
    value: float = column(
        "Value",
        help=(
            "Only where it is no division, such as a median or a score; then write under “Out of” how many people stand behind it: "
            "without them nobody outside the town sees it. Percentages run from 0 to 100."
        ),
    )
    source_note: str = column("Source", example="Permit log, report of 8 July 2026")

    @classmethod
    def check(cls, row: _Typed) -> Iterator[Message]:
        """See that the period runs forwards and that there is one way to the value."""
        start, end = row.get("period_start"), row.get("period_end")
        if start and end and end < start:
            yield Message(
                f"The period ends ({end}) before it starts ({start}). Exchange the two dates or correct one.", field="period_end"
            )
        yield from _value_messages(row)

    @classmethod
    def check_all(cls, rows: Sequence[tuple[str, _Typed]]) -> Iterator[Message]:
        """See that nothing is entered twice, that periods do not overlap, and that no group is larger than everybody."""
        placed = [(number, row_id, row) for number, (row_id, row) in enumerate(rows, start=1) if _has_place(row)]
        yield from _repeated(placed)
        yield from _overlapping(placed)
        yield from _larger_than_everybody(placed)

    @classmethod
    def check_beside(cls, rows: Sequence[tuple[str, _Typed]], read: Read) -> Iterator[Message]:
        """See that a percentage counts no more than it is out of, and that what is counted is whole."""
        units = {str(one.get("measure_id")): str(one.get("unit")) for one in read("measures")}
        large: dict[str, list[float]] = {}
        for _, row in rows:
            if (figure := _in_percent(row)) > 1:
                large.setdefault(str(row.get("measure_id")), []).append(figure)
        for number, (row_id, row) in enumerate(rows, start=1):
            measure = str(row.get("measure_id"))
            found = _unit_messages(row, units.get(measure, ""), large.get(measure, ()))
            yield from (replace(one, row=row_id, text=f"Row {number}: {one.text}") for one in found)


def _value_messages(row: _Typed) -> Iterator[Message]:
    counted, out_of, value = (row.get(name) for name in ("numerator", "denominator", "value"))
    if counted is not None and value is not None:
        yield Message(
            "There is a numerator and a value. Leave the value empty where it is a division; the page divides.", field="value"
        )
    if counted is None and value is None and out_of is not None:
        yield Message(
            "What it is out of is here; without a number that was counted there is no value for this row.", field="numerator"
        )
    if out_of == 0:
        yield Message(
            "Nobody is counted among, so there is no value for this row: it stays empty and is not 0.", field="denominator"
        )


def _in_percent(row: _Typed) -> float:
    """Read a row as a percentage, whatever its measure's unit; 0 where there is none."""
    counted, out_of = row.get("numerator"), row.get("denominator")
    return float(_PER_CENT * counted / out_of if counted and out_of else row.get("value") or 0)


def _unit_messages(row: _Typed, unit: str, others: Sequence[float]) -> Iterator[Message]:
    """Say what does not fit a measure's unit; ``others`` are its values above one percent."""
    counted, out_of = row.get("numerator"), row.get("denominator")
    if unit == "pct" and counted is not None and out_of is not None and counted > out_of:
        yield Message(
            f"{counted:g} are counted out of {out_of:g}. A percentage counts no more than it is out of.", field="numerator"
        )
    if unit == "pct" and (value := row.get("value")) is not None:
        yield from percentage_messages(value, "value", like_share=likely_share(value, others))
    # A percentage may be out of an average number of staff, which need not be whole.
    for field in {"count": ("numerator", "denominator", "value"), "pct": ("numerator",)}.get(unit, ()):
        number = row.get(field)
        if number is not None and not float(number).is_integer():
            yield Message(f"{number:g} is not a whole number. People and cases are counted in whole numbers.", field=field)


_PER_CENT = 100
_Placed = Sequence[tuple[int, str, _Typed]]


def _has_place(row: _Typed) -> bool:
    return all(row.get(name) for name in ("measure_id", "period_start", "period_end", "group"))


def _repeated(rows: _Placed) -> Iterator[Message]:
    seen: dict[tuple[Any, ...], int] = {}
    for number, row_id, row in rows:
        key = (row["measure_id"], row["period_start"], row["period_end"], str(row["group"]).casefold())
        if key in seen:
            yield Message(
                f"Row {number} repeats row {seen[key]}: same measure, period and group. Keep one of the two.",
                row=row_id,
                field="group",
            )
        seen.setdefault(key, number)


def _overlapping(rows: _Placed) -> Iterator[Message]:
    periods: dict[Any, dict[tuple[Any, Any], tuple[int, str]]] = {}
    for number, row_id, row in rows:
        periods.setdefault(row["measure_id"], {}).setdefault((row["period_start"], row["period_end"]), (number, row_id))
    for measure_id, found in periods.items():
        ordered = sorted(found)
        for (_, end), (start, later_end) in pairwise(ordered):
            if start <= end:
                number, row_id = found[start, later_end]
                yield Message(
                    f"Row {number}: this period begins ({start}) before another one of {measure_id} has ended ({end}). Some people would be "
                    "counted in both. Use periods that follow each other.",
                    row=row_id,
                    field="period_start",
                )


def _larger_than_everybody(rows: _Placed) -> Iterator[Message]:
    whole = {(row["measure_id"], row["period_start"], row["period_end"]): row for _, _, row in rows if row["group"] == "ALL"}
    for number, row_id, row in rows:
        everybody = whole.get((row["measure_id"], row["period_start"], row["period_end"]))
        if row["group"] == "ALL" or everybody is None:
            continue
        for field, what in (("numerator", "counted"), ("denominator", "out of")):
            own, all_of = row.get(field), everybody.get(field)
            if own is not None and all_of is not None and own > all_of:
                yield Message(
                    f"Row {number}: {own:g} {what} in this group is more than {all_of:g} for everybody in the same period. Check both rows.",
                    row=row_id,
                    field=field,
                )


TABLES = (Values,)
