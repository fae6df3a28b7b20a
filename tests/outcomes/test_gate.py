"""The self-check sees what is there, and nothing else."""

from __future__ import annotations

import pytest

from equitybook.findings import Finding, Shown
from equitybook.flags import Flag, Flagged
from equitybook.outcomes import outcome
from equitybook.outcomes.content import DoneRule
from equitybook.outcomes.gate import self_check

SHOWN = Shown("Headcount", ("What", "People"), (("On the list", "112"),), "lr")
HEADCOUNT = Finding("HR1.headcount", "HR1.headcount", "Headcount", "112 people.", SHOWN)


def done(tables=None, findings=()):
    return {one.id: one.done for one in self_check(outcome("HR1").guide, tables or {}, findings)}


def test_nothing_is_done_in_an_empty_workbook():
    assert set(done().values()) == {False}


def test_a_filled_cell_is_seen_and_an_empty_one_is_not():
    assert done({"hr1_setup": [{"benchmark_geography": "Cook County", "benchmark_source": ""}]})["area_named"]
    assert not done({"hr1_setup": [{"benchmark_geography": "Cook County", "benchmark_source": ""}]})["source_named"]


def test_a_headcount_that_disagrees_with_payroll_is_not_done():
    wrong = Finding(
        "HR1.headcount", "HR1.headcount", "Headcount", "113 people.", SHOWN, flags=(Flagged(Flag.DATA_QUALITY, "HR1.headcount"),)
    )
    payroll = {"hr1_setup": [{"payroll_headcount": 112}]}
    assert done(payroll, findings=[HEADCOUNT])["headcount_reconciles"]
    assert not done(payroll, findings=[wrong])["headcount_reconciles"]
    assert not done(findings=[HEADCOUNT])["headcount_reconciles"], "without a payroll total nothing is reconciled"


@pytest.mark.parametrize(
    ("rule", "met"),
    [
        ({"at_least": 2, "where": [{"field": "retired_on", "filled": False}]}, True),
        ({"at_least": 3, "where": [{"field": "retired_on", "filled": False}]}, False),
        ({"at_least": 2, "at_most": 2}, False),
        ({"at_most": 0, "where": [{"field": "due", "day": False}]}, False),
        ({"at_most": 2, "where": [{"field": "due", "day": False}]}, True),
        ({"at_least": 1, "where": [{"field": "due", "day": True}, {"field": "by", "filled": True}]}, True),
        ({"at_most": 0, "where": [{"field": "name", "one_of": ["D"]}]}, True),
    ],
)
def test_rows_are_counted_by_what_they_hold_and_what_they_do_not(rule, met):
    rows = [
        {"name": "A", "retired_on": None, "due": "2027-01-10", "by": ["language"]},
        {"name": "B", "retired_on": "", "due": "soon", "by": []},
        {"name": "C", "retired_on": "2026-12-01"},
        {"name": "", "retired_on": None},
    ]
    guide = outcome("HR1").guide
    line = DoneRule.model_validate({"id": "some", "text": "Some.", "rule": {"rows": {"table": "hr1_flow", **rule}}})
    [found] = self_check(guide.model_copy(update={"done": (line,)}), {"hr1_flow": rows}, ())
    assert found.done is met


def test_reflections_are_done_when_all_three_are_written():
    words = {"surprise": "Retirements.", "harshest_critic": "Residents.", "other_explanations": "The shift plan, the commute."}
    assert done({"hr1_words": [words]})["reflected"]
    assert not done({"hr1_words": [{**words, "surprise": ""}]})["reflected"]


def test_a_finding_with_nothing_to_show_is_not_done():
    assert not done(findings=[Finding("HR1.headcount", "HR1.headcount", "Headcount", empty="Upload a list.")])[
        "headcount_reconciles"
    ]


@pytest.mark.parametrize(
    "tables",
    [
        {"hr1_setup": [{"period_start": "2023-07-01", "period_end": "2026-06-30"}]},
        {"hr1_flow": [{"period": "2023-24"}, {"period": "2024-25"}, {"period": "2025-26"}, {"period": "2025-26"}]},
        {"hr1_words": [{"years_reason": "The old system was switched off in 2025."}]},
    ],
)
def test_three_years_are_three_years_or_a_reason(tables):
    assert done(tables)["three_years"]


@pytest.mark.parametrize(
    "tables",
    [
        {"hr1_setup": [{"period_start": "2024-07-01", "period_end": "2026-06-30"}]},
        {"hr1_setup": [{"period_start": "some day", "period_end": "2026-06-30"}]},
        {"hr1_flow": [{"period": "2024-25"}, {"period": "2025-26"}]},
    ],
)
def test_two_years_or_no_dates_are_not_three_years(tables):
    assert not done(tables)["three_years"]
