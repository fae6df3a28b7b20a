"""A cohort: its folder, and the programme its cohort.toml describes."""

from __future__ import annotations

import datetime as dt
import os
import zoneinfo
from dataclasses import dataclass
from pathlib import Path

from equitybook.errors import ConfigError
from equitybook.program.models import Community, Cycle, Partner, Person, Programme, Session
from equitybook.program.nearest import did_you_mean
from equitybook.program.reading import FILE, read_programme

DATABASE_VARIABLE = "EQUITYBOOK_DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Cohort:
    """Everything about one cohort that is not an answer. ``folder`` is absolute."""

    folder: Path
    programme: Programme

    @classmethod
    def read(cls, folder: Path | str) -> Cohort:
        """Read ``cohort.toml`` in a folder.

        Raises
        ------
        ConfigError
            If it is absent or something in it is wrong: names the file, the key, the value and what would be right.
        """
        place = Path(folder).expanduser().resolve()
        return cls(place, read_programme(place / FILE))

    @property
    def name(self) -> str:
        """The short name, as in a folder name."""
        return self.programme.cohort.name

    @property
    def title(self) -> str:
        """The name people read."""
        return self.programme.cohort.title

    @property
    def partners(self) -> tuple[Partner, ...]:
        """Who runs the programme."""
        return self.programme.partners

    @property
    def communities(self) -> tuple[Community, ...]:
        """The municipalities, in the order of the file."""
        return self.programme.communities

    @property
    def cycles(self) -> tuple[Cycle, ...]:
        """The cycles, by number."""
        return tuple(sorted(self.programme.cycles, key=lambda cycle: cycle.number))

    @property
    def sessions(self) -> tuple[Session, ...]:
        """Training and coaching sessions, by date."""
        return tuple(sorted(self.programme.sessions, key=lambda session: (session.date, session.communities)))

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody who signs in: participants by community, then coaches, then leads; with their communities filled in."""
        every = tuple(town.slug for town in self.communities)
        participants = [
            person.model_copy(update={"community": town.slug, "communities": (town.slug,)})
            for town in self.communities
            for person in town.participants
        ]
        leads = [person.model_copy(update={"communities": every}) for person in self.programme.leads]
        return (*participants, *self.programme.coaches, *leads)

    @property
    def database_url(self) -> str:
        """Where the answers are: the environment's EQUITYBOOK_DATABASE_URL, else SQLite in the cohort's folder."""
        return os.environ.get(DATABASE_VARIABLE) or f"sqlite:///{self.folder / 'equitybook.sqlite'}"

    @property
    def workbooks(self) -> Path:
        """Folder of the generated workbooks, one folder per community."""
        return self.folder / "workbooks"

    def community(self, slug: str) -> Community:
        """Return the community with that slug.

        Raises
        ------
        ConfigError
            If this cohort has none.
        """
        for one in self.communities:
            if one.slug == slug:
                return one
        fix = did_you_mean(slug, (town.slug for town in self.communities))
        problem = f'There is no community "{slug}" in {self.title}.'
        raise ConfigError(problem, fix=fix)

    def person(self, username: str) -> Person:
        """Return the person with that user name.

        Raises
        ------
        ConfigError
            If this cohort has none.
        """
        for one in self.people:
            if one.username == username:
                return one
        # People are not listed: whoever mistypes a name need not read everybody else's.
        problem = f'There is no person "{username}" in {self.title}.'
        raise ConfigError(problem, fix=f"The people are in {FILE}.")

    def cycle(self, number: int) -> Cycle:
        """Return the cycle with that number.

        Raises
        ------
        ConfigError
            If this cohort has none.
        """
        for one in self.cycles:
            if one.number == number:
                return one
        problem = f"There is no cycle {number} in {self.title}."
        raise ConfigError(problem, fix=f"There are: {', '.join(str(one.number) for one in self.cycles)}.")

    def parts_of(self, cycle: Cycle) -> tuple[str, ...]:
        """Return what a cycle works on, by code: its learning outcomes, and in the first cycle the charter before them."""
        return ("CHARTER", *cycle.outcomes) if cycle == self.cycles[0] else cycle.outcomes

    def cycle_of(self, outcome: str) -> Cycle | None:
        """Return the cycle that works on an outcome, by its code; None where none does."""
        return next((one for one in self.cycles if outcome in one.outcomes), None)

    def cycle_on(self, day: dt.date) -> Cycle:
        """Return the cycle a day belongs to: the last one whose training day has come, else the first."""
        begun = [one for one in self.cycles if one.training_day <= day]
        return begun[-1] if begun else self.cycles[0]

    def today(self) -> dt.date:
        """Return the date where the cohort is."""
        return dt.datetime.now(zoneinfo.ZoneInfo(self.programme.cohort.time_zone)).date()

    def communities_of(self, username: str) -> tuple[Community, ...]:
        """Return the communities a person may open, in the order of the file.

        Raises
        ------
        ConfigError
            If there is no such person.
        """
        allowed = set(self.person(username).communities)
        return tuple(town for town in self.communities if town.slug in allowed)

    def coaches_of(self, slug: str) -> tuple[Person, ...]:
        """Return the coaches of a community."""
        return tuple(coach for coach in self.programme.coaches if slug in coach.communities)

    def workbook_path(self, slug: str, cycle: int | Cycle) -> Path:
        """Where a community's workbook of a cycle is, whether or not it has been generated.

        Raises
        ------
        ConfigError
            If there is no such community or cycle.
        """
        one = cycle if isinstance(cycle, Cycle) else self.cycle(cycle)
        return self.workbooks / self.community(slug).slug / f"{one.slug}.ipynb"
