"""A new cohort's folder: cohort.toml laid out with six monthly cycles, ready to be filled in."""

from __future__ import annotations

import datetime as dt
import re
import string
from collections.abc import Mapping
from pathlib import Path

from equitybook.errors import ConfigError
from equitybook.house import templates
from equitybook.program.reading import FILE

_STEP = dt.timedelta(weeks=4)
_TUESDAY = 1


def cycle_dates(first_training: dt.date, *, cycles: int = 6) -> dict[str, str]:
    """Lay out monthly cycles from the first training day: two weeks of independent work from the next day, coaching in the fourth week.

    Returns the dates as cohort.toml writes them, by names such as ``due_2``.
    """
    dates: dict[str, str] = {}
    for number in range(1, cycles + 1):
        training = first_training + (number - 1) * _STEP
        last_monday = training + dt.timedelta(days=21 - training.weekday())
        days = {
            "training_day": training,
            "work_from": training + dt.timedelta(days=1),
            "due": training + dt.timedelta(days=14),
            "coaching_from": last_monday,
            "coaching_to": last_monday + dt.timedelta(days=4),
        }
        dates |= {f"{name}_{number}": day.isoformat() for name, day in days.items()}
    return dates


def training_day_before(day: dt.date, *, open_cycle: int) -> dt.date:
    """First training day, a Tuesday, for a programme in which ``open_cycle`` is in its first week of work on ``day``."""
    at_work = day - dt.timedelta(days=1)
    training = at_work - dt.timedelta(days=(at_work.weekday() - _TUESDAY) % 7)
    return training - (open_cycle - 1) * _STEP


def new_cohort(folder: Path, *, title: str, first_training: dt.date | None = None) -> Path:
    """Write a cohort.toml to fill in: the folder's name is the cohort's; cycles run from the first training day, by default the next Tuesday.

    Raises
    ------
    ConfigError
        If the folder already has a cohort.toml, or its name cannot be a cohort's.
    """
    name = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    if not name or not title.strip():
        problem = "A cohort needs a folder whose name has letters or digits, and a title."
        raise ConfigError(problem, fix="For example: equitybook init cohorts/autumn --title 'Autumn Cohort'.")
    today = dt.datetime.now(dt.UTC).date()
    start = first_training or today + dt.timedelta(days=(_TUESDAY - today.weekday()) % 7)
    return write_cohort_file(folder, template="cohort.toml", words={"name": name, "title": title.strip(), **cycle_dates(start)})


def write_cohort_file(folder: Path, *, template: str, words: Mapping[str, str]) -> Path:
    """Fill in one of the templates of ``templates/cohort`` and write it as the folder's cohort.toml; the folder is made private.

    Raises
    ------
    ConfigError
        If the folder already has a cohort.toml: it is never overwritten.
    """
    path = folder / FILE
    if path.exists():
        problem = f"{folder} already holds a cohort."
        raise ConfigError(
            problem, file=FILE, fix="It is left as it is. Name another folder, or change the file with a text editor."
        )
    text = (templates() / "cohort" / template).read_text(encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    quoted = {name: word.replace("\\", "\\\\").replace('"', '\\"') for name, word in words.items()}
    path.write_text(string.Template(text).substitute(quoted), encoding="utf-8")
    return path
