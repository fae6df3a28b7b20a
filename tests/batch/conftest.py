"""Three towns with a store of their own, and small notebooks to run for them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from equitybook.program import Cohort
from equitybook.program.scaffold import cycle_dates
from equitybook.store import Store

NOTEBOOKS = Path(__file__).parent / "notebooks"
TOWNS = {"prairie-glen": "Prairie Glen", "bluestem": "Bluestem", "walnut-ferry": "Walnut Ferry"}


def cohort_toml() -> str:
    dates = cycle_dates(dt.date(2026, 10, 20), cycles=2)
    lines = ['[cohort]\nname = "three"\ntitle = "Three Towns"']
    for slug, name in TOWNS.items():
        lines.append(f'[[communities]]\nslug = "{slug}"\nname = "{name}"\ncounty = "Kane"\npopulation = 9000\nemployees = 60')
    for number, slug, code in ((1, "cycle_1_charter_team_data", "PM1"), (2, "cycle_2_measures_workforce", "HR1")):
        days = "\n".join(f"{name.rpartition('_')[0]} = {day}" for name, day in dates.items() if name.endswith(f"_{number}"))
        lines.append(f'[[cycles]]\nnumber = {number}\nslug = "{slug}"\ntitle = "Cycle {number}"\noutcomes = ["{code}"]\n{days}')
    return "\n\n".join(lines)


@pytest.fixture
def cohort(tmp_path) -> Cohort:
    folder = tmp_path / "three {towns}"  # papermill would fill in the braces
    folder.mkdir()
    (folder / "cohort.toml").write_text(cohort_toml(), encoding="utf-8")
    return Cohort.read(folder)


@pytest.fixture
def store(cohort):
    with Store.of(cohort.folder, url=cohort.database_url) as opened:
        opened.migrate()
        rows = [{"department": "Police", "n": 3}, {"department": "Finance", "n": 2}]
        opened.community("prairie-glen", author="maria").add_rows("hr1_grid", rows, replace=False, source="typed", batch="first")
        yield opened


@pytest.fixture
def notebook():
    def path(name: str) -> Path:
        return NOTEBOOKS / f"{name}.ipynb"

    return path
