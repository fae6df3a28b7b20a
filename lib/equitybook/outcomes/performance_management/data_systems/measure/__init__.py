"""What the inventory adds up to: how complete its fields are, what the measures rest on, what is still to come.

Counts of records are facts and no count tables: they say how complete a register is, never who is in it or what anybody answered.
A usable answer to "disability" is a form filled in, whatever the answer was. What people typed (names of data sets, departments,
roles, measures) are words, for the town and its coach.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from equitybook.charter.measure import departments_of, records
from equitybook.codebook.same import key_of
from equitybook.findings import Measured
from equitybook.outcomes.content import read_content
from equitybook.outcomes.performance_management.data_systems.measure.links import links, live
from equitybook.outcomes.performance_management.data_systems.measure.problems import problems
from equitybook.outcomes.performance_management.data_systems.measure.scores import Cell, DataSet
from equitybook.outcomes.performance_management.data_systems.vocabularies import CONTENT
from equitybook.outcomes.requests import Request, read_request

if TYPE_CHECKING:
    import pandas as pd

    from equitybook.outcomes.registry import Context

Record = Mapping[str, Any]
NOTICE_PARTS = ("purpose", "voluntary", "who_sees", "kept")


def measure_data(tables: Mapping[str, pd.DataFrame], context: Context) -> Measured:
    """Read the inventory, its fields, the requests and the notice.

    Parameters
    ----------
    tables
        One typed frame per table of the outcome, and those of the profile, the departments, the charter and the measures; empty where nothing is entered.
    context
        The town and today's date, from which ages are counted.
    """
    entered = [one for one in records(tables["pm1_datasets"]) if one.get("dataset_id") or one.get("name")]
    fields = records(tables["pm1_fields"])
    codes = [str(one.get("dataset_id") or "") for one in entered]
    sets = _sets(entered, codes, fields)
    profile, charter, notice = (next(iter(records(tables[name])), {}) for name in ("profile", "charter", "pm1_notice"))
    logged = [one for one in records(tables["pm1_requests"]) if one.get("what") or one.get("asked_on") is not None]
    dated = [request for row in logged if (request := read_request(row)) is not None]
    measures = live(records(tables["measures"]))
    focus = [{"department": one, "in_scope": True} for one in charter.get("focus_departments") or ()]
    scope = [one for one in departments_of(tables) or focus if one.get("in_scope") is True]
    coverage, departments = _coverage(entered, sets, scope)
    facts = {
        "today": context.today,
        "datasets": sets,
        "fields_described": sum(bool(one.cells) for one in sets),
        "coverage": coverage,
        "problems": tuple(problems(sets, codes, fields)),
        "links": links(measures, sets, codes, dated, context.today),
        "requests": tuple(_without_words(one) for one in dated),
        "undated": len(logged) - len(dated),
        "to_come": sum(one.asked_on > context.today for one in dated),
        "notice": tuple(name for name in NOTICE_PARTS if notice.get(name)),
        "rules": _rules(profile.get("employees_total")),
        "staff_known": profile.get("employees_total") is not None,
    }
    words = {
        "datasets": tuple(
            {name: one.get(name) for name in ("dataset_id", "name", "department", "steward_role")} for one in entered
        ),
        "departments": departments,
        "measures": tuple({name: one.get(name) for name in ("measure_id", "name")} for one in measures),
        "requests": tuple({"what": one.what, "who_role": one.who_role} for one in dated),
        "notice": {name: str(notice[name]) for name in NOTICE_PARTS if notice.get(name)},
    }
    return Measured(facts=facts, words=words)


def _sets(entered: Sequence[Record], codes: Sequence[str], fields: Sequence[Record]) -> tuple[DataSet, ...]:
    described: dict[tuple[str, str], list[Record]] = {}
    for row in fields:
        if row.get("dataset_id") and row.get("field"):
            described.setdefault((str(row["dataset_id"]), str(row["field"])), []).append(row)
    # A field described twice has two answers and so none; a code used twice leads to the first data set that has it.
    single = {pair: rows[0] for pair, rows in described.items() if len(rows) == 1}
    made = []
    for at, one in enumerate(entered):
        mine = {name: _cell(row) for (code, name), row in single.items() if code == codes[at] and codes.index(code) == at}
        made.append(
            DataSet(
                records=one.get("records_12mo"),
                method=str(one.get("collection_method") or ""),
                system=str(one.get("system") or ""),
                unit=str(one.get("unit_of_record") or ""),
                refresh=str(one.get("refresh") or ""),
                access=str(one.get("access") or ""),
                retention_years=one.get("retention_years"),
                has_steward=bool(one.get("steward_role")),
                cells=mine,
            )
        )
    return tuple(made)


def _cell(row: Record) -> Cell:
    asked = row.get("asked")
    return Cell(None if asked is None else bool(asked), row.get("n_asked"), row.get("n_usable"), row.get("n_declined"))


def _coverage(entered: Sequence[Record], sets: Sequence[DataSet], scope: Sequence[Record]) -> tuple[Record, Mapping[str, Any]]:
    """Count the departments in scope with a data set that can be split, and their staff; those outside scope are in no count."""
    named = {key_of(one["department"]): str(one["department"]) for one in entered if one.get("department")}
    listed = {key_of(one["department"]): one for one in scope}
    good = {
        key_of(one["department"]) for one, data in zip(entered, sets, strict=True) if one.get("department") and data.can_be_split
    }
    without = [str(one["department"]) for key, one in listed.items() if key not in named]
    outside = [name for key, name in named.items() if listed and key not in listed]
    # A share of staff with a department's size missing would be of something else; it is absent until all are there.
    sizes = {key: one["headcount"] for key, one in listed.items() if one.get("headcount") is not None}
    sized = bool(listed) and len(sizes) == len(listed)
    facts = {
        "in_scope": len(listed) or None,
        "covered": len(good & set(listed)) if listed else None,
        "staff": sum(sizes.values()) if sized else None,
        "staff_covered": sum(size for key, size in sizes.items() if key in good) if sized else None,
        "departments": len(named),
        "without": len(without),
        "outside": len(outside),
    }
    return facts, {"without": tuple(without), "outside": tuple(outside)}


def _without_words(request: Request) -> Request:
    """Keep dates and states; what was asked of whom is the town's."""
    return Request("", "", request.asked_on, request.expected_on, request.got_on, request.status, request.step)


def _rules(employees: int | None) -> tuple[tuple[str, str, dt.date], ...]:
    """Give the rules that depend on the number of staff, for a town of that many: (text, source, as of); none while it is not known."""
    sized = [one for one in read_content(CONTENT).legal if one.employees_from is not None]
    return () if employees is None else tuple((one.text, one.source, one.as_of) for one in sized if one.fits(employees))
