"""Leavers, average staff and promotions from the staff list and its moves, day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from equitybook.findings import Dimension
from equitybook.outcomes.human_resources.staff_statistics.dimensions import KIND_OF
from equitybook.outcomes.human_resources.staff_statistics.measure.flow import Flow
from equitybook.outcomes.human_resources.staff_statistics.measure.sources import Staff

_DAY = pd.Timedelta(days=1)
_LONG_AGO, _FAR_AHEAD = pd.Timestamp("1900-01-01"), pd.Timestamp("2200-01-01")


def flow_from_list(staff: Staff, moves: pd.DataFrame) -> Flow:
    """Follow everyone on the staff list through the period.

    Notes
    -----
    The average headcount is taken over every day, finer than the monthly points that are asked for. A person works from the day hired up
    to, but not on, the day noted as left, as on the payday. People without a hire date were there before the period.
    """
    people = staff.people
    start = max(staff.start, staff.setup.records_from or staff.start)
    clipped = start > staff.start
    chunks = list(_years(start, staff.end))
    years = Dimension("year", "Year", {code: label for code, label, _, _, _ in chunks})
    has_leavers = bool(people["sep_date"].notna().any())
    known = moves["emp_key"].isin(people["emp_key"])
    return Flow(
        source="list",
        years=years,
        year_lengths={code: share for code, _, _, _, share in chunks},
        start=start,
        end=staff.end,
        left=_left(people, chunks) if has_leavers else None,
        average=_average(people, moves[known], chunks),
        promoted=_promoted(people, moves[known], start, staff.end) if len(moves) else None,
        facts={
            "period_from": staff.period_from,
            "period_clipped": clipped,
            "has_leavers": has_leavers,
            "moves_unknown": bool((~known).any()),
        },
    )


Move = tuple[pd.Timestamp, str]
"""The day of a move, and the job group moved from."""
Chunk = tuple[str, str, pd.Timestamp, pd.Timestamp, float]
"""Code, words, first day, day after the last, and the share of a full year."""


def _years(start: dt.date, end: dt.date) -> Iterator[Chunk]:
    first, stop = pd.Timestamp(start), pd.Timestamp(end) + _DAY
    while first < stop:
        full = first + pd.DateOffset(years=1)
        after = min(full, stop)
        last = (after - _DAY).date()
        share = (after - first) / (full - first)
        yield last.isoformat(), f"{'Year' if share == 1 else 'Part of a year'} to {last.day} {last:%B %Y}", first, after, share
        first = full


def _left(people: pd.DataFrame, chunks: list[Chunk]) -> pd.DataFrame:
    parts = []
    for code, _, first, after, _ in chunks:
        gone = people[(people["sep_date"] >= first) & (people["sep_date"] < after)]
        parts.append(gone[["race", "sex"]].assign(kind=gone["sep_type"].map(KIND_OF), year=code, n=1))
    return pd.concat(parts)


def _average(people: pd.DataFrame, moves: pd.DataFrame, chunks: list[Chunk]) -> pd.DataFrame:
    spans, length = _spans(people, moves), sum(share for *_, share in chunks)
    parts = []
    for code, _, first, after, share in chunks:
        since, until = spans["since"].where(spans["since"] > first, first), spans["until"].where(spans["until"] < after, after)
        years = (until - since).dt.days.clip(lower=0) * (share / (after - first).days)
        parts.append(spans[["race", "sex", "jobcat"]].assign(year=code, n=years / length))
    everyone: pd.DataFrame = pd.concat(parts)
    return everyone[everyone["n"] > 0]


def _spans(people: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """Give every person's time in post, cut where a move changed the job group: before a move it was the one moved from."""
    here = people[["race", "sex", "jobcat"]].assign(
        since=people["hire_date"].fillna(_LONG_AGO), until=people["sep_date"].fillna(_FAR_AHEAD), key=people["emp_key"]
    )
    dated = moves[moves["date"].notna() & moves["from_jobcat"].notna()].sort_values("date")
    by_key: dict[str, list[Move]] = {}
    for key, date, from_jobcat in zip(dated["emp_key"], dated["date"], dated["from_jobcat"], strict=True):
        by_key.setdefault(key, []).append((date, from_jobcat))
    moved = here["key"].isin(by_key)
    cut = [span for person in here[moved].to_dict("records") for span in _cut(person, by_key[person["key"]])]
    return pd.concat([here[~moved], pd.DataFrame(cut, columns=here.columns)]) if cut else here


def _cut(person: dict[Hashable, Any], moves: list[Move]) -> Iterator[dict[Hashable, Any]]:
    since = person["since"]
    for date, from_jobcat in moves:
        yield {**person, "jobcat": from_jobcat, "since": since, "until": min(date, person["until"])}
        since = max(since, date)
    yield {**person, "since": since}


def _promoted(people: pd.DataFrame, moves: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    inside = moves["date"].between(pd.Timestamp(start), pd.Timestamp(end))
    promotions = moves[inside & moves["kind"].eq("PROMOTION").fillna(value=False)]
    by_key = people.drop_duplicates("emp_key").set_index("emp_key")
    groups = by_key[["race", "sex"]].reindex(promotions["emp_key"]).reset_index(drop=True)
    return groups.assign(jobcat=promotions["from_jobcat"].to_numpy(), n=np.ones(len(groups)))
