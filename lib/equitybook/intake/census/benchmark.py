"""One place of a census table, to the rows of the benchmark: who lives there, with margins of error, and what does not add up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from equitybook.errors import DataError
from equitybook.intake.census.shapes import SHAPES
from equitybook.intake.census.table import CensusTable, Geography
from equitybook.statistics.census import Estimate, total

TABLE = "benchmark"
"""The id of the table that the rows are for."""

_YEARS = re.compile(r"\b\d{4}(?:[-–]\d{4})?\b")
_NEGATIVE = "it is not a count of people"


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a topic: its code, its words, and the lines of the table it is the sum of."""

    code: str
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a table says about residents.

    ``whole`` is true where the groups after the total make up all of it. ``note`` is said whenever its rows are read in.
    """

    code: str
    title: str
    groups: tuple[Group, ...]
    whole: bool = False
    note: str = ""


def _group(code: str, label: str, *lines: int) -> Group:
    return Group(code, label, tuple(f"{line:03d}" for line in lines))


_LANGUAGES = (
    ("SPANISH", "Spanish"),
    ("FRENCH_HAITIAN_CAJUN", "French, Haitian or Cajun"),
    ("GERMANIC", "German or other West Germanic"),
    ("SLAVIC", "Russian, Polish or other Slavic"),
    ("OTHER_INDO_EUROPEAN", "Other Indo-European"),
    ("KOREAN", "Korean"),
    ("CHINESE", "Chinese, with Mandarin and Cantonese"),
    ("VIETNAMESE", "Vietnamese"),
    ("TAGALOG", "Tagalog, with Filipino"),
    ("OTHER_ASIAN_PACIFIC", "Other Asian and Pacific Island"),
    ("ARABIC", "Arabic"),
    ("OTHER", "Other and unspecified"),
)

TOPICS: Mapping[str, Topic] = {
    "B03002": Topic(
        "RACE",
        "race and ethnicity",
        (
            _group("TOTAL", "All residents", 1),
            _group("WHITE", "White", 3),
            _group("BLACK", "Black or African American", 4),
            _group("AIAN", "American Indian or Alaska Native", 5),
            _group("ASIAN", "Asian", 6),
            _group("NHPI", "Native Hawaiian or Other Pacific Islander", 7),
            _group("SOR", "Some other race", 8),  # no EEO-4 category, and still people: without it shares do not add up
            _group("TWO", "Two or more races", 9),
            _group("HISP", "Hispanic or Latino", 12),
        ),
        whole=True,
    ),
    "C16001": Topic(
        "LANGUAGE",
        "language",
        (
            _group("TOTAL", "Residents aged 5 and over", 1),
            # Each group has three lines; the third, 005 to 038, is "less than very well". 037 is "very well", and 029 is Tagalog's.
            *(_group(code, label, 5 + 3 * at) for at, (code, label) in enumerate(_LANGUAGES)),
        ),
        note="The language figures count people who speak English less than very well, not everybody who speaks the language.",
    ),
    "B18101": Topic(
        "DISABILITY",
        "disability",
        (
            _group("TOTAL", "Civilian residents outside institutions", 1),
            _group("WITH_DISABILITY", "With a disability", 4, 7, 10, 13, 16, 19, 23, 26, 29, 32, 35, 38),
        ),
    ),
}
"""By census table, the topic its rows belong to (specification 1.3)."""


def topic_of(table: CensusTable, *, file: str = "") -> Topic:
    """Give the topic of a table.

    Raises
    ------
    DataError
        If the benchmark has no use for it.
    """
    if table.table_id not in TOPICS:
        problem = f"This is table {table.table_id}, which the benchmark does not use."
        wanted = ", ".join(f"{one} ({TOPICS[one].title})" for one in TOPICS)
        raise DataError(problem, file=file, fix=f"Download one of these for your town: {wanted}.")
    return TOPICS[table.table_id]


def benchmark_rows(table: CensusTable, place: Geography) -> tuple[dict[str, Any], ...]:
    """Make the rows of one place: ``topic, group, label, estimate, moe, geography, source``.

    A figure that is not published is None and keeps its row, and so does a margin: a group that is dropped makes all others look larger.
    """
    return tuple(
        {
            "topic": topic_of(table).code,
            "group": group.code,
            "label": group.label,
            "estimate": None if found.value is None else int(found.value),
            "moe": None if found.moe is None else float(found.moe),
            "geography": place.name,
            "source": table.source,
        }
        for group, found in _figures(table, place)
    )


def remarks(table: CensusTable, place: Geography) -> tuple[str, ...]:
    """Say what in these figures is to be looked at: parts that do not add up, figures and margins that are not there."""
    return (*_missing(table, place), *_sums(table, place))


def clashes(table: CensusTable, place: Geography, rows: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Say where rows of other topics, in the benchmark already, are of other years or another place."""
    own = topic_of(table)
    others = {(str(row.get("topic") or ""), _years(str(row.get("source") or "")), str(row.get("geography") or "")) for row in rows}
    titles = {one.code: one.title for one in TOPICS.values()}
    said: dict[str, None] = {}
    for topic, years, geography in sorted(others):
        if topic == own.code or topic not in titles:
            continue
        if years and table.vintage and years != table.vintage:
            said[
                f"The figures on {titles[topic]} are of {years}, these on {own.title} of {table.vintage}. Take both from the same years."
            ] = None
        if geography and geography != place.name:
            said[f"The figures on {titles[topic]} are of {geography}, these on {own.title} of {place.name}. Is that meant?"] = None
    return tuple(said)


