"""A census file at the door: what it holds, which of its places is the town, and, once that is settled, the benchmark's rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equitybook.errors import DataError
from equitybook.intake.census.benchmark import TABLE, TOPICS, benchmark_rows, clashes, remarks, topic_of
from equitybook.intake.census.places import is_town, towns_among
from equitybook.intake.census.read import read_census
from equitybook.intake.census.table import CensusTable, Geography, pack, unpack
from equitybook.intake.proposal import Imported, Proposal, Question
from equitybook.intake.proposal import Mapping as Choice
from equitybook.intake.settle import fingerprint

MEDIA_TYPE = "application/vnd.equitybook.census+json"
"""Of what is kept."""

GEOGRAPHY, OTHER_PLACE = "geography", "other_place"
"""The ids of the two questions: which of several places; whether to use a place that is not the town."""

_SHOWN = (
    ("group", "Code", True),
    ("label", "Group in words", True),
    ("estimate", "Estimate", True),
    ("moe", "Margin of error", False),
    ("geography", "Place", True),
)

Rows = Iterable[Mapping[str, Any]]
"""Rows of the benchmark that are there already, as fields and values."""


@dataclass(frozen=True, slots=True)
class CensusProposal:
    """What a census file is proposed to mean.

    ``kept`` are the tables as bytes, all that needs to be stored. ``geographies`` are the places to choose from, (id, name).
    ``chosen`` is the place proposed or chosen, or None. ``proposal`` has the shape of every other file's, so that a page shows it alike.
    """

    kept: bytes
    tables: tuple[CensusTable, ...]
    geographies: tuple[tuple[str, str], ...]
    chosen: str | None
    proposal: Proposal

    def json(self) -> dict[str, Any]:
        """Give the proposal as JSON, with the tables, the places and the one chosen."""
        tables = [
            {"id": one.table_id, "topic": TOPICS[one.table_id].code, "vintage": one.vintage, "source": one.source}
            for one in self.tables
        ]
        places = [{"id": geo_id, "name": name} for geo_id, name in self.geographies]
        return {**self.proposal.json(), "tables": tables, "geographies": places, "chosen": self.chosen}


def propose(content: bytes, name: str, town: str, *, already: Rows = (), remembered: object = None) -> CensusProposal:
    """Read a census file and propose its rows for a town.

    Parameters
    ----------
    town
        The municipality's name, with its state after a comma where places of other states shall not match: ``"Prairie Glen, Illinois"``.
    already
        The benchmark's rows as they are: other years or another place than theirs are pointed out.
    remembered
        A choice of before, or None; what of it no longer fits is passed over.

    Raises
    ------
    DataError
        If the file cannot be read or holds no table of the benchmark; the sentence is for the page.
    """
    tables = read_census(content, name)
    useful = tuple(one for one in tables if one.table_id in TOPICS)
    if not useful:
        topic_of(tables[0], file=name)
    return propose_again(pack(useful, name), town, remembered, already=already)


def propose_again(kept: bytes, town: str, choice: object, *, already: Rows = ()) -> CensusProposal:
    """Propose anew for a kept file, with the choices made so far."""
    name, tables = unpack(kept)
    settled = _settle(tables, town, _lenient(choice))
    made, notes = _made(tables, settled, town, already) if settled.place is not None else ((), ())
    proposal = Proposal(
        table=TABLE,
        file=name,
        sheet="",
        sheet_names=(),
        header_row=1,
        fingerprint=fingerprint(sorted(settled.places)),
        rows=sum(len(TOPICS[one.table_id].groups) for one in tables),
        dropped=(),
        targets=_SHOWN,
        columns=(),
        codes={},
        questions=settled.questions,
        open=settled.open,
        counts={"rows": len(made), "places": len(settled.places), "tables": len(tables)},
        preview=tuple(_shown(row) for row in made),
        messages=(*dict.fromkeys(said for one in tables for said in one.messages), *_explained(tables)),
        problems=notes,
        mapping=Choice(answers={one.id: one.answer for one in settled.questions}),
        remembered=choice is not None and any(one.answer is not None for one in settled.questions),
    )
    return CensusProposal(kept, tables, tuple(settled.places.items()), settled.place, proposal)


def rows(kept: bytes, choice: Choice | object, town: str, *, already: Rows = ()) -> Imported:
    """Make the benchmark's rows of a kept file for the place that was chosen.

    Returns
    -------
    Imported
        Rows of the topics the file holds; ``notes`` say what to look at. They take the place of rows of the same topics only.

    Raises
    ------
    DataError
        If a question is open, or the place is not to be used; the sentence says what to settle.
    """
    name, tables = unpack(kept)
    settled = _settle(tables, town, choice if isinstance(choice, Choice) else Choice.read(choice or {}))
    if settled.open:
        problem = f"Before this file is read in, please settle: {'; '.join(settled.open)}."
        raise DataError(problem, file=name, fix="Choose an answer for each of them.")
    if settled.place is None:
        problem = f"{next(iter(settled.places.values()))} is not to be used, so there is nothing to read in."
        raise DataError(problem, file=name, fix=f"Download the table for {town} and upload that.")
    made, notes = _made(tables, settled, town, already)
    topics = {topic: sum(row["topic"] == topic for row in made) for topic in dict.fromkeys(row["topic"] for row in made)}
    blanks = {field: sum(row[field] is None for row in made) for field in ("estimate", "moe")}
    return Imported(
        TABLE,
        made,
        (),
        {"topic": topics},
        {field: times for field, times in blanks.items() if times},
        notes=(*_explained(tables), *notes),
    )


@dataclass(frozen=True, slots=True)
class _Settled:
    """The places of a file, id to name; the one to use, or None; the questions, and what of them is open."""

    places: Mapping[str, str]
    place: str | None
    questions: tuple[Question, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """What is to be settled first, in words that follow "please settle"."""
        names = {
            GEOGRAPHY: f"which of the {len(self.places):,} places in the file is to be used",
            OTHER_PLACE: f"whether the figures of {next(iter(self.places.values()))} are to be used",
        }
        return tuple(names[one.id] for one in self.questions if one.answer is None)


def _settle(tables: Sequence[CensusTable], town: str, choice: Choice) -> _Settled:
    geographies = {one.geo_id: one for table in tables for one in table.geographies}
    places = {geo_id: one.name for geo_id, one in geographies.items()}
    if len(places) > 1:
        question = _which(tuple(geographies.values()), town, choice.answers.get(GEOGRAPHY))
        return _Settled(places, question.answer, (question,))
    geo_id, name = next(iter(places.items()))
    if is_town(name, town):
        return _Settled(places, geo_id, ())
    options = (("use", f"Use the figures of {name}"), ("leave", "Do not use them"))
    given = choice.answers.get(OTHER_PLACE)
    answer = given if given in dict(options) else None
    text = f"The file is about {name}, your town is {town}. Use it?"
    return _Settled(places, geo_id if answer == "use" else None, (Question(OTHER_PLACE, text, options, answer, ask=True),))


def _which(geographies: Sequence[Geography], town: str, given: str | None) -> Question:
    """Ask which of several places it is, those of the town's name first; one such place is proposed, two are not chosen between."""
    alike = towns_among(geographies, town)
    options = {one.geo_id: one.name for one in (*alike, *geographies)}
    answer = given if given in options else alike[0].geo_id if len(alike) == 1 else None
    found = f"{len(alike)} of them have" if len(alike) > 1 else "None of them has"
    clause = "" if len(alike) == 1 else f" {found} the name {town}."
    text = f"The file holds {len(options):,} places.{clause} Whose figures are to be used?"
    return Question(GEOGRAPHY, text, tuple(options.items()), answer, ask=len(alike) != 1)


