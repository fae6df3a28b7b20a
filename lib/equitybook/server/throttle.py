"""Slowing down guessing from one address: failed sign-ins of the last quarter of an hour, in memory.

The store slows down guessing at one person, from wherever; this slows down one address trying many people.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

WINDOW = 15 * 60
"""Seconds a failed try counts."""

LIMIT = 40
"""A training day is 28 people behind one address, most of them typing a new password."""

_MOST_ADDRESSES = 10_000


@dataclass(slots=True)
class Throttle:
    """Failed tries by address. ``clock`` is in seconds."""

    clock: Callable[[], float] = time.monotonic
    _tries: dict[str, deque[float]] = field(default_factory=dict)

    def wait(self, address: str) -> int:
        """Seconds until somebody may try again from this address; 0 where they may now."""
        now = self.clock()
        recent = [at for at in self._tries.get(address, ()) if at > now - WINDOW]
        return int(recent[0] + WINDOW - now) + 1 if len(recent) >= LIMIT else 0

    def failed(self, address: str) -> None:
        """Count one failed try."""
        now = self.clock()
        if len(self._tries) > _MOST_ADDRESSES:
            self._tries = {address: tries for address, tries in self._tries.items() if tries[-1] > now - WINDOW}
        self._tries.setdefault(address, deque(maxlen=LIMIT)).append(now)
