"""What was typed, to what is stored: a typed value where the text can be read as the column means it, else the text itself.

Nothing is refused. A value that cannot be read stays as it was typed, with a sentence that says what would be right; it counts
in no finding until it is corrected.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from equitybook.codebook.columns import Column, Kind, Vocabulary
from equitybook.codebook.percentages import share_question
from equitybook.codebook.read_choice import nearest, read_choice
from equitybook.codebook.read_date import read_date, read_excel_day
from equitybook.codebook.read_number import is_hidden_count, is_other_currency, read_money, read_number, read_percent, shown
from equitybook.codebook.wording import DAY_LIKE, short_day

KEPT = "Kept as typed."
"""What a message ends with where the value could not be read."""
_EMPTY_WORDS = frozenset(
    {"n/a", "na", "n.a.", "#n/a", "none", "null", "nil", "-", "–", "—", "--", "?", ".", "nan", "nat", "not available"}
)
_YES = frozenset({"yes", "y", "true", "t", "1", "x", "✓"})
_NO = frozenset({"no", "n", "false", "f", "0"})
_EXCEL_ERRORS = ("#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#CALC!", "#SPILL!")
_MAX_WHOLE = 2**53  # beyond it, JSON readers round
_HUGE = 1e300
_LONG_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Coerced:
    """One cell after reading.

    ``value`` is what is stored (JSON; None where empty). ``message`` says what to look at, or is empty. ``usable`` is False where
    ``value`` is only kept and no finding may count it. ``hidden`` marks a small number its source did not print (``<5``): it is not 0.
    ``suggestion`` is the code that was probably meant, where one of the list is close.
    """

    value: Any
    message: str = ""
    usable: bool = True
    hidden: bool = False
    suggestion: str | None = None


def coerce(column: Column, raw: Any) -> Coerced:  # noqa: ANN401 - any typed or stored value
    """Read one typed, pasted, imported or stored value as its column means it.

    Parameters
    ----------
    column
        The column's declaration: kind, unit, allowed values, range.
    raw
        Text as typed, or a number, truth value, date or list as a spreadsheet or the store holds it.

    Returns
    -------
    Coerced
        Coercing a stored value again changes nothing.
    """
    if isinstance(raw, list):
        raw = [part for part in (_clean(str(one)) for one in raw if one is not None) if part]
        raw = raw if column.kind is Kind.CHOICES else "; ".join(raw)
    if isinstance(raw, str):
        raw = _clean(raw)
    if isinstance(raw, float) and not math.isfinite(raw):
        raw = None if math.isnan(raw) else str(raw)
    if raw is None or raw in ("", []):
        return Coerced(None)
    if isinstance(raw, str) and raw.startswith("#") and raw.upper().startswith(_EXCEL_ERRORS):
        return _kept(raw, f"{raw} is an error in the spreadsheet, not a value. Type the value itself.")
    return _READERS[column.kind](column, raw)


def typed(column: Column, stored: Any) -> Any:  # noqa: ANN401 - any typed value
    """Give the value a finding may use: a date as ``datetime.date``, None where empty, not readable or out of range."""
    return usable(column, coerce(column, stored))


def usable(column: Column, cell: Coerced) -> Any:  # noqa: ANN401 - any typed value
    """Give the same for a cell that is already read."""
    if not cell.usable or cell.value is None:
        return None
    return dt.date.fromisoformat(cell.value) if column.kind is Kind.DATE else cell.value


def _clean(text: str) -> str:
    """Without the no-break and zero-width spaces, and without the blanks around."""
    return (
        text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u200b", "").replace("\ufeff", "").replace("\x00", "").strip()
    )


def _kept(raw: Any, message: str, *, hidden: bool = False) -> Coerced:  # noqa: ANN401 - any raw value
    value = raw if isinstance(raw, (str, int, float, bool, list)) else str(raw)
    return Coerced(value, f"{message} {KEPT}", usable=False, hidden=hidden)


def _quoted(raw: Any) -> str:  # noqa: ANN401 - any raw value
    text = shown(raw) if isinstance(raw, (int, float)) and not isinstance(raw, bool) else f'"{raw}"'
    return text if len(text) <= _LONG_QUOTE else f"{text[:_LONG_QUOTE]}…"


def _is_empty_word(raw: Any) -> bool:  # noqa: ANN401 - any raw value
    return isinstance(raw, str) and raw.casefold() in _EMPTY_WORDS


def _text(column: Column, raw: Any) -> Coerced:  # noqa: ANN401, ARG001 - one signature for all readers
    if isinstance(raw, str):
        return Coerced(raw)
    if isinstance(raw, dt.datetime) and raw.time() == dt.time():
        raw = raw.date()
    return Coerced(f"{raw:.15g}" if isinstance(raw, float) else str(raw))


def _number(column: Column, raw: Any) -> Coerced:  # noqa: ANN401 - one signature for all readers
    if _is_empty_word(raw):
        return Coerced(None, f"{_quoted(raw)} is read as empty.")
    if isinstance(raw, str) and is_hidden_count(raw):
        return _kept(
            raw,
            f"{_quoted(raw)} stands for a small number and is kept as not shown. It is not counted, and it is not 0.",
            hidden=True,
        )
    value = _as_float(column, raw)
    problem = _not_a_number(column, raw) if value is None else _not_whole(column, value)
    if value is None or problem:
        return _kept(raw, problem)
    stored = int(value) if column.kind is Kind.WHOLE else value
    out_of_range = _range_message(column, value, raw)
    # Margins of error in points may well be below one.
    asked = column.kind is Kind.PERCENT and column.unit != "points" and not out_of_range
    question, meant = share_question(value) if asked else ("", None)
    return Coerced(stored, out_of_range or question, usable=not out_of_range, suggestion=meant)


def _not_whole(column: Column, value: float) -> str:
    if abs(value) > _MAX_WHOLE:
        return f"{shown(value)} is too large to be meant. Check the digits."
    if column.kind is Kind.WHOLE and not value.is_integer():
        of = f" of {column.unit}" if column.unit else ""
        return f"{shown(value)} is not a whole number{of}. Write {math.floor(value):,} or {math.ceil(value):,}."
    return ""


def _as_float(column: Column, raw: Any) -> float | None:  # noqa: ANN401 - any raw value
    if isinstance(raw, bool):
        return None
    if isinstance(raw, (int, float)):
        return float(raw) if abs(raw) < _HUGE else None
    if not isinstance(raw, str):
        return None
    # A measure's value has the unit its card says: where that is percent, people type the sign.
    reader = {Kind.MONEY: read_money, Kind.PERCENT: read_percent, Kind.NUMBER: read_percent}.get(column.kind, read_number)
    return reader(raw)


def _not_a_number(column: Column, raw: Any) -> str:  # noqa: ANN401 - any raw value
    if column.kind is Kind.MONEY and isinstance(raw, str) and is_other_currency(raw):
        return f"{_quoted(raw)} is not in US dollars. Write the amount in dollars."
    if column.kind is Kind.MONEY and isinstance(raw, str) and re.search(r"/\s*h|hour|hr\b", raw, re.IGNORECASE):
        return f"{_quoted(raw)} is a rate by the hour. Write the amount for a year."
    what = {Kind.MONEY: "an amount in dollars", Kind.PERCENT: "a percentage", Kind.WHOLE: "a whole number"}.get(
        column.kind, "a number"
    )
    like = f", for example {shown(column.example)}" if isinstance(column.example, (int, float)) else ""
    return f"{_quoted(raw)} is not {what}. Write digits{like}."


def _range_message(column: Column, value: float, raw: Any) -> str:  # noqa: ANN401 - any raw value
    low, high = column.minimum, column.maximum
    if low is not None and value < low:
        read = (
            f"{_quoted(raw)} means {shown(value)}, which is"
            if isinstance(raw, str) and raw != shown(value)
            else f"{shown(value)} is"
        )
        return f"{read} below {shown(low)}, the least this can be. {KEPT}"
    if high is not None and value > high:
        return f"{shown(value)} is above {shown(high)}, the most this can be. {KEPT}"
    return ""


def _date(column: Column, raw: Any) -> Coerced:  # noqa: ANN401, ARG001 - one signature for all readers
    if isinstance(raw, (dt.date, dt.datetime)):
        return Coerced((raw.date() if isinstance(raw, dt.datetime) else raw).isoformat())
    if _is_empty_word(raw):
        return Coerced(None, f"{_quoted(raw)} is read as empty.")
    number = isinstance(raw, (int, float)) and not isinstance(raw, bool)
    found = read_excel_day(float(raw)) if number else read_date(str(raw))
    quoted = str(raw) if number else _quoted(raw)
    if found.date is None:
        return _kept(raw, " ".join(filter(None, (f"{quoted} is not a date.", found.hint, f"Write it like {DAY_LIKE}."))))
    said = f"{quoted} is read as {short_day(found.date)}. Correct it if another day is meant." if found.guessed else ""
    return Coerced(found.date.isoformat(), said)


def _choice(column: Column, raw: Any) -> Coerced:  # noqa: ANN401 - one signature for all readers
    vocabulary = _vocabulary(column)
    text = _text(column, raw).value
    code = read_choice(vocabulary, text)
    if code is not None:
        return Coerced(code)
    if vocabulary.open_ended:
        return Coerced(text)
    if _is_empty_word(text):
        return Coerced(None, f"{_quoted(text)} is read as empty.")
    return replace(_kept(text, _not_a_choice(vocabulary, text)), suggestion=nearest(vocabulary, text))


def _not_a_choice(vocabulary: Vocabulary, text: str) -> str:
    close = nearest(vocabulary, text)
    way_out = f"Did you mean {vocabulary.label(close)}?" if close else "Choose one from the list."
    return f"{_quoted(text)} is not in the list {vocabulary.name}. {way_out}"


def _choices(column: Column, raw: Any) -> Coerced:  # noqa: ANN401 - one signature for all readers
    vocabulary = _vocabulary(column)
    if isinstance(raw, str):
        whole = read_choice(vocabulary, raw)
        parts = [raw] if whole else [part.strip() for part in re.split(r"[;\n|]", raw)]
        if len(parts) == 1 and not whole and "," in raw:
            parts = [part.strip() for part in raw.split(",")]
    else:
        parts = raw if isinstance(raw, list) else [_text(column, raw).value]
    parts = [part for part in parts if part and not (_is_empty_word(part) and read_choice(vocabulary, part) is None)]
    codes = [read_choice(vocabulary, part) for part in parts]
    unread = [part for part, code in zip(parts, codes, strict=True) if code is None]
    if unread and not vocabulary.open_ended:
        return _kept(raw, _not_a_choice(vocabulary, unread[0]))
    found = [code if code is not None else part for part, code in zip(parts, codes, strict=True)]
    return Coerced(list(dict.fromkeys(found)) or None)


def _yes_no(column: Column, raw: Any) -> Coerced:  # noqa: ANN401, ARG001 - one signature for all readers
    if isinstance(raw, bool):
        return Coerced(raw)
    text = (f"{raw:g}" if isinstance(raw, (int, float)) else str(raw)).casefold()
    if text in _YES or text in _NO:
        return Coerced(text in _YES)
    if _is_empty_word(text):
        return Coerced(None, f"{_quoted(raw)} is read as empty.")
    return _kept(raw, f"{_quoted(raw)} is neither yes nor no. Write yes or no.")


def _vocabulary(column: Column) -> Vocabulary:
    if column.vocabulary is None:
        message = f'The column "{column.name}" offers choices but names no vocabulary.'
        raise TypeError(message)
    return column.vocabulary


_READERS: Mapping[Kind, Callable[[Column, Any], Coerced]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.WHOLE: _number,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.PERCENT: _number,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.YES_NO: _yes_no,
}
