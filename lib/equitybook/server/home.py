"""The home pages: a participant's cards, a coach's and a lead's towns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from equitybook.outcomes.registry import known
from equitybook.reviews import to_release
from equitybook.server.access import Page
from equitybook.server.policy import PARTICIPANT
from equitybook.server.progress import Progress, begun_cycles, progress, shown_cycle

if TYPE_CHECKING:
    from equitybook.program import Community, Cycle, Person
    from equitybook.server.shared import Shared


class Home(Page):
    """``/``."""

    async def get(self) -> None:
        """Show what is due now, then the rest."""
        if self.person.role == PARTICIPANT:
            await self._participant()
        else:
            await self._desk()

    async def _participant(self) -> None:
        community = self.shared.cohort.community(self.person.community or "")
        cards = await self.shared.aside(_cards, self.shared, self.person)
        names = {one.username: one.name for one in self.shared.people.values()}
        self.show("home.html", town=community, cards=cards, names=names, cycles=len(self.shared.cohort.cycles))

    async def _desk(self) -> None:
        wanted = self.get_query_argument("cycle", "")
        begun, cycle, towns = await self.shared.aside(_towns, self.shared, self.person, wanted)
        coaches = {town.community.slug: [one.name for one in self.shared.cohort.coaches_of(town.community.slug)] for town in towns}
        self.show("desk.html", cycle=cycle, begun=begun, towns=towns, coaches=coaches, cycles=len(self.shared.cohort.cycles))


def _cards(shared: Shared, person: Person) -> list[Progress]:
    """Look at the participant's cycles: the one of now first, then the others that have a workbook or something to read."""
    cohort = shared.cohort
    town = cohort.community(person.community or "")
    now = shown_cycle(cohort, (town,))
    handle = shared.handle(person)
    others = [
        one for one in cohort.cycles if one.number < now.number or (one != now and cohort.workbook_path(town.slug, one).is_file())
    ]
    return [
        progress(cohort, handle, town, now),
        *(seen for one in others if (seen := progress(cohort, handle, town, one)).readable),
    ]


def _towns(shared: Shared, person: Person, wanted: str) -> tuple[tuple[Cycle, ...], Cycle, list[Progress]]:
    """Look at a desk's towns: the cycles there are, the one that is wanted or the one of now, and how far each town is with it."""
    towns = shared.cohort.communities_of(person.username)
    begun = begun_cycles(shared.cohort, towns)
    cycle = next((one for one in begun if one.slug == wanted), begun[-1])
    return begun, cycle, [_town(shared, person, town, cycle) for town in towns]


def _town(shared: Shared, person: Person, town: Community, cycle: Cycle) -> Progress:
    seen = progress(shared.cohort, shared.store.community(town.slug, author=person.username), town, cycle)
    side = shared.store.coach_side(town.slug, author=person.username)
    return replace(seen, to_release=to_release(side, cycle.number, known(shared.cohort.parts_of(cycle))))
