"""A cohort answers who, where and when."""

from __future__ import annotations

import datetime as dt

import pytest

from equitybook.errors import ConfigError
from equitybook.program import Cohort, attendance


@pytest.fixture
def cohort(cohort_file) -> Cohort:
    return Cohort.read(cohort_file())


def test_a_participant_may_open_their_own_community_only(cohort):
    maria = cohort.person("maria")
    assert (maria.role, maria.community, maria.communities) == ("participant", "prairie-glen", ("prairie-glen",))


def test_a_lead_may_open_every_community(cohort):
    assert [town.slug for town in cohort.communities_of("lena")] == [town.slug for town in cohort.communities]


def test_everybody_who_signs_in_is_listed_once(cohort):
    assert [person.username for person in cohort.people] == ["maria", "ana", "grace", "lena"]


def test_asking_for_an_unknown_person_does_not_list_the_others(cohort):
    with pytest.raises(ConfigError) as caught:
        cohort.person("mary")
    assert "maria" not in str(caught.value)


def test_an_unknown_community_or_cycle_says_what_there_is(cohort):
    with pytest.raises(ConfigError, match='Did you mean "prairie-glen"'):
        cohort.community("prairieglen")
    with pytest.raises(ConfigError, match="There are: 1, 2"):
        cohort.cycle(7)


def test_a_workbook_lies_in_its_community_s_folder(cohort):
    path = cohort.workbook_path("prairie-glen", 2)
    assert path.relative_to(cohort.folder).as_posix() == "workbooks/prairie-glen/cycle_2_measures_workforce.ipynb"


def test_no_workbook_path_is_made_from_an_unknown_name(cohort):
    with pytest.raises(ConfigError):
        cohort.workbook_path("../../etc", 2)


def test_the_answers_are_in_the_folder_unless_the_environment_says_otherwise(cohort, monkeypatch):
    monkeypatch.delenv("EQUITYBOOK_DATABASE_URL", raising=False)
    assert cohort.database_url == f"sqlite:///{cohort.folder}/equitybook.sqlite"
    monkeypatch.setenv("EQUITYBOOK_DATABASE_URL", "postgresql+psycopg://towns@db/answers")
    assert cohort.database_url == "postgresql+psycopg://towns@db/answers"


@pytest.mark.parametrize(
    ("day", "number"),
    [(dt.date(2026, 9, 1), 1), (dt.date(2026, 11, 16), 1), (dt.date(2026, 11, 17), 2), (dt.date(2027, 6, 1), 2)],
)
def test_a_day_belongs_to_the_last_cycle_that_has_begun(cohort, day, number):
    assert cohort.cycle_on(day).number == number


def test_the_map_from_outcome_to_cycle_comes_from_the_file(cohort):
    assert cohort.cycle_of("HR1") == cohort.cycle(2)
    assert cohort.cycle_of("FM1") is None


def test_attendance_is_told_person_by_person(cohort):
    training = attendance(cohort, cycle=1, community="prairie-glen")[:2]
    assert [(one.username, one.present) for one in training] == [("maria", True), ("ana", False)]


def test_a_session_nobody_recorded_yet_says_neither_yes_nor_no(cohort):
    assert {one.present for one in attendance(cohort) if one.kind == "coaching"} == {None}
