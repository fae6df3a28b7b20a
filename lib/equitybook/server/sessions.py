"""Signed sessions: what the cookie says, and how a changed password ends every older one."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from equitybook.store import Store

HOURS = 12
"""How long a sign-in lasts."""

_REMEMBER = 5.0
"""Seconds an epoch read from the store is believed, so that a page's hundred assets do not each ask the database."""


@dataclass(frozen=True, slots=True)
class Session:
    """Who signed in, and the account's epoch at that moment: changing the password raises it and ends the session."""

    username: str
    epoch: int

    def to_cookie(self) -> str:
        """As the text that is signed into the cookie."""
        return json.dumps({"u": self.username, "e": self.epoch})

    @classmethod
    def from_cookie(cls, text: str) -> Session | None:
        """Read ``to_cookie`` back; None where the text is of another make."""
        try:
            said = json.loads(text)
            return cls(username=str(said["u"]), epoch=int(said["e"]))
        except (ValueError, KeyError, TypeError):
            return None


@dataclass(slots=True)
class Epochs:
    """The accounts' epochs, remembered for a few seconds. ``clock`` is in seconds."""

    store: Store
    clock: Callable[[], float] = time.monotonic
    _known: dict[str, tuple[float, int]] = field(default_factory=dict)

    def recent(self, username: str) -> tuple[bool, int]:
        """Whether an epoch is remembered, and which (0: there is no such account)."""
        at, epoch = self._known.get(username, (float("-inf"), 0))
        return self.clock() - at < _REMEMBER, epoch

    def read(self, username: str) -> int:
        """Read the account's epoch from the store; 0 where there is no such account. Blocks."""
        epoch = self.store.accounts.epoch(username)
        self._known[username] = (self.clock(), epoch)
        return epoch

    def forget(self, username: str) -> None:
        """Ask the store again next time: the password has just been changed here."""
        self._known.pop(username, None)
