"""The measures in findings: cards, values over time, gaps between groups, the story, the targets."""

from __future__ import annotations

from equitybook.findings import Finding, Measured
from equitybook.outcomes.performance_management.metrics.present.cards import cards
from equitybook.outcomes.performance_management.metrics.present.gaps import gaps
from equitybook.outcomes.performance_management.metrics.present.story import story
from equitybook.outcomes.performance_management.metrics.present.targets import targets
from equitybook.outcomes.performance_management.metrics.present.values import values


def present_metrics(measured: Measured) -> tuple[Finding, ...]:
    """Put what was counted into findings; what is not there says what to do."""
    return (*cards(measured), values(measured), gaps(measured), story(measured), targets(measured))
