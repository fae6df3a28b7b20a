"""The words by which intake recognises people, read once from the files beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of ``screening.yml`` and ``given_names.txt``. ``headings`` are by what the column then holds."""

    headings: Mapping[str, frozenset[str]]
    people: frozenset[str]
    numbers: frozenset[str]
    things: frozenset[str]
    person_alone: frozenset[str]
    amounts: frozenset[str]
    jobs: frozenset[str]
    given_names: frozenset[str]


@cache
def word_lists() -> WordLists:
    """Read the word lists for screening."""
    lists = yaml.safe_load(_text("screening.yml"))
    headings = {reason: frozenset(words.split()) for reason, words in lists.pop("headings").items()}
    given = frozenset(name for line in _text("given_names.txt").splitlines() if not line.startswith("#") for name in line.split())
    return WordLists(headings=headings, given_names=given, **{name: frozenset(words.split()) for name, words in lists.items()})


@cache
def code_words() -> Mapping[str, Mapping[str, Any]]:
    """Read what the words and codes of personnel systems stand for: ``words.yml``, by kind of code."""
    read: Mapping[str, Mapping[str, Any]] = yaml.safe_load(_text("words.yml"))
    return read


def _text(name: str) -> str:
    return resources.files("equitybook.intake").joinpath(name).read_text(encoding="utf-8")
