"""Which targets are a quota, by their words or by what is counted, and which name a process, an outreach or a gap."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equitybook.charter.quota_words import marked
from equitybook.charter.quotas import quota_reason, target_quota
from equitybook.charter.tables import Measures
from equitybook.codebook.categories import RACE, SEX
from equitybook.codebook.check import check_table

QUOTAS = """\
Hire 3 Black officers by 2028
At least 20 percent of new hires will be women
Half of all promotions to go to women
20 women hired by 2027
Recruit five Latino firefighters from the applicant pool
fill one third of positions with minorities: promote ten people of color
a quota for the fire department
quotas for women
No fewer than four Hispanic police officers
Reserve 2 positions for Black applicants
Set aside five openings for minority candidates
Increase the number of Black officers from 3 to 6
Raise the share of women in the police department to 30 %
Bring women to 25 % of firefighters
Double the number of women firefighters
Women make up half of all hires
Women hold 40 % of supervisor positions by 2030
Black and Latino officers make up 30 percent of the force
Hire eleven women
Hire 12 Blacks
Hire four AAPI dispatchers
Hire 2 Pacific Islanders
Hire two American Indian staff
Hire 3 disabled people
Employ 10 people with disabilities
Hire two more Middle Eastern or North African clerks
Hire 5 women and train them
Appoint one Native Hawaiian manager
Promote two Latinas to sergeant
Recruit a dozen women firefighters
15 Black employees by 2028
Ten officers of color by 2029
A minimum of 2 Latinos in each recruit class
Twenty percent of officers are to be Black
Our next 3 hires will be Black
Fill half of the openings with women by 2028
women: 50 % of promotions
Every third hire a woman
Every other promotion goes to a Black officer
Each second opening to be filled by women
One in three new officers is Latino
Make 25 percent of our officers people of color
Have a third of the firefighters be women
""".splitlines()

FINE = """\
Raise Hispanic applicants to 20 % of the pool
Recruit ten Black applicants a year
Raise the share of women among applicants to 30 %
Applications from women rise by a third
Two women on the interview panel
Two women on every hiring panel
Reserve two seats on the interview panel for women
Close the gap between groups by half
Cut the promotion gap between women and men from 12 to 6 points
No quota: we post every opening at three more places
Quota-free outreach: no quotas
We set no quotas for women or anybody else
This is not a quota
As fast as for applications in English today, within two budget years
Wait times for Spanish speakers fall to 18 days
Women and men wait 30 days between jobs
Turnover in the first year falls from 24 % to 15 % for every group
Cut the turnover of Black officers from 20 to 10 %
At least 80 % of women officers are still here after two years
Promotion rate of Black officers within 5 points of everybody else's
Serve 200 Hispanic residents a year
40 Black residents served at the counter
Serve 50 more disabled people at the counter
Answer half of the calls from Latino residents in Spanish
Hire two Spanish-speaking clerks
Employ one bilingual clerk, two mornings a week
Hire one liaison to Black residents
Hire one outreach worker to visit five Black churches
Hire through the same three steps for men and women
Promote one standard for women and men
Hold three job fairs for Black residents
Reach five Black churches and three Latino radio stations with every posting
Two officers visit Black churches each month
Interview 15 Black employees about their first year
12 exit interviews with women officers a year
Ask every new hire, ten women among them
Mentors for ten women officers
Half of vendors are women-owned firms
Add two white boards at the counter
By 2028 Black officers know of every opening
Women are told of all 12 openings
Staff answer half of the calls from women
Every third hire comes from the new postings
Every other officer meets Black residents once a month
Every new hire, woman or man, has a mentor
Make the interview the same for women and men
Make 25 percent of our forms readable for people with disabilities
See 20 percent of calls from Latino residents answered in Spanish
""".splitlines()

COUNT = {"measure_id": "M1", "unit": "count", "direction": "UP", "target_value": 6}
PCT = {**COUNT, "unit": "pct", "target_value": 40}

COUNTED = [
    {**COUNT, "name": "Black police officers"},
    {**COUNT, "name": "Number of Hispanic firefighters"},
    {**COUNT, "name": "Women in the police department"},
    {**COUNT, "name": "Employees with a disability"},
    {**COUNT, "name": "Asian or Pacific Islander staff"},
    {**COUNT, "name": "Full-time Latino staff by department"},
    {**PCT, "name": "Share of women among new hires"},
    {**PCT, "name": "Percentage of women officers"},
    {**PCT, "name": "Women in leadership positions"},
    {**PCT, "name": "Female share of the workforce"},
    {**PCT, "name": "New hires who are women"},
    {**PCT, "name": "Staff of color"},
    {**PCT, "name": "Women promoted", "denominator_def": "All promotions of the year"},
    {**PCT, "name": "Who we hire", "numerator_def": "People of color hired", "denominator_def": "People hired"},
    {**COUNT, "name": "Women officers", "direction": "MAINTAIN", "target_value": None, "tolerance": 2},
]

NOT_COUNTED = [
    {**COUNT, "name": "Black police officers", "target_value": None},
    {**COUNT, "name": "Hispanic residents served"},
    {**COUNT, "name": "Women applicants for police officer"},
    {**COUNT, "name": "Complaints by Black officers"},
    {**COUNT, "name": "Stops of Black drivers by officers"},
    {**COUNT, "name": "Days Black applicants wait"},
    {**COUNT, "name": "Spanish-speaking staff at the counter"},
    {**COUNT, "name": "Minority-owned vendors"},
    {**COUNT, "name": "Women officers trained as mentors"},
    {**COUNT, "name": "Latino families enrolled in recreation"},
    {**COUNT, "name": "Wait times for Spanish speakers", "unit": "days"},
    {**COUNT, "name": "Ratio of women to men among supervisors", "unit": "ratio"},
    {**PCT, "name": "Applicants in the pool who are Black"},
    {**PCT, "name": "Women among applicants"},
    {**PCT, "name": "Turnover of Black officers"},
    {**PCT, "name": "Women officers still here after a year"},
    {**PCT, "name": "Black officers who knew of the last opening"},
    {**PCT, "name": "Gap between women and men in promotion"},
    {**PCT, "name": "Hiring panels with two women or more", "numerator_def": "Panels with at least two women"},
    {**PCT, "name": "Women promoted", "denominator_def": "Women officers who could be promoted"},
    {**PCT, "name": "Employees with a disability who have what they asked for"},
    {**PCT, "name": "Positions posted at Black churches"},
]


@pytest.mark.parametrize("words", QUOTAS)
def test_a_number_of_people_of_one_group_is_a_quota(words: str):
    reason = quota_reason(words)
    assert "cannot be a target here" in reason
    assert "Aim at the process" in reason


@pytest.mark.parametrize("words", [*FINE, "", None])
def test_a_process_an_outreach_or_a_gap_is_no_quota(words: str | None):
    assert quota_reason(words) == ""


@pytest.mark.parametrize("measure", COUNTED, ids=lambda one: one["name"])
def test_a_target_for_how_many_of_the_staff_belong_to_one_group_is_a_quota(measure: dict):
    assert quota_reason(measure["name"], measure.get("numerator_def")) == "", "its words alone set nothing"
    assert "cannot be a target here" in target_quota(measure)


@pytest.mark.parametrize("measure", NOT_COUNTED, ids=lambda one: one["name"])
def test_a_target_for_residents_applicants_or_what_happens_to_staff_is_no_quota(measure: dict):
    assert target_quota(measure) == ""


@pytest.mark.parametrize(
    "label", [label for one in (RACE, SEX) for code, label in one.labels.items() if code not in {"TWO", "OTHER", "UNK"}]
)
def test_every_group_of_the_codebook_is_known_by_its_own_words(label: str):
    assert quota_reason(f"Hire 3 {label.partition(' (')[0]} officers by 2028")


@settings(deadline=None)  # the first example also makes the patterns
@given(st.text(alphabet="abc women12% of.;,-'’\n", max_size=200), st.integers(1, 40))
def test_any_words_are_read_and_a_longer_text_loses_no_quota(text: str, times: int):
    marked(text * times)
    assert quota_reason(text, "Hire 3 Black officers.")


def test_a_quota_target_is_kept_as_typed_and_marked():
    row = {"measure_id": "M1", "name": "Staff", "target_note": "Hire 3 Black officers"}
    [marks] = [one for one in check_table(Measures.table, [("r1", row)]) if one.field == "target_note"]
    assert "“Hire 3 Black officers”" in marks.text


def test_a_counted_quota_is_marked_at_the_target_and_names_what_is_counted():
    row = {**COUNT, "name": "Black police officers", "target_rationale": "trend"}
    [marks] = [one for one in check_table(Measures.table, [("r1", row)]) if one.field == "target_value"]
    assert "A target for “Black police officers” sets a number" in marks.text
