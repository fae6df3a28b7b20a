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
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from equitybook.errors import AccessError, ConfigError
from equitybook.outcomes.registry import known

if TYPE_CHECKING:
    from equitybook.program import Cohort
    from equitybook.store.handle import Handle


@dataclass(frozen=True, slots=True)
class Place:
    """The town and cycle a page is about.

    ``outcomes`` are the codes this cycle works on, as far as the workbook has them; ``start_now`` what to ask for because it takes weeks; ``due`` is the last day of the independent
    work; ``slug`` is the cycle's file name. ``base`` is the server's path where people read the page through the server, and empty
    elsewhere (papermill, JupyterLab), where errors are left as they are. ``roles`` are the town's participants by user name.
    """

    community: str
    town: str
    cycle: int
    cycles: int
    slug: str
    title: str
    due: dt.date | None
    outcomes: tuple[str, ...] = ()
    start_now: tuple[str, ...] = ()
    base: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)

    @property
    def served(self) -> bool:
        """Whether people read this page through the server."""
        return bool(self.base)

    @classmethod
    def of(cls, cohort: Cohort, community: str, cycle: int, *, base: str = "") -> Place:
        """The place as the cohort's own file describes it.

        Raises
        ------
        ConfigError
            If the cohort has no such town or cycle.
        """
        from equitybook.program.start_now import start_now  # a served page is told; only the cohort's own machine computes it

        this = cohort.cycle(cycle)
        town = cohort.community(community)
        outcomes = tuple(one.code for one in known(cohort.parts_of(this)))
        return cls(
            community=town.slug,
            town=town.name,
            cycle=cycle,
            cycles=len(cohort.cycles),
            slug=this.slug,
            title=this.title,
            due=this.due,
            outcomes=outcomes,
            start_now=start_now(cohort, cycle),
            base=base,
            roles=town.roles,
        )

    def to_json(self) -> str:
        """Write it as one line of JSON, for the kernel's environment."""
        return json.dumps({**asdict(self), "due": self.due.isoformat() if self.due else None})

    @classmethod
    def from_json(cls, text: str) -> Place:
        """Read ``to_json`` back."""
        facts = json.loads(text)
        due = dt.date.fromisoformat(facts["due"]) if facts["due"] else None
        return cls(**{**facts, "due": due, "outcomes": tuple(facts["outcomes"]), "start_now": tuple(facts["start_now"])})


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
        return _at_home(
            community or given.get("EQUITYBOOK_COMMUNITY", ""), cycle, Path(folder), given.get("EQUITYBOOK_USER", "local")
        )
    message = "This notebook does not know which cohort it belongs to."
    raise ConfigError(message, key="EQUITYBOOK_COHORT", fix="Open it with `equitybook serve` or `equitybook lab`, which say so.")


def _served(community: str, cycle: int, token: str, given: Mapping[str, str]) -> tuple[Place, Handle]:
    from equitybook.store.remote import RemoteHandle

    place = Place.from_json(given["EQUITYBOOK_PLACE"])
    if community not in {"", place.community} or cycle != place.cycle:
        message = "This page is for another town or cycle than the one you are signed in to. Go back to your home page and open it from there."
        raise AccessError(message)
    return place, RemoteHandle(given["EQUITYBOOK_STORE_URL"], token)


def _at_home(community: str, cycle: int, folder: Path, user: str) -> tuple[Place, Handle]:
    from equitybook.program import Cohort
    from equitybook.store import Store

    cohort = Cohort.read(folder)
    if not community:
        message = "No town is named."
        raise ConfigError(
            message,
            key="community",
            fix=f"Set it in the first cell to one of: {', '.join(one.slug for one in cohort.communities)}.",
        )
    place = Place.of(cohort, community, cycle)
    store = Store.of(folder, url=cohort.database_url)
    store.migrate()
    return place, store.community(place.community, author=user)
