"""Who could be hired or promoted into a job group: the two-factor share, with its margin of error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import sqrt
from typing import Any

import pandas as pd

from equitybook.codebook.categories import SEX
from equitybook.findings import TOTAL, CountTable, Statistic
from equitybook.statistics import availability, composite_availability, fraction


def available(avail: pd.DataFrame, counts: Mapping[str, CountTable]) -> tuple[Statistic, ...]:
    """Combine each row's shares by their weights.

    Returns
    -------
    tuple of Statistic
        Id ``HR1.availability``, ``value`` 0 to 1, ``group`` as ``"HISP/4"`` (row and column of table ``counted_in``), ``n`` the people in that job group;
        ``interval`` from the 90 % margin of error where one is given. It is a statistic about the town's own people, not a fact, because the share
        inside is counted among them. ``HR1.availability.all`` is a group's share over all its job groups, each weighted by its own staff, so that unlike jobs
    are not mixed up.
    """
    made = tuple(_available(avail, counts))
    return (*made, *_together(made, counts))


def availability_facts(avail: pd.DataFrame) -> dict[str, Any]:
    """Name the sources, and say whether a share inside was left out for want of a weight or a share."""
    asked = (avail["w_int"] > 0).fillna(value=False)
    half = (asked & avail["int_pct"].isna()) | (avail["int_pct"].notna() & avail["w_int"].isna())
    sources = [str(one) for one in avail["ext_source"].dropna().drop_duplicates()]
    inside = [str(one) for one in avail["int_source"].dropna().drop_duplicates()]
    pairs = avail[avail["ext_pct"].notna()].dropna(subset=["jobcat", "group"])[["group", "jobcat"]]
    covers = {str(group): tuple(sorted(set(part["jobcat"]))) for group, part in pairs.groupby("group", sort=False)}
    return {
        "availability_sources": tuple(sources),
        "inside_sources": tuple(inside),
        "inside_left_out": bool(half.any()),
        "availability_covers": covers,
    }


def _available(avail: pd.DataFrame, counts: Mapping[str, CountTable]) -> Iterator[Statistic]:
    rows = avail[avail["jobcat"].notna() & avail["group"].notna() & avail["ext_pct"].notna() & (avail["group"] != "ALL")]
    for row in rows.drop_duplicates(["jobcat", "group"], keep="last").to_dict("records"):
        table_id = "staff.sex_jobcat" if row["group"] in SEX.labels and row["group"] != "UNK" else "staff.race_jobcat"
        table = counts.get(table_id)
        n = table.at(TOTAL, row["jobcat"]) if table else None
        share, outside = _share(row)
        moe = None if pd.isna(row["ext_moe"]) else float(row["ext_moe"]) / 100 * outside
        interval = None if moe is None else (max(0.0, share - moe), min(1.0, share + moe))
        yield Statistic(
            "HR1.availability", f"{row['group']}/{row['jobcat']}", share, n=int(n or 0), counted_in=table_id, interval=interval
        )


def _together(made: tuple[Statistic, ...], counts: Mapping[str, CountTable]) -> Iterator[Statistic]:
    groups: dict[tuple[str, str], list[Statistic]] = {}
    for one in made:
        groups.setdefault((one.counted_in, one.group.split("/")[0]), []).append(one)
    for (counted_in, group), ones in groups.items():
        share = composite_availability((one.n, one.value or 0) for one in ones)
        if share is not None and counted_in in counts:
            value, moe = float(share), _margin(ones)
            interval = None if moe is None else (max(0.0, value - moe), min(1.0, value + moe))
            yield Statistic(
                "HR1.availability.all", group, value, n=sum(one.n for one in ones), counted_in=counted_in, interval=interval
            )


def _margin(ones: list[Statistic]) -> float | None:
    """Add up margins of error: plainly where the same figure serves several job groups, by the root of squares between figures."""
    figures: dict[tuple[float | None, tuple[float, float]], float] = {}
    for one in ones:
        moe = margin_of(one)
        if moe is None or one.interval is None:
            return None
        figures[one.value, one.interval] = figures.get((one.value, one.interval), 0.0) + one.n * moe
    return sqrt(sum(error**2 for error in figures.values())) / sum(one.n for one in ones)


def margin_of(one: Statistic) -> float | None:
    """Give the margin of error (0 to 1) of an availability: the wider side, where the other was cut off at 0 or 1."""
    if one.interval is None or one.value is None:
        return None
    return max(one.interval[1] - one.value, one.value - one.interval[0])


def _share(row: Mapping[Any, Any]) -> tuple[float, float]:
    """Give the availability and the weight of the share outside in it."""
    external = fraction(row["ext_pct"]) / 100
    weights = (row["w_ext"], row["w_int"])
    if pd.isna(row["int_pct"]) or any(pd.isna(weight) for weight in weights) or sum(weights) <= 0:
        return float(external), 1.0
    share = availability(external, fraction(row["int_pct"]) / 100, w_external=weights[0], w_internal=weights[1])
    return float(share), float(weights[0] / sum(weights))
