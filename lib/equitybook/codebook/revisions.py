"""What was changed with a reason after others began to build on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Revision:
    """One field changed with a reason: ``old`` and ``new`` as stored, ``at`` in UTC. Fields changed in one act share their ``batch``."""

    table: str
    row: str
    field: str
    old: Any
    new: Any
    reason: str
    author: str
    at: dt.datetime
    batch: str


def by_act(found: Iterable[Revision]) -> tuple[Sequence[Revision], ...]:
    """Put the fields that were changed in one act together, oldest act first: each act is one more version."""
    acts: dict[str, list[Revision]] = {}
    for one in found:
        acts.setdefault(one.batch, []).append(one)
    return tuple(acts.values())