def _made(
    tables: Sequence[CensusTable], settled: _Settled, town: str, already: Rows
) -> tuple[tuple[dict[str, Any], ...], tuple[str, ...]]:
    """Make the rows of the place that is settled, and say what is to be looked at."""
    made: list[dict[str, Any]] = []
    notes: dict[str, None] = {}
    place_name = settled.places[settled.place or ""]
    if not is_town(place_name, town):
        notes[f"These are figures of {place_name}, not of {town}."] = None
    before = [dict(row) for row in already]
    coming = {TOPICS[table.table_id].code for table in tables}
    before = [row for row in before if row.get("topic") not in coming]
    for table in tables:
        place = table.geography(settled.place or "")
        if place is None:
            notes[f"Table {table.table_id} has no figures of {place_name}."] = None
            continue
        notes |= dict.fromkeys((*remarks(table, place), *clashes(table, place, (*before, *made))))
        made.extend(benchmark_rows(table, place))
    return tuple(made), tuple(notes)


def _explained(tables: Sequence[CensusTable]) -> tuple[str, ...]:
    return tuple(TOPICS[one.table_id].note for one in tables if TOPICS[one.table_id].note)


def _shown(row: Mapping[str, Any]) -> dict[str, str]:
    """Write a row as the page shows it before it is read in."""
    moe = "" if row["moe"] is None else "0 (controlled)" if row["moe"] == 0 else f"±{row['moe']:,.0f}"
    estimate = "" if row["estimate"] is None else f"{row['estimate']:,}"
    return {"group": row["group"], "label": row["label"], "estimate": estimate, "moe": moe, "geography": row["geography"]}


def _lenient(before: object) -> Choice:
    try:
        return before if isinstance(before, Choice) else Choice.read(before or {})
    except DataError:
        return Choice()
