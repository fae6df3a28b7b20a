"""Who else of a town is at work, and in which cell. Kept in this process's memory for seconds and written nowhere: it is no data."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

EXPIRES = 15.0
"""Seconds after which somebody who has not been heard of is gone. A page looks for changes every second and a half."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person's focus is: a field of a row of a table; all empty where it is in none."""

    table: str = ""
    row: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class _Seen:
    at: float
    place: Place


@dataclass(slots=True)
class Presence:
    """The participants of each town who were heard of lately. ``clock`` is in seconds.

    Two tabs of one person are one person: where any of them has the focus in a cell, that is where she is, the newest first.
    """

    clock: Callable[[], float] = time.monotonic
    _towns: dict[str, dict[tuple[str, str], _Seen]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def note(self, community: str, username: str, place: Place, *, tab: str = "") -> None:
        """Remember that a person was heard of, from this tab, at this place."""
        with self._lock:
            self._towns.setdefault(community, {})[username, tab] = _Seen(self.clock(), place)

    def others(self, community: str, username: str) -> dict[str, Place]:
        """Give everybody else of a town who was heard of in the last ``EXPIRES`` seconds, with their place."""
        oldest = self.clock() - EXPIRES
        with self._lock:
            town = {key: seen for key, seen in self._towns.get(community, {}).items() if seen.at >= oldest}
            self._towns[community] = town
        found: dict[str, Place] = {}
        # A tab that looks away has no place; it must not hide the one that is typed into.
        for (name, _), seen in sorted(town.items(), key=lambda one: (bool(one[1].place.table), one[1].at)):
            if name != username:
                found[name] = seen.place
        return dict(sorted(found.items()))
