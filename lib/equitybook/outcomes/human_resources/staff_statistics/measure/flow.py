"""What is known about coming, staying and leaving, whichever way it was entered, and the tables made from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from equitybook.findings import CountTable, Dimension
from equitybook.outcomes.human_resources.staff_statistics.dimensions import JOB_GROUPS, KINDS, RACES, SEXES
from equitybook.outcomes.human_resources.staff_statistics.measure.counting import count

LEAVERS, AVERAGE, PROMOTED = "people who left", "average staff", "promotions"
_BY = (RACES, SEXES)


@dataclass(frozen=True, slots=True)
class Flow:
    """Leavers, average staff and promotions, each with ``race``, ``sex`` and ``n``.

    ``left`` also has ``kind`` and ``year``; ``average`` has ``year`` and ``jobcat``, and its ``n`` adds up to the average headcount of the whole
    period, so that a small number there means few people however long the period; ``promoted`` has ``jobcat``, the job group people were promoted from. Counted groups name one dimension at a time: such
    frames have a column ``by`` ("race" or "sex") and every person stands once under each. None is not recorded at all.
    """

    source: Literal["list", "counts"]
    years: Dimension
    year_lengths: Mapping[str, float]
    start: dt.date | None
    end: dt.date | None
    left: pd.DataFrame | None
    average: pd.DataFrame
    promoted: pd.DataFrame | None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def length(self) -> float:
        """The period in years."""
        return sum(self.year_lengths.values())


def flow_tables(flow: Flow) -> dict[str, CountTable]:
    """Count leavers by reason and year, average staff by year and job group, promotions by the job group left behind.

    Tables of the same people share their margins, so that they are protected together.
    """
    made = [
        _table("average.sex_year", "Average staff by sex and year", AVERAGE, _of(flow.average, SEXES), across=(SEXES, flow.years))
    ]
    for groups in _BY:
        by, average = groups.name, _of(flow.average, groups)
        made.append(
            _table(f"average.{by}_jobcat", f"Average staff by {by} and job group", AVERAGE, average, across=(groups, JOB_GROUPS))
        )
        if flow.left is not None:
            made.append(
                _table(f"left.{by}_kind", f"Leavers by {by} and reason", LEAVERS, _of(flow.left, groups), across=(groups, KINDS))
            )
        if flow.promoted is not None:
            promoted = _of(flow.promoted, groups)
            made.append(
                _table(
                    f"promoted.{by}_jobcat", f"Promotions by {by} and job group", PROMOTED, promoted, across=(groups, JOB_GROUPS)
                )
            )
    if flow.left is not None:
        # Leavers stand once under race and once under sex in counted tables; one of the two is everyone.
        everyone = _of(flow.left, RACES)
        made.append(_table("left.year_kind", "Leavers by year and reason", LEAVERS, everyone, across=(flow.years, KINDS)))
    return {table.id: table for table in made}


def flow_facts(flow: Flow | None) -> dict[str, Any]:
    """Say where the tables come from and which period they cover; no number of staff among it."""
    if flow is None:
        return {"flow_source": "none"}
    return {
        "flow_source": flow.source,
        "years": round(flow.length, 3),
        "year_lengths": dict(flow.year_lengths),
        "period_start": flow.start,
        "period_end": flow.end,
        **flow.facts,
    }


def _of(frame: pd.DataFrame, groups: Dimension) -> pd.DataFrame:
    return frame[frame["by"] == groups.name] if "by" in frame.columns else frame


def _table(name: str, title: str, of: str, frame: pd.DataFrame, *, across: tuple[Dimension, Dimension]) -> CountTable:
    rows, columns = across
    return count(name, title, of=of, rows=(rows, frame[rows.name]), columns=(columns, frame[columns.name]), weights=frame["n"])
