"""Changing what others build upon: the agreed charter, a locked baseline, a measure's definition (specification 5.1, 5.2).

Pure: values in, values to write out. Whoever stores them keeps the old values and the reason.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from equitybook.charter.tables.measures import BASELINE, DEFINITION, Measures
from equitybook.charter.tables.project import AGREED_FIELDS, Charter
from equitybook.charter.usable import refuse_unusable, same_value
from equitybook.errors import DataError

WORDING_ONLY_FROM = 4
"""From this cycle on the charter's problem and population change in wording only."""

MEANING = ("population_of_focus", "focus_departments")
"""Fields of the charter in which any change is one of meaning: who is affected, and whose work it is."""

SHORTEST_REASON = 10

_BASELINE_FIELDS = frozenset(BASELINE) - {"baseline_locked_on", "locked_by"}
_REVISABLE = {"charter": frozenset(AGREED_FIELDS), "measures": _BASELINE_FIELDS}
_TABLES = {"charter": Charter.table, "measures": Measures.table}
_NOT_COPIED = frozenset({*BASELINE, "measure_id", "replaces", "retired_on", "retired_reason", "baseline_plan", "baseline_due"})
AIMED = ("target_value", "target_date", "target_rationale", "target_note", "tolerance", "reference_value", "reference_source")
"""What is said in a measure's unit, or of the way it should move: it means nothing in another unit or direction."""


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
    table: str,
    before: Mapping[str, Any],
    values: Mapping[str, Any],
    reason: str,
    *,
    cycle: int,
    substance: bool | None = None,
    leave: bool = False,
) -> Mapping[str, Any]:
    """Check a revision and give what to write: the fields that really change.

    Parameters
    ----------
    table
        ``"charter"`` or ``"measures"``.
    before
        The row as stored.
    values
        New values by field.
    reason
        Why, in a sentence of the town's own.
    cycle
        The cycle the calendar is in.
    substance
        Whether the charter's meaning changes, or only its wording, as the town says; None where it has not said. Other people and other
        departments are another meaning whatever it says.
    leave
        Whether the town's coach lets it change the meaning of its charter all the same.

    Raises
    ------
    DataError
        If the row is not agreed or locked yet, a field is not revised this way, a value cannot be used, nothing changes, the reason is
        missing, nobody said what kind of change it is, or it is too late for a change of meaning.
    """
    _with_reason(reason)
    allowed = _REVISABLE.get(table, frozenset())
    for field in values:
        if field not in allowed:
            problem = f"This is not changed by a revision: {field}."
            raise DataError(
                problem, fix="A measure's definition is changed by defining it anew; everything else is typed in its place."
            )
    _begun(table, before)
    changed = {name: value for name, value in values.items() if not same_value(value, before.get(name))}
    if not changed:
        raise DataError("Nothing changes.", fix="Change a field first, or leave it as it was.")
    for name, value in changed.items():
        refuse_unusable(_TABLES[table].column(name), value, unit=str(before.get("unit") or ""))
    if table == "charter":
        _in_time(before, changed, cycle=cycle, substance=substance, leave=leave)
    return changed


def _begun(table: str, before: Mapping[str, Any]) -> None:
    """See that there is something to revise: what nobody agreed on or locked is simply typed."""
    if table == "charter" and not before.get("approved_on"):
        raise DataError("The charter is not agreed yet, so nothing in it is revised.", fix="Type the change into the form above.")
    if table == "measures" and not before.get("baseline_locked_on"):
        raise DataError(
            "This measure's baseline is not locked, so there is none to revise.",
            fix="Correct the values you entered for it, then lock the baseline.",
        )


def _in_time(before: Mapping[str, Any], changed: Mapping[str, Any], *, cycle: int, substance: bool | None, leave: bool) -> None:
    """See that a charter's meaning changes only while it may."""
    if substance is None:
        raise DataError("What kind of change is this?", fix="Choose whether only the wording changes, or the meaning.")
    if cycle < WORDING_ONLY_FROM or leave:
        return
    fix = "Leave that as it was, or ask your coach, who can open the meaning for two weeks."
    for name in MEANING:
        if name in changed and not _same_words(before.get(name), changed[name]):
            label = Charter.table.column(name).label
            problem = f"From cycle {WORDING_ONLY_FROM} on the charter changes in wording only, and another answer to “{label}” is another meaning."
            raise DataError(problem, fix=fix)
    if substance:
        problem = f"From cycle {WORDING_ONLY_FROM} on the charter changes in wording only."
        raise DataError(problem, fix="Say that only the wording changes, or ask your coach, who can open it for two weeks.")


def _same_words(old: Any, new: Any) -> bool:  # noqa: ANN401 - stored values
    """Whether two texts differ in capitals, signs and blanks only; lists are compared by same_value before."""
    return (
        isinstance(old, str) and isinstance(new, str) and re.findall(r"\w+", old.casefold()) == re.findall(r"\w+", new.casefold())
    )


def redefined(
    measure: Mapping[str, Any], values: Mapping[str, Any], reason: str, *, used: Iterable[str], today: dt.date
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Give the new measure that replaces one whose baseline is locked, and what to write into the old one.

    In another unit or direction its target and its published figure are not taken along: they were said in the old one.
    ``used`` are all codes ever given in this town, deleted rows included: a code is never used twice.

    Raises
    ------
    DataError
        If nothing of the definition changes, a value cannot be used, the measure is not locked or is retired already, or the reason is
        missing.
    """
    _with_reason(reason)
    if not measure.get("baseline_locked_on"):
        raise DataError(
            "This measure's baseline is not locked yet, so its definition is simply typed.", fix="Change it on its card."
        )
    if measure.get("retired_on"):
        raise DataError("This measure is retired already.", fix="Define the measure anew that replaced it.")
    changed = {
        name: value for name, value in values.items() if name in {*DEFINITION, "name"} and not same_value(value, measure.get(name))
    }
    if not set(changed) & set(DEFINITION):
        raise DataError(
            "Nothing of the definition changes.",
            fix="Change what is counted, out of what, the unit, what is better, the question or the level.",
        )
    for name, value in changed.items():
        refuse_unusable(Measures.table.column(name), value)
    code = next_code(used)
    dropped = {*_NOT_COPIED, *(AIMED if turned(changed) else ())}
    kept = {name: value for name, value in measure.items() if name not in dropped and value not in (None, "", [])}
    new = {**kept, **changed, "measure_id": code, "replaces": measure.get("measure_id")}
    old = {"retired_on": today.isoformat(), "retired_reason": f"Defined anew as {code}: {reason.strip()}"}
    return new, old


def turned(changed: Mapping[str, Any]) -> bool:
    """Whether the unit or what is better is among the fields that change."""
    return bool({"unit", "direction"} & set(changed))


def next_code(used: Iterable[str]) -> str:
    """Give the next measure code, one above the highest ever used: ``M4`` after ``M1`` and ``M3``."""
    numbers = [int(found.group(1)) for one in used if (found := re.fullmatch(r"M(\d+)", one or ""))]
    return f"M{max(numbers, default=0) + 1}"


def _with_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise DataError(
            "The reason is missing.", fix="Say in a sentence why this changes. It stands beside the old words from then on."
        )
