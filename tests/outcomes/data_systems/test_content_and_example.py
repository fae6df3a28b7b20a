"""The words of the room, its self-check, and Prairie Glen's worked example, which passes it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from equitybook.codebook.check import check_table
from equitybook.codebook.frames import frame
from equitybook.outcomes.gate import self_check
from equitybook.outcomes.performance_management.data_systems import OUTCOME
from equitybook.outcomes.registry import Context
from tests.outcomes.data_systems.inventory_of import data_set

GUIDE = OUTCOME.guide
OF_THE_PROJECT: dict[str, list[dict[str, Any]]] = {
    "measures": [{"measure_id": "M1", "name": "Days to a permit", "dataset_id": "D1", "disaggregate_by": ["language"]}],
    "profile": [{"municipality": "Prairie Glen", "employees_total": 112}],
}


def checks(tables: dict[str, Any], *, requested: tuple[str, ...] = ()) -> dict[str, bool]:
    rows = (*OUTCOME.tables, *OUTCOME.reads)
    frames = {
        row.table.id: frame(row.table, [(str(at), one) for at, one in enumerate(tables.get(row.table.id, []))]) for row in rows
    }
    found = OUTCOME.present(OUTCOME.measure(frames, Context("Prairie Glen", dt.date(2026, 11, 22))))
    return {one.id: one.done for one in self_check(GUIDE, tables, found, requested=requested)}


def whole() -> dict[str, Any]:
    return {**OF_THE_PROJECT, **{name: [dict(row) for row in rows] for name, rows in OUTCOME.example.items()}}


def test_every_row_of_the_example_is_in_order():
    declared = {row.table.id: row.table for row in OUTCOME.tables}
    assert set(OUTCOME.example) == set(declared)
    for name, rows in OUTCOME.example.items():
        assert check_table(declared[name], [(str(at), row) for at, row in enumerate(rows)]) == ()


def test_the_example_passes_the_self_check():
    assert set(checks(whole()).values()) == {True}


def test_an_empty_workbook_passes_nothing():
    assert set(checks({}).values()) == {False}


def test_four_data_sets_are_enough_where_they_are_all_there_are():
    tables = whole()
    tables["pm1_datasets"] = tables["pm1_datasets"][:4]
    assert not checks(tables)["five_data_sets"]
    tables["pm1_notice"][0]["all_in_scope"] = True
    assert checks(tables)["five_data_sets"]
    assert not checks({**tables, "pm1_datasets": []})["five_data_sets"]


@pytest.mark.parametrize(
    ("check", "table", "change"),
    [
        ("steward_named", "pm1_datasets", {"steward_role": None}),
        ("fields_agree", "pm1_fields", {"asked": True, "n_asked": 9, "n_usable": 10}),
        ("notice_written", "pm1_notice", {"voluntary": ""}),
        ("reflected_on_data", "pm1_words", {"close_gap": ""}),
        ("measures_have_data", "measures", {"dataset_id": "D9", "measure_id": "M7"}),
    ],
)
def test_each_line_of_the_self_check_can_fail(check: str, table: str, change: dict[str, Any]):
    tables = whole()
    tables[table] = [{**tables[table][0], **change}, *tables[table][1:]]
    assert [name for name, done in checks(tables).items() if not done] == [check]


def test_requested_data_count_for_the_inventory():
    assert checks({"pm1_datasets": [data_set(steward_role=None)]}, requested=("inventory",))["steward_named"]


def test_steps_name_tables_findings_and_prompts_that_exist_once():
    tables = {row.table.id for row in OUTCOME.tables}
    shown = [name for step in GUIDE.steps for name in step.findings]
    assert {name for step in GUIDE.steps for name in step.tables} == tables - {"pm1_words"}
    assert sorted(shown) == sorted(one.id for one in OUTCOME.present(OUTCOME.measure(_empty(), Context("", dt.date(2026, 11, 22)))))
    assert sorted(name for step in GUIDE.steps for name in step.prompts) == sorted(one.id for one in GUIDE.prompts)


def test_every_rule_of_law_has_a_source_and_a_date():
    assert all(one.source and one.as_of for one in GUIDE.legal)
    text = OUTCOME.content.read_text(encoding="utf-8").lower()
    assert not [word for word in ("violation", "compliant", "compliance", "!") if word in text]


def _empty() -> dict[str, Any]:
    return {row.table.id: frame(row.table, []) for row in (*OUTCOME.tables, *OUTCOME.reads)}
