"""Where a notebook runs: which town, which cycle, and how it reaches the store.

One documented order, and a link is never proof of who someone is:

1. *Served page.* The server gives the kernel a token for one town (``EQUITYBOOK_KERNEL_TOKEN``) and the page's facts
   (``EQUITYBOOK_PLACE``). The notebook's parameters cannot widen that.
2. *The cohort's own machine* (papermill, JupyterLab): ``EQUITYBOOK_COHORT`` names the folder, ``EQUITYBOOK_COMMUNITY`` the town
   where the parameter is empty.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from equitybook.errors import AccessError, ConfigError

if TYPE_CHECKING:
    from equitybook.program import Cohort
    from equitybook.store.handle import Handle


@dataclass(frozen=True, slots=True)
class Place:
    """The town and cycle a page is about. ``due`` is the last day of the independent work, or None where none is set."""

    community: str
    town: str
    cycle: int
    cycles: int
    title: str
    due: dt.date | None

    @classmethod
    def of(cls, cohort: Cohort, community: str, cycle: int) -> Place:
        """The place as the cohort's own file describes it.

        Raises
        ------
        ConfigError
            If the cohort has no such town or cycle.
        """
        this = cohort.cycle(cycle)
        town = cohort.community(community)
        return cls(community=town.slug, town=town.name, cycle=cycle, cycles=len(cohort.cycles), title=this.title, due=this.due)

    def to_json(self) -> str:
        """As one line of JSON, for the kernel's environment."""
        facts = {name: getattr(self, name) for name in ("community", "town", "cycle", "cycles", "title")}
        return json.dumps({**facts, "due": self.due.isoformat() if self.due else None})

    @classmethod
    def from_json(cls, text: str) -> Place:
        """Read ``to_json`` back."""
        facts = json.loads(text)
        return cls(**{**facts, "due": dt.date.fromisoformat(facts["due"]) if facts["due"] else None})


def arrive(community: str, cycle: int, *, environment: Mapping[str, str] | None = None) -> tuple[Place, Handle]:
    """Find the place and the store for a notebook with these parameters.

    Raises
    ------
    AccessError
        If the page's token is for another town or cycle than the notebook's parameters.
    ConfigError
        If nothing says where the cohort is.
    """
    given = os.environ if environment is None else environment
    if token := given.get("EQUITYBOOK_KERNEL_TOKEN"):
        return _served(community, cycle, token, given)
    if folder := given.get("EQUITYBOOK_COHORT"):
        return _at_home(community or given.get("EQUITYBOOK_COMMUNITY", ""), cycle, Path(folder), given.get("EQUITYBOOK_USER", "local"))
    message = "This notebook does not know which cohort it belongs to."
    raise ConfigError(message, key="EQUITYBOOK_COHORT", fix="Open it with `equitybook serve` or `equitybook lab`, which say so.")


def _served(community: str, cycle: int, token: str, given: Mapping[str, str]) -> tuple[Place, Handle]:
    from equitybook.store.remote import RemoteHandle  # noqa: PLC0415 - one of the two ways is taken, and imports are the page's waiting time

    place = Place.from_json(given["EQUITYBOOK_PLACE"])
    if community not in {"", place.community} or cycle != place.cycle:
        message = "This page is for another town or cycle than the one you are signed in to. Go back to your home page and open it from there."
        raise AccessError(message)
    return place, RemoteHandle(given["EQUITYBOOK_STORE_URL"], token)


def _at_home(community: str, cycle: int, folder: Path, user: str) -> tuple[Place, Handle]:
    from equitybook.program import Cohort  # noqa: PLC0415 - see above
    from equitybook.store import Store  # noqa: PLC0415

    cohort = Cohort.read(folder)
    if not community:
        message = "No town is named."
        raise ConfigError(message, key="community", fix=f"Set it in the first cell to one of: {', '.join(one.slug for one in cohort.communities)}.")
    place = Place.of(cohort, community, cycle)
    store = Store.of(folder, url=cohort.database_url)
    store.migrate()
    return place, store.community(place.community, author=user)
