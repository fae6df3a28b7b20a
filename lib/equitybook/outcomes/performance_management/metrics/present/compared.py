"""Each group beside its reference: everybody else, the group that fares best, or a published figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from equitybook.findings import MIN_DENOMINATOR, UNKNOWN, CountTable, Measured
from equitybook.outcomes.performance_management.metrics.outline import COUNTED, OF_EVERYBODY, Outline, grouping_of, table_name
from equitybook.outcomes.performance_management.metrics.present.series import (
    GROUPINGS,
    Point,
    everybody,
    groups,
    is_group,
    label_of,
    point_of,
)
from equitybook.outcomes.performance_management.metrics.present.unknown import newest, unknown
from equitybook.outcomes.wording import SMALL
from equitybook.statistics import against_figure, fraction, holm
from equitybook.statistics.comparison import ALPHA, LINE, fisher

REFERENCE_LEAST = 20
"""Fewest people of a group that others are compared with because it fares best (specification PM2)."""
OTHERS, WITH_ALL, PUBLISHED = "everybody else", "everybody, this group included", "the published figure"
OTHERS_AND_UNKNOWN = "everybody else, people of unknown group included"


@dataclass(frozen=True, slots=True)
class Beside:
    """One group's value and its reference's, in the measure's unit.

    ``p`` is for shares only: Fisher's, or the binomial test's against a published figure, Holm-adjusted within its table. ``bounds`` are
    the group's lowest and highest percent, given the people whose group is not known; None where there are none.
    """

    outline: Outline
    grouping: str
    label: str
    own: Point
    reference: str
    other: Point
    p: float | None = None
    bounds: tuple[float, float] | None = None

    @property
    def gap(self) -> float:
        """The group's value less the reference's."""
        return self.own.value - self.other.value

    @property
    def worse(self) -> bool:
        """Whether the group stands where the measure should not go; any distance where it should stay."""
        return {"UP": self.gap < 0, "DOWN": self.gap > 0}.get(self.outline.direction, self.gap != 0)

    @property
    def beyond_chance(self) -> bool:
        """Whether the corrected test says that chance rarely gives such a difference."""
        return self.p is not None and self.p <= ALPHA

    @property
    def below_line(self) -> bool:
        """Whether a share is below the reference line: less than four fifths of what is wanted in the reference; either way where it should stay."""
        own, other = self._wanted
        return own < LINE * other or (self.outline.direction not in ("UP", "DOWN") and other < LINE * own)

    @property
    def few(self) -> bool:
        """Whether one or a few people could change where it stands: it has fewer than twenty, or one person more would lift it to the line."""
        own, other = self._wanted
        whole = self.own.whole or 0
        return whole < SMALL or own < LINE * other <= own + 1 / fraction(whole)

    @property
    def _wanted(self) -> tuple[Fraction, Fraction]:
        """Give the group's and the reference's share of what is wanted."""
        own, other = _share(self.own), _share(self.other)
        return (1 - own, 1 - other) if self.outline.direction == "DOWN" else (own, other)


def compared(measured: Measured, outline: Outline) -> tuple[Beside, ...]:
    """Compare the groups of each kind in the newest period that has them; nothing where more than a quarter are unknown."""
    made: list[Beside] = []
    for grouping in GROUPINGS if outline.unit != "count" else ():
        at = newest(measured, outline, grouping)
        if at is None or unknown(measured, outline, at, grouping).too_many:
            continue
        made += _shares(measured, outline, at, grouping) if outline.share else _amounts(measured, outline, at, grouping)
    return tuple(made)


def _share(point: Point) -> Fraction:
    """Give a share of 0 to 1, exactly where its people are known."""
    return fraction(point.part) / fraction(point.whole) if point.part is not None and point.whole else fraction(point.value) / 100


def _shares(measured: Measured, outline: Outline, at: int, grouping: str) -> list[Beside]:
    table = measured.counts.get(table_name(outline.key, at, grouping))
    if table is None:
        return []
    points = {
        code: point for code in table.row_codes() if is_group(code) and (point := point_of(measured, outline, table, code, at))
    }
    not_known = unknown(measured, outline, at, grouping)
    pairs = _published(outline, points) if outline.published is not None else _within(measured, outline, table, points)
    found = [
        Beside(outline, grouping, label_of(measured, table, code), points[code], name, other, p, not_known.bounds(points[code]))
        for code, name, other, p in pairs
    ]
    adjusted = holm([one.p for one in found])
    return [replace(one, p=p) for one, p in zip(found, adjusted, strict=True)]


_Pairs = list[tuple[str, str, Point, float | None]]
"""A group's code, the name and the value of its reference, the p of the test."""


