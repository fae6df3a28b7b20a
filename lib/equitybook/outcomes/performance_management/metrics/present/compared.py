"""Each group beside its reference: everybody else, the group that fares best, or a published figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from equitybook.findings import MIN_DENOMINATOR, UNKNOWN, CountTable, Measured
from equitybook.outcomes.performance_management.metrics.outline import COUNTED, REST, Outline, Period, table_name
from equitybook.outcomes.performance_management.metrics.present.series import GROUPINGS, Point, everybody, groups, label_of
from equitybook.statistics import against_figure, holm
from equitybook.statistics.comparison import ALPHA, fisher

REFERENCE_LEAST = 20
"""Fewest people of a group that others are compared with because it fares best (specification PM2)."""
MOST_UNKNOWN = 0.25
"""Share of people whose group is not known from which nothing is compared (specification 1.4)."""
OTHERS, WITH_ALL, PUBLISHED = "everybody else", "everybody, this group included", "the published figure"


@dataclass(frozen=True, slots=True)
class Beside:
    """One group's value and its reference's, in the measure's unit.

    ``p`` is for shares only: Fisher's, or the binomial test's against a published figure, Holm-adjusted within its table.
    """

    outline: Outline
    label: str
    own: Point
    reference: str
    other: Point
    p: float | None = None

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


def compared(measured: Measured, outline: Outline) -> tuple[Beside, ...]:
    """Compare the groups of the newest period that has any which can be shown."""
    for at in reversed(range(len(outline.periods))):
        made = _shares(measured, outline, at) if outline.share else ()
        if not outline.share and outline.unit != "count":
            made = _amounts(measured, outline, outline.periods[at])
        if made:
            return made
    return ()


def unknown_share(measured: Measured, outline: Outline) -> float | None:
    """Give the share of people whose race is not known in the newest period with races; None where there is none or it is not shown."""
    for at in reversed(range(len(outline.periods))):
        table = measured.counts.get(table_name(outline.key, at, "race"))
        if table is not None:
            unknown, whole = table.at(UNKNOWN), table.at()
            return None if unknown is None or not whole else unknown / whole
    return None


def _shares(measured: Measured, outline: Outline, at: int) -> tuple[Beside, ...]:
    made: list[Beside] = []
    for grouping in GROUPINGS:
        table = measured.counts.get(table_name(outline.key, at, grouping))
        if table is None or _mostly_unknown(table):
            continue
        found = _within(measured, outline, table, outline.periods[at])
        adjusted = holm([one.p for one in found])
        made += [replace(one, p=p) for one, p in zip(found, adjusted, strict=True)]
    return tuple(made)


def _mostly_unknown(table: CountTable) -> bool:
    unknown, whole = table.at(UNKNOWN), table.at()
    return unknown is not None and bool(whole) and unknown / (whole or 1) > MOST_UNKNOWN


def _within(measured: Measured, outline: Outline, table: CountTable, period: Period) -> list[Beside]:
    """Compare the groups of one table. People whose group is not known are on neither side."""
    points = {
        code: Point(period, 100 * part / whole, part, whole)
        for code in table.row_codes()
        if code not in (REST, UNKNOWN) and (part := table.at(code, COUNTED)) is not None and (whole := table.at(code))
    }
    if (figure := outline.published) is not None:
        published = Point(period, figure)
        return [
            Beside(
                outline,
                label_of(measured, table, code),
                own,
                PUBLISHED,
                published,
                against_figure((own.part or 0, own.whole), figure / 100),
            )
            for code, own in points.items()
            if own.whole and own.whole >= MIN_DENOMINATOR
        ]
    best = _best(outline, points)
    made = []
    for code, own in points.items():
        other = points[best] if best else _complement(table, own, period)
        if code == best or other is None or min(own.whole or 0, other.whole or 0) < MIN_DENOMINATOR:
            continue
        name = label_of(measured, table, best) if best else OTHERS
        p = fisher((own.part or 0, own.whole or 0), (other.part or 0, other.whole or 0))
        made.append(Beside(outline, label_of(measured, table, code), own, name, other, p))
    return made


def _best(outline: Outline, points: dict[str, Point]) -> str:
    """Name the group that fares best among those large enough; empty where the team compares with everybody else, or none is."""
    if outline.reference != "BEST" or outline.direction not in ("UP", "DOWN"):
        return ""
    large = [code for code, point in points.items() if (point.whole or 0) >= REFERENCE_LEAST]
    sign = 1 if outline.direction == "UP" else -1
    return max(large, key=lambda code: sign * points[code].value, default="")


def _complement(table: CountTable, own: Point, period: Period) -> Point | None:
    counted, whole = table.at(column=COUNTED), table.at()
    if counted is None or whole is None:
        return None
    unknown = (table.at(UNKNOWN, COUNTED), table.at(UNKNOWN))
    if unknown[0] is not None and unknown[1] is not None:
        counted, whole = counted - unknown[0], whole - unknown[1]
    counted, whole = counted - (own.part or 0), whole - (own.whole or 0)
    return Point(period, 100 * counted / whole, counted, whole) if whole > 0 else None


def _amounts(measured: Measured, outline: Outline, period: Period) -> tuple[Beside, ...]:
    """Compare medians, amounts and scores. Nobody can take a group's median off everybody's, so everybody keeps the group in."""
    found = {one.code: (one.label, point) for one in groups(measured, outline) for point in one.points if point.period == period}
    usable = {code: pair for code, pair in found.items() if (pair[1].whole or 0) >= MIN_DENOMINATOR}
    best = _best(outline, {code: point for code, (_, point) in usable.items()})
    all_of: Sequence[Point] = [point for point in everybody(measured, outline).points if point.period == period]
    made = []
    for code, (label, own) in usable.items():
        if outline.published is not None:
            made.append(Beside(outline, label, own, PUBLISHED, Point(period, outline.published)))
        elif best and code != best:
            made.append(Beside(outline, label, own, usable[best][0], usable[best][1]))
        elif not best and all_of:
            made.append(Beside(outline, label, own, WITH_ALL, all_of[0]))
    return tuple(made)
