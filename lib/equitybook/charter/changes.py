"""Changing what others build upon: the agreed charter, a locked baseline, a measure's definition (specification 5.1, 5.2).

Pure: values in, values to write out. Whoever stores them keeps the old values and the reason.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from equitybook.charter.tables.measures import BASELINE, DEFINITION
from equitybook.charter.tables.project import AGREED_FIELDS, Charter
from equitybook.errors import DataError

WORDING_ONLY_FROM = 4
"""From this cycle on the charter's problem and population change in wording only."""

SHORTEST_REASON = 10

_BASELINE_FIELDS = frozenset(BASELINE) - {"baseline_locked_on"}
_REVISABLE = {"charter": frozenset(AGREED_FIELDS), "measures": _BASELINE_FIELDS}
_NOT_COPIED = frozenset({*BASELINE, "measure_id", "replaces", "retired_on", "retired_reason", "baseline_plan"})


def agreed(charter: Mapping[str, Any], day: dt.date | None, *, today: dt.date) -> Mapping[str, Any]:
    """Check that a charter can be agreed on, and give what to write.

    Raises
    ------
    DataError
        If it is agreed already, the problem, the result or the sponsor is missing, or the day is none or to come.
    """
    if charter.get("approved_on"):
        raise DataError("The charter is agreed already.", fix="Change it with a reason; that makes a new version.")
    missing = [
        Charter.table.column(name).label
        for name in ("problem_statement", "desired_result", "sponsor_role")
        if not charter.get(name)
    ]
    if missing:
        raise DataError("There is not enough to agree on yet.", fix=f"Fill in first: {', '.join(missing)}")
    if day is None or day > today:
        raise DataError(
            "The day your sponsor agreed is missing or still to come.", fix="Enter a day up to today, for example 2026-11-30."
        )
    return {"approved_on": day.isoformat()}


def revised(
    table: str, values: Mapping[str, Any], reason: str, *, cycle: int, substance: bool, leave: bool = False
) -> Mapping[str, Any]:
    """Check a revision and give what to write.

    Parameters
    ----------
    table
        ``"charter"`` or ``"measures"``.
    values
        New values by field.
    reason
        Why, in a sentence of the town's own.
    cycle
        The cycle the calendar is in.
    substance
        Whether the meaning changes, or only the wording.
    leave
        Whether the town's coach lets it change the meaning of its charter all the same.

    Raises
    ------
    DataError
        If a field is not revised this way, the reason is missing, or it is too late for a change of meaning.
    """
    _with_reason(reason)
    allowed = _REVISABLE.get(table, frozenset())
    for field in values:
        if field not in allowed:
            problem = f"This is not changed by a revision: {field}."
            raise DataError(
                problem, fix="A measure's definition is changed by defining it anew; everything else is typed in its place."
            )
    if table == "charter" and substance and cycle >= WORDING_ONLY_FROM and not leave:
        problem = f"From cycle {WORDING_ONLY_FROM} on the charter changes in wording only."
        raise DataError(problem, fix="Say that only the wording changes, or ask your coach, who can open it for two weeks.")
    return dict(values)


def redefined(
    measure: Mapping[str, Any], values: Mapping[str, Any], reason: str, *, used: Iterable[str], today: dt.date
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Give the new measure that replaces one whose baseline is locked, and what to write into the old one.

    ``used`` are all codes ever given in this town, deleted rows included: a code is never used twice.

    Raises
    ------
    DataError
        If nothing of the definition changes, the measure is not locked or is retired already, or the reason is missing.
    """
    _with_reason(reason)
    if not measure.get("baseline_locked_on"):
        raise DataError(
            "This measure's baseline is not locked yet, so its definition is simply typed.", fix="Change it on its card."
        )
    if measure.get("retired_on"):
        raise DataError("This measure is retired already.", fix="Define the measure anew that replaced it.")
    changed = {name: value for name, value in values.items() if name in {*DEFINITION, "name"} and value != measure.get(name)}
    if not set(changed) & set(DEFINITION):
        raise DataError(
            "Nothing of the definition changes.",
            fix="Change what is counted, out of what, the unit, what is better, the question or the level.",
        )
    code = next_code(used)
    kept = {name: value for name, value in measure.items() if name not in _NOT_COPIED and value not in (None, "", [])}
    new = {**kept, **changed, "measure_id": code, "replaces": measure.get("measure_id")}
    old = {"retired_on": today.isoformat(), "retired_reason": f"Defined anew as {code}: {reason.strip()}"}
    return new, old


def next_code(used: Iterable[str]) -> str:
    """Give the next measure code, one above the highest ever used: ``M4`` after ``M1`` and ``M3``."""
    numbers = [int(found.group(1)) for one in used if (found := re.fullmatch(r"M(\d+)", one or ""))]
    return f"M{max(numbers, default=0) + 1}"


def _with_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise DataError(
            "The reason is missing.", fix="Say in a sentence why this changes. It stands beside the old words from then on."
        )
