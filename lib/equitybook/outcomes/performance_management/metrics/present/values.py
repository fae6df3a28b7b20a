"""Every measure's values over time, for everybody and for each group that can be shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from equitybook.charts import Panel, RunLine, RunPoint, run_chart
from equitybook.findings import MIN_DENOMINATOR, TOTAL, Chart, Finding, Measured, Provenance, Shown
from equitybook.outcomes.performance_management.metrics.outline import Outline
from equitybook.outcomes.performance_management.metrics.present.aims import aim_of
from equitybook.outcomes.performance_management.metrics.present.series import (
    Point,
    Series,
    baseline,
    everybody,
    groups,
    name_of,
    outline_of,
    outlines,
    titled,
)
from equitybook.outcomes.performance_management.metrics.present.value_notices import METRIC, value_flags, value_notices
from equitybook.outcomes.performance_management.metrics.present.words import amount, around, difference, distance, span
from equitybook.outcomes.wording import DASH, LEFT_OUT, SMALL, SMALL_NOTE, number

ID = "PM2.values"
TITLE = "Your measures over time"
EMPTY = "Enter the first values above: one row for each measure and period, for everybody, then the groups."
NOT_VISIBLE = "There is nothing that can be shown here: too few people stand behind the values."
A_TREND = 3
"""Fewest periods of which a trend is said (specification PM2)."""
MOST_LINES = 4
"""Groups drawn in one panel; the table has them all."""


def values(measured: Measured) -> Finding:
    """Say where each measure stands and how it came there."""
    live = outlines(measured)
    if not any(one.periods for one in live):
        return Finding(ID, METRIC, TITLE, empty=EMPTY, flags=value_flags(measured))
    shown = [(one, everybody(measured, one), groups(measured, one)) for one in live]
    rows = tuple(row for one, whole, parts in shown for row in _rows(measured, one, whole, parts))
    said = [_standing(measured, one, whole) for one, whole, _ in shown if whole.points]
    if not rows:
        return Finding(ID, METRIC, TITLE, empty=NOT_VISIBLE)
    return Finding(
        ID,
        METRIC,
        TITLE,
        sentence=" ".join(said) or "Values for everybody are not here, or cannot be shown; the groups are below.",
        table=Shown(
            caption=TITLE,
            columns=(
                "Measure",
                "Group",
                "Values, by the end of their period",
                "Newest period",
                "Newest value",
                "95 % interval",
                "People",
                "Since the baseline",
            ),
            rows=rows,
            align="llllrrrr",
            notes=_notes(rows),
        ),
        chart=_chart(measured, shown),
        flags=value_flags(measured),
        notices=(*_trends(measured, shown), *value_notices(measured, live)),
        provenance=_provenance(measured, shown),
    )


def _standing(measured: Measured, one: Outline, whole: Series) -> str:
    last = whole.points[-1]
    start = baseline(measured, one)
    against = ""
    if start is not None and start.period.end < last.period.end:
        moved = last.value - start.value
        against = ", as at the baseline" if not moved else f", {difference(moved, one.unit)} against the baseline"
    of = "" if last.whole is None else f" of {number(last.whole)}" if one.share else f" ({number(last.whole)} people or cases)"
    return f"{name_of(measured, one.key)}: {amount(last.value, one.unit)}{of} in {last.period.words}{against}."


def _rows(measured: Measured, one: Outline, whole: Series, parts: Sequence[Series]) -> Iterator[tuple[str, ...]]:
    start = baseline(measured, one)
    for series in (whole, *parts):
        if not series.points:
            continue
        last = series.points[-1]
        since = (
            last.value - start.value if start is not None and series.code == TOTAL and start.period.end < last.period.end else None
        )
        yield (
            titled(measured, one.key),
            series.label,
            ", ".join(f"{_rate(series, point, one.unit)} ({point.period.end:%b %Y})" for point in series.points),
            last.period.words,
            _rate(series, last, one.unit),
            span(last.interval) if drawn(series, last, one) else DASH,
            number(last.whole),
            difference(since, one.unit),
        )


def drawn(series: Series, point: Point, one: Outline) -> bool:
    """Whether a value may be read as a rate: everybody's, or a group's with enough people behind it."""
    if series.code == TOTAL or one.unit == "count":
        return True
    return point.whole is not None and point.whole >= MIN_DENOMINATOR


def _rate(series: Series, point: Point, unit: str) -> str:
    if series.code != TOTAL and unit != "count" and point.whole is not None and point.whole < MIN_DENOMINATOR:
        return DASH
    few = point.whole is not None and point.whole < SMALL
    return amount(point.value, unit) + ("*" if few else "")


def _notes(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    few = any("*" in row[2] or "*" in row[4] for row in rows)
    dashes = any(DASH in row[2] for row in rows)
    said = [SMALL_NOTE] if few else []
    if dashes:
        said.append(f"— for groups of fewer than {MIN_DENOMINATOR} people: too few for a rate.")
    return (*said, LEFT_OUT)


def _chart(measured: Measured, shown: Sequence[tuple[Outline, Series, tuple[Series, ...]]]) -> Chart | None:
    panels = [panel for one, whole, parts in shown if (panel := _panel(measured, one, whole, parts)) is not None]
    return run_chart(panels, title=TITLE) if panels else None


def _panel(measured: Measured, one: Outline, whole: Series, parts: Sequence[Series]) -> Panel | None:
    lines = [RunLine(whole.label, _points(whole, one))] if whole.points else []
    many = [RunLine(part.label, points) for part in parts if (points := _points(part, one))]
    lines += many[:MOST_LINES]
    if not lines:
        return None
    aim, start, (before, after) = aim_of(measured, one), baseline(measured, one), around(one.unit)
    old = outline_of(measured, one.replaces) if one.replaces else None
    # Another unit on the same scale would draw a jump that is none.
    earlier = everybody(measured, old).points if old is not None and old.unit == one.unit else ()
    return Panel(
        label=f"{titled(measured, one.key)} ({_better(one)})",
        lines=tuple(lines),
        before=before,
        after=after,
        baseline=None if start is None else start.value,
        target=None if one.is_quota or aim is None else aim.target,
        target_on=one.target_on,
        earlier=tuple(RunPoint(point.period.end, point.value, point.period.words, point.whole) for point in earlier),
        broken_on=None if old is None or not one.periods else one.periods[0].start,
        bounds=(0, 100) if one.share else (0, None) if one.unit in {"count", "days"} else (None, None),
    )


def _better(one: Outline) -> str:
    return {"UP": "higher is better", "DOWN": "lower is better", "MAINTAIN": "should stay where it is"}.get(
        one.direction, "direction not chosen"
    )


def _points(series: Series, one: Outline) -> tuple[RunPoint, ...]:
    return tuple(
        RunPoint(point.period.end, point.value, point.period.words, point.whole)
        for point in series.points
        if drawn(series, point, one)
    )


def _trends(measured: Measured, shown: Sequence[tuple[Outline, Series, tuple[Series, ...]]]) -> Iterator[str]:
    """Say a trend where there are three periods; where there are fewer, that there is none to say."""
    for one, whole, parts in shown:
        if len(whole.points) >= A_TREND:
            yield f"{name_of(measured, one.key)}: {_trend(one, whole.points)}"
        elif len(whole.points) == A_TREND - 1:
            yield f"{name_of(measured, one.key)}: two points are not a trend."
        if len(parts) > MOST_LINES:
            yield f"{name_of(measured, one.key)}: the picture draws {MOST_LINES} groups; the table has all."


def _trend(one: Outline, points: Sequence[Point]) -> str:
    steps = [later.value - earlier.value for earlier, later in pairwise(points)]
    moved = points[-1].value - points[0].value
    if not moved:
        return f"over {len(points)} periods it is back where it began."
    way = "rose" if moved > 0 else "fell"
    steady = all(step * moved > 0 for step in steps)
    good = {"UP": moved > 0, "DOWN": moved < 0}.get(one.direction)
    value = "" if good is None else ", the way you want" if good else ", away from what you want"
    said = f"over {len(points)} periods it {way} by {distance(moved, one.unit)}{value}, {'in every period' if steady else 'though not in every period'}."
    return said + (
        " The intervals of the first and the last value overlap, so chance may explain it."
        if _overlap(points[0], points[-1])
        else ""
    )


def _overlap(first: Point, last: Point) -> bool:
    one, other = first.interval, last.interval
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]


def _provenance(measured: Measured, shown: Sequence[tuple[Outline, Series, tuple[Series, ...]]]) -> Provenance:
    newest = max((whole.points[-1].period.end for _, whole, _ in shown if whole.points), default=None)
    sources = measured.words.get("sources", ())
    return Provenance(source="; ".join(sources) or "Values you entered", as_of=newest)