def _published(outline: Outline, points: Mapping[str, Point]) -> _Pairs:
    figure = outline.published or 0.0
    return [
        (code, PUBLISHED, Point(own.period, figure), against_figure((own.part or 0, own.whole), figure / 100))
        for code, own in points.items()
        if own.whole and own.whole >= MIN_DENOMINATOR
    ]


def _within(measured: Measured, outline: Outline, table: CountTable, points: Mapping[str, Point]) -> _Pairs:
    """Compare the groups of one table. People counted as having no group on record are on neither side."""
    best = _best(outline, points)
    left_out = _left_out(table)
    others = OTHERS_AND_UNKNOWN if table.rows.name in OF_EVERYBODY and left_out is None else OTHERS
    made: _Pairs = []
    for code, own in points.items():
        other = points[best] if best else _complement(table, own, left_out or (0, 0))
        if code == best or other is None or min(own.whole or 0, other.whole or 0) < MIN_DENOMINATOR:
            continue
        name = label_of(measured, table, best) if best else others
        made.append((code, name, other, fisher((own.part or 0, own.whole or 0), (other.part or 0, other.whole or 0))))
    return made


def _best(outline: Outline, points: Mapping[str, Point]) -> str:
    """Name the group that fares best among those large enough; empty where the team compares with everybody else, or none is."""
    if outline.reference != "BEST" or outline.direction not in ("UP", "DOWN"):
        return ""
    large = [code for code, point in points.items() if (point.whole or 0) >= REFERENCE_LEAST]
    sign = 1 if outline.direction == "UP" else -1
    return max(large, key=lambda code: sign * points[code].value, default="")


def _left_out(table: CountTable) -> tuple[float, float] | None:
    """Count the people whose group is not known, (counted, of); None where that is not shown, or nobody counted them."""
    counted, whole = table.at(UNKNOWN, COUNTED), table.at(UNKNOWN)
    return None if counted is None or whole is None else (counted, whole)


def _complement(table: CountTable, own: Point, left_out: tuple[float, float]) -> Point | None:
    """Take the group off everybody, and whoever is left out."""
    counted, whole = table.at(column=COUNTED), table.at()
    if counted is None or whole is None:
        return None
    counted, whole = counted - (own.part or 0) - left_out[0], whole - (own.whole or 0) - left_out[1]
    return Point(own.period, 100 * counted / whole, counted, whole) if whole > 0 else None


def _amounts(measured: Measured, outline: Outline, at: int, grouping: str) -> list[Beside]:
    """Compare medians, amounts and scores. Nobody can take a group's median off everybody's, so everybody keeps the group in."""
    period = outline.periods[at]
    found = {
        one.code: (one.label, point)
        for one in groups(measured, outline)
        for point in one.points
        if point.period == period and grouping_of(one.code) == grouping and (point.whole or 0) >= MIN_DENOMINATOR
    }
    best = _best(outline, {code: point for code, (_, point) in found.items()})
    all_of: Sequence[Point] = [point for point in everybody(measured, outline).points if point.period == period]
    made = []
    for code, (label, own) in found.items():
        if outline.published is not None:
            made.append(Beside(outline, grouping, label, own, PUBLISHED, Point(period, outline.published)))
        elif best and code != best:
            made.append(Beside(outline, grouping, label, own, *found[best]))
        elif not best and all_of:
            made.append(Beside(outline, grouping, label, own, WITH_ALL, all_of[0]))
    return made
