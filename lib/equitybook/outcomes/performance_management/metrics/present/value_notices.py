"""What a team should know of its values besides the values: what is missing, what does not fit, and what nobody outside the town sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equitybook.findings import Measured
from equitybook.flags import Flag, Flagged
from equitybook.outcomes.performance_management.metrics.outline import Outline
from equitybook.outcomes.performance_management.metrics.present.series import everybody, name_of

METRIC = "PM2.value"


def value_notices(measured: Measured, live: Sequence[Outline]) -> Iterator[str]:
    """Say which measures have no value, no baseline, or nobody behind their values, and which groups do not fit into everybody."""
    for one in live:
        name, points = name_of(measured, one.key), everybody(measured, one).points
        if not one.periods:
            yield f"{name} has no value yet."
        elif one.locked_on is None:
            yield f"{name}: the baseline is not locked, so no line is drawn for it."
        if points and points[-1].whole is None and one.unit != "count":
            yield f"{name}: write under “Out of” how many people stand behind its values. Until then nobody outside the town sees them."
    for key, period, grouping in measured.facts.get("apart", ()):
        yield (
            f"{name_of(measured, key)}, {period}, {grouping.lower()}: add the row for everybody, and see that the groups do not add up to more. "
            "Until then they are shown to nobody outside the town."
        )


def value_flags(measured: Measured) -> tuple[Flagged, ...]:
    """Mark values that cannot be computed, percentages that read as shares of 1, and values of no measure."""
    said = [
        (
            key,
            f"{name_of(measured, key)}, {period}: a value cannot be computed. More may be counted than it is out of, or a percentage lies outside 0 to 100.",
        )
        for key, period in measured.facts.get("unusable", ())
    ]
    said += [
        (
            key,
            f"{name_of(measured, key)}: a value between 0 and 1 reads like a share. Percentages run from 0 to 100; 0.62 is 62 percent.",
        )
        for key in measured.facts.get("like_shares", ())
    ]
    if measured.facts.get("lost"):
        said.append(("", "Some values belong to a measure that is not in your list. Choose the measure's code on those rows."))
    return tuple(
        Flagged(Flag.DATA_QUALITY, METRIC, key, reason=text, next_step="Correct the rows in the table above.") for key, text in said
    )
