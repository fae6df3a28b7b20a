"""Leavers, average staff and promotions from the counted table, for towns without a staff list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from equitybook.codebook.categories import RACE, SEX
from equitybook.findings import UNKNOWN, Dimension
from equitybook.outcomes.human_resources.staff_statistics.measure.flow import Flow

_LEFT = {"sep_vol": "RESIGNED", "sep_ret": "RETIRED", "sep_invol": "DISMISSED", "sep_other": "OTHER"}
_MEASURES = ("average", *_LEFT, "promotions_from")
_GROUPS = {"race": [code for code in RACE.codes if code != UNKNOWN], "sex": [code for code in SEX.codes if code != UNKNOWN]}


def flow_from_counts(flow: pd.DataFrame) -> Flow | None:
    """Read the counted table; None where no row has a period, a group and a headcount.

    Notes
    -----
    A period is one year. The average headcount is that of its start and end. Rows by job group are used where there are any; a row for all job
    groups together then only repeats them. People counted in "All staff" and in no group are people whose group is not known.
    """
    rows = flow[flow["period"].notna() & flow["group"].notna() & flow["headcount_start"].notna()]
    if not len(rows):
        return None
    rows = rows.assign(jobcat=rows["jobcat"].fillna(UNKNOWN))
    doubled = _doubled(rows)
    used = rows[~doubled].assign(average=_average(rows[~doubled]))
    long, over = _by_dimension(used)
    years = Dimension("year", "Year", {str(period): str(period) for period in rows["period"].drop_duplicates()})
    return Flow(
        source="counts",
        years=years,
        year_lengths=dict.fromkeys(years.labels, 1.0),
        start=None,
        end=None,
        left=_long(long, list(_LEFT)) if rows[list(_LEFT)].notna().to_numpy().any() else None,
        average=long.assign(n=long["average"] / len(years.labels)),
        promoted=long.assign(n=long["promotions_from"]) if rows["promotions_from"].notna().any() else None,
        facts={
            "has_leavers": bool(rows[list(_LEFT)].notna().to_numpy().any()),
            "flow_rows_off": int(_off(rows).sum()),
            "flow_doubled": bool(doubled.any()),
            "flow_over": over,
            "periods": tuple(years.labels),
        },
    )


def _doubled(rows: pd.DataFrame) -> pd.Series[bool]:
    """Mark rows for all job groups together whose period and group also have rows by job group."""
    together = rows["jobcat"] == UNKNOWN
    parted = set(rows.loc[~together, ["period", "group"]].itertuples(index=False, name=None))
    pairs = rows[["period", "group"]].itertuples(index=False, name=None)
    return together & pd.Series([pair in parted for pair in pairs], index=rows.index)


def _balance(rows: pd.DataFrame) -> pd.Series[Any]:
    came = rows[["headcount_start", "hires", "transfers_in"]].fillna(0).sum(axis=1)
    return came - rows[[*_LEFT, "transfers_out"]].fillna(0).sum(axis=1)


def _off(rows: pd.DataFrame) -> pd.Series[bool]:
    return (_balance(rows) != rows["headcount_end"]).fillna(value=False).astype(bool)


def _average(rows: pd.DataFrame) -> pd.Series[float]:
    end = rows["headcount_end"].fillna(_balance(rows).clip(lower=0))
    return ((rows["headcount_start"] + end) / 2).astype(float)


def _by_dimension(rows: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """Give one row per period, job group, dimension and group, the unknown filled up to the whole; and whether groups exceed "All staff"."""
    lines: list[dict[str, Any]] = []
    over = False
    for (period, jobcat), part in rows.groupby(["period", "jobcat"], sort=False):
        sums = part.groupby("group")[list(_MEASURES)].sum(min_count=0).astype(float)
        totals = {by: sums[sums.index.isin(codes)].sum() for by, codes in _GROUPS.items()}
        stated = sums.loc["ALL"] if "ALL" in sums.index else sums.iloc[:0].sum()
        unknown = sums.loc[UNKNOWN] if UNKNOWN in sums.index else sums.iloc[:0].sum()
        whole = pd.concat([stated, *(total + (unknown if by == "race" else 0) for by, total in totals.items())], axis=1).max(axis=1)
        over = over or ("ALL" in sums.index and bool((whole > stated + 1e-9).any()))
        for by, codes in _GROUPS.items():
            for group, values in _filled(sums, codes, whole):
                lines.append({"by": by, by: group, "year": str(period), "jobcat": jobcat, **values})
    return pd.DataFrame(lines, columns=["by", "race", "sex", "year", "jobcat", *_MEASURES]), over


def _filled(sums: pd.DataFrame, codes: list[str], whole: pd.Series[float]) -> Iterator[tuple[str, dict[str, float]]]:
    present = sums[sums.index.isin(codes)]
    for group, values in present.iterrows():
        yield str(group), {str(name): float(value) for name, value in values.items()}
    rest = (whole - present.sum()).clip(lower=0)
    yield UNKNOWN, {str(name): float(value) for name, value in rest.items()}


def _long(long: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return pd.concat([long.assign(kind=_LEFT[name], n=long[name]) for name in columns])
