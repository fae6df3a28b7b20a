"""Invented staff as the rows a town would have entered: counts, a staff list, moves, flow, availability."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from equitybook.codebook.categories import salary_band
from equitybook.demo.staff import AS_OF, RECORDS_FROM, Employee, Town

Rows = list[dict[str, Any]]

_SEPARATIONS = {
    "VOLUNTARY": "sep_vol",
    "RETIREMENT": "sep_ret",
    "INVOLUNTARY": "sep_invol",
    "LAYOFF": "sep_invol",
    "DEATH": "sep_other",
    "END_OF_TERM": "sep_other",
    "TRANSFER_OUT": "sep_other",
}
_SOURCE = "Invented for this demonstration, laid out like Census EEO Tabulation table 6W"
_PROMOTED = 0.45
# Percent of women among people with the skills, by job group; the job groups most towns hire for.
_WOMEN = {"1": 41.0, "2": 54.0, "4": 19.0, "6": 73.0, "8": 24.0}


def setup_row(*, employees: int, county: str, years: int, has_leavers: bool) -> dict[str, Any]:
    """Return the payday, the payroll total and the comparison, as the form takes them."""
    return {
        "snapshot_date": AS_OF.isoformat(),
        "payroll_headcount": employees,
        "period_start": dt.date(AS_OF.year - max(years, 1), 7, 1).isoformat(),
        "period_end": AS_OF.isoformat(),
        "records_from": RECORDS_FROM.isoformat() if has_leavers else None,
        "benchmark_geography": f"{county} County",
        "benchmark_source": _SOURCE,
    }


def grid_rows(staff: Sequence[Employee]) -> Rows:
    """People in post, counted; new hires of the last year once more under their own status, as EEO-4 wants them."""
    counts: Counter[tuple[str, ...]] = Counter()
    for person in (one for one in staff if one.left is None):
        job = person.job
        band = "" if job.part_time else salary_band(person.pay)
        counts[job.department, job.function, job.jobcat, "OTFT" if job.part_time else "FT", band, person.race, person.sex] += 1
        if not job.part_time and person.hired > AS_OF - dt.timedelta(days=365):
            counts[job.department, job.function, job.jobcat, "NEW_HIRE", "", person.race, person.sex] += 1
    names = ("department", "eeo_function", "jobcat", "status", "salary_band", "race", "sex")
    return [{**{name: value for name, value in zip(names, key, strict=True) if value}, "n": n} for key, n in sorted(counts.items())]


def roster_rows(staff: Sequence[Employee], *, leavers: bool) -> Rows:
    """One row per person; without leavers, the people in post only."""
    return [_roster_row(person) for person in staff if leavers or person.left is None]


def _roster_row(person: Employee) -> dict[str, Any]:
    job = person.job
    row = {
        "emp_key": person.key,
        "department": job.department,
        "job_title": job.title,
        "jobcat": job.jobcat,
        "status": "OTFT" if job.part_time else "FT",
        "annual_salary": float(person.pay),
        "race": person.race,
        "sex": person.sex,
        "hire_date": person.hired.isoformat(),
        "grade": job.grade,
    }
    if person.left:
        row |= {"sep_date": person.left.isoformat(), "sep_type": person.reason}
    return row


def moves_rows(staff: Sequence[Employee], *, years: int, seed: str) -> Rows:
    """Promotions and a few other moves of people in post, within the period."""
    chance = random.Random(f"moves of {seed}")  # noqa: S311 - invented people, not secrets
    start = dt.date(AS_OF.year - max(years, 1), 7, 1)
    rows: Rows = []
    for person in staff:
        job = person.job
        if person.left or not job.promoted_from or (start - person.hired).days < 2 * 365 or chance.random() > _PROMOTED:
            continue
        kind = "PROMOTION" if chance.random() < 0.9 else "RECLASS"  # noqa: PLR2004 - one in ten is no promotion
        day = start + dt.timedelta(days=chance.randrange((AS_OF - start).days))
        competitive = job.function in {"4", "5"} or chance.random() < 0.5  # noqa: PLR2004 - a coin
        rows.append(
            {
                "emp_key": person.key,
                "date": day.isoformat(),
                "kind": kind,
                "from_jobcat": job.promoted_from,
                "to_jobcat": job.jobcat,
                "competitive": competitive,
            }
        )
    return rows


def flow_rows(staff: Sequence[Employee], moves: Rows, *, years: int) -> Rows:
    """Who was there, came and left, by fiscal year and group, for all job groups together."""
    races = sorted({person.race for person in staff})
    groups = ["ALL", *races, "F", "M"]
    return [
        row for year in range(AS_OF.year - years, AS_OF.year) for group in groups for row in _flow_row(staff, moves, year, group)
    ]


def _flow_row(staff: Sequence[Employee], moves: Rows, year: int, group: str) -> Iterator[dict[str, Any]]:
    before, end = dt.date(year, 6, 30), dt.date(year + 1, 6, 30)
    members = [person for person in staff if group in {"ALL", person.race, person.sex}]
    keys = {person.key for person in members}
    left = Counter(_SEPARATIONS[person.reason] for person in members if person.left and before < person.left <= end)
    yield {
        "period": f"{year}-{(year + 1) % 100:02d}",
        "group": group,
        "headcount_start": sum(person.in_post(before) for person in members),
        "hires": sum(before < person.hired <= end for person in members),
        **{name: left[name] for name in ("sep_vol", "sep_ret", "sep_invol", "sep_other")},
        "promotions_from": sum(
            move["kind"] == "PROMOTION" and move["emp_key"] in keys and before.isoformat() < move["date"] <= end.isoformat()
            for move in moves
        ),
        "headcount_end": sum(person.in_post(end) for person in members),
    }


def availability_rows(town: Town, staff: Sequence[Employee]) -> Rows:
    """Shares outside and inside for the larger groups in typical jobs; outside is invented around the residents' shares."""
    chance = random.Random(f"availability of {town.slug}")  # noqa: S311 - invented people, not secrets
    groups = [code for code, share in sorted(town.race.items(), key=lambda item: -item[1])[:3] if share >= 2]  # noqa: PLR2004 - percent
    rows: Rows = []
    for jobcat in _WOMEN:
        inside = [person for person in staff if person.left is None and person.job.jobcat != jobcat]
        for group in (*groups, "F"):
            share = _WOMEN[jobcat] if group == "F" else town.race[group]
            within = 100 * sum(group in {person.race, person.sex} for person in inside) / max(len(inside), 1)
            rows.append(
                {
                    "jobcat": jobcat,
                    "group": group,
                    "ext_pct": round(share * chance.uniform(0.7, 1.05), 1),
                    "ext_moe": round(chance.uniform(1.2, 4.5), 1),
                    "ext_source": _SOURCE,
                    "int_pct": round(within, 1) if within >= 1 else 0.0,  # the page asks whether 0.9 is 90
                    "int_source": "Staff in the other job groups on 30 June",
                    "w_ext": 0.7,
                    "w_int": 0.3,
                }
            )
    return rows


def with_faults(table: str, rows: Rows) -> Rows:
    """Return the rows as a hurried team would have them: things the page should ask about."""
    faulty = [dict(row) for row in rows]
    if table == "hr1_grid":
        faulty[0] |= {"eeo_function": "14"}
        faulty[1] |= {"n": "12 ?"}
        faulty.append(dict(faulty[2]))
        part_time = next(row for row in faulty if row["status"] == "OTFT")
        part_time["salary_band"] = "4"
    if table == "hr1_flow":
        faulty[0]["headcount_end"] += 2
        faulty[1]["sep_vol"] = -1
    if table == "hr1_avail":
        faulty[0] |= {"w_int": 0.5}
        faulty[1] |= {"ext_pct": 140}
    return faulty


def facts(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entries that say something."""
    return {name: value for name, value in mapping.items() if value not in (None, "")}
