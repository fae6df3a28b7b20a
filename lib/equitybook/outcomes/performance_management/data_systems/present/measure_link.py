"""From each measure to its data set and on to the fields it can be split by."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from equitybook.charts import HeatCell, heat_map
from equitybook.findings import Chart, Finding, Measured, Provenance, Shown
from equitybook.flags import Flag, Flagged
from equitybook.outcomes.performance_management.data_systems.measure.links import Link
from equitybook.outcomes.performance_management.data_systems.measure.scores import DataSet, Standing
from equitybook.outcomes.performance_management.data_systems.present.words import measure_labels, set_labels, why_no_share
from equitybook.outcomes.performance_management.data_systems.vocabularies import CORE_FIELDS, DATA_FIELD, FIELD_HEADS
from equitybook.outcomes.wording import listing, things

ID = METRIC = "PM1.measure_link"
TITLE = "What your measures rest on"
_MEASURES_FIRST = "Add your draft measures in “Your measures” first. Then choose there which data set each one is counted from."
_WANTED, _MARK = "*", "wanted"
_SHORT_NAME = 30
"""Letters of a measure's name in the picture: the data set it rests on should still fit beside it."""


def measure_link(measured: Measured) -> Finding:
    """Say how many measures have a data set with a usable field, and show the way of each."""
    links: Sequence[Link] = measured.facts["links"]
    if not links:
        return Finding(ID, METRIC, TITLE, empty=_MEASURES_FIRST)
    labels = measure_labels(measured)
    return Finding(
        ID,
        METRIC,
        TITLE,
        sentence=" ".join((_sentence(links), *_by_which(links), *_not_ready(measured, links))),
        table=_table(measured, links, labels),
        chart=_chart(measured, links, labels),
        flags=tuple(_flags(links, labels)),
        notices=tuple(_notices(links, labels)),
        provenance=Provenance(
            source="Your measures and your data inventory",
            numerator="measures with a data set and a usable field",
            denominator="measures that are not retired",
        ),
    )


def _sentence(links: Sequence[Link]) -> str:
    linked = sum(one.linked for one in links)
    share = f"{round(100 * linked / len(links), 1):g} %"
    have = "has" if linked == 1 else "have"
    said = f"{linked} of {things(len(links), 'measure', 'measures')} ({share}) {have} a data set with at least one usable field to split {'it' if linked == 1 else 'them'} by."
    waiting = sum(one.at is None and one.requested for one in links)
    return f"{said} For {waiting} {'more ' if linked else ''}the data are asked for." if waiting else said


def _by_which(links: Sequence[Link]) -> Iterator[str]:
    """Name the fields, with the number of measures each serves: one field is little, and the score above is about five."""
    counts = Counter(name for one in links if one.linked for name in one.wanted or DATA_FIELD.codes if one.usable.get(name))
    served = [f"{DATA_FIELD.label(name).lower()} for {counts[name]}" for name in DATA_FIELD.codes if counts[name]]
    if served:
        yield f"{'The usable field' if len(served) == 1 else 'The usable fields'}: {listing(served)}."


def _not_ready(measured: Measured, links: Sequence[Link]) -> Iterator[str]:
    """Say where the data set itself counts as not ready, which is no contradiction."""
    sets: Sequence[DataSet] = measured.facts["datasets"]
    far = sum(one.linked and one.at is not None and sets[one.at].standing is Standing.NOT_READY for one in links)
    if far:
        yield f"For {far} of them the data set is not ready over the five fields together: it can be split by such a field, and not by most others."


def _table(measured: Measured, links: Sequence[Link], labels: Sequence[str]) -> Shown:
    sets, fields = set_labels(measured), _fields(links)
    rows = tuple(
        (label, _data(one, sets), *(_yes_no(one, name) for name in fields), "yes" if one.linked else "no")
        for label, one in zip(labels, links, strict=True)
    )
    notes = ["Yes under a field: at least 40 % of the records carry a usable answer. A dash: not known."]
    if any(one.wanted for one in links):
        notes.append(f"{_WANTED} you want to show this measure by that field; then it counts as linked only through such a field.")
    columns = ("Measure", "Data set", *(DATA_FIELD.label(name) for name in fields), "Linked")
    return Shown("From measure to data set to field", columns, rows, "l" * len(columns), tuple(notes))


def _fields(links: Sequence[Link]) -> list[str]:
    """Give the fields to show: the five of the score, and those a measure is to be shown by."""
    wanted = {name for one in links for name in one.wanted}
    return [name for name in DATA_FIELD.codes if name in CORE_FIELDS or name in wanted]


def _chart(measured: Measured, links: Sequence[Link], labels: Sequence[str]) -> Chart:
    sets, names, fields = measured.facts["datasets"], set_labels(measured), _fields(links)
    rows = [
        f"{textwrap.shorten(label, _SHORT_NAME, placeholder='…')} · {_data(one, names)}"
        for label, one in zip(labels, links, strict=True)
    ]
    cells = [
        _tile(one, None if one.at is None else sets[one.at], _unlike(rows, at), name)
        for at, one in enumerate(links)
        for name in fields
    ]
    linked = sum(one.linked for one in links)
    title = f"{linked} of {things(len(links), 'measure', 'measures')} {'has' if linked == 1 else 'have'} a usable field"
    note = "Usable: 40 % of the records or more have an answer."
    if any(one.wanted for one in links):
        note += " Wanted: you chose to show the measure by this field."
    return heat_map(cells, title=title, note=note)


def _unlike(rows: Sequence[str], at: int) -> str:
    """Give a row's words; shortened names may be alike, and each measure has a row of its own."""
    return rows[at] if rows.count(rows[at]) == 1 else f"{at + 1}. {rows[at]}"


def _tile(one: Link, data: DataSet | None, row: str, name: str) -> HeatCell:
    """Colour what can be used like the map of all data sets above; what cannot says why."""
    usable, mark = one.usable.get(name), _MARK if name in one.wanted else ""
    if data is None:
        words, short, shade = "no data", "–", None
    elif usable:
        words, short, shade = "usable", "yes", float(100 * (data.usable_rate(name) or 0))
    elif usable is False and data.cell(name).asked:
        words, short, shade = "too few", "few", None
    else:
        (words, short), shade = why_no_share(data, name), None
    return HeatCell(row, FIELD_HEADS[name], None, words, short, shade, mark)


def _data(one: Link, sets: Sequence[str]) -> str:
    if one.at is not None:
        return sets[one.at]
    if one.requested:
        return "data asked for"
    return "data set not in the inventory" if one.named else "no data set yet"


def _yes_no(one: Link, name: str) -> str:
    usable = one.usable.get(name)
    word = "—" if usable is None else "yes" if usable else "no"
    return f"{word} {_WANTED}" if name in one.wanted else word


def _flags(links: Sequence[Link], labels: Sequence[str]) -> Iterator[Flagged]:
    for label, one in zip(labels, links, strict=True):
        if not one.provided:
            why = "names a data set that is not in the inventory, and has" if one.named else "has no data set and"
            step = "Choose a data set in “Your measures”, or log a dated request for this measure."
            yield Flagged(Flag.DATA_QUALITY, ID, reason=f"“{label}” {why} no dated request.", next_step=step)


def _notices(links: Sequence[Link], labels: Sequence[str]) -> Iterator[str]:
    for label, one in zip(labels, links, strict=True):
        if one.at is not None and not one.linked:
            field = " or ".join(DATA_FIELD.label(name).lower() for name in one.wanted)
            yield f"“{label}” has a data set, but {f'no usable {field}' if field else 'no usable field'}: it cannot be shown by group yet."
