"""How long people stay, from those who are still here as well as those who left."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from equitybook.charts import Steps, step_curve
from equitybook.codebook.categories import SEPARATION
from equitybook.findings import MIN_DENOMINATOR, TOTAL, Curve, Finding, Measured, Provenance, Shown
from equitybook.outcomes.human_resources.staff_statistics.dimensions import GROUP_DIMENSIONS, RACES, SEXES
from equitybook.outcomes.human_resources.staff_statistics.measure.tenure import COUNTED_IN
from equitybook.outcomes.human_resources.staff_statistics.present.groups import by_column, by_row
from equitybook.outcomes.human_resources.staff_statistics.present.period import empty_words
from equitybook.outcomes.human_resources.staff_statistics.present.words import people, percent, staff_of
from equitybook.outcomes.wording import DASH, day, listing, number

ID, METRIC = "HR1.tenure", "HR1.median_tenure"
TITLE = "How long people stay"
YEARS = (1, 2, 5, 10, 20)
_EXACT = 1e-9
MOST_GROUPS = 3
"""Curves beside that of everyone: four lines are told apart by colour and dash."""
_NOTE = f"— is a time not reached while at least {MIN_DENOMINATOR} people were followed, or a number not shown."


def tenure(measured: Measured) -> Finding:
    """Say the share still here by years of service, and the time by which half have left."""
    curves = [one for one in measured.curves if one.id == ID and len(one.points) > 1]
    if not curves:
        empty = empty_words(measured, needs_list=True)
        if measured.facts.get("has_leavers") and measured.facts["flow_source"] == "list":
            empty = f"Nobody left for a reason that counts while at least {MIN_DENOMINATOR} people could be followed. Add years of leavers."
        return Finding(ID, METRIC, TITLE, empty=empty)
    written = _written(curves)
    rows = tuple(_row(measured, one, written) for one in curves)
    drawn = _drawn(measured, curves)
    at_once = max(n for _, _, n in curves[0].points)
    return Finding(
        ID,
        METRIC,
        TITLE,
        sentence=_sentence(measured, curves[0], written),
        table=Shown(
            caption=TITLE,
            columns=("Group", *(f"After {year} {'year' if year == 1 else 'years'}" for year in YEARS), "Half have left after"),
            rows=rows,
            align="l" + "r" * (len(YEARS) + 1),
            notes=("Percent still here.", *((_NOTE,) if any(DASH in row for row in rows) else ()), *_no_curve(measured, curves)),
        ),
        chart=step_curve(
            [Steps(_label(one.group), tuple((t, 100 * s) for t, s, _ in one.points)) for one in drawn],
            title=TITLE,
            x_label="Years since hired",
            note=" ".join((*_not_drawn(curves, drawn), *_no_curve(measured, curves))),
        ),
        notices=(_at_once(at_once), *_notices(measured)),
        provenance=Provenance(
            source="Staff list with leavers",
            as_of=measured.facts.get("period_end") or measured.facts["snapshot"],
            n=at_once,
            numerator="still here",
            denominator=f"people followed, at least {MIN_DENOMINATOR} at every point",
        ),
    )


def _drawn(measured: Measured, curves: list[Curve]) -> list[Curve]:
    """Choose the curve of everyone and those of one grouping, all of them: one sex without the other would mislead.

    A grouping in which everybody has a curve comes first; one with a single curve, or with more than can be told apart, is in the table only.
    """
    of = {name: [one for one in curves if one.group in dimension.labels] for name, dimension in GROUP_DIMENSIONS.items()}
    fitting = [name for name, ones in of.items() if 1 < len(ones) <= MOST_GROUPS]
    first = min(fitting, key=lambda name: len(_without(measured, of[name], name)), default="")
    return [*(one for one in curves if one.group == TOTAL), *of.get(first, ())]


def _without(measured: Measured, curves: Sequence[Curve], name: str) -> list[str]:
    """Name the groups of a grouping that have people on staff and no curve, as far as their number is there."""
    table, have = measured.counts.get(COUNTED_IN), {one.group for one in curves}
    margin = None if table is None else by_row(table) if name == "race" else by_column(table)
    return [] if margin is None else [_label(code) for code in margin.known() if margin.get(code) and code not in have]


def _not_drawn(curves: list[Curve], drawn: list[Curve]) -> tuple[str, ...]:
    """Name the groups that are in the table and not in the picture."""
    table_only = [_label(one.group) for one in curves if one not in drawn]
    return (f"In the table only: {listing(table_only)}.",) if table_only else ()


def _no_curve(measured: Measured, curves: list[Curve]) -> tuple[str, ...]:
    """Name the groups with people on staff that have no curve at all."""
    missing = [label for name in GROUP_DIMENSIONS for label in _without(measured, curves, name)]
    return (f"Without a curve, because too few can be followed or none of them left: {listing(missing)}.",) if missing else ()


def _at_once(most: int) -> str:
    """Explain why the number of people is not that of the staff."""
    return (
        f"{people(most)} are the most who can be followed at any one length of service. Everybody with a hire date counts, but each only for "
        "the years of service that fall into your records, so these are fewer than are on your list."
    )


def _label(group: str) -> str:
    return "All staff" if group == TOTAL else SEXES.labels.get(group) or RACES.label(group)


def _still_here(curve: Curve, years: float) -> float | None:
    """Read the curve at so many years, in percent; None past its end."""
    if curve.points[-1][0] < years:
        return None
    return 100 * next(share for time, share, _ in reversed(curve.points) if time <= years)


def _written(curves: Sequence[Curve]) -> Callable[[float | None], str]:
    """Choose how a share is written: a decimal claims a precision that curves in whole percentages, as others than the town see them, lack."""
    whole = all(abs(100 * share - round(100 * share)) < _EXACT for one in curves for _, share, _ in one.points)
    return _whole_percent if whole else percent


def _whole_percent(value: float | None) -> str:
    return DASH if value is None else f"{value:.0f} %"


def _row(measured: Measured, curve: Curve, written: Callable[[float | None], str]) -> tuple[str, ...]:
    half = measured.statistic(METRIC, curve.group)
    median = DASH if half is None or half.value is None else f"{half.value:.1f} years"
    return (_label(curve.group), *(written(_still_here(curve, year)) for year in YEARS), median)


def _sentence(measured: Measured, curve: Curve, written: Callable[[float | None], str]) -> str:
    who = "people" if curve.group == TOTAL else staff_of("sex" if curve.group in SEXES.labels else "race", _label(curve.group))
    marks = [(year, share) for year in (1, 5) if (share := _still_here(curve, year)) is not None]
    said = listing(
        f"after {year} {'year' if year == 1 else 'years'} {written(share)} of {who if at == 0 else 'them'} are still here"
        for at, (year, share) in enumerate(marks)
    )
    half = measured.statistic(METRIC, curve.group)
    if half is not None and half.value is not None:
        tail = f"half have left after {half.value:.1f} years."
    else:
        tail = f"the curve does not come down to one half while at least {MIN_DENOMINATOR} people are followed."
    said = f"{said}; {tail}" if said else tail
    return said[:1].upper() + said[1:]


def _notices(measured: Measured) -> tuple[str, ...]:
    facts = measured.facts
    said = [
        "People still here count for the time they have served; the average time served by people who left would look too short."
    ]
    if facts["records_from"]:
        said.append(
            f"People who left are on file since {day(facts['records_from'])}. People hired before are followed only from that day on, so that those who left unseen do not make staying look longer."
        )
    else:
        said.append(
            "We took the first leaver on your list as the start of your records. Enter the date in the first table if you know it."
        )
    if facts["tenure_events"]:
        said.append(
            f"Leaving counts when the reason is: {listing(SEPARATION.label(code).lower() for code in facts['tenure_events'])}. Others count as here until they left."
        )
    said.append(f"Curves stop where fewer than {number(MIN_DENOMINATOR)} people are followed.")
    return tuple(said)
