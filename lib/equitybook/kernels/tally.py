"""How kernels were started, in this process: said once, then counted."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """``forks`` and ``others``, the latter by the reason why they were started the ordinary way."""

    forks: int = 0
    others: Counter[str] = field(default_factory=Counter)

    def forked(self) -> None:
        """Count a kernel that was forked."""
        self.forks += 1

    def ordinary(self, reason: str) -> None:
        """Count one that was not; the first time for a reason, say so."""
        self.others[reason] += 1
        if self.others[reason] == 1:
            _log.warning(
                "A kernel was started the ordinary way, which takes seconds longer: %s. More of these are counted.", reason
            )

    def __str__(self) -> str:
        whys = "; ".join(f"{count} because {reason}" for reason, count in self.others.items())
        return f"{self.forks} kernels forked, {self.others.total()} started the ordinary way{f' ({whys})' if whys else ''}"


TALLY = Tally()
