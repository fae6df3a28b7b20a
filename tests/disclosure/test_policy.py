"""The thresholds: read once, sourced, and never lowered."""

from __future__ import annotations

import dataclasses
from importlib import resources

import pytest

from equitybook.disclosure import Tier, policy
from equitybook.disclosure.policy import read_policy
from equitybook.errors import ConfigError

TEXT = resources.files("equitybook.disclosure").joinpath("policy.yml").read_text(encoding="utf-8")


def test_a_coach_sees_no_group_below_five_and_the_public_none_below_eleven() -> None:
    assert (Tier.T2.thresholds.smallest_group, Tier.T3.thresholds.smallest_group) == (5, 11)
    assert Tier.T2.thresholds.statistic_from == 10


@pytest.mark.parametrize(
    ("was", "lowered"),
    [
        ("smallest_group: 5", "smallest_group: 4"),
        ("smallest_group: 11", "smallest_group: 10"),
        ("statistic_from: 10", "statistic_from: 9"),
    ],
)
def test_a_policy_that_shows_more_than_was_promised_is_refused(was: str, lowered: str) -> None:
    with pytest.raises(ConfigError, match="promised"):
        read_policy(TEXT.replace(was, lowered, 1))


def test_a_stricter_policy_is_accepted() -> None:
    assert read_policy(TEXT.replace("smallest_group: 5", "smallest_group: 8")).tiers[Tier.T2].smallest_group == 8


def test_thresholds_cannot_be_changed_while_the_program_runs() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Tier.T2.thresholds.smallest_group = 1  # type: ignore[misc]
    with pytest.raises(TypeError):
        policy().tiers[Tier.T2] = Tier.T1.thresholds  # type: ignore[index]


def test_every_threshold_has_its_source_on_the_line_above() -> None:
    lines = TEXT.splitlines()
    for at, line in enumerate(lines):
        if "_group:" in line or "_from:" in line:
            assert any(before.strip().startswith("#") for before in lines[max(0, at - 3) : at]), line
