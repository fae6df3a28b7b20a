"""cohort.toml is read, or the sentence says which file, key and value is wrong and what would be right."""

from __future__ import annotations

import pytest

from equitybook.errors import ConfigError
from equitybook.program import Cohort, read_problems
from equitybook.program.learning_outcomes import LEARNING_OUTCOMES


def message(folder) -> str:
    with pytest.raises(ConfigError) as caught:
        Cohort.read(folder)
    return str(caught.value)


def test_a_missing_file_says_how_to_make_one(tmp_path):
    assert "equitybook init" in message(tmp_path)


def test_a_file_that_is_not_toml_says_where(cohort_file):
    said = message(cohort_file('name = "autumn"', "name = autumn"))
    assert "cohort.toml" in said
    assert "line 3" in said


def test_a_file_in_another_encoding_asks_for_utf8(tmp_path):
    (tmp_path / "cohort.toml").write_bytes('title = "Año"'.encode("latin-1"))
    assert "UTF-8" in message(tmp_path)


def test_a_mistyped_key_names_its_place_and_the_key_that_was_meant(cohort_file):
    said = message(cohort_file("population =", "populaton ="))
    assert 'key "communities.prairie-glen.populaton"' in said
    assert 'Did you mean "population"?' in said


def test_a_missing_key_shows_an_example_of_it(cohort_file):
    said = message(cohort_file("employees = 112\n", ""))
    assert 'key "communities.prairie-glen.employees"' in said
    assert "employees = 112" in said


def test_a_wrong_value_is_quoted_with_what_would_be_right(cohort_file):
    said = message(cohort_file("population = 18400", 'population = "18,400"'))
    assert "'18,400'" in said
    assert "without commas" in said


def test_a_value_outside_a_list_names_the_nearest_one(cohort_file):
    said = message(cohort_file('kind = "training"', 'kind = "trainings"'))
    assert 'key "sessions[1].kind"' in said
    assert 'Did you mean "training"?' in said


def test_a_participant_is_named_by_user_name(cohort_file):
    said = message(cohort_file("senior = true", 'senior = "perhaps"', count=1))
    assert 'key "communities.prairie-glen.participants.maria.senior"' in said
    assert "senior = true" in said


def test_a_slug_that_would_leave_its_folder_is_refused(cohort_file):
    assert "Small letters, digits and hyphens" in message(cohort_file('slug = "prairie-glen"', 'slug = "../elsewhere"'))


def test_an_unknown_outcome_in_a_cycle_is_told_with_the_nearest_one(cohort_file):
    said = message(cohort_file('"HR1"]', '"HR7"]'))
    assert 'key "cycles.2.outcomes"' in said
    assert 'Did you mean "HR' in said


def test_an_outcome_stands_in_one_cycle_only(cohort_file):
    assert "already in cycle 1" in message(cohort_file('"HR1"]', '"IC1"]'))


def test_a_coach_of_an_unknown_community_is_told(cohort_file):
    said = message(cohort_file('communities = ["prairie-glen"]\n\n[[leads]]', 'communities = ["prairie-glenn"]\n\n[[leads]]'))
    assert 'key "coaches.grace.communities"' in said
    assert 'Did you mean "prairie-glen"?' in said


def test_two_people_cannot_share_a_user_name(cohort_file):
    assert "used 2 times" in message(cohort_file('username = "ana"', 'username = "grace"'))


def test_work_that_is_due_before_it_starts_is_told(cohort_file):
    said = message(cohort_file("due = 2026-12-01", "due = 2026-11-01"))
    assert 'key "cycles.2.due"' in said
    assert "work_from (2026-11-18)" in said


def test_coaching_on_the_day_work_is_due_is_told(cohort_file):
    assert 'key "cycles.2.coaching_from"' in message(cohort_file("coaching_from = 2026-12-07", "coaching_from = 2026-12-01"))


def test_a_cycle_cannot_start_before_the_one_before_ends(cohort_file):
    said = message(cohort_file("coaching_to = 2026-11-13", "coaching_to = 2026-11-20"))
    assert "Cycle 2 starts before cycle 1 ends" in said


def test_only_people_invited_to_a_session_can_have_been_there(cohort_file):
    said = message(cohort_file('present = ["maria"]', 'present = ["mario"]'))
    assert 'Did you mean "maria"?' in said


def test_an_unknown_time_zone_is_told(cohort_file):
    assert "America/Chicago" in message(cohort_file('title = "Autumn Cohort"', 'title = "Autumn"\ntime_zone = "Mars/North"'))


def test_all_problems_are_listed_and_the_first_is_raised(cohort_file):
    folder = cohort_file("population = 18400\nemployees = 112", 'population = 0\nemployees = "many"')
    assert len(read_problems(folder / "cohort.toml")) == 2
    assert "There is more to correct (1): equitybook check lists it." in message(folder)


def test_the_programme_has_thirteen_learning_outcomes():
    assert len(LEARNING_OUTCOMES) == 13
