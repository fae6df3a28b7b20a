"""Middle yearly pay within one job group, for groups of ten or more, unadjusted."""

from __future__ import annotations

from equitybook.findings import Finding, Measured, Provenance, Shown, Statistic
from equitybook.outcomes.human_resources.staff_statistics.dimensions import GROUP_DIMENSIONS, JOB_GROUPS
from equitybook.outcomes.human_resources.staff_statistics.present.words import dollars, percent, staff_of
from equitybook.outcomes.wording import number

ID = "HR1.median_pay"
TITLE = "Middle pay within a job group"
NOTHING = "No job group has two groups of ten or more full-time people with their pay on the staff list, so there is nothing to set side by side."


def median_pay(measured: Measured) -> Finding:
    """Say the middle pay of groups that stand in the same job group, largest difference first."""
    cells = _side_by_side(measured)
    if not cells:
        return Finding(ID, ID, TITLE, empty=NOTHING)
    rows = tuple(row for (_, jobcat), ones in cells.items() for row in _rows(jobcat, ones))
    return Finding(
        ID,
        ID,
        TITLE,
        sentence=_sentence(cells),
        table=Shown(
            caption=f"{TITLE}: full-time staff, unadjusted",
            columns=("Job group", "Group", "People", "Middle pay a year", "Beside the largest group"),
            rows=rows,
            align="llrrr",
            notes=(
                "Middle pay: half earn more, half less, rounded to $100. Only groups of ten or more full-time people with their pay on record.",
            ),
        ),
        notices=(
            "Unadjusted: years of service, hours, titles and overtime are not taken into account. It is a question, not an answer.",
        ),
        provenance=Provenance(
            source="Staff list",
            as_of=measured.facts["snapshot"],
            n=sum(one.n for ones in cells.values() for one in ones),
            numerator="median of yearly pay",
            denominator="full-time people of the group in the job group, with pay on record",
        ),
    )


def _side_by_side(measured: Measured) -> dict[tuple[str, str], list[Statistic]]:
    """Sort medians by (dimension, job group), largest group first; only where two groups can be set side by side."""
    cells: dict[tuple[str, str], list[Statistic]] = {}
    for one in measured.statistics:
        if one.id == ID and one.value is not None:
            cells.setdefault((one.counted_in, one.group.split("/")[1]), []).append(one)
    return {
        key: sorted(ones, key=lambda one: (-one.n, one.group))
        for key, ones in sorted(cells.items(), key=lambda item: item[0][1])
        if len(ones) > 1
    }


def _label(one: Statistic) -> str:
    return GROUP_DIMENSIONS["sex" if one.counted_in == "staff.sex_jobcat" else "race"].label(one.group.split("/")[0])


def _rows(jobcat: str, ones: list[Statistic]) -> list[tuple[str, ...]]:
    largest = ones[0]
    return [
        (
            JOB_GROUPS.label(jobcat),
            _label(one),
            number(one.n),
            dollars(one.value),
            "" if one is largest or not largest.value else percent(100 * ((one.value or 0) / largest.value)),
        )
        for one in ones
    ]


def _sentence(cells: dict[tuple[str, str], list[Statistic]]) -> str:
    widest = max(cells.items(), key=lambda item: max(one.value or 0 for one in item[1]) - min(one.value or 0 for one in item[1]))
    (counted_in, jobcat), ones = widest
    high, low = max(ones, key=lambda one: one.value or 0), min(ones, key=lambda one: one.value or 0)
    by = "sex" if counted_in == "staff.sex_jobcat" else "race"
    who = [f"{dollars(one.value)} for {staff_of(by, _label(one))} ({number(one.n)})" for one in (low, high)]
    if high.value == low.value:
        return f"Among {JOB_GROUPS.label(jobcat).lower()}, the middle pay is the same for the groups that can be set side by side."
    return f"The widest difference is among {JOB_GROUPS.label(jobcat).lower()}: the middle pay is {who[0]} and {who[1]}."
