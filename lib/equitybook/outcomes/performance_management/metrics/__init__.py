"""Analytic tools and metrics: how a town knows whether it moves anything, and for whom (learning outcome PM2)."""

from __future__ import annotations

from pathlib import Path

from equitybook.charter.tables import Measures, Story
from equitybook.outcomes.performance_management.metrics.measure import Baseline, baseline_of, measure_metrics
from equitybook.outcomes.performance_management.metrics.present import present_metrics
from equitybook.outcomes.performance_management.metrics.tables import TABLES
from equitybook.outcomes.registry import Outcome

__all__ = ["OUTCOME", "Baseline", "baseline_of"]

OUTCOME = Outcome(
    code="PM2",
    name="metrics",
    area="performance_management",
    title="Measures and what they show",
    tables=TABLES,
    reads=(Measures, Story),
    measure=measure_metrics,
    present=present_metrics,
    content=Path(__file__).with_name("content.yml"),
)
