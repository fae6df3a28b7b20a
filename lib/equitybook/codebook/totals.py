"""Rows that add up other rows, by their words: ``Total``, ``Grand Total``, ``Subtotal``, ``Police Total``, ``Total staff``."""

from __future__ import annotations

import re

from equitybook.codebook.read_choice import plain

_LONGEST = 120
_SUM = r"(?:(?:grand|sub|over ?all|column|report) )?totals?|subtotals?|(?:grand )?sum|grand count"
_ALONE = re.compile(_SUM)
_NAMED = re.compile(rf"(?:{_SUM}) .+|.+ (?:(?:sub ?)?totals?|sum|count)")
_HINT = re.compile(r"total|sum|count", re.IGNORECASE)


def is_total(text: object) -> bool:
    """Whether a text says that it is a total and nothing else: ``Total``, ``GRAND TOTAL:``, ``Sub-total``, ``Sum``."""
    return bool(_ALONE.fullmatch(_words(text)))


def is_total_of(text: object) -> bool:
    """Whether a text may be the total of something: ``Police Total``, ``Police Count``, as Excel's subtotals are called, or ``Total staff``.

    A department may be called so too (``Total Fitness Center``): what else the row holds has to tell.
    """
    return bool(_NAMED.fullmatch(_words(text)))


def _words(text: object) -> str:
    """Give the plain words of a text in which a total may be named; else nothing, quickly: every cell of a long list comes by here."""
    return plain(text[:_LONGEST]) if isinstance(text, str) and _HINT.search(text) else ""
