"""What the words of a column stand for: proposed where they have one meaning, asked where they have several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from equitybook.codebook import Column
from equitybook.codebook.read_choice import nearest, plain, read_choice
from equitybook.intake.proposal import LEAVE_EMPTY, CodeChoice
from equitybook.intake.sheet import Cell
from equitybook.intake.wordlists import code_words

_NOT_HISPANIC = re.compile(
    r"\b(?:not|non)(?: of)? hispanic(?: or)?(?: latino)?(?: origin)?\b|\bnh\b|\b(?:all races|of any race|any race|alone)\b"
)
_LEADING_CODE = re.compile(r"^(?:[a-z]|\d{1,2}) ")
_TURNS_AROUND = frozenset({"not", "non", "no", "lieu", "or"})
_TOO_COMMON = frozenset({"or", "and", "of", "not", "to", "in", "a", "other"})
_HAS_WORD_FOR_NOTHING = frozenset({"UNK", "unknown", "leave_out"})
_MAX_WORDS = 200


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one word stands for: a code, or None with the codes that are likely. ``ask`` says that the user must choose."""

    code: str | None
    likely: tuple[str, ...] = ()
    ask: bool = False


Reader = Callable[[str, Sequence[str]], Meaning]
"""Takes a raw word and all raw words of its column."""


def raw_word(cell: Cell) -> str:
    """Write a cell as the word it is listed under: blanks tidied, whole numbers without decimals."""
    if cell is None:
        return ""
    return " ".join(str(cell).replace("\u00a0", " ").split())


def count_words(cells: Sequence[Cell]) -> dict[str, int]:
    """Count the different words of a column, capitals apart, the most frequent first; ``""`` counts the blanks."""
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for cell in cells:
        word = raw_word(cell)
        counts[spelled.setdefault(word.casefold(), word)] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def choices(column: Column, cells: Sequence[Cell], reader: Reader, remembered: Mapping[str, str | None]) -> tuple[CodeChoice, ...]:
    """Propose a code for each word of a column, as settled last time where the same word was there."""
    counts = count_words(cells)
    settled = {word.casefold(): code for word, code in remembered.items() if is_code(column, code)}
    made = []
    for word, count in list(counts.items())[:_MAX_WORDS]:
        meaning = reader(word, tuple(counts))
        code, ask = meaning.code, meaning.ask
        if word.casefold() in settled:
            code, ask = settled[word.casefold()], False
        made.append(CodeChoice(word, count, code, ask, _options(column, meaning)))
    return tuple(made)


def is_code(column: Column, code: str | None) -> bool:
    """Whether a code may stand in a column: one of its vocabulary, or empty."""
    return code is not None and (code == LEAVE_EMPTY or (column.vocabulary is not None and code in column.vocabulary.labels))


def _options(column: Column, meaning: Meaning) -> tuple[tuple[str, str], ...]:
    labels = column.vocabulary.labels if column.vocabulary else {}
    first = [code for code in (*meaning.likely, *([meaning.code] if meaning.code else [])) if code in labels]
    ordered = list(dict.fromkeys([*first, *labels]))
    empty = () if _HAS_WORD_FOR_NOTHING & set(labels) else ((LEAVE_EMPTY, "Leave empty"),)
    return (*((code, labels[code]) for code in ordered), *empty)


def read_race(word: str, words: Sequence[str]) -> Meaning:  # noqa: ARG001 - one signature for all readers
    """Read a race or ethnicity; letters and groups of several meanings are asked, blanks are unknown."""
    text = plain(word)
    core = " ".join(_NOT_HISPANIC.sub(" ", text).split())
    for spelling in (text, core, _LEADING_CODE.sub("", core)):
        meaning = _listed("race", spelling) if spelling or not text else None
        if meaning:
            return meaning
    return _ask("race", word)


