"""Handle calls as JSON and back: what a kernel may ask of the server, and in which words.

A call is ``{"method": …, "payload": {…}}``; the answer is the JSON value ``call`` returns. The community and the author are
never part of a call: the server takes both from the kernel's token. The calls for files are left out on purpose. Files are
uploaded and read by the server; a notebook needs none of them, so no notebook's token opens one.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from equitybook.errors import AccessError, DataError, StoreError
from equitybook.store.handle import Cell, Change, Edit, Handle, Receipt, Record, Submission

METHODS: Mapping[str, Mapping[str, type | tuple[type, ...]]] = {
    "who": {},
    "read": {"table": str},
    "write": {"edits": list, "together": bool},
    "add_rows": {"table": str, "rows": list, "replace": (bool, list), "source": str, "batch": str},
    "undo": {"batch": str},
    "changes": {"after": int, "table": str, "row": str, "field": str, "limit": int, "wishes": bool},
    "last_seq": {},
    "submit": {"cycle": int, "tables": list, "note": str, "key": str},
    "submissions": {"cycle": int},
    "released_reviews": {},
}
"""Every call there is, and the arguments it must have, each of exactly that type."""

_EDIT: Mapping[str, type | tuple[type, ...] | None] = {
    "table": str,
    "row": str,
    "field": str,
    "value": None,  # any JSON value
    "expected": int,
    "key": str,
    "source": str,
    "batch": str,
    "reason": str,
}

MOST_CHANGES = 10_000
"""Changes in one answer; whoever wants more asks again after the last one."""

REFUSED = {AccessError: 403, DataError: 400, StoreError: 503}
"""The HTTP status of an error; everything else is a 500."""


def call(handle: Handle, method: str, payload: Any) -> Any:  # noqa: ANN401 - whatever the network brought, any JSON value
    """Make one call on a handle and return what it returned, ready to be written as JSON.

    Raises
    ------
    AccessError
        If the method is not one a notebook may call.
    DataError
        If the payload is not exactly what the method takes.
    StoreError
        If the store refuses.
    """
    if method not in METHODS:
        problem = f"A notebook may not call {method!r}. It may call: {', '.join(METHODS)}."
        raise AccessError(problem)
    taken = _checked(payload, METHODS[method], of=method)
    if method == "who":
        return {"community": handle.community, "author": handle.author}
    if method == "write":
        taken["edits"] = [Edit(**_checked(edit, _EDIT, of="an edit")) for edit in taken["edits"]]
    if method == "add_rows" and not all(isinstance(row, dict) for row in taken["rows"]):
        raise DataError("The rows to add are not all fields with values. Send each row as an object.")
    if method == "add_rows" and isinstance(taken["replace"], list) and not all(isinstance(row, str) for row in taken["replace"]):
        raise DataError("The rows to replace are not all names of rows. Send a list of row ids, true for all or false for none.")
    if method == "submit" and not all(isinstance(table, str) for table in taken["tables"]):
        raise DataError("The tables to submit are not all names. Send a list of table names.")
    if method == "changes":
        taken["limit"] = min(taken["limit"], MOST_CHANGES)
    return _plain(getattr(handle, method)(**taken))


def _checked(payload: Any, takes: Mapping[str, type | tuple[type, ...] | None], *, of: str) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    """Give the arguments back if they are exactly those, each of its type (``True`` is no number)."""
    if not isinstance(payload, Mapping) or payload.keys() != takes.keys():
        problem = f"The arguments of {of} are {', '.join(takes) or 'none'}. Send exactly these."
        raise DataError(problem)
    for name, kind in takes.items():
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if kind is not None and type(payload[name]) not in kinds:
            wanted = " or ".join(one.__name__ for one in kinds if one)
            problem = f"The argument {name} of {of} is of type {type(payload[name]).__name__}. Send {wanted}."
            raise DataError(problem)
    return dict(payload)


def refusal(error: Exception) -> tuple[int, dict[str, str]]:
    """Give the HTTP status and the JSON body that say an error in its own words; one that was not foreseen says nothing about itself."""
    status = REFUSED.get(type(error), 500)
    words = str(error) if type(error) in REFUSED else "The server could not do that. Nothing of this step was saved; try again."
    return status, {"error": words}


def _plain(said: Any) -> Any:  # noqa: ANN401 - what a handle returns, as a JSON value
    if isinstance(said, tuple):
        return [_plain(one) for one in said]
    if isinstance(said, Record):
        # Cells as lists without names: a staff list has twenty thousand of them.
        cells = {name: [one.value, one.version, one.author, one.at.isoformat(), one.source] for name, one in said.cells.items()}
        return [said.id, said.order, cells, dict(said.system)]
    if isinstance(said, Receipt):
        return {"key": said.key, "status": said.status, "change": _plain(said.change), "mine": said.mine}
    if isinstance(said, Change | Submission):
        named = {one.name: getattr(said, one.name) for one in dataclasses.fields(said)}
        return {**named, "at": said.at.isoformat()}
    return said


def understand(method: str, said: Any) -> Any:  # noqa: ANN401 - a JSON value in, what the handle's method returns out
    """Turn the answer to a call back into what the handle's method returns.

    Raises
    ------
    StoreError
        If the answer is not one this program understands, as from a server of another version.
    """
    try:
        return _UNDERSTOOD.get(method, _as_it_is)(said)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        problem = f"The server's answer to {method!r} cannot be understood; it may be of another version. Restart the server, then reload."
        raise StoreError(problem) from error


def _as_it_is(said: Any) -> Any:  # noqa: ANN401 - any JSON value
    return said


def _records(said: Iterable[Any]) -> tuple[Record, ...]:
    return tuple(
        Record(row, order, {name: _cell(*cell) for name, cell in cells.items()}, system) for row, order, cells, system in said
    )


def _cell(value: Any, version: int, author: str, at: str, source: Any) -> Cell:  # noqa: ANN401 - any JSON value
    return Cell(value, version, author, _moment(at), source)


def _change(said: Mapping[str, Any]) -> Change:
    return Change(**{**said, "at": _moment(said["at"])})


def _receipts(said: Iterable[Mapping[str, Any]]) -> tuple[Receipt, ...]:
    return tuple(Receipt(**{**one, "change": _change(one["change"])}) for one in said)


def _submission(said: Mapping[str, Any]) -> Submission:
    return Submission(**{**said, "at": _moment(said["at"])})


@lru_cache(maxsize=4096)  # thousands of imported cells share one moment
def _moment(written: str) -> dt.datetime:
    return dt.datetime.fromisoformat(written)


_UNDERSTOOD: Mapping[str, Callable[[Any], Any]] = {
    "read": _records,
    "write": _receipts,
    "changes": lambda said: tuple(_change(one) for one in said),
    "submit": _submission,
    "submissions": lambda said: tuple(_submission(one) for one in said),
    "released_reviews": _records,
}
