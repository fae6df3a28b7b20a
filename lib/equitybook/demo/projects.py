"""Each invented town's project, from a page of ``content/projects`` to the rows its team would have entered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from equitybook.demo.dated import BEGUN
from equitybook.demo.residents import fiscal_year
from equitybook.outcomes.performance_management.metrics import baseline_of
from equitybook.outcomes.performance_management.metrics.measure.baseline import period_of
from equitybook.program import Community

Rows = list[dict[str, Any]]
Told = Mapping[str, Any]

_PROBLEM = "In {place}, {who} {condition}, seen in {seen}, because {because}; {department} can influence {lever}."
_ONLY_IN_THE_SENTENCE = ("who", "seen", "because", "department")
_AGREED = "2026-11-13"
_DECISION_BY = "2027-04-30"
_POWERS = ("comm_power", "proxy_power", "data_power")
_DRAFTED = "drafts"
_LOCKED = "locked"


@cache
def told(slug: str) -> Told:
    """Read a town's page; empty where it has none, as in a town that has not begun."""
    page = files("equitybook.demo").joinpath(f"content/projects/{slug}.yml")
    read: Told = yaml.safe_load(page.read_text(encoding="utf-8")) if page.is_file() else {}
    return read


def project_rows(community: Community) -> dict[str, Rows]:
    """Return the charter, its measures with their values and causes, its risks and decisions, by table id."""
    page = told(community.slug)
    charter = _charter(community, page)
    agreed = charter.get("approved_on", _AGREED)
    values = _values(community, page)
    return {
        "charter": [charter],
        "measures": _measures(page, values, by=community.participants[-1].title),
        "pm2_values": values,
        "story": [
            dict(zip(("measure_id", "kind", "cause", "evidence", "partner"), one, strict=True)) for one in page.get("story", ())
        ],
        "risks": [
            dict(zip(("risk", "likelihood", "impact", "response", "owner_role"), one, strict=True)) for one in page.get("risks", ())
        ],
        "decisions": [
            dict(zip(("question", "options", "chosen", "why"), one, strict=True))
            | {"cycle": 1, "who_role": charter["sponsor_role"], "date": agreed, "revisit_on": "2027-05-01"}
            | {"decision_id": f"DEC{number}"}
            for number, one in enumerate(page.get("decisions", ()), start=1)
        ],
        **{f"{code}_words": [dict(words)] for code, words in page.get("words", {}).items()},
    }


def measure_codes(page: Told) -> list[str]:
    """List the codes of a page's measures, in order."""
    return [f"M{number}" for number, _ in enumerate(page.get("measures", ()), start=1)]


def _charter(community: Community, page: Told) -> dict[str, Any]:
    said = dict(page["charter"])
    sentence = said.get("problem_statement") or _PROBLEM.format(place=community.name, **said)
    who = said["who"]
    row = {name: value for name, value in said.items() if name not in _ONLY_IN_THE_SENTENCE}
    row |= {"population_of_focus": who[:1].upper() + who[1:], "problem_statement": sentence, "decision_by": _DECISION_BY}
    return row | {"approved_on": agreed} if (agreed := page.get("agreed", _AGREED)) else row


def _measures(page: Told, values: Rows, *, by: str) -> Rows:
    rows = []
    for code, one in zip(measure_codes(page), page["measures"], strict=True):
        row = {
            "measure_id": code,
            "name": one["name"],
            "result_statement": page["charter"]["desired_result"],
            "level": "PERFORMANCE",
            "rba": one["rba"],
            "department": one.get("department", page["charter"]["focus_departments"][0]),
            "unit": one["unit"],
            "direction": one["direction"],
            "numerator_def": one["counted"],
            "denominator_def": one.get("of"),
            "dataset_id": one["data"],
            "disaggregate_by": one.get("by"),
            "cadence": one.get("cadence", "annual"),
            "owner_role": one.get("owner"),
            "reference_group": "COMPLEMENT",
            **dict(zip(_POWERS, one.get("powers", "HMM"), strict=True)),
        }
        rows.append({name: value for name, value in {**row, **_later_fields(page, row, one, values, by=by)}.items() if value})
    return rows


def _later_fields(page: Told, row: Told, one: Told, values: Rows, *, by: str) -> dict[str, Any]:
    """Give what cycle 2 adds to a measure: a plan or a locked baseline, and a target."""
    if page["stage"] == _DRAFTED:
        return {}
    added: dict[str, Any] = {}
    if plan := one.get("plan"):
        added |= {"baseline_plan": plan[0], "baseline_due": str(plan[1])}
    if target := one.get("target"):
        day = str(target[1])
        added |= {"target_value": target[0], "target_date": day, "target_rationale": target[2], "target_note": target[3]}
    if page["stage"] == _LOCKED and row["measure_id"] in page.get("lock", measure_codes(page)):
        added |= lock(row, values, by=by)
    return added


def lock(measure: Told, values: Rows, *, by: str) -> dict[str, Any]:
    """Give the fields that the button “Lock the baseline” writes; ``by`` is the role of who presses it."""
    found = baseline_of(measure, values)
    if isinstance(found, str):
        raise ValueError(found)
    return {
        "baseline_value": found.value,
        "baseline_n": found.n,
        "baseline_period": found.period,
        "baseline_date": max(
            period.end for one in values if (period := period_of(one)) and period.words == found.period
        ).isoformat(),
        "locked_by": by,
        "baseline_locked_on": BEGUN.isoformat(),
    }


def _values(community: Community, page: Told) -> Rows:
    if page["stage"] == _DRAFTED:
        return []
    sources = {f"D{number}": one["name"] for number, one in enumerate(page.get("data", ()), start=1)}
    rows = []
    for code, one in zip(measure_codes(page), page["measures"], strict=True):
        for year, groups in one.get("values", {}).items():
            start, end = fiscal_year(community.fiscal_year_start, year)
            for group, numbers in groups.items():
                place = {"measure_id": code, "period_start": start, "period_end": end, "group": group}
                rows.append(place | _numbers(one["unit"], numbers) | {"source_note": sources.get(one["data"], "Our own count")})
    return rows


def _numbers(unit: str, numbers: Any) -> dict[str, Any]:  # noqa: ANN401 - one number, or two in a list
    if unit == "count":
        return {"numerator": numbers}
    first, people = numbers
    return {"numerator" if unit == "pct" else "value": first, "denominator": people}


def role_like(departments: tuple[str, ...]) -> tuple[str, str]:
    """Name who keeps the staff list in a town of these departments: the role, and its department."""
    return ("HR director", "HR") if "HR" in departments else ("Assistant to the manager", "Administration/Manager")
