"""The project's measures with their baselines and targets, and the story behind them (specification 5.2, PM2 and 4.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from equitybook.charter.quotas import counted_quota, quota_reason
from equitybook.charter.vocabularies import (
    CADENCE,
    CAUSE_KIND,
    DIRECTION,
    LEVEL,
    POWER,
    RATIONALE,
    RBA,
    REFERENCE,
    SMALLEST,
    SPLIT_BY,
    UNIT,
)
from equitybook.codebook import LongText, Message, Row, column
from equitybook.codebook.categories import DEPARTMENT
from equitybook.codebook.percentages import percentage_messages

DEFINITION = ("numerator_def", "denominator_def", "unit", "direction", "rba", "level")
"""What makes a measure this measure: once its baseline is locked, another definition is another measure."""

BASELINE = ("baseline_value", "baseline_n", "baseline_period", "baseline_date", "locked_by", "baseline_locked_on")

_LOCKED_DEFINITION = (
    "This measure's baseline is locked, and another definition would make the old numbers mean something else. Use “Define it anew” on "
    "its card: it begins a new measure and marks the break in the chart."
)
_LOCKED_BASELINE = "This baseline is locked. Use “Revise the baseline” on its card: it asks for the reason and keeps the old value."
_LOCKED_ID = "A measure's code stays what it is: values, evidence and actions point to it."


class Measures(Row, id="measures", name="Your measures", one_row="one measure"):
    """How the project will know whether it moves anything. Codes are never used twice."""

    measure_id: str = column("Code", required=True, example="M1", numbered="M", help="Given by the workbook.")
    name: str = column("Measure", required=True, example="Median days to a residential permit, applications in Spanish")
    result_statement: LongText = column(
        "The result it serves", required=True, example="Residents get a permit in the same time, whatever language they apply in."
    )
    level: Annotated[str, LEVEL] = column("Level", required=True, example="PERFORMANCE")
    rba: Annotated[str, RBA] = column("Which question", required=True, example="HOW_WELL")
    department: Annotated[str, DEPARTMENT] = column("Department", required=True, example="Community Development/Planning")
    unit: Annotated[str, UNIT] = column("Unit", required=True, example="days")
    direction: Annotated[str, DIRECTION] = column("What is better", required=True, example="DOWN")
    numerator_def: str = column(
        "What is counted (numerator)",
        example="Days from a complete application to the permit, middle value",
        help="In words a colleague could count by.",
    )
    denominator_def: str = column(
        "Out of what (denominator)", example="Residential permits issued in the quarter, applied for in Spanish"
    )
    dataset_id: str = column(
        "Data from", example="D1", refers="pm1_datasets.dataset_id", help="The code of a row in your data inventory."
    )
    disaggregate_by: list[Annotated[str, SPLIT_BY]] = column("Shown by", example=["language"])
    comm_power: Annotated[str, POWER] = column("Would a resident understand it?", example="H")
    proxy_power: Annotated[str, POWER] = column("Does it say what matters?", example="M")
    data_power: Annotated[str, POWER] = column("Do you have good data?", example="M")
    cadence: Annotated[str, CADENCE] = column("How often", required=True, example="quarterly")
    owner_role: str = column("Who answers for it?", example="Permit coordinator", help="A role, not a name.")
    reference_group: Annotated[str, REFERENCE] = column("Compare groups with", example="COMPLEMENT")
    reference_value: float = column(
        "The published figure", help="Only where you compare with one. In the measure's unit; percentages run from 0 to 100."
    )
    reference_source: str = column("Who published it, and for when", example="")
    suppression_min: Annotated[str, SMALLEST] = column(
        "Smallest group you report",
        example="10",
        help="What you promised the people who are counted. Your coach's page keeps to it. It hides groups of fewer than 5, and the public's of fewer than 11, in any case.",
    )
    baseline_value: float = column(
        "Baseline", typed=False, example=31, help="Locked from the values you entered. Until then it may stay empty."
    )
    baseline_n: int = column("Cases behind it", typed=False, minimum=0, example=46)
    baseline_period: str = column("Baseline period", typed=False, example="July 2025 to June 2026")
    baseline_date: dt.date = column("Baseline date", typed=False, example="2026-06-30", help="The last day of its period.")
    baseline_plan: str = column(
        "No baseline yet? How will you get it?", example="From the January permit log", also=("No baseline yet? When?",)
    )
    baseline_due: dt.date = column("Baseline planned for", example="2027-01-10", help="The day by which you will lock it.")
    baseline_locked_on: dt.date = column(
        "Baseline locked on", typed=False, example="2026-12-05", help="Set by the button “Lock the baseline”."
    )
    locked_by: str = column("Locked by", typed=False, example="Assistant village manager", help="The role, not the name.")
    target_value: float = column("Target", example=18)
    target_date: dt.date = column("Reach it by", example="2028-06-30")
    target_rationale: Annotated[str, RATIONALE] = column("Why this target", example="trend")
    target_note: LongText = column(
        "The target in words", example="As fast as for applications in English today, within two budget years"
    )
    tolerance: float = column(
        "May differ by",
        minimum=0,
        example=2,
        help="For measures that should stay where they are: how far one may move and still count as kept, in its unit.",
    )
    replaces: str = column(
        "Replaces", typed=False, example="", refers="measures.measure_id", help="The measure this one was defined anew from."
    )
    retired_on: dt.date = column("Retired on", typed=False, help="Set when it is defined anew or given up.")
    retired_reason: str = column("Why retired", typed=False, example="")

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        """See that the target fits the direction, is no quota, and that the level fits the department."""
        if reason := quota_reason(row.get("target_note"), row.get("name"), row.get("numerator_def")):
            yield Message(reason, field="target_note")
        elif reason := counted_quota(row):
            yield Message(reason, field="target_value")
        if row.get("level") == "POPULATION" and row.get("department") not in {None, "Other"}:
            yield Message(
                "A measure of everybody in town is no single department's to answer for. Choose “A department's own work”, or the "
                "department “Other”.",
                field="level",
            )
        if row.get("unit") in {"pct", "ratio"} and row.get("numerator_def") and not row.get("denominator_def"):
            yield Message("A percentage or ratio needs what it is out of.", field="denominator_def")
        yield from _baseline_messages(row)
        yield from _target_messages(row)
        yield from _reference_messages(row)

    @classmethod
    def check_all(cls, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[Message]:
        """See that no code stands for two measures."""
        seen: dict[str, int] = {}
        for number, (row_id, values) in enumerate(rows, start=1):
            code = values.get("measure_id")
            if code and code in seen:
                yield Message(
                    f"Row {number} has the code {code} of row {seen[code]}. Each measure needs a code of its own.",
                    row=row_id,
                    field="measure_id",
                )
            if code:
                seen.setdefault(code, number)

    @classmethod
    def locked(cls, row: Mapping[str, Any]) -> Mapping[str, str]:
        """A locked baseline fixes the definition for good and itself until a reason is given."""
        if not row.get("baseline_locked_on"):
            return {}
        return {
            "measure_id": _LOCKED_ID,
            **dict.fromkeys(DEFINITION, _LOCKED_DEFINITION),
            **dict.fromkeys(BASELINE, _LOCKED_BASELINE),
        }


def same_as_shown(one: float, other: float, unit: str | None) -> bool:
    """Whether two values of a measure read the same on the page: a baseline is computed with more digits than anybody types."""
    digits = 2 if unit == "ratio" else 1
    return round(one, digits) == round(other, digits)


def _baseline_messages(row: Mapping[str, Any]) -> Iterator[Message]:
    open_yet = not row.get("baseline_locked_on") and not row.get("retired_on")
    if open_yet and row.get("baseline_plan") and not row.get("baseline_due"):
        yield Message("A plan for the baseline needs its day. Enter by when you will lock it.", field="baseline_due")
    if open_yet and row.get("baseline_due") and not row.get("baseline_plan"):
        yield Message("There is a day for the baseline and no plan. Say how you will get it.", field="baseline_plan")


def _target_messages(row: Mapping[str, Any]) -> Iterator[Message]:
    baseline, target, direction = (row.get(name) for name in ("baseline_value", "target_value", "direction"))
    if target is not None and not row.get("target_rationale"):
        yield Message("The target has no reason yet. Choose why this one.", field="target_rationale")
    if target is not None and row.get("unit") == "pct":
        # 0.8 beside a baseline of 1.2 is a small percent; 0.15 beside 24 is a share.
        yield from percentage_messages(target, "target_value", like_share=baseline is None or baseline > 10 * target)
    if direction == "MAINTAIN":
        yield from _kept_messages(row)
    elif baseline is not None and target is not None and not same_as_shown(target, baseline, row.get("unit")):
        yield from _direction_messages(baseline, target, str(direction))


def _direction_messages(baseline: float, target: float, direction: str) -> Iterator[Message]:
    if (direction == "DOWN" and target > baseline) or (direction == "UP" and target < baseline):
        better = "Lower" if direction == "DOWN" else "Higher"
        yield Message(
            f"{better} is better, but the target {target:g} is on the other side of the baseline {baseline:g}. Correct the target or what is better.",
            field="target_value",
        )


def _kept_messages(row: Mapping[str, Any]) -> Iterator[Message]:
    """A measure that should stay where it is has its baseline for a target, and a tolerance (specification 5.2)."""
    baseline, target = row.get("baseline_value"), row.get("target_value")
    if baseline is not None and target is not None and not same_as_shown(target, baseline, row.get("unit")):
        yield Message(
            f"This measure should stay where it is, at {round(baseline, 2):,.10g}, but the target is {target:g}. Leave the target empty, or choose that "
            "higher or lower is better.",
            field="target_value",
        )
    if row.get("tolerance") is None and (target is not None or row.get("baseline_locked_on")):
        yield Message("Say how far it may move and still count as kept, in the measure's unit.", field="tolerance")


def _reference_messages(row: Mapping[str, Any]) -> Iterator[Message]:
    figure, source = row.get("reference_value"), row.get("reference_source")
    if figure is not None and row.get("unit") == "pct":
        yield from percentage_messages(figure, "reference_value")
    if row.get("reference_group") != "BENCHMARK":
        return
    if figure is None:
        yield Message(
            "Groups are to be compared with a published figure, and it is missing. Enter it, or compare with everybody else.",
            field="reference_value",
        )
    elif not source:
        yield Message(
            "A published figure needs its source: who published it, and for which place and year.", field="reference_source"
        )


class Story(Row, id="story", name="The story behind the curve", one_row="one cause of one measure"):
    """Why a measure is where it is: causes inside and outside your control, with what shows them."""

    measure_id: str = column("Measure", required=True, example="M1", refers="measures.measure_id")
    cause: LongText = column(
        "Cause", required=True, example="Incomplete forms go to the back of the line instead of being completed at the counter"
    )
    kind: Annotated[str, CAUSE_KIND] = column("Where it lies", required=True, example="INSIDE")
    evidence: LongText = column("What shows it", required=True, example="Twelve of the 46 files of 2025 were returned once or more")
    partner: str = column("Who could help", example="Builders' association")
