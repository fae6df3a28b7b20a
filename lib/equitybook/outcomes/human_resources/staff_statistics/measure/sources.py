"""Which staff are counted: the staff list or the counted table, as of one payday, over one period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

Source = Literal["roster", "grid", "none"]
_YEAR = pd.DateOffset(years=1)


@dataclass(frozen=True, slots=True)
class Setup:
    """The single record of ``hr1_setup``; None where nothing is entered."""

    snapshot_date: dt.date | None = None
    payroll_headcount: int | None = None
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    records_from: dt.date | None = None
    benchmark_geography: str = ""
    benchmark_source: str = ""
    tenure_events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Staff:
    """Everything the measures read: people, dates, and where both come from.

    Attributes
    ----------
    people
        The staff list without seasonal staff and without empty rows: one row per person, here or gone. Empty without a list.
        Leavers, promotions and tenure are read from it.
    in_post
        Who is on the payroll of ``snapshot``, seasonal staff included: ``race``, ``sex``, ``jobcat``, ``status`` (codes or NA), ``paid`` (pay or band filled in), ``n`` people.
    snapshot, snapshot_from
        The payday counted on, and whether it was entered, is the list's latest date, or is today. One that was typed and cannot be read counts
        as not entered here; ``waits_for`` keeps it from being counted on.
    start, end, period_from
        The period of leavers and promotions, first and last day, and whether it was entered or is the year up to the payday.
    """

    setup: Setup
    source: Source
    people: pd.DataFrame
    in_post: pd.DataFrame
    other_in_post: pd.DataFrame
    snapshot: dt.date
    snapshot_from: Literal["entered", "list", "today"]
    start: dt.date
    end: dt.date
    period_from: Literal["entered", "year"]


def read_staff(tables: Mapping[str, pd.DataFrame], today: dt.date) -> Staff:
    """Choose the source and the dates.

    The staff list is used where there is one; the counted table then only serves as a check (``other_in_post``).
    """
    setup = read_setup(tables["hr1_setup"])
    listed = _listed(tables["hr1_roster"])
    snapshot, snapshot_from = _snapshot(setup, listed, today)
    from_list, from_grid = _list_in_post(listed, snapshot), _grid_in_post(tables["hr1_grid"])
    source: Source = "roster" if len(listed) else "grid" if len(from_grid) else "none"
    start, end, period_from = _period(setup, snapshot)
    return Staff(
        setup=setup,
        source=source,
        people=_without_seasonal(listed),
        in_post=from_list if source == "roster" else from_grid,
        other_in_post=from_grid if source == "roster" else from_grid.iloc[:0],
        snapshot=snapshot,
        snapshot_from=snapshot_from,
        start=start,
        end=end,
        period_from=period_from,
    )


def read_setup(frame: pd.DataFrame) -> Setup:
    """Read the single record; empty cells are left at their defaults."""
    if not len(frame):
        return Setup()
    row = frame.iloc[0]
    events = row.get("tenure_events")
    return Setup(
        snapshot_date=_date(row["snapshot_date"]),
        payroll_headcount=None if pd.isna(row["payroll_headcount"]) else int(row["payroll_headcount"]),
        period_start=_date(row["period_start"]),
        period_end=_date(row["period_end"]),
        records_from=_date(row["records_from"]),
        benchmark_geography=_text(row["benchmark_geography"]),
        benchmark_source=_text(row["benchmark_source"]),
        tenure_events=tuple(events) if isinstance(events, list) else (),
    )


def _listed(roster: pd.DataFrame) -> pd.DataFrame:
    return roster.dropna(how="all", subset=[name for name in roster.columns if name != "emp_key"])


def _without_seasonal(listed: pd.DataFrame) -> pd.DataFrame:
    # Seasonal staff come and go by design; counting them as leavers would make every autumn look like an exodus.
    return listed[listed["status"].ne("SEASONAL").fillna(value=True)]


def _list_in_post(listed: pd.DataFrame, snapshot: dt.date) -> pd.DataFrame:
    day = pd.Timestamp(snapshot)
    here = (listed["hire_date"].isna() | (listed["hire_date"] <= day)) & (listed["sep_date"].isna() | (listed["sep_date"] > day))
    chosen = listed.loc[here]
    return chosen[["race", "sex", "jobcat", "status"]].assign(
        paid=chosen["annual_salary"].notna(), hired=chosen["hire_date"].notna(), salary=chosen["annual_salary"], n=1
    )


def _grid_in_post(grid: pd.DataFrame) -> pd.DataFrame:
    # New hires are already in the full-time rows: adding them would count them twice.
    counted = grid[grid["n"].notna() & grid["status"].ne("NEW_HIRE").fillna(value=True)]
    return counted[["race", "sex", "jobcat", "status"]].assign(
        paid=counted["salary_band"].notna(), hired=True, salary=float("nan"), n=counted["n"].astype("int64")
    )


def _snapshot(setup: Setup, listed: pd.DataFrame, today: dt.date) -> tuple[dt.date, Literal["entered", "list", "today"]]:
    if setup.snapshot_date:
        return setup.snapshot_date, "entered"
    latest = pd.concat([listed["hire_date"], listed["sep_date"]]).max()
    if pd.isna(latest):
        return today, "today"
    return min(latest.date(), today), "list"


def _period(setup: Setup, snapshot: dt.date) -> tuple[dt.date, dt.date, Literal["entered", "year"]]:
    end = setup.period_end or snapshot
    if setup.period_start and setup.period_start <= end:
        return setup.period_start, end, "entered"
    return (pd.Timestamp(end) - _YEAR + pd.Timedelta(days=1)).date(), end, "year"


def _text(value: Any) -> str:  # noqa: ANN401 - a cell of a frame
    return "" if pd.isna(value) else str(value)


def _date(value: Any) -> dt.date | None:  # noqa: ANN401 - a cell of a frame
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()
