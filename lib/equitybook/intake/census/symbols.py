"""One cell of a census table, to a number or to the reason why there is none.

A sign, a word or a negative stand-in for one is never read as a number: ``-666666666`` people, or a margin of ``-1``, would be believed.
"""

from __future__ import annotations

import re

_SIGNS = {
    "-": "too few people in the sample to publish it",
    "**": "too few people in the sample for a margin of error",
    "***": "the figure lies at the open end of its scale, so there is no margin of error",
    "N": "not published for this place: too few people in the sample",
    "(X)": "not available",
    "null": "not given",
    "": "not given",
    ".": "not given",
}
_CONTROLLED = "*****"
CONTROLLED = "controlled: set to a known total, so it has no sampling error"
"""The note of a figure whose margin is 0 because the survey is weighted to meet it."""

_STAND_INS = {
    "-222222222": "**",
    "-333333333": "***",
    "-555555555": _CONTROLLED,
    "-666666666": "-",
    "-888888888": "(X)",
    "-999999999": "N",
}
_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE]\+?\d{1,2})?")
_OPEN_END = re.compile(r"[\d,.]+\s*[-+]")
_REPEATED = re.compile(r"-(\d)\1{8}")

Number = int | float
Read = tuple[Number | None, str]
"""A number and "", or None and the reason."""


def read_estimate(text: str) -> Read:
    """Read the cell of an estimate: ``'1,240'`` is 1240, ``'-'`` is nothing, with the reason."""
    text = _plain(text)
    if _OPEN_END.fullmatch(text):
        return None, f"the figure lies at the open end of its scale ({text})"
    return _read(text)


def read_margin(text: str) -> Read:
    """Read the cell of a margin of error: ``'±310'`` is 310, ``'*****'`` is 0 (controlled), ``'**'`` is nothing, with the reason."""
    text = _plain(text).lstrip("±").removeprefix("+/-").strip()
    if _STAND_INS.get(_whole(text), text) == _CONTROLLED:
        return 0, CONTROLLED
    number, note = _read(text)
    if number is not None and number < 0:
        return None, "not given"
    return number, note


def is_sign(text: str) -> bool:
    """Whether a cell holds one of the signs that stand for no number."""
    text = _plain(text)
    return text == _CONTROLLED or (bool(text) and text in _SIGNS)


def _read(text: str) -> Read:
    sign = _STAND_INS.get(_whole(text), text)
    if sign in _SIGNS or sign.lower() in {"null", "nan", "none"}:
        return None, _SIGNS.get(sign, "not given")
    if sign == _CONTROLLED or _REPEATED.fullmatch(_whole(text)):
        return None, "not given"
    if not _NUMBER.fullmatch(text):
        return None, f'not a number: "{text[:40]}"'
    number = float(text.replace(",", "").replace("−", "-"))
    return (int(number) if number.is_integer() else number), ""


def _plain(text: str) -> str:
    """Take off blanks of every kind and the apostrophe that keeps a spreadsheet program from computing a cell."""
    return text.replace("\xa0", " ").strip().removeprefix("'").strip()


def _whole(text: str) -> str:
    """Write a stand-in as the list above has it: programs turn ``-666666666`` into ``-666666666.0`` or ``-6.66666666E8``."""
    if not text.startswith(("-", "−")) or not _NUMBER.fullmatch(text):
        return text
    number = float(text.replace(",", "").replace("−", "-"))
    return str(int(number)) if number.is_integer() else text