def read_sex(word: str, words: Sequence[str]) -> Meaning:
    """Read a sex; ``M`` is male only where the column's other words leave no doubt."""
    text = plain(word)
    if text == "m":
        others = {plain(other) for other in words} - {"m"}
        sure = bool(others & {"f", "female", "woman"}) and others <= set(_known("sex"))
        return Meaning("M") if sure else Meaning(None, ("M",), ask=True)
    return _listed("sex", text) or _ask("sex", word)


def read_status(word: str, words: Sequence[str]) -> Meaning:
    """Read full-time, part-time or seasonal; ``F`` and ``P`` only where they stand together."""
    text = plain(word)
    if not text:
        return Meaning(LEAVE_EMPTY)
    if text in {"f", "p"} and {plain(other) for other in words} - {""} == {"f", "p"}:
        return Meaning("FT" if text == "f" else "OTFT")
    listed = _listed("status", text)
    if listed:
        return listed
    if re.fullmatch(r"part time \d{1,2}(?: hours?| hrs?)?", text):
        return Meaning("OTFT")
    return _ask("status", word)


def read_separation(word: str, words: Sequence[str]) -> Meaning:  # noqa: ARG001 - one signature for all readers
    """Read a reason for leaving; words of two kinds in one reason are asked."""
    text = plain(word)
    if not text:
        return Meaning(LEAVE_EMPTY)
    listed = _listed("separation", text)
    if listed:
        return listed
    tokens, keywords = set(text.split()), code_words()["separation"]["keywords"]
    kinds = [code for code, known in keywords.items() if tokens & set(known)]
    if len(kinds) == 1 and not tokens & _TURNS_AROUND:
        return Meaning(kinds[0])
    return _ask("separation", word, likely=kinds)


def read_active(word: str, words: Sequence[str]) -> Meaning:  # noqa: ARG001 - one signature for all readers
    """Read whether a person is still here; what ``Inactive`` means differs from system to system and is asked."""
    text = plain(word)
    return Meaning("here") if not text else _listed("active", text) or _ask("active", word)


def read_hispanic(word: str, words: Sequence[str]) -> Meaning:  # noqa: ARG001 - one signature for all readers
    """Read the answer to "Hispanic or Latino?" where it is asked apart from race."""
    return _listed("hispanic", plain(word)) or _ask("hispanic", word)


def read_vocabulary(column: Column) -> Reader:
    """Read a column by its own list of codes; the rest is asked."""

    def read(word: str, words: Sequence[str]) -> Meaning:  # noqa: ARG001 - one signature for all readers
        if not plain(word):
            return Meaning(LEAVE_EMPTY)
        code = read_choice(column.vocabulary, word) if column.vocabulary else None
        close = nearest(column.vocabulary, word) if column.vocabulary and code is None else None
        return Meaning(code, (close,) if close else (), ask=code is None)

    return read


def is_listed(kind: str, word: str) -> bool:
    """Whether a word is in the list of a kind of code, known or asked; blanks are not."""
    text = plain(word)
    return bool(text) and (is_known(kind, word) or _listed(kind, text) is not None or (kind == "sex" and text == "m"))


def is_known(kind: str, word: str) -> bool:
    """Whether a word has one meaning in the list of a kind of code; blanks have not."""
    text = plain(word)
    return bool(text) and (text in _known(kind) or (kind == "race" and read_race(word, ()).code is not None))


def _listed(kind: str, text: str) -> Meaning | None:
    known = _known(kind).get(text)
    if known is not None:
        return Meaning(known)
    likely = code_words()[kind]["asked"].get(text)
    return Meaning(None, tuple(likely), ask=True) if likely else None


def _ask(kind: str, word: str, *, likely: Sequence[str] = ()) -> Meaning:
    tokens = set(plain(_NOT_HISPANIC.sub(" ", plain(word))).split()) - _TOO_COMMON
    near = [code for text, code in _known(kind).items() if tokens & set(text.split())]
    return Meaning(None, tuple(dict.fromkeys([*likely, *near])), ask=True)


@cache
def _known(kind: str) -> Mapping[str, str]:
    return {plain(str(text)): code for code, texts in code_words()[kind]["known"].items() for text in texts}
