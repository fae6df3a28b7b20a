"""Which data sets there are, which departments they reach, and the rules on keeping records for a town of this size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from equitybook.findings import MIN_DENOMINATOR, Finding, Measured, Provenance, Shown
from equitybook.flags import Flag, Flagged
from equitybook.outcomes.performance_management.data_systems.measure.scores import DataSet
from equitybook.outcomes.performance_management.data_systems.present.words import (
    INVENTORY_FIRST,
    SOURCE,
    quoted,
    set_labels,
    words_of,
)
from equitybook.outcomes.performance_management.data_systems.vocabularies import ACCESS, METHOD, RECORD_OF, REFRESH, SYSTEM
from equitybook.outcomes.wording import DASH, day, listing, things

ID = "PM1.inventory"
TITLE = "The records you have"
_COLUMNS = (
    "Data set",
    "Department",
    "Who answers for it",
    "Kept in",
    "One record is",
    "Records, 12 months",
    "Brought up to date",
    "How group is recorded",
    "Who may see it",
    "Kept for",
)


def inventory(measured: Measured) -> Finding:
    """List the data sets and say how many departments in scope have one that can be split by group."""
    sets = measured.facts["datasets"]
    if not sets:
        return Finding(ID, ID, TITLE, empty=INVENTORY_FIRST, notices=tuple(_rules(measured)))
    labels = set_labels(measured)
    words = words_of(measured, "datasets")
    rows = tuple(_row(label, one, said) for label, one, said in zip(labels, sets, words, strict=True))
    return Finding(
        ID,
        ID,
        TITLE,
        sentence=_sentence(len(sets), measured.facts["coverage"]),
        table=Shown("Your data sets", _COLUMNS, rows, "lllllrllll"),
        flags=tuple(_flags(measured, labels)),
        notices=(*_departments(measured), *_rules(measured)),
        provenance=Provenance(
            source=SOURCE,
            numerator="departments with a data set that scores 0.40 or more",
            denominator="departments in scope",
        ),
    )


def _sentence(count: int, coverage: Mapping[str, Any]) -> str:
    said = f"{things(count, 'data set', 'data sets')} from {things(coverage['departments'], 'department', 'departments')}."
    if not coverage["in_scope"]:
        return f"{said} List your departments in “Your community” to see how many of them are covered."
    of = f"{coverage['covered']} of {things(coverage['in_scope'], 'department', 'departments')}"
    share = f"{round(100 * coverage['covered'] / coverage['in_scope'], 1):g} %"
    said += (
        f" {of} in scope ({share}) {'has' if coverage['covered'] == 1 else 'have'} one that can be split by group, at least in part"
    )
    if (coverage["staff"] or 0) >= MIN_DENOMINATOR:
        said += f"; {round(100 * coverage['staff_covered'] / coverage['staff'], 1):g} % of the staff in scope work there"
    return f"{said}."


def _row(label: str, one: DataSet, said: Mapping[str, Any]) -> tuple[str, ...]:
    years = one.retention_years
    return (
        label,
        str(said.get("department") or DASH),
        str(said.get("steward_role") or (DASH if one.has_steward else "Nobody yet")),
        SYSTEM.label(one.system) or DASH,
        RECORD_OF.label(one.unit) or DASH,
        DASH if one.records is None else f"{one.records:,}",
        REFRESH.label(one.refresh) or DASH,
        METHOD.label(one.method) or DASH,
        ACCESS.label(one.access) or DASH,
        DASH if years is None else f"{years:g} {'year' if years == 1 else 'years'}",
    )


def _flags(measured: Measured, labels: tuple[str, ...]) -> Iterator[Flagged]:
    for label, one in zip(labels, measured.facts["datasets"], strict=True):
        if not one.has_steward:
            step = "Name the role that can change the form or the field."
            yield Flagged(Flag.DATA_QUALITY, ID, reason=f"Nobody answers for “{label}” yet.", next_step=step)


def _departments(measured: Measured) -> Iterator[str]:
    """Say which departments have no data set, and which are in no count; by number where names are not shown."""
    coverage, named = measured.facts["coverage"], measured.words.get("departments") or {}
    if coverage["without"]:
        who = listing(named.get("without") or ()) or things(coverage["without"], "department in scope", "departments in scope")
        yield f"No data set yet from {who}."
    if coverage["outside"]:
        who = quoted(named.get("outside") or ()) or things(coverage["outside"], "department", "departments")
        yield f"Not among the departments in scope, and so in no share: {who}."


def _rules(measured: Measured) -> Iterator[str]:
    """Pass on the rules of law that concern a town of this size; they are information and no advice."""
    for text, source, as_of in measured.facts["rules"]:
        yield f"{text} ({source}, as of {day(as_of)}; not legal advice.)"
    if not measured.facts["staff_known"]:
        yield "Enter the number of staff in “Your community” to see which rules on keeping staff records concern a town of your size."
