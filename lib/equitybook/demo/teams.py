"""Each invented town's group and data inventory, from a page of ``content/projects`` to the rows its team would have entered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from equitybook.demo.projects import Rows, Told, role_like, told
from equitybook.demo.staff import Employee
from equitybook.outcomes.internal_communications.working_group.tables.work import USUAL_TASKS
from equitybook.outcomes.performance_management.data_systems.vocabularies import CORE_FIELDS
from equitybook.program import Community

_SEAT = ("role_title", "department", "level", "seat", "hours_month", "seven_c")
_MEETING = ("date", "invited", "attended", "decisions", "actions_open", "actions_closed")
_ASKED = ("n_asked", "n_usable", "n_declined")
_TERM = "2027-12-31"
_SIGNED = "2026-11-17"
_REVIEW = "2027-05-15"
_NORMS = "Start on time; the front line speaks first; nobody is quoted by name"
_VOLUNTARY = "Answering is up to you, and not answering changes nothing."
_USUAL = {
    "system": "Spreadsheet",
    "refresh": "daily",
    "collection_method": "SELF_REPORT",
    "category_standard": "NONE",
    "access": "INTERNAL",
    "retention_years": 7,
}


def group_rows(community: Community, staff: Sequence[Employee]) -> dict[str, Rows]:
    """Return the working group's tables, by id: seats, departments in scope, rules, tasks, letters, meetings."""
    page = told(community.slug)
    here = Counter(person.job.department for person in staff if person.left is None)
    team = [
        {"member_id": f"P{at}"} | dict(zip(_SEAT, one, strict=True)) | {"term_end": _TERM} for at, one in enumerate(page["team"], 1)
    ]
    rows: dict[str, Rows] = {
        "ic1_members": team,
        "ic1_departments": [{"department": one, "headcount": here[one], "in_scope": True} for one in community.departments],
        "ic1_meetings": [
            {name: str(value) if name == "date" else value for name, value in zip(_MEETING, one, strict=False)}
            for one in page["meetings"]
        ],
    }
    if letters := page.get("letters"):
        codes = [f"T{number}" for number, _ in enumerate(USUAL_TASKS, start=1)]
        rows["ic1_tasks"] = [{"task_id": code, "task": task} for code, task in zip(codes, USUAL_TASKS, strict=True)]
        rows["ic1_rasci"] = [
            {"task_id": code, "member_id": one["member_id"], "code": letter}
            for code, line in zip(codes, letters, strict=True)
            for one, letter in zip(team, line.split(), strict=True)
            if letter != "."
        ]
    if group := page.get("group"):
        rows["ic1_group"] = [_rules(page, group)]
    return rows


def _rules(page: Told, group: Told) -> dict[str, Any]:
    said = page["charter"]
    usual = {
        "purpose": f"Find out why {said['who']} {said['condition']}, try changes with those who do the work, and report what worked.",
        "sponsor_role": said["sponsor_role"],
        "sponsor_signed_on": _SIGNED,
        "norms": _NORMS,
        "review_date": _REVIEW,
    }
    return {**usual, **{name: str(value) if name == "review_date" else value for name, value in group.items()}}


def data_rows(community: Community, *, unknown: float) -> dict[str, Rows]:
    """Return the data inventory's tables, by id. ``unknown``: percent of staff without a recorded race."""
    page = told(community.slug)
    sets = list(page["data"])
    if page.get("staff_data", True):
        sets += _staff_sets(community, unknown)
    coded = [(f"D{number}", one) for number, one in enumerate(sets, start=1)]
    focus = page["charter"]["focus_departments"][0]
    rows: dict[str, Rows] = {
        "pm1_datasets": [
            {"dataset_id": code, **_USUAL, "department": focus, **{name: value for name, value in one.items() if name != "asks"}}
            for code, one in coded
        ],
        "pm1_fields": [row for code, one in coded for row in _fields(code, one["asks"])],
        "pm1_requests": [{name: str(value) for name, value in one.items()} for one in page.get("requests", ())],
    }
    if notice := page.get("notice"):
        rows["pm1_notice"] = [{"voluntary": _VOLUNTARY, **notice, "all_in_scope": page.get("all_in_scope", False)}]
    return rows


def _fields(code: str, asks: Mapping[str, Sequence[int]]) -> Iterator[dict[str, Any]]:
    for field in dict.fromkeys((*CORE_FIELDS, *asks)):
        place = {"dataset_id": code, "field": field, "asked": field in asks}
        yield place | dict(zip(_ASKED, asks[field], strict=True)) if field in asks else place


def _staff_sets(community: Community, unknown: float) -> list[dict[str, Any]]:
    """Return the two every town has: its staff and who applied to it."""
    steward, department = role_like(community.departments)
    staff, applied = round(community.employees * 1.08), round(community.employees * 1.9)
    known = round(staff * (100 - unknown) / 100)
    both = {"department": department, "steward_role": steward, "category_standard": "EEO4_7", "access": "CONFIDENTIAL"}
    return [
        {
            "name": "Staff list",
            **both,
            "system": "HRIS",
            "unit_of_record": "employee",
            "records_12mo": staff,
            "refresh": "weekly",
            "asks": {
                "race_ethnicity": [staff, known, staff - known],
                "sex_gender": [staff, staff, 0],
                "geography": [staff, staff, 0],
            },
        },
        {
            "name": "Job applications",
            **both,
            "system": "Vendor portal",
            "unit_of_record": "applicant",
            "records_12mo": applied,
            "refresh": "real-time",
            "retention_years": 2,
            "asks": {
                "race_ethnicity": [applied, round(applied * 0.84), round(applied * 0.11)],
                "sex_gender": [applied, round(applied * 0.9), round(applied * 0.07)],
                "geography": [applied, round(applied * 0.97), 0],
            },
        },
    ]
