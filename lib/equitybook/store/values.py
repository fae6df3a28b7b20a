"""Values and names as the store writes them: JSON text that is equal on both databases, names that cannot surprise either."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import Any

from equitybook.errors import StoreError

LONGEST_NAME = 120  # five of them in UTF-8 still fit one PostgreSQL index entry
LONGEST_VALUE = 1_000_000

_decoder = json.JSONDecoder()

NULL = "null"
"""An empty field, as it is written."""


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever json could not write
    if isinstance(value, dt.date):  # a datetime is a date too
        return value.isoformat()
    if isinstance(value, tuple | set | frozenset):
        return sorted(value) if isinstance(value, set | frozenset) else list(value)
    if hasattr(value, "item"):  # numpy's numbers and truth values
        return value.item()
    problem = f"A value of type {type(value).__name__} cannot be kept. Keep text, a number, yes or no, a list or nothing."
    raise StoreError(problem)


def to_json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    r"""Write a value as JSON text; a number that is not a number (as pandas marks an empty cell) becomes empty.

    Only ASCII is written: a lone surrogate or a NUL pasted from somewhere becomes ``\ud800`` or ``\u0000`` in the text, which
    PostgreSQL would refuse as itself.

    Raises
    ------
    StoreError
        If the value cannot be written as JSON or is longer than a million characters.
    """
    if isinstance(value, float) and math.isnan(value):
        return NULL
    try:
        written = json.dumps(value, default=_plain, allow_nan=False, separators=(",", ":"))
    except (ValueError, TypeError) as error:
        problem = "This value cannot be kept: it holds an endless number or refers to itself. Keep text, a number, yes or no, a list or nothing."
        raise StoreError(problem) from error
    if len(written) > LONGEST_VALUE:
        problem = (
            f"This value is {len(written):,} characters long; up to {LONGEST_VALUE:,} can be kept in one field. Put it into a file."
        )
        raise StoreError(problem)
    return written


def from_json(written: str) -> Any:  # noqa: ANN401 - any JSON value
    """Read a value back, as ``to_json`` wrote it."""
    # json.loads without its search for blanks around the value: to_json writes none, and a staff list has 20,000 cells.
    return _decoder.raw_decode(written)[0]


def is_empty(value: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Whether a value stands for an empty field: None, empty text, or pandas' not-a-number."""
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def checked_name(name: str, *, what: str, system: bool = True) -> str:
    """Give a table, row, field, key or batch name back, if both databases can hold it.

    Parameters
    ----------
    name
        The name.
    what
        What it names, for the message: ``"table"``, ``"row"`` …
    system
        Whether names that begin with an underscore, the store's own fields, are allowed.

    Raises
    ------
    StoreError
        If the name is empty, longer than 120 characters, holds unprintable characters, or is a system name where none may be.
    """
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        problem = f"The {what} name {name!r} cannot be used. Use 1 to {LONGEST_NAME} printable characters."
        raise StoreError(problem)
    if not system and name.startswith("_"):
        problem = f"The {what} name {name!r} begins with an underscore, which is kept for the store itself. Choose another name."
        raise StoreError(problem)
    return name
