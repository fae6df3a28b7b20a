"""What a town carries into a cycle: its charter, its measures with their baselines, its evidence and its open decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equitybook.charter.tables import Charter, Measures
from equitybook.charter.versions import Changed
from equitybook.codebook import as_words
from equitybook.outcomes.wording import day

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Carried:
    """The project in a few lines. ``version`` is 0 while the charter is a draft, else 1 and one more for each revision.

    ``measures`` are (code, name, baseline and target in words); retired ones are left out. ``evidence`` are the town's own sentences,
    ``changes`` what was changed in the charter since it was agreed, in sentences, newest first.
    """

    problem: str
    result: str
    sponsor: str
    departments: str
    version: int
    measures: tuple[tuple[str, str, str], ...]
    evidence: tuple[tuple[str, str], ...]
    decisions: tuple[str, ...]
    changes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is carried yet."""
        return not (self.problem or self.measures or self.evidence or self.decisions)


def carried(charter: Rows, measures: Rows, evidence: Rows, decisions: Rows, *, changes: Sequence[Changed] = ()) -> Carried:
    """Gather what is carried, from the tables' values as stored.

    ``changes`` are what was changed in the charter with a reason since it was agreed, oldest first.
    """
    agreed = charter[0] if charter else {}
    return Carried(
        problem=str(agreed.get("problem_statement") or ""),
        result=str(agreed.get("desired_result") or ""),
        sponsor=str(agreed.get("sponsor_role") or ""),
        departments=as_words(Charter.table.column("focus_departments"), agreed.get("focus_departments")),
        version=max((one.version for one in changes), default=1) if agreed.get("approved_on") else 0,
        measures=tuple(_measure_lines(measures)),
        evidence=tuple(
            (str(one.get("evidence_id") or ""), str(one["statement"])) for one in reversed(evidence) if one.get("statement")
        ),
        decisions=tuple(f"{one['question']} {one['chosen']}" for one in decisions if one.get("question") and one.get("chosen")),
        changes=tuple(
            f"{one.label} “{one.old}” became “{one.new}”. {one.reason} ({day(one.on)}, {one.by})" for one in reversed(changes)
        ),
    )


def _measure_lines(measures: Rows) -> Iterable[tuple[str, str, str]]:
    for one in measures:
        if not one.get("name") or one.get("retired_on"):
            continue
        yield str(one.get("measure_id") or "—"), str(one["name"]), f"{_baseline(one)}; {_target(one)}"


def _baseline(measure: Mapping[str, Any]) -> str:
    if measure.get("baseline_locked_on"):
        return f"baseline {in_unit(measure, 'baseline_value')}, {measure.get('baseline_period')}"
    due = _day(measure, "baseline_due")
    plan = ", ".join(part for part in (str(measure.get("baseline_plan") or ""), f"by {due}" if due else "") if part)
    return f"no baseline yet ({plan})" if plan else "no baseline yet"


def _target(measure: Mapping[str, Any]) -> str:
    if measure.get("direction") == "MAINTAIN":
        apart = {**measure, "unit": "points"} if measure.get("unit") == "pct" else measure
        within = "" if measure.get("tolerance") is None else f", give or take {in_unit(apart, 'tolerance')}"
        return f"to stay where it is{within}"
    if measure.get("target_value") is None:
        return "no target yet"
    by = _day(measure, "target_date")
    return f"target {in_unit(measure, 'target_value')}{f' by {by}' if by else ''}"


def _day(measure: Mapping[str, Any], field: str) -> str:
    return as_words(Measures.table.column(field), measure.get(field))


def in_unit(measure: Mapping[str, Any], field: str) -> str:
    """Say a measure's number with its unit: ``31 days``, ``41.5 %``, ``$1,200``; "—" where there is none.

    Percentages have one decimal and everything else two at most; the stored number keeps all it has.
    """
    value = measure.get(field)
    if not isinstance(value, int | float):
        return "—"
    unit = str(measure.get("unit"))
    number = f"{round(value, 1 if unit == 'pct' else 2):,.10g}"
    if unit in {"days", "points"}:
        return f"{number} {unit.removesuffix('s') if value == 1 else unit}"
    return {"pct": f"{number} %", "dollars": f"${number}"}.get(unit, number)
