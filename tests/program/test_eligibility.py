"""Eligibility as the programme states it."""

from __future__ import annotations

import pytest

from equitybook.program import Cohort, Level, eligibility, remarks

POLICE = 'department = "Police"'
TOWN = "employees = 112\n"


def said(folder, level=Level.ERROR) -> list[str]:
    return [one.text for one in remarks(Cohort.read(folder)) if one.level is level]


def test_two_senior_staff_of_separate_departments_are_eligible(cohort_file):
    assert said(cohort_file()) == []
    assert said(cohort_file(), Level.FINE) == ["Prairie Glen: 2 senior staff from separate departments, HR and Police."]


def test_two_of_the_same_department_need_a_written_commitment(cohort_file):
    (text,) = said(cohort_file(POLICE, 'department = " hr "'))
    assert "both from HR" in text
    assert "written_commitment" in text


def test_a_written_commitment_makes_up_for_the_same_department(cohort_file):
    folder = cohort_file(POLICE, 'department = "HR"')
    path = folder / "cohort.toml"
    path.write_text(path.read_text().replace(TOWN, f'{TOWN}written_commitment = "Signed by the village president"\n'))
    assert said(folder) == []
    assert "with a written commitment (Signed by the village president)" in said(folder, Level.FINE)[0]


def test_the_same_department_of_separate_entities_is_eligible(cohort_file):
    folder = cohort_file(POLICE, 'department = "HR"')
    path = folder / "cohort.toml"
    path.write_text(path.read_text().replace('"Village of Prairie Glen"', '"Prairie Glen Park District"', 1))
    assert said(folder) == []
    assert "separate entities, Prairie Glen Park District and Village of Prairie Glen" in said(folder, Level.FINE)[0]


def test_staff_without_authority_to_decide_are_named(cohort_file):
    (text,) = said(cohort_file("senior = true", "senior = false", count=1))
    assert text.startswith("Maria Delgado (Director of Human Resources) of Prairie Glen")


@pytest.mark.parametrize(
    ("line", "words"),
    [('state = "Indiana"\n', "is in Indiana"), ('entity_type = "Library"\n', "is entered as Library")],
)
def test_only_illinois_municipalities_take_part(cohort_file, line, words):
    (text,) = said(cohort_file(TOWN, TOWN + line))
    assert words in text


def test_one_participant_is_not_enough_and_three_are_a_question(cohort_file):
    town = Cohort.read(cohort_file()).communities[0]
    alone = town.model_copy(update={"participants": town.participants[:1]})
    three = town.model_copy(update={"participants": (*town.participants, town.participants[0])})
    assert [one.level for one in eligibility(alone)] == [Level.ERROR]
    assert [one.level for one in eligibility(three)] == [Level.ASK, Level.FINE]


def test_a_community_without_a_coach_is_told(cohort_file):
    folder = cohort_file('[[coaches]]\nusername = "grace"\nname = "Grace Whitfield"\ncommunities = ["prairie-glen"]\n', "")
    path = folder / "cohort.toml"
    path.write_text(path.read_text().replace('led_by = ["grace"]', ""))
    assert said(folder) == ['Prairie Glen has no coach. Add "prairie-glen" to a coach\'s communities.']


def test_outcomes_no_cycle_works_on_are_asked_about(cohort_file):
    assert any("No cycle works on PM3, PM4" in text for text in said(cohort_file(), Level.ASK))


def test_a_coaching_session_outside_its_week_is_asked_about(cohort_file):
    assert any(
        "outside the coaching week" in text for text in said(cohort_file("date = 2026-11-10", "date = 2026-11-20"), Level.ASK)
    )
