"""One number of people divided by another, for everyone and for each group, and the groups set side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from equitybook.findings import MIN_DENOMINATOR, TOTAL, UNKNOWN
from equitybook.flags import FLAG_TEXTS, Flag, Flagged
from equitybook.outcomes.human_resources.staff_statistics.present.groups import Margin
from equitybook.outcomes.human_resources.staff_statistics.present.reference import Said, below, beyond_chance, corrected
from equitybook.outcomes.human_resources.staff_statistics.present.words import chance, percent
from equitybook.outcomes.wording import SMALL, ratio
from equitybook.statistics import Comparison, compare, holm, rate_interval

OTHERS = "OTHERS"
WORTH_SAYING = 1.0
"""Points. A smaller gap is in the table and not worth a sentence."""
Found = Mapping[tuple[str, str], Comparison]
"""Comparisons by (dimension, group)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: ``part`` of ``whole`` people. ``base`` is what the rate is per: ``whole``, or ``whole`` times the years of the period."""

    code: str
    label: str
    part: float | None
    whole: float | None
    base: float | None

    @property
    def small(self) -> bool:
        """Whether the rate rests on so few people that its interval matters more than itself."""
        return self.whole is not None and self.whole < SMALL


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Lines of one dimension. ``least`` is the smallest whole a rate is shown for."""

    dimension: str
    everyone: Line
    groups: tuple[Line, ...]
    least: float
    comparable: bool
    notes: tuple[str, ...]

    def rate(self, line: Line) -> float | None:
        """Give the rate in percent; None where a number is not there or the group is too small."""
        if line.part is None or line.whole is None or not line.base or line.whole < self.least:
            return None
        return 100 * line.part / line.base

    def same(self, line: Line) -> Line | None:
        """Find the line of the same people; groups put together are the same only where they are the same groups."""
        return next((one for one in self.groups if one.code == line.code and one.whole == line.whole), None)

    def interval(self, line: Line) -> tuple[float | None, float | None]:
        """Give the 95 % interval of the rate in percent."""
        found = None if self.rate(line) is None else rate_interval(line.part or 0, line.base or 0)
        return (100 * found[0], 100 * found[1]) if found else (None, None)


def breakdown(part: Margin, whole: Margin, *, years: float = 1, least: float = MIN_DENOMINATOR) -> Breakdown:
    """Divide two margins group by group; ``years`` makes the rate one per year of a longer period."""

    def line(code: str, label: str, numerator: float | None, denominator: float | None) -> Line:
        return Line(code, label, numerator, denominator, None if denominator is None else denominator * years)

    both_known = part.get(UNKNOWN) is not None and whole.get(UNKNOWN) is not None
    known = line("", "", part.whole.n if both_known else part.get(), whole.whole.n if both_known else whole.get())
    groups = [line(code, whole.dimension.label(code), part.get(code), whole.get(code)) for code in whole.known() if whole.get(code)]
    return Breakdown(
        dimension=whole.dimension.name,
        everyone=line(TOTAL, "All staff", part.get(), whole.get()),
        groups=(*groups, *_together(known, groups, years=years, least=least)),
        least=least,
        comparable=whole.whole.mostly_known,
        notes=whole.left_out() or part.left_out(),
    )


def _together(known: Line, groups: Sequence[Line], *, years: float, least: float) -> Iterator[Line]:
    """Put the groups too small for a rate together, where together they are large enough."""
    large = [one for one in groups if one.part is not None and (one.whole or 0) >= least]
    if known.part is None or known.whole is None:
        return
    whole = known.whole - sum(one.whole or 0 for one in large)
    if large and whole >= least:
        part = max(0.0, round(known.part - sum(one.part or 0 for one in large), 9))
        yield Line(OTHERS, "All other groups together", part, whole, whole * years)


