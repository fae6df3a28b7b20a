"""Who may see how small a group: the tiers and their thresholds, read once from ``policy.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

from equitybook.errors import ConfigError


class Tier(StrEnum):
    """Who will see it. T1 the participants' own workbook; T2 their coach; T3 the cohort, the council, the public."""

    T1 = "T1"
    T2 = "T2"
    T3 = "T3"

    @property
    def thresholds(self) -> Thresholds:
        """What may be shown to them."""
        return policy().tiers[self]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What one tier may see.

    ``smallest_group`` is the smallest count shown other than 0 (people); ``statistic_from`` the fewest people behind a median
    or another statistic; ``at_risk_from`` the fewest people followed at a point of a survival curve; ``who`` is said in words.
    """

    smallest_group: int
    statistic_from: int
    at_risk_from: int
    who: str


@dataclass(frozen=True, slots=True)
class Policy:
    """The whole policy: thresholds by tier, groups never shown alone, and the ladders by dimension name."""

    tiers: Mapping[Tier, Thresholds]
    never_alone: Mapping[str, frozenset[str]]
    ladders: Mapping[str, tuple[Mapping[str, Any], ...]]
    alike_from: float


# Specification 3.2. A policy file may be stricter, never laxer: whoever edits the file cannot lower what was promised.
_FLOORS = {Tier.T1: (0, 0, 0), Tier.T2: (5, 10, 10), Tier.T3: (11, 11, 11)}


@cache
def policy() -> Policy:
    """Read the policy, once.

    Raises
    ------
    ConfigError
        If a threshold is below the published floor.
    """
    return read_policy(resources.files("equitybook.disclosure").joinpath("policy.yml").read_text(encoding="utf-8"))


def read_policy(text: str) -> Policy:
    """Read a policy from its YAML text, and refuse one that would show more than was promised.

    Raises
    ------
    ConfigError
        If a tier is missing or a threshold is below the published floor.
    """
    raw = yaml.safe_load(text)
    tiers = {tier: _thresholds(tier, raw["tiers"].get(tier.value)) for tier in Tier}
    never = {name: frozenset(codes) for name, codes in (raw.get("never_alone") or {}).items()}
    ladders = {name: tuple(MappingProxyType(rung) for rung in rungs) for name, rungs in (raw.get("ladders") or {}).items()}
    return Policy(MappingProxyType(tiers), MappingProxyType(never), MappingProxyType(ladders), float(raw["alike_from"]))


def _thresholds(tier: Tier, raw: Mapping[str, Any] | None) -> Thresholds:
    if raw is None:
        raise ConfigError("This tier is missing.", file="policy.yml", key=f"tiers.{tier}", fix="Add it with its thresholds.")
    read = Thresholds(int(raw["smallest_group"]), int(raw["statistic_from"]), int(raw["at_risk_from"]), str(raw["who"]))
    values = {"smallest_group": read.smallest_group, "statistic_from": read.statistic_from, "at_risk_from": read.at_risk_from}
    for (key, value), floor in zip(values.items(), _FLOORS[tier], strict=True):
        if value < floor:
            promise = f"People were promised that nothing below {floor} is shown."
            raise ConfigError(
                promise,
                file="policy.yml",
                key=f"tiers.{tier}.{key}",
                value=value,
                fix=f"Write {floor} or more.",
            )
    return read
