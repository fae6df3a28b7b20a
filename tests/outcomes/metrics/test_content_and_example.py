"""The worked example is valid, meets every line of the self-check, and each line notices when its part is gone."""

from __future__ import annotations

import pytest

from equitybook.codebook import check_table
from equitybook.outcomes.gate import self_check
from tests.outcomes.metrics.town import PM2, example, measure, numbered

PLAN = {"baseline_plan": "From the January log", "baseline_due": "2027-01-10"}


def retire(measure) -> None:
    measure["retired_on"] = "2026-12-01"


def done(records) -> dict[str, bool]:
    return {one.id: one.done for one in self_check(PM2.guide, records, PM2.present(measure(**records)))}


def test_no_row_of_the_example_has_anything_to_check():
    records = example()
    for row in (*PM2.tables, *PM2.reads):
        assert not check_table(row.table, numbered(records, row.table.id)), row.table.id


def test_the_example_names_only_tables_and_columns_there_are():
    known = {row.table.id: {column.name for column in row.table.columns} for row in (*PM2.tables, *PM2.reads)}
    for table_id, rows in example().items():
        for one in rows:
            assert set(one) <= known[table_id]


def test_the_example_is_done_and_an_empty_workbook_is_not():
    assert set(done(example()).values()) == {True}
    assert set(done({}).values()) == {False}


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("three_measures", lambda r: r["measures"].pop()),
        ("how_well", lambda r: [one.update(rba="HOW_MUCH") for one in r["measures"]]),
        ("better_off", lambda r: [one.update(rba="HOW_MUCH") for one in r["measures"]]),
        ("by_group", lambda r: [one.pop("disaggregate_by") for one in r["measures"]]),
        ("in_words", lambda r: r["measures"][1].pop("denominator_def")),
        ("values_fit", lambda r: r["pm2_values"][3].update(numerator=999)),
        ("three_measures", lambda r: retire(r["measures"][2])),
        ("how_well", lambda r: [retire(one) for one in r["measures"][:2]]),
        ("better_off", lambda r: retire(r["measures"][2])),
        ("by_group", lambda r: [one.pop("disaggregate_by") if at else retire(one) for at, one in enumerate(r["measures"])]),
        ("one_baseline_locked", lambda r: [one.update(baseline_locked_on=None, **PLAN) for one in r["measures"]]),
        ("one_baseline_locked", lambda r: [retire(one) for one in r["measures"][:2]]),
        ("every_baseline", lambda r: r["measures"][0].update(baseline_locked_on=None)),
        ("every_baseline", lambda r: r["measures"][2].update(baseline_plan="")),
        ("every_baseline", lambda r: r["measures"][2].update(baseline_due=None)),
        ("every_baseline", lambda r: r["measures"][2].update(baseline_due="soon")),
        ("causes", lambda r: r["story"].pop(2)),
        ("targets_fit", lambda r: r["measures"][0].update(target_note="Hire 5 Hispanic officers")),
        ("targets_fit", lambda r: r["measures"][1].update(name="Hispanic officers among new hires")),
        ("targets_fit", lambda r: r["measures"][1].update(direction="MAINTAIN")),
        ("reflected", lambda r: r["pm2_words"][0].pop("who_picked")),
    ],
)
def test_each_line_notices_when_its_part_is_gone(line, change):
    records = example()
    change(records)
    assert not done(records)[line]


def test_a_retired_measure_is_no_part_of_the_check():
    records = example()
    records["measures"].append({"measure_id": "M4", "name": "Forms translated", "retired_on": "2026-12-01"})
    assert set(done(records).values()) == {True}


def test_a_measure_that_should_stay_where_it_is_is_a_target_by_its_tolerance():
    records = example()
    for one in records["measures"]:
        for name in [name for name in one if name.startswith("target_")]:
            del one[name]
    assert not done(records)["targets_fit"]
    records["measures"][1].update(direction="MAINTAIN", tolerance=3)
    assert done(records)["targets_fit"]


def test_data_that_are_asked_for_count_for_the_baseline_step():
    lines = {one.id: one for one in self_check(PM2.guide, {}, [], requested={"baseline"})}
    assert lines["one_baseline_locked"].requested
    assert lines["every_baseline"].requested
    assert lines["values_fit"].requested
    assert not lines["three_measures"].done


def test_every_prompt_is_asked_in_exactly_one_step():
    asked = [name for step in PM2.guide.steps for name in step.prompts]
    assert sorted(asked) == sorted(prompt.id for prompt in PM2.guide.prompts)


def test_every_step_names_findings_that_are_made():
    made = {one.id for one in PM2.present(measure())}
    assert {name for step in PM2.guide.steps for name in step.findings} == made


def test_the_words_are_calm():
    text = PM2.content.read_text(encoding="utf-8").lower()
    for word in ("violation", "compliant", "guilty", "!"):
        assert word not in text
