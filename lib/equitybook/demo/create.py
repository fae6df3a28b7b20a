"""The demonstration cohort: fourteen invented towns, each with invented answers at a different stage of cycle 2."""

from __future__ import annotations

import datetime as dt
import secrets
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from equitybook.demo import answers
from equitybook.demo.sign_ins import open_accounts, write_sign_ins
from equitybook.demo.spreadsheet import write_practice_roster
from equitybook.demo.staff import Employee, Town, invent_staff
from equitybook.errors import ConfigError
from equitybook.outcomes import registry
from equitybook.program import Cohort, Community
from equitybook.program.scaffold import cycle_dates, training_day_before, write_cohort_file
from equitybook.store import Store
from equitybook.store.handle import Edit, Handle, Source

CYCLE = 2
PRACTICE_FILE = "try-this-roster.xlsx"

Progress = Callable[[str, int, int], None]
"""Called before each town with its name, how many are done, and how many there are."""


class _Clock:
    """A clock of the demonstration's own: work began yesterday, and every look at it is a minute later."""

    def __init__(self, start: dt.datetime) -> None:
        self._now = start

    def __call__(self) -> dt.datetime:
        self._now += dt.timedelta(minutes=1)
        return self._now


@dataclass(frozen=True, slots=True)
class _Story:
    """What ``content/towns.yml`` says about one town."""

    race: Mapping[str, float]
    enters: tuple[str, ...] = ()
    years: int = 0
    submitted: int = 0
    leaves: Mapping[str, float] | None = None
    unknown: float = 2
    faults: bool = False


def create_demo(folder: Path, *, on_progress: Progress | None = None) -> Cohort:
    """Create the demonstration in a folder that does not hold a cohort yet, with cycle 2 open today.

    The folder appears when everything is in it, so a creation that is cut off leaves nothing half done.

    Raises
    ------
    ConfigError
        If the folder holds anything.
    """
    if folder.exists() and any(folder.iterdir()):
        problem = f"The folder {folder} is not empty."
        raise ConfigError(problem, fix="Name another folder, or serve the cohort that is in it: equitybook start --cohort FOLDER.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as workshop:
        made = Path(workshop) / "cohort"
        today = dt.datetime.now(dt.UTC).date()
        write_cohort_file(made, template="demo.toml", words=cycle_dates(training_day_before(today, open_cycle=CYCLE)))
        cohort = Cohort.read(made)
        with Store.of(made, cohort.database_url, clock=_Clock(dt.datetime.now(dt.UTC) - dt.timedelta(days=1))) as store:
            store.migrate()
            open_accounts(store, write_sign_ins(cohort), renew=True)
            for number, community in enumerate(cohort.communities):
                if on_progress:
                    on_progress(community.name, number, len(cohort.communities))
                _fill(store, cohort, community)
        first = cohort.communities[0]
        write_practice_roster(made / PRACTICE_FILE, _staff(first, _stories()[first.slug]))
        if folder.exists():
            folder.rmdir()
        made.rename(folder)
    return Cohort.read(folder)


def _stories() -> Mapping[str, _Story]:
    told = _content("towns")
    return {slug: _Story(**{**facts, "enters": tuple(facts["enters"])}) for slug, facts in told.items()}


def _content(name: str) -> Mapping[str, Any]:
    text = files("equitybook.demo").joinpath(f"content/{name}.yml").read_text(encoding="utf-8")
    told: Mapping[str, Any] = yaml.safe_load(text)
    return told


def _town(community: Community, story: _Story) -> Town:
    return Town(
        slug=community.slug,
        employees=community.employees,
        departments=community.departments,
        population=community.population,
        race=story.race,
        leaves=story.leaves or {},
        unknown=story.unknown,
    )


def _staff(community: Community, story: _Story) -> tuple[Employee, ...]:
    return invent_staff(_town(community, story))


def town_answers(community: Community) -> dict[str, list[dict[str, Any]]]:
    """Everything an invented town has entered, by table id; the same every time."""
    story = _stories()[community.slug]
    town = _town(community, story)
    staff = invent_staff(town)
    moves = answers.moves_rows(staff, years=story.years, seed=town.slug)
    payroll = community.employees + (3 if story.faults else 0)
    form = answers.setup_row(employees=payroll, county=community.county, years=story.years, has_leavers=story.years > 0)
    rows = {
        "hr1_setup": [answers.facts(form)],
        "hr1_roster": answers.roster_rows(staff, leavers=story.years > 0),
        "hr1_grid": answers.grid_rows(staff),
        "hr1_moves": moves,
        "hr1_flow": answers.flow_rows(staff, moves, years=story.years),
        "hr1_avail": answers.availability_rows(town, staff),
        "hr1_words": [_words(community.slug)],
    }
    entered = {table: rows[table] for table in rows if table.removeprefix("hr1_") in story.enters}
    return {table: answers.with_faults(table, found) for table, found in entered.items()} if story.faults else entered


def _words(slug: str) -> dict[str, Any]:
    asked = {column.name for column in registry.table("hr1_words").columns}
    return {prompt: text for prompt, text in _content("words").get(slug, {}).items() if prompt in asked and text}


def _fill(store: Store, cohort: Cohort, community: Community) -> None:
    first, second = (store.community(community.slug, author=person.username) for person in community.participants)
    if first.last_seq():  # a shared database may hold the demonstration already
        return
    entered = town_answers(community)
    for place, (table, rows) in enumerate(entered.items()):
        _enter(second if place % 2 else first, table, rows)
    story = _stories()[community.slug]
    for number in range(story.submitted):
        if number:
            _enter(
                first,
                "hr1_words",
                [{"surprise": "We looked again with the fire chief. It is the town, and half of it is one retirement year."}],
            )
        second.submit(
            CYCLE,
            tables=_tables(cohort),
            note="For our session." if not number else "With one answer changed.",
            key=f"demo-{number}",
        )


def _enter(handle: Handle, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if registry.table(table).single:
        # a form has one record, under the name every page gives it
        seen = {record.id: record for record in handle.read(table)}.get("one")
        versions = {name: cell.version for name, cell in seen.cells.items()} if seen else {}
        edits = [
            Edit(table, "one", name, value, expected=versions.get(name, 0), key=secrets.token_hex(8))
            for row in rows
            for name, value in row.items()
        ]
        handle.write(edits)
        return
    source: Source = "imported" if table == "hr1_roster" else "pasted"
    handle.add_rows(table, rows, replace=False, source=source, batch=secrets.token_hex(6))


def _tables(cohort: Cohort) -> tuple[str, ...]:
    return registry.tables_of(cohort.cycle(CYCLE).outcomes)
