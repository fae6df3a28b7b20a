"""A new cohort's file reads well and has six cycles in order."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitybook.errors import ConfigError
from equitybook.program import LEARNING_OUTCOMES, Cohort, Level, remarks
from equitybook.program.scaffold import cycle_dates, training_day_before, write_cohort_file

WORDS = {"name": "spring", "title": 'The "Spring" Cohort', **cycle_dates(dt.date(2026, 1, 6))}


def test_a_new_cohort_reads_and_covers_every_outcome(tmp_path):
    write_cohort_file(tmp_path / "spring", template="cohort.toml", words=WORDS)
    cohort = Cohort.read(tmp_path / "spring")
    assert cohort.title == 'The "Spring" Cohort'
    assert sorted(code for cycle in cohort.cycles for code in cycle.outcomes) == sorted(LEARNING_OUTCOMES)


def test_a_new_cohort_is_not_ready_until_its_people_are_confirmed(tmp_path):
    write_cohort_file(tmp_path, template="cohort.toml", words=WORDS)
    assert [one.level for one in remarks(Cohort.read(tmp_path))].count(Level.ERROR) == 2


def test_a_cohort_file_is_never_overwritten(tmp_path):
    path = write_cohort_file(tmp_path, template="cohort.toml", words=WORDS)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match="already holds a cohort"):
        write_cohort_file(tmp_path, template="cohort.toml", words=WORDS)
    assert path.read_text(encoding="utf-8") == "mine"


@given(st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2040, 1, 1)))
def test_the_open_cycle_is_always_in_its_first_week_of_work(day):
    dates = cycle_dates(training_day_before(day, open_cycle=2))
    start = dt.date.fromisoformat(dates["work_from_2"])
    assert start <= day <= start + dt.timedelta(days=6)
    assert dt.date.fromisoformat(dates["due_2"]) - day >= dt.timedelta(days=7)
    assert dates["due_2"] < dates["coaching_from_2"] < dates["coaching_to_2"] < dates["training_day_3"]
