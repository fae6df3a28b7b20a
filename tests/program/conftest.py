"""A small, valid cohort file that a test changes in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

COHORT = """
[cohort]
name = "autumn"
title = "Autumn Cohort"

[[communities]]
slug = "prairie-glen"
name = "Prairie Glen"
county = "Kane"
population = 18400
employees = 112

[[communities.participants]]
username = "maria"
name = "Maria Delgado"
title = "Director of Human Resources"
department = "HR"
entity = "Village of Prairie Glen"
senior = true

[[communities.participants]]
username = "ana"
name = "Ana Petrov"
title = "Police Commander"
department = "Police"
entity = "Village of Prairie Glen"
senior = true

[[coaches]]
username = "grace"
name = "Grace Whitfield"
communities = ["prairie-glen"]

[[leads]]
username = "lena"
name = "Lena Fairbanks"

[[cycles]]
number = 1
slug = "cycle_1_charter_team_data"
title = "Charter, Team and Data"
outcomes = ["IC1", "PM1"]
training_day = 2026-10-20
work_from = 2026-10-21
due = 2026-11-03
coaching_from = 2026-11-09
coaching_to = 2026-11-13

[[cycles]]
number = 2
slug = "cycle_2_measures_workforce"
title = "Measures and Workforce"
outcomes = ["PM2", "HR1"]
training_day = 2026-11-17
work_from = 2026-11-18
due = 2026-12-01
coaching_from = 2026-12-07
coaching_to = 2026-12-11

[[sessions]]
cycle = 1
kind = "training"
date = 2026-10-20
present = ["maria"]

[[sessions]]
cycle = 1
kind = "coaching"
date = 2026-11-10
communities = ["prairie-glen"]
led_by = ["grace"]
"""


@pytest.fixture
def cohort_file(tmp_path: Path):
    """Write the file with one text exchanged for another, and return its folder."""

    def write(old: str = "", new: str = "", *, count: int = -1) -> Path:
        assert old in COHORT, f"the cohort file does not hold {old!r}"
        (tmp_path / "cohort.toml").write_text(COHORT.replace(old, new, count) if old else COHORT, encoding="utf-8")
        return tmp_path

    return write