def compared(parts: Sequence[Breakdown], *, counts: Literal["good", "bad"], reference: Literal["others", "best"]) -> Found:
    """Compare the groups of each dimension, and correct the tests for all groups of the finding together."""
    found: dict[tuple[str, str], Comparison] = {}
    for one in parts:
        if not one.comparable:
            continue
        pairs = {
            line.code: (line.part, line.base)
            for line in one.groups
            if line.part is not None and line.base and one.rate(line) is not None
        }
        years = (one.everyone.base or 0) / (one.everyone.whole or 1)
        made = compare(pairs, counts=counts, reference=reference, least=one.least * years, reference_least=SMALL * years)
        # Two groups that make up everybody are one question, not two.
        if len(made) == 2 and reference == "others":  # noqa: PLR2004 - this group and the other
            made = {code: item for code, item in made.items() if item.worse} or dict(list(made.items())[:1])
        found.update({(one.dimension, code): item for code, item in made.items()})
    adjusted = holm([item.p for item in found.values()])
    return {key: replace(item, p_adjusted=p) for (key, item), p in zip(found.items(), adjusted, strict=True)}


def flags(
    parts: Sequence[Breakdown], found: Found, *, metric: str, counts: Literal["good", "bad"], next_step: str
) -> tuple[Flagged, ...]:
    """Flag the groups to look at; one flag for the whole finding where there is none."""
    labels = {(one.dimension, line.code): (one, line) for one in parts for line in one.groups}
    made = []
    for key, item in found.items():
        one, line = labels[key]
        said = _said(item, line, counts, looks=len(found))
        if said is None:
            continue
        low, high = one.interval(line)
        span = None if low is None or high is None else (low, high)
        made.append(
            Flagged(
                said.flag,
                metric,
                line.label,
                round(line.whole or 0),
                100 * item.rate,
                100 * item.reference_rate,
                span,
                said.reason,
                next_step,
                said.pill,
            )
        )
    if made:
        return tuple(made)
    overall = Flag.NO_SIGNAL if found else Flag.NOT_ENOUGH_DATA
    return (Flagged(overall, metric, reason=FLAG_TEXTS[overall], next_step="Add years, or use other evidence."),)


def _said(item: Comparison, line: Line, counts: str, *, looks: int) -> Said | None:
    if not item.worse or not item.below_line:
        return None
    if item.beyond_chance:
        return beyond_chance()
    # A rare loss doubles by chance all the time: only for a good result is a ratio under four fifths said without the test.
    under = counts == "good" and item.favourable_ratio is not None and item.favourable_ratio < 0.8  # noqa: PLR2004 - below_line holds exactly
    return below(line.whole or 0, one_person=item.one_person, p=item.p_adjusted, looks=looks) if under else None


def gaps(parts: Sequence[Breakdown], found: Found, *, kept: str, lost: str, most: int = 3) -> tuple[str, ...]:
    """Say the largest gaps to a group's disadvantage: both rates, the difference in points and both ratios."""
    labels = {(one.dimension, line.code): line.label for one in parts for line in one.groups}
    worse = sorted(
        (item for item in found.items() if item[1].worse and abs(item[1].gap) >= WORTH_SAYING), key=lambda pair: -abs(pair[1].gap)
    )
    return tuple(
        gap_words(labels[key], _reference(parts, key, item, labels), item, kept=kept, lost=lost, looks=len(found))
        for key, item in worse[:most]
    )


def _reference(parts: Sequence[Breakdown], key: tuple[str, str], item: Comparison, labels: Mapping[tuple[str, str], str]) -> str:
    """Name what a group is set beside: the one group it is, where all others are only one."""
    if item.reference:
        return labels[key[0], item.reference]
    others = [
        line.label
        for one in parts
        if one.dimension == key[0]
        for line in one.groups
        if line.code != key[1] and one.rate(line) is not None
    ]
    if len(others) == 1:
        return others[0]
    return "the larger groups" if key[1] == OTHERS else "all others"


def gap_words(label: str, reference: str, item: Comparison, *, kept: str, lost: str, looks: int) -> str:
    """Write one gap, with both ratios, since one alone can exaggerate or hide it; ``looks`` is how many gaps were tested together.

    Both ratios are below 1 where the group fares worse (specification, HR1), so they divide in opposite directions, and each says which.
    """
    more = "more" if item.gap > 0 else "less"
    by_chance = "" if item.p_adjusted is None else f"; chance alone: {chance(item.p_adjusted)}{corrected(looks)}"
    return (
        f"{label}: {percent(100 * item.rate)}, {reference}: {percent(100 * item.reference_rate)}, {abs(item.gap):.1f} points {more}. "
        f"Ratio of {kept} {ratio(item.favourable_ratio)} ({label} over {reference}), "
        f"ratio of {lost} {ratio(item.adverse_ratio)} ({reference} over {label}){by_chance}."
    )
