"""Statistical disclosure control: the only place a number may be hidden, and the gate everything leaving a community passes."""

from __future__ import annotations

from equitybook.disclosure.ladder import Together, collapse
from equitybook.disclosure.policy import Policy, Thresholds, Tier, policy
from equitybook.disclosure.release import Released, release, require_released
from equitybook.disclosure.suppression import Suppressed, suppress

__all__ = [
    "Policy",
    "Released",
    "Suppressed",
    "Thresholds",
    "Tier",
    "Together",
    "collapse",
    "policy",
    "release",
    "require_released",
    "suppress",
]
