"""The demonstration cohort: fourteen invented towns, each with invented answers at a different stage of cycles 1 and 2."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path

from equitybook.demo.fill import CYCLE, Clock, fill_town
from equitybook.demo.sign_ins import open_accounts, write_sign_ins
from equitybook.demo.spreadsheet import write_practice_roster
from equitybook.demo.towns import staff_of
from equitybook.errors import ConfigError
from equitybook.program import Cohort
from equitybook.program.scaffold import cycle_dates, training_day_before, write_cohort_file
from equitybook.store import Store

PRACTICE_FILE = "try-this-roster.xlsx"

Progress = Callable[[str, int, int], None]
"""Called before each town with its name, how many are done, and how many there are."""


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
        yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
        clock = Clock(yesterday)
        with Store.of(made, cohort.database_url, clock=clock) as store:
            store.migrate()
            open_accounts(store, write_sign_ins(cohort), renew=True)
            for number, community in enumerate(cohort.communities):
                if on_progress:
                    on_progress(community.name, number, len(cohort.communities))
                fill_town(store, cohort, community, clock, yesterday=yesterday)
        write_practice_roster(made / PRACTICE_FILE, staff_of(cohort.communities[0]))
        if folder.exists():
            folder.rmdir()
        made.rename(folder)
    return Cohort.read(folder)
