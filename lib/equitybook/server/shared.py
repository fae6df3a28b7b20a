"""What every handler shares: the cohort, the store, the keys, and a way off the event loop."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from equitybook.server.checked import CheckedTables
from equitybook.server.keys import Keys
from equitybook.server.presence import Presence
from equitybook.server.releases import Releases
from equitybook.server.sessions import Epochs
from equitybook.server.throttle import Throttle

if TYPE_CHECKING:
    from jupyter_server.base.handlers import JupyterHandler

    from equitybook.program import Cohort, Person
    from equitybook.store import Store
    from equitybook.store.handle import Handle

SETTING = "equitybook"
"""The key under which tornado's settings carry a ``Shared``."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Shared:
    """One server's shared things. ``alone`` is the one person of a JupyterLab on the cohort's own machine, else None.

    Whoever gives out the next number of something holds ``numbering`` until it is stored.
    """

    cohort: Cohort
    store: Store
    keys: Keys
    https: bool = False
    alone: Person | None = None
    throttle: Throttle = field(default_factory=Throttle)
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(max_workers=8, thread_name_prefix="equitybook"))
    presence: Presence = field(default_factory=Presence)
    releases: Releases = field(default_factory=Releases)
    numbering: Lock = field(default_factory=Lock)
    checked: CheckedTables = field(default_factory=CheckedTables)
    people: Mapping[str, Person] = field(default_factory=dict)
    epochs: Epochs = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "people", {one.username: one for one in self.cohort.people})
        object.__setattr__(self, "epochs", Epochs(self.store))

    def person_of(self, handler: JupyterHandler) -> Person | None:
        """Who is asking: the signed-in person, or the one person there is. None where nobody is signed in."""
        user = handler.current_user
        if user is None:
            return None
        return self.alone or self.people.get(user.username)

    def handle(self, person: Person) -> Handle:
        """Open the person's own community in the store, in their name."""
        return self.store.community(cast("str", person.community), author=person.username)

    async def aside(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Run something that blocks (the database, a parser, argon2) in a thread, and wait for it here."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.pool, lambda: work(*args, **kwargs))

    def today(self) -> dt.date:
        """Give the date where the cohort is."""
        return self.cohort.today()


def shared_of(handler: Any) -> Shared:  # noqa: ANN401 - any tornado handler
    """Find the ``Shared`` of the application a handler belongs to."""
    return cast("Shared", handler.settings[SETTING])
