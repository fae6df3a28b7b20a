"""The share of each group among staff in post, with what the unknowns could change."""

from __future__ import annotations

from equitybook.charts import Shares, stacked_shares
from equitybook.findings import Chart, Dimension, Finding, Measured, Provenance, Shown
from equitybook.flags import FLAG_TEXTS, Flag, Flagged
from equitybook.outcomes.human_resources.staff_statistics.dimensions import RACES, SEXES
from equitybook.outcomes.human_resources.staff_statistics.present.groups import (
    BADGE_UNKNOWN,
    MOST_UNKNOWN,
    Whole,
    by_column,
    by_row,
    known,
    left_out,
    listed,
    whole,
)
from equitybook.outcomes.human_resources.staff_statistics.present.headcount import NOTHING_YET, SOURCES
from equitybook.outcomes.human_resources.staff_statistics.present.words import (
    NOT_SHOWN,
    TOO_SMALL,
    day,
    listing,
    number,
    people,
    percent,
    rate,
    span,
)

METRIC = "HR1.share"
_TITLES = {"race": "Staff by race and ethnicity", "sex": "Staff by sex"}


def share_by_race(measured: Measured) -> Finding:
    """Say each race and ethnicity's share of staff."""
    return _share(measured, RACES, by_row(measured.counts.get("staff.race_sex")))


def share_by_sex(measured: Measured) -> Finding:
    """Say each sex's share of staff."""
    return _share(measured, SEXES, by_column(measured.counts.get("staff.race_sex")))


def _share(measured: Measured, groups: Dimension, margin: dict[str, float | None]) -> Finding:
    name, title = f"{METRIC}.{groups.name}", _TITLES[groups.name]
    if not margin:
        return Finding(name, METRIC, title, empty=NOTHING_YET)
    all_of, codes = whole(margin), listed(groups, margin)
    if all_of.n is None or not codes:
        return Finding(name, METRIC, title, empty=TOO_SMALL)
    return Finding(
        name,
        METRIC,
        title,
        sentence=_sentence(measured, groups, margin, all_of, codes),
        table=_table(measured, groups, margin, all_of, codes),
        chart=_chart(groups, margin, all_of, known(codes), title),
        flags=_flags(name, all_of),
        notices=_notices(groups, all_of),
        provenance=Provenance(
            source=SOURCES.get(measured.facts["source"], ""),
            as_of=measured.facts["snapshot"],
            n=all_of.total,
            unknown=all_of.unknown,
            numerator="people of the group in post",
            denominator=all_of.of,
        ),
    )


def _sentence(measured: Measured, groups: Dimension, margin: dict[str, float | None], all_of: Whole, codes: list[str]) -> str:
    total = f"{people(all_of.total)} in post on {day(measured.facts['snapshot'])}"
    if not all_of.comparable:
        if all_of.n is not None and all_of.unknown_percent is not None and all_of.unknown_percent > MOST_UNKNOWN:
            return f"{percent(all_of.unknown_percent)} of the {total} have no {groups.title.lower()} on record, too many to compare groups."
        return f"Among the {total}, too few have a known {groups.title.lower()} to give shares."
    largest = sorted((code for code in known(codes) if margin[code]), key=lambda code: -(margin[code] or 0))[:3]
    words = {code: groups.label(code).lower() if groups is SEXES else groups.label(code) for code in largest}
    parts = [f"{percent(rate(margin[code], all_of.n))} are {words[code]} ({number(margin[code])})" for code in largest]
    said = f"Of the {total}"
    if all_of.unknown:
        said += f", {people(all_of.unknown)} {'has' if all_of.unknown == 1 else 'have'} no {groups.title.lower()} on record. Of the other {number(all_of.n)}"
    return f"{said}, {listing(parts)}."


def _table(measured: Measured, groups: Dimension, margin: dict[str, float | None], all_of: Whole, codes: list[str]) -> Shown:
    with_bounds = bool(all_of.unknown)
    rows = []
    for code in known(codes):
        low, high = all_of.bounds(margin[code]) or (None, None)
        row = (groups.label(code), number(margin[code]), percent(rate(margin[code], all_of.n)))
        rows.append((*row, span(low, high)) if with_bounds else row)
    unknown = (groups.label("UNK"), number(all_of.unknown), "")
    everyone = ("All", number(all_of.total), "")
    rows += [(*row, "") if with_bounds else row for row in ((unknown, everyone) if all_of.unknown else (everyone,))]
    notes = [f"Shares are of {all_of.of}."]
    if with_bounds:
        notes.append("Lowest and highest: the share if none, or all, of the people whose group is not known belonged to it.")
    if any("—" in row for row in rows):
        notes.append(NOT_SHOWN)
    return Shown(
        caption=f"{_TITLES[groups.name]}, {day(measured.facts['snapshot'])}",
        columns=(groups.title, "People", "Share", "Lowest–highest") if with_bounds else (groups.title, "People", "Share"),
        rows=tuple(rows),
        align="lrrr" if with_bounds else "lrr",
        notes=(*notes, *left_out(groups, margin)),
    )


def _chart(groups: Dimension, margin: dict[str, float | None], all_of: Whole, codes: list[str], title: str) -> Chart | None:
    if not all_of.comparable:
        return None
    shares = {groups.label(code): rate(margin[code], all_of.n) for code in codes if margin[code]}
    return stacked_shares([Shares("All staff", all_of.n, shares)], title=title)


def _notices(groups: Dimension, all_of: Whole) -> tuple[str, ...]:
    said = []
    unknown = all_of.unknown_percent
    if unknown is not None and unknown > BADGE_UNKNOWN:
        said.append(f"{percent(unknown)} have no {groups.title.lower()} on record. The shares could be quite different if we knew.")
    if unknown is not None and unknown > MOST_UNKNOWN:
        said.append(
            f"With more than {MOST_UNKNOWN} % unknown, groups are not compared. Ask people to fill in the record; it is voluntary."
        )
    return tuple(said)


def _flags(name: str, all_of: Whole) -> tuple[Flagged, ...]:
    if all_of.n is not None and not all_of.comparable and (all_of.unknown_percent or 0) <= MOST_UNKNOWN:
        step = "Use other evidence: with so few people a share says nothing."
        return (Flagged(Flag.NOT_ENOUGH_DATA, name, n=int(all_of.n), reason=FLAG_TEXTS[Flag.NOT_ENOUGH_DATA], next_step=step),)
    if all_of.unknown_percent is not None and all_of.unknown_percent > MOST_UNKNOWN:
        reason = FLAG_TEXTS[Flag.DATA_QUALITY].format(rule="too many people have no group on record")
        return (
            Flagged(
                Flag.DATA_QUALITY,
                name,
                n=int(all_of.total or 0),
                value=all_of.unknown_percent,
                reference=MOST_UNKNOWN,
                reason=reason,
                next_step="Complete the records first.",
            ),
        )
    return ()
