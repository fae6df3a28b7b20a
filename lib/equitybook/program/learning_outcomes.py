"""The programme's thirteen learning outcomes, by code."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

import yaml


def _read() -> Mapping[str, str]:
    text = files("equitybook.program").joinpath("content/outcomes.yml").read_text(encoding="utf-8")
    return MappingProxyType(yaml.safe_load(text))


LEARNING_OUTCOMES: Mapping[str, str] = _read()
"""Code to name, in the order of the programme text."""
