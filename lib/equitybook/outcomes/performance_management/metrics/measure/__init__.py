"""Tables in, counts out: what the project's measures are, and how many people stand behind every value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from equitybook.charter.measure import records
from equitybook.charter.quotas import target_quota
from equitybook.charter.vocabularies import SMALLEST
from equitybook.codebook.frames import unread
from equitybook.codebook.percentages import likely_share
from equitybook.findings import Measured
from equitybook.outcomes.performance_management.metrics.measure.baseline import Baseline, baseline_of, number_of, value_of
from equitybook.outcomes.performance_management.metrics.measure.counting import count_measures
from equitybook.outcomes.performance_management.metrics.measure.reading import Project, Typed, read_project
from equitybook.outcomes.performance_management.metrics.outline import Outline

if TYPE_CHECKING:
    import pandas as pd

    from equitybook.outcomes.registry import Context

__all__ = ["Baseline", "baseline_of", "measure_metrics"]

_TYPED_WORDS = (
    "measure_id", "name", "department", "numerator_def", "denominator_def", "disaggregate_by", "comm_power", "proxy_power", "data_power",
    "owner_role", "baseline_plan", "target_note", "retired_reason", "reference_source",
)  # fmt: skip
"""What of a measure goes into words. No number: those reach the page as counts and statistics, or not at all."""


def measure_metrics(tables: Mapping[str, pd.DataFrame], context: Context) -> Measured:
    """Count the people behind each measure's values.

    Parameters
    ----------
    tables
        Typed frames of ``pm2_values``, ``measures`` and ``story``, empty where nothing is entered.
    context
        The town and today's date.
    """
    values, causes = records(tables["pm2_values"]), records(tables["story"])
    project = read_project(_with_promises(tables["measures"]), values, causes)
    counted = count_measures(project)
    facts = {
        "outlines": project.outlines,
        "today": context.today,
        "unusable": _unusable(project),
        "lost": sum(1 for row in values if row.get("measure_id") and not _known(row, project)),
        "like_shares": _like_shares(project),
        "apart": counted.apart,
    }
    return Measured(counts=counted.tables, statistics=counted.statistics, facts=facts, words=_words(project, causes))


def _with_promises(measures: pd.DataFrame) -> tuple[Typed, ...]:
    """Read the measures; where a promise was typed that cannot be read, those without one are held to the strictest there is."""
    rows = records(measures)
    if "suppression_min" not in unread(measures):
        return rows
    return tuple({"suppression_min": max(SMALLEST.codes, key=int), **row} for row in rows)


def _words(project: Project, causes: tuple[Typed, ...]) -> Mapping[str, Any]:
    return {
        "measures": {key: {name: row[name] for name in _TYPED_WORDS if name in row} for key, row in project.rows.items()},
        "groups": project.own_groups,
        "causes": {
            key: tuple(one for one in causes if one.get("cause") and one.get("measure_id") == row["measure_id"])
            for key, row in project.rows.items()
        },
        "quotas": {key: said for key, row in project.rows.items() if (said := target_quota(row))},
        "sources": _sources(project),
    }


def _sources(project: Project) -> tuple[str, ...]:
    notes = [
        row.get("source_note")
        for by_period in project.by_period.values()
        for by_group in by_period.values()
        for row in by_group.values()
    ]
    return tuple(dict.fromkeys(str(one) for one in notes if one))


def _known(row: Typed, project: Project) -> bool:
    return any(one["measure_id"] == row["measure_id"] for one in project.rows.values())


def _unusable(project: Project) -> tuple[tuple[str, str], ...]:
    """Name the measures and periods with a row whose value cannot be computed though something is entered; retired ones are left alone."""
    found = []
    for outline in _live(project):
        for period in outline.periods:
            for row in project.by_period[outline.key][period].values():
                entered = any(row.get(name) is not None for name in ("numerator", "denominator", "value"))
                nobody = number_of(row, "denominator") == 0 and outline.unit != "count"
                if entered and not nobody and value_of(row, outline.unit) is None:
                    found.append((outline.key, period.words))
    return tuple(dict.fromkeys(found))


def _like_shares(project: Project) -> tuple[str, ...]:
    """Name the percentages of which a value typed alone reads as a share of 1."""
    return tuple(one.key for one in _live(project) if one.share and _has_like_share(project.by_period[one.key].values()))


def _has_like_share(periods: Iterable[Mapping[str, Typed]]) -> bool:
    """Whether a value of 1 or less was typed where nothing else is known, or where a hundred times as much is like the other values."""
    rows = [row for by_group in periods for row in by_group.values()]
    typed = [value for row in rows if row.get("numerator") is None and (value := value_of(row, "pct"))]
    small = [value for value in typed if value <= 1]
    divided = [value for row in rows if row.get("numerator") is not None and (value := value_of(row, "pct"))]
    others = [*divided, *(value for value in typed if value > 1)]
    return any(likely_share(one, others) for one in small)


def _live(project: Project) -> tuple[Outline, ...]:
    return tuple(one for one in project.outlines if one.live)
