"""Text as people write numbers, to numbers: ``1,200``, ``$1,200.00 CR``, ``(350)``, ``24%``, ``74k``, ``<5``."""

from __future__ import annotations

import math
import re

_GROUPED = re.compile(r"(?:(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?", re.IGNORECASE)
_HIDDEN = re.compile(r"(?:<|≤|<=|fewer than|less than|under)\s*\d+|\*+|suppressed|withheld|masked", re.IGNORECASE)
_OTHER_CURRENCY = re.compile(r"[€£¥₹]|\b(?:eur|gbp|cad|mxn|jpy)\b", re.IGNORECASE)
_DOLLARS = re.compile(r"^(?:us\s?\$|usd|\$)\s*|\s*(?:usd|us dollars|dollars)$", re.IGNORECASE)
_SIDE = re.compile(r"\s*(cr|dr)\.?$", re.IGNORECASE)


def read_number(text: str) -> float | None:
    """Read ``'1,200'``, ``'-3'``, ``'(350)'``, ``'350-'`` or ``'1e3'``; None where it is not one plain number."""
    text = text.strip()
    sign = 1
    if text.startswith("(") and text.endswith(")"):
        sign, text = -1, text[1:-1].strip()
    elif text.endswith(("-", "−")) and text[:1].isdigit():
        sign, text = -1, text[:-1].strip()
    elif text[:1] in {"-", "−", "+"}:
        sign, text = (1 if text[0] == "+" else -1), text[1:].strip()
    if not any(letter.isdigit() for letter in text) or not text.isascii() or not _GROUPED.fullmatch(text):
        return None
    value = float(text.replace(",", "").replace(" ", ""))
    return sign * value if math.isfinite(value) else None


def read_money(text: str) -> float | None:
    """Read ``'$1,200.00'``, ``'USD 1200'``, ``'$74k'``, ``'($350)'``; ``CR`` after an amount makes it negative."""
    side = _SIDE.search(text)
    text = _SIDE.sub("", text).strip()
    sign = -1 if side and side.group(1).lower() == "cr" else 1
    if text.startswith("(") and text.endswith(")"):
        sign, text = -sign, text[1:-1].strip()
    if text[:1] in {"-", "−"}:
        sign, text = -sign, text[1:].strip()
    text = _DOLLARS.sub("", _DOLLARS.sub("", text)).strip()
    thousand = text[-1:] in {"k", "K"} and text[-2:-1].isdigit()
    value = read_number(text[:-1] if thousand else text)
    return None if value is None else sign * value * (1000 if thousand else 1)


def read_percent(text: str) -> float | None:
    """Read ``'24%'``, ``'24 percent'`` or ``'24'`` as 24.0."""
    return read_number(re.sub(r"\s*(?:%|per ?cent|pct\.?)$", "", text.strip(), flags=re.IGNORECASE))


def is_hidden_count(text: str) -> bool:
    """Whether the text stands for a small number that its source did not print: ``<5``, ``*``, ``suppressed``."""
    return bool(_HIDDEN.fullmatch(text.strip()))


def is_other_currency(text: str) -> bool:
    """Whether an amount is written in another currency than US dollars."""
    return bool(_OTHER_CURRENCY.search(text))


def shown(value: float) -> str:
    """Write a number as a person writes it: ``7.5``, ``1,200``, ``-3``."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.10g}"