def _figures(table: CensusTable, place: Geography) -> Iterator[tuple[Group, Estimate]]:
    for group in topic_of(table).groups:
        lines = [_people(place.values.get(line, Estimate(None, None, "the line is not in the file"))) for line in group.lines]
        yield group, lines[0] if len(lines) == 1 else total(lines)


def _people(figure: Estimate) -> Estimate:
    """Take a figure as a count of people, or as nothing."""
    if figure.value is not None and (figure.value < 0 or figure.value != int(figure.value)):
        return Estimate(None, None, _NEGATIVE)
    return figure


def _missing(table: CensusTable, place: Geography) -> Iterator[str]:
    figures = list(_figures(table, place))
    for group, found in figures:
        if found.value is None:
            yield f"{group.label} has no figure for {place.name}: {found.note}."
    without = [(group, found) for group, found in figures if found.value is not None and found.moe is None]
    if without and len(without) == sum(found.value is not None for _, found in figures):
        yield f"No figure of {place.name} has a margin of error, so nothing can be said about how sure they are."
        return
    for group, found in without:
        yield f"{group.label} has no margin of error for {place.name}: {found.note}."


def _sums(table: CensusTable, place: Geography) -> Iterator[str]:
    """Compare every line that is a sum with its parts; the Census prints them so that they agree to the person."""
    shape = SHAPES[table.table_id]
    values = {number: _people(found).value for number, found in place.values.items()}
    agree = True
    for index, inner in shape.parts():
        whole, parts = values.get(f"{index + 1:03d}"), [values.get(f"{at + 1:03d}") for at in inner]
        added = sum(part for part in parts if part is not None)
        if whole is not None and None not in parts and added != whole:
            agree = False
            yield _differs(f'Line {index + 1:03d} of {table.table_id}, "{shape.lines[index][-1]}",', whole, added, place)
    rows = benchmark_rows(table, place)
    estimates = [row["estimate"] for row in rows]
    if agree and topic_of(table).whole and None not in estimates and sum(estimates[1:]) != estimates[0]:
        yield _differs("The total", estimates[0], sum(estimates[1:]), place)


def _differs(what: str, whole: float, added: float, place: Geography) -> str:
    return (
        f"{what} is {whole:,.0f} for {place.name}, but its parts add up to {added:,.0f}. "
        "A figure was changed or a line left out: download the table again."
    )


def _years(source: str) -> str:
    found = _YEARS.search(source)
    return found.group().replace("–", "-") if found else ""
