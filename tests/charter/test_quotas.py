"""Which words of a target read as a quota, and which name a process, an outreach or a gap."""

from __future__ import annotations

import pytest

from equitybook.charter.quotas import quota_reason
from equitybook.charter.tables import Measures
from equitybook.codebook.check import check_table


@pytest.mark.parametrize(
    "words",
    [
        "Hire 3 Black officers by 2028",
        "At least 20 percent of new hires will be women",
        "Half of all promotions to go to women",
        "20 women hired by 2027",
        "Recruit five Latino firefighters from the applicant pool",
        "fill one third of positions with minorities: promote ten people of color",
        "a quota for the fire department",
    ],
)
def test_a_number_of_people_of_one_group_is_a_quota(words):
    reason = quota_reason(words)
    assert "cannot be a target here" in reason
    assert "Aim at the process" in reason


@pytest.mark.parametrize(
    "words",
    [
        "Raise Hispanic applicants to 20 % of the pool",
        "Recruit ten Black applicants a year",
        "Two women on the interview panel",
        "Close the gap between groups by half",
        "No quota: we post every opening at three more places",
        "As fast as for applications in English today, within two budget years",
        "Turnover in the first year falls from 24 % to 15 % for every group",
        "",
        None,
    ],
)
def test_a_process_an_outreach_or_a_gap_is_no_quota(words):
    assert quota_reason(words) == ""


def test_a_quota_target_is_kept_as_typed_and_marked():
    row = {"measure_id": "M1", "name": "Staff", "target_note": "Hire 3 Black officers"}
    [marked] = [one for one in check_table(Measures.table, [("r1", row)]) if one.field == "target_note"]
    assert "“Hire 3 Black officers”" in marked.text
