"""The share of each group among staff in post, with what the unknowns could change."""

from __future__ import annotations

from equitybook.charts import Shares, stacked_shares
from equitybook.findings import UNKNOWN, Chart, Finding, Measured, Provenance, Shown
from equitybook.flags import FLAG_TEXTS, Flag, Flagged
from equitybook.outcomes.human_resources.staff_statistics.present.groups import (
    BADGE_UNKNOWN,
    MOST_UNKNOWN,
    Margin,
    by_column,
    by_row,
)
from equitybook.outcomes.human_resources.staff_statistics.present.headcount import NOTHING_YET, SOURCES
from equitybook.outcomes.human_resources.staff_statistics.present.words import TOO_SMALL, payday, people, percent, rate, span
from equitybook.outcomes.wording import DASH, NOT_SHOWN, listing, number

METRIC = "HR1.share"
_TITLES = {"race": "Staff by race and ethnicity", "sex": "Staff by sex"}


def share_by_race(measured: Measured) -> Finding:
    """Say each race and ethnicity's share of staff."""
    table = measured.counts.get("staff.race_sex")
    return _share(measured, "race", None if table is None else by_row(table))


def share_by_sex(measured: Measured) -> Finding:
    """Say each sex's share of staff."""
    table = measured.counts.get("staff.race_sex")
    return _share(measured, "sex", None if table is None else by_column(table))


def _share(measured: Measured, by: str, groups: Margin | None) -> Finding:
    name, title = f"{METRIC}.{by}", _TITLES[by]
    if groups is None:
        return Finding(name, METRIC, title, empty=NOTHING_YET)
    if groups.whole.n is None or not groups.listed():
        return Finding(name, METRIC, title, empty=TOO_SMALL)
    return Finding(
        name,
        METRIC,
        title,
        sentence=_sentence(measured, groups),
        table=_table(measured, groups, title),
        chart=_chart(groups, title),
        flags=_flags(name, groups),
        notices=_notices(groups),
        provenance=Provenance(
            source=SOURCES.get(measured.facts["source"], ""),
            as_of=measured.facts["snapshot"],
            n=groups.whole.total,
            unknown=groups.whole.unknown,
            numerator="people of the group in post",
            denominator=groups.whole.of,
        ),
    )


def _sentence(measured: Measured, groups: Margin) -> str:
    whole, title = groups.whole, groups.dimension.title.lower()
    total = f"{people(whole.total)} in post on {payday(measured.facts)}"
    if not whole.mostly_known:
        return f"{percent(whole.unknown_percent)} of the {total} have no {title} on record, too many to compare groups."
    if not whole.comparable:
        return f"The {total} are too few to give shares."
    largest = sorted((code for code in groups.known() if groups.get(code)), key=lambda code: -(groups.get(code) or 0))[:3]
    parts = [
        f"{percent(rate(groups.get(code), whole.n))} are {_in_a_sentence(groups, code)} ({number(groups.get(code))})"
        for code in largest
    ]
    said = f"Of the {total}"
    if whole.unknown:
        said += f", {people(whole.unknown)} {'has' if whole.unknown == 1 else 'have'} no {title} on record. Of the other {number(whole.n)}"
    return f"{said}, {listing(parts)}." if parts else f"{said}, no group is large enough to show."


def _in_a_sentence(groups: Margin, code: str) -> str:
    label = groups.dimension.label(code)
    return label.lower() if groups.dimension.name == "sex" else label


def _table(measured: Measured, groups: Margin, title: str) -> Shown:
    whole, with_bounds = groups.whole, bool(groups.whole.unknown)
    rows = []
    for code in groups.known():
        low, high = whole.bounds(groups.get(code)) or (None, None)
        rows.append(
            (groups.dimension.label(code), number(groups.get(code)), percent(rate(groups.get(code), whole.n)), span(low, high))
        )
    if with_bounds:
        rows.append((groups.dimension.label(UNKNOWN), number(whole.unknown), "", ""))
    rows.append(("All", number(whole.total), "", ""))
    notes = [f"Shares are of {whole.of}."]
    if with_bounds:
        notes.append("Lowest and highest: the share if none, or all, of the people whose group is not known belonged to it.")
    if any(DASH in row for row in rows):
        notes.append(NOT_SHOWN)
    width = 4 if with_bounds else 3
    return Shown(
        caption=f"{title}, {payday(measured.facts)}",
        columns=(groups.dimension.title, "People", "Share", "Lowest–highest")[:width],
        rows=tuple(row[:width] for row in rows),
        align="lrrr"[:width],
        notes=(*notes, *groups.left_out()),
    )


def _chart(groups: Margin, title: str) -> Chart | None:
    if not groups.whole.comparable:
        return None
    shares = {groups.dimension.label(code): rate(groups.get(code), groups.whole.n) for code in groups.known() if groups.get(code)}
    return stacked_shares([Shares("All staff", groups.whole.n, shares)], title=title)


def _notices(groups: Margin) -> tuple[str, ...]:
    said = []
    unknown, title = groups.whole.unknown_percent, groups.dimension.title.lower()
    if unknown is not None and unknown > BADGE_UNKNOWN:
        said.append(f"{percent(unknown)} have no {title} on record. The shares could be quite different if we knew.")
    if unknown is not None and unknown > MOST_UNKNOWN:
        said.append(
            f"With more than {MOST_UNKNOWN} % unknown, groups are not compared. Ask people to fill in the record; it is voluntary."
        )
    return tuple(said)


def _flags(name: str, groups: Margin) -> tuple[Flagged, ...]:
    whole = groups.whole
    if not whole.mostly_known:
        reason = FLAG_TEXTS[Flag.DATA_QUALITY].format(rule="too many people have no group on record")
        step = "Complete the records before comparing groups."
        return (
            Flagged(
                Flag.DATA_QUALITY,
                name,
                n=int(whole.total or 0),
                value=whole.unknown_percent,
                reference=MOST_UNKNOWN,
                reason=reason,
                next_step=step,
            ),
        )
    if not whole.comparable:
        step = "Use other evidence: with so few people a share says nothing."
        return (Flagged(Flag.NOT_ENOUGH_DATA, name, n=int(whole.n or 0), reason=FLAG_TEXTS[Flag.NOT_ENOUGH_DATA], next_step=step),)
    return ()
