"""How completely each data set can be split by group: the heat map, the scores, and numbers that contradict each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from equitybook.charts import HeatCell, heat_map
from equitybook.findings import Chart, Finding, Measured, Provenance, Shown
from equitybook.flags import FLAG_TEXTS, Flag, Flagged
from equitybook.outcomes.performance_management.data_systems.measure.scores import DataSet, Standing
from equitybook.outcomes.performance_management.data_systems.present.words import (
    INVENTORY_FIRST,
    NOT_ASKED,
    NOT_KNOWN,
    SOURCE,
    score,
    set_labels,
    share,
    standing,
    why_no_share,
)
from equitybook.outcomes.performance_management.data_systems.vocabularies import (
    CORE_FIELDS,
    DATA_FIELD,
    FIELD_HEADS,
    METHOD,
    NOT_SAID_BY_THE_PERSON,
)
from equitybook.outcomes.wording import DASH, listing, things

ID, METRIC = "PM1.heat_map", "PM1.usable_rate"
TITLE = "Whom your records can tell apart"
_FIELDS_FIRST = "Say above which fields are asked: the button under the table adds a row for every field of every data set."
_STANDING = {Standing.READY: "ready", Standing.PARTIAL: "partly ready", Standing.NOT_READY: "not ready"}
_FIVE = "race, sex, address, language and disability"


def heat(measured: Measured) -> Finding:
    """Show the usable share of every field of every data set, with the score of each data set."""
    sets: Sequence[DataSet] = measured.facts["datasets"]
    if not sets or not measured.facts["fields_described"]:
        return Finding(ID, METRIC, TITLE, empty=_FIELDS_FIRST if sets else INVENTORY_FIRST, flags=tuple(_flags(measured, ())))
    labels = set_labels(measured)
    return Finding(
        ID,
        METRIC,
        TITLE,
        sentence=_sentence(sets),
        table=_table(sets, labels),
        chart=_chart(sets, labels),
        flags=tuple(_flags(measured, labels)),
        notices=tuple(_notices(sets, labels)),
        provenance=Provenance(
            source=SOURCE, numerator="records with a usable answer", denominator="records of the last 12 months, asked or not"
        ),
    )


def _sentence(sets: Sequence[DataSet]) -> str:
    classes = Counter(one.standing for one in sets)
    parts = [f"{classes[kind]} {'is' if classes[kind] == 1 else 'are'} {_STANDING[kind]}" for kind in Standing if classes[kind]]
    said = (
        f"Of {things(len(sets), 'data set', 'data sets')}, {listing(parts)} for results by group, over {_FIVE} together."
        if parts
        else ""
    )
    if classes[None]:
        open_ones = things(classes[None], "data set", "data sets")
        said += f" {classes[None] if said else open_ones} cannot be scored yet."
    said = said.strip()
    nowhere = [DATA_FIELD.label(name).lower() for name in CORE_FIELDS if all(one.cell(name).asked is False for one in sets)]
    return f"{said} None asks for {' or '.join(nowhere)}." if nowhere else said


def _table(sets: Sequence[DataSet], labels: Sequence[str]) -> Shown:
    """Put the asked share beside the usable one; fields that no data set asks for are named in a note and take no column."""
    shown = [name for name in DATA_FIELD.codes if any(one.cell(name).asked is not False for one in sets)]
    rows = tuple(
        (
            label,
            DASH if one.records is None else f"{one.records:,}",
            score(one),
            standing(one),
            *(_cell_words(one, name) for name in shown),
        )
        for label, one in zip(labels, sets, strict=True)
    )
    notes = [
        "Under each field: records with a usable answer, and in brackets the records asked, both of all records of the last 12 months.",
        f"Score: the mean usable share of {_FIVE}, from 0 to 1; a field not asked counts 0. From 0.70 ready, from 0.40 partial.",
    ]
    if hidden := [DATA_FIELD.label(name).lower() for name in DATA_FIELD.codes if name not in shown]:
        notes.append(f"Asked nowhere: {listing(hidden)}.")
    if any(DASH in row for row in rows) or any(DASH in cell for row in rows for cell in row):
        notes.append(
            f"{DASH} stands for a number that is not known yet, contradicts another one, or has no records to be a share of."
        )
    columns = ("Data set", "Records", "Score", "Class", *(DATA_FIELD.label(name) for name in shown))
    return Shown("Usable answers by data set and field", columns, rows, "lrrl" + "r" * len(shown), tuple(notes))


def _cell_words(one: DataSet, name: str) -> str:
    cell = one.cell(name)
    if cell.asked is None:
        return NOT_KNOWN
    if not cell.asked:
        return NOT_ASKED
    usable, asked = one.usable_rate(name), one.asked_rate(name)
    return DASH if usable is None and asked is None else f"{share(usable)} ({share(asked)})"


def _chart(sets: Sequence[DataSet], labels: Sequence[str]) -> Chart:
    cells = [
        _heat_cell(one, _row_words(one, label), name) for label, one in zip(labels, sets, strict=True) for name in DATA_FIELD.codes
    ]
    return heat_map(cells, title="Usable answers, percent of all records")


def _row_words(one: DataSet, label: str) -> str:
    """Put the score before the name: where a phone cuts the line, the name's end goes."""
    return f"{standing(one)} · {label}" if one.score is None else f"{score(one)} {standing(one)} · {label}"


def _heat_cell(one: DataSet, row: str, name: str) -> HeatCell:
    rate, head = one.usable_rate(name), FIELD_HEADS[name]
    if rate is None or one.cell(name).asked is False:
        return HeatCell(row, head, None, *why_no_share(one, name))
    return HeatCell(row, head, float(100 * rate))


def _flags(measured: Measured, labels: Sequence[str]) -> Iterator[Flagged]:
    for one in measured.facts["problems"]:
        where = f"in “{labels[one.at]}”, " if one.at is not None and labels else ""
        reason = FLAG_TEXTS[Flag.DATA_QUALITY].format(rule=f"{where}{one.text}")
        yield Flagged(Flag.DATA_QUALITY, ID, reason=reason, next_step="Correct the number above; until then it is in no share.")


def _notices(sets: Sequence[DataSet], labels: Sequence[str]) -> Iterator[str]:
    """Say where race is not the person's own answer, and which figures rest on few records."""
    for label, one in zip(labels, sets, strict=True):
        if one.method in NOT_SAID_BY_THE_PERSON and one.cell("race_ethnicity").asked is not False:
            how = METHOD.label(one.method).lower()
            yield (
                f"Race in “{label}” is not what people said of themselves ({how}). Say so wherever it is shown, do not mix it with "
                "people's own answers, and ask people themselves where you can."
            )
    if any(one.records == 0 for one in sets):
        yield "A data set without records in the last 12 months has no shares: there is nothing to take them of."
