"""The worked example of Prairie Glen is itself a workbook with nothing to check."""

from __future__ import annotations

import datetime as dt

import pytest

from equitybook.analysis import Answers
from equitybook.codebook.check import check_table
from equitybook.outcomes import all_outcomes, table
from equitybook.outcomes.gate import self_check

EXAMPLES = {table_id: rows for one in all_outcomes().values() for table_id, rows in one.example.items()}


@pytest.mark.parametrize("table_id", EXAMPLES)
def test_every_example_row_reads_without_a_remark(table_id):
    records = [(f"r{at}", row) for at, row in enumerate(EXAMPLES[table_id])]
    assert check_table(table(table_id), records) == ()


@pytest.mark.parametrize("table_id", EXAMPLES)
def test_an_example_has_no_field_its_table_does_not_have(table_id):
    names = {column.name for column in table(table_id).columns}
    assert all(set(row) <= names for row in EXAMPLES[table_id])


@pytest.mark.parametrize("code", list(all_outcomes()))
def test_the_example_passes_its_own_gate(code):
    one = all_outcomes()[code]
    tables = {
        row.table.id: tuple((f"r{at}", values) for at, values in enumerate(EXAMPLES.get(row.table.id, ())))
        for row in (*one.tables, *one.reads)
    }
    answers = Answers(one, tables)
    findings = one.present(answers.measure("Prairie Glen", today=dt.date(2026, 12, 6)))
    plain = {table_id: [values for _, values in rows] for table_id, rows in tables.items()}
    assert [line.text for line in self_check(one.guide, plain, findings) if not line.done] == []


def test_the_examples_point_at_each_other():
    measures = {row["measure_id"] for row in EXAMPLES["measures"]}
    datasets = {row["dataset_id"] for row in EXAMPLES["pm1_datasets"]}
    assert {row["dataset_id"] for row in EXAMPLES["measures"]} <= datasets
    assert {row["measure_id"] for row in (*EXAMPLES["pm2_values"], *EXAMPLES["story"])} <= measures
