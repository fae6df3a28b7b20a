"""Tables in, counts out: what the project's measures are, and how many people stand behind every value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equitybook.charter.measure import records
from equitybook.findings import Measured
from equitybook.outcomes.performance_management.metrics.measure.baseline import Baseline, baseline_of, number_of, value_of
from equitybook.outcomes.performance_management.metrics.measure.counting import Counted, count_measures
from equitybook.outcomes.performance_management.metrics.measure.reading import Project, Typed, quota_of, read_project

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
    project = read_project(records(tables["measures"]), values, causes)
    counted = count_measures(project)
    facts = {
        "outlines": project.outlines,
        "today": context.today,
        "unusable": _unusable(project),
        "lost": sum(1 for row in values if row.get("measure_id") and not _known(row, project)),
        "like_shares": _like_shares(project),
        "apart": counted.apart,
    }
    return Measured(counts=counted.tables, statistics=counted.statistics, facts=facts, words=_words(project, counted, causes))


def _words(project: Project, counted: Counted, causes: tuple[Typed, ...]) -> Mapping[str, Any]:
    return {
        "measures": {key: {name: row[name] for name in _TYPED_WORDS if name in row} for key, row in project.rows.items()},
        "groups": project.own_groups,
        "causes": {
            key: tuple(one for one in causes if one.get("cause") and one.get("measure_id") == row["measure_id"])
            for key, row in project.rows.items()
        },
        "quotas": {key: said for key, row in project.rows.items() if (said := quota_of(row))},
        "unbacked": counted.unbacked,
        "baselines": {
            key: row["baseline_value"]
            for key, row in project.rows.items()
            if row.get("baseline_locked_on") and row.get("baseline_value") is not None and row.get("baseline_n") is None
        },
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
    """Name the measures and periods with a row whose value cannot be computed though something is entered."""
    found = []
    for outline in project.outlines:
        for period in outline.periods:
            for row in project.by_period[outline.key][period].values():
                entered = any(row.get(name) is not None for name in ("numerator", "denominator", "value"))
                nobody = number_of(row, "denominator") == 0 and outline.unit != "count"
                if entered and not nobody and value_of(row, outline.unit) is None:
                    found.append((outline.key, period.words))
    return tuple(dict.fromkeys(found))


def _like_shares(project: Project) -> tuple[str, ...]:
    """Name the per cents typed as shares of 1: every value typed alone is 1 or less, and one is more than 0."""
    found = []
    for outline in project.outlines:
        typed = [
            float(row["value"])
            for by_group in project.by_period[outline.key].values()
            for row in by_group.values()
            if row.get("value") is not None and row.get("numerator") is None
        ]
        if outline.share and typed and max(typed) <= 1 and max(typed) > 0:
            found.append(outline.key)
    return tuple(found)
