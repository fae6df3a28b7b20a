"""How often a coach has released comments to a town since this process began: an open page learns from it that there is something new to read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class Releases:
    """Releases by town and cycle. Nothing of it is stored: the comments are, and a page that is loaded shows them."""

    _towns: dict[str, Counter[int]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def note(self, community: str, cycle: int) -> None:
        """Count a release of one comment or of several."""
        with self._lock:
            self._towns.setdefault(community, Counter())[cycle] += 1

    def of(self, community: str) -> dict[int, int]:
        """Give how often comments on each cycle were released to a town."""
        with self._lock:
            return dict(self._towns.get(community, {}))
