"""Each group's share of staff over its share among the people who could be hired or promoted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from equitybook.charts import Dumbbell, dumbbell
from equitybook.findings import Chart, Finding, Measured, Provenance, Shown
from equitybook.flags import FLAG_TEXTS, Flag, Flagged
from equitybook.outcomes.human_resources.staff_statistics.present.expected import (
    AVAILABILITY,
    MOST_CV,
    Overall,
    any_hidden,
    overall,
)
from equitybook.outcomes.human_resources.staff_statistics.present.headcount import SOURCES
from equitybook.outcomes.human_resources.staff_statistics.present.reference import Said, verdict
from equitybook.outcomes.human_resources.staff_statistics.present.words import percent
from equitybook.outcomes.wording import listing, number, ratio
from equitybook.statistics import Index, holm, representation_index

ID = "HR1.rep_index"
TITLE = "Your staff beside the people you could hire from"
LEAST = 20
NO_SHARES = (
    "Fill in the table “Who could we hire from” with the shares of the people who have the skills, and the comparison appears here."
)
TOO_FEW = (
    f"The job groups with a share filled in have fewer than {LEAST} staff whose group is known, or too many whose is not, so no group can be compared as a "
    "whole."
)
NOT_SHOWN_WHOLE = (
    "No group can be compared as a whole: that takes the numbers of every job group with a share filled in, and some are not shown, because they are small "
    "or because small ones could be worked out from them."
)


@dataclass(frozen=True, slots=True)
class _Row:
    one: Overall
    index: Index
    p: float | None


def representation(measured: Measured) -> Finding:
    """Say each group's representation index, with the range the published margin of error leaves."""
    if not any(one.id == AVAILABILITY for one in measured.statistics):
        return Finding(ID, ID, TITLE, empty=NO_SHARES)
    found = [one for one in overall(measured) if one.found.incumbents >= LEAST and one.found.ratio is not None]
    if not found:
        return Finding(ID, ID, TITLE, empty=NOT_SHOWN_WHOLE if any_hidden(measured) else TOO_FEW)
    rows = [
        _Row(one, representation_index(one.found.people / one.found.incumbents, one.found.availability or 0, one.moe), p)
        for one, p in zip(found, holm([one.found.p for one in found]), strict=True)
    ]
    facts = measured.facts
    return Finding(
        ID,
        ID,
        TITLE,
        sentence=_sentence(rows),
        table=_table(rows),
        chart=_chart(rows),
        flags=_flags(rows),
        notices=(*_notices(facts), *_of_all(rows)),
        provenance=Provenance(
            source=listing([SOURCES.get(facts["source"], ""), *facts["availability_sources"]]),
            as_of=facts["snapshot"],
            n=max(row.one.found.incumbents for row in rows),
            numerator="share of staff in job groups with a share filled in",
            denominator=f"share among those who could be hired or promoted{', ' + facts['geography'] if facts['geography'] else ''}",
        ),
    )


def _share(one: Overall) -> float:
    return 100 * one.found.people / one.found.incumbents


def _available(one: Overall) -> float:
    return 100 * float(one.found.availability or 0)


def _sentence(rows: list[_Row]) -> str:
    row = min(rows, key=lambda row: row.index.value or 0)
    low, high = row.index.interval or (None, None)
    between = f", between {ratio(low)} and {ratio(high)} by its margin of error" if low is not None and high is not None else ""
    return (
        f"{row.one.label} staff are {percent(_share(row.one))} of the {number(row.one.found.incumbents)} people in job groups with a share filled in, and "
        f"{percent(_available(row.one))} of those you could hire or promote: an index of {ratio(row.index.value)}{between}."
    )


def _table(rows: list[_Row]) -> Shown:
    return Shown(
        caption=TITLE,
        columns=("Group", "People", "Of", "Share", "Could be hired or promoted", "Gap, points", "Index", "Range of the index"),
        rows=tuple(
            (
                row.one.label,
                number(row.one.found.people),
                number(row.one.found.incumbents),
                percent(_share(row.one)),
                percent(_available(row.one)) + (f" ± {100 * row.one.moe:.1f}" if row.one.moe is not None else ""),
                f"{_share(row.one) - _available(row.one):+.1f}".replace("-", "−"),
                ratio(row.index.value),
                _range(row.index),
            )
            for row in rows
        ),
        align="lrrrrrrr",
        notes=(
            "Index: share of staff over share available. 1 is equal, 0.5 is half.",
            "The share available is added up job group by job group, each with its own staff, so that unlike jobs are not mixed up.",
        ),
    )


def _range(index: Index) -> str:
    if index.interval is None:
        return "no margin given"
    low, high = index.interval
    return f"{ratio(low)} and more" if high is None else f"{ratio(low)}–{ratio(high)}"


def _chart(rows: list[_Row]) -> Chart:
    bells = []
    for row in rows:
        reference, moe = _available(row.one), row.one.moe
        low, high = (None, None) if moe is None else (max(0.0, reference - 100 * moe), min(100.0, reference + 100 * moe))
        bells.append(Dumbbell(row.one.label, _share(row.one), reference, low, high, row.one.found.incumbents))
    return dumbbell(bells, title=TITLE, value_label="staff", reference_label="could be hired or promoted")


def _flags(rows: list[_Row]) -> tuple[Flagged, ...]:
    made = []
    for row in rows:
        one, found = row.one, row.one.found
        if row.index.cv is not None and row.index.cv > MOST_CV:
            rule = f"the published share for {one.label} is uncertain by more than it can be read against (CV {row.index.cv:.0f} %)"
            reason = FLAG_TEXTS[Flag.DATA_QUALITY].format(rule=rule)
            said = Said(Flag.DATA_QUALITY, "", reason)
            made.append(_flag(said, one, "Use a larger area or more years."))
        elif found.both:
            made.append(
                _flag(verdict(found, row.p, looks=len(rows)), one, "Look at where these jobs are advertised and who applies.")
            )
    return tuple(made) or (
        Flagged(
            Flag.NO_SIGNAL,
            ID,
            reason=FLAG_TEXTS[Flag.NO_SIGNAL],
            next_step="Look at each job group below: a whole can hide its parts.",
        ),
    )


def _flag(said: Said, one: Overall, next_step: str) -> Flagged:
    spread = None if one.moe is None else (_available(one) - 100 * one.moe, _available(one) + 100 * one.moe)
    people = one.found.incumbents
    return Flagged(said.flag, ID, one.label, people, _share(one), _available(one), spread, said.reason, next_step, said.pill)


def _of_all(rows: list[_Row]) -> tuple[str, ...]:
    labels = [row.one.label for row in rows if row.one.of_all]
    said = (
        f"Among those {listing(labels)} staff are a share of, people of unknown group are counted: how many they are is not shown."
    )
    return (said,) if labels else ()


def _notices(facts: Mapping[str, object]) -> tuple[str, ...]:
    said = [
        "Residents are not the same as people with the skills for each job. Ask which comparison your harshest critic would choose."
    ]
    if facts["geography"]:
        said.append(f"Area: {facts['geography']}. The margin of error is the 90 % one the Census prints.")
    else:
        said.append("The area you hire from is not written down yet. Add it in the first table.")
    if facts["inside_left_out"]:
        said.append(
            "A share of those you could promote without the part filled by promotion, or that part without a share, was left out; only those you could "
            "hire count there."
        )
    return tuple(said)
