"""Words to the codes of a vocabulary: by code, by label, by either with other capitals or punctuation."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from equitybook.codebook.columns import Vocabulary

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_CLOSE = 0.72
_LONGEST = 120


def plain(text: str) -> str:
    """Keep only the words of a text: ``' Hispanic / LATINO'`` and ``'hispanic latino'`` become the same."""
    text = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ").replace("+", " plus ")
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return _NOT_A_WORD.sub(" ", text).strip()


def read_choice(vocabulary: Vocabulary, text: str) -> str | None:
    """Find the code a text stands for, or None. ``'white'``, ``'White'``, ``'04'`` and ``'4 – Protective Service Workers'`` are read."""
    if text in vocabulary.labels:
        return text
    words = plain(text[:_LONGEST])
    index = _index(vocabulary)
    return index.get(words) or index.get(words.lstrip("0"))


@lru_cache(maxsize=4096)
def nearest(vocabulary: Vocabulary, text: str) -> str | None:
    """Find the code whose words are closest to the text, or None where nothing is close."""
    index, words = _index(vocabulary), plain(text[:_LONGEST])
    beginning = {code for known, code in index.items() if words and known.startswith(f"{words} ")}
    if len(beginning) == 1:
        return beginning.pop()
    found = difflib.get_close_matches(words, list(index), n=1, cutoff=_CLOSE)
    return index[found[0]] if found else None


@cache
def _index(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Every plain spelling of every code; a spelling that two codes share stands for neither."""
    owners: dict[str, set[str]] = {}
    for code, label in vocabulary.labels.items():
        for spelling in (code, label, _IN_BRACKETS.sub("", label), f"{code} {label}"):
            owners.setdefault(plain(spelling), set()).add(code)
    return {words: codes.copy().pop() for words, codes in owners.items() if words and len(codes) == 1}
