"""The files of the repository that come from the row models are what the row models make of them today."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from equitybook.intake.generated import generated_files, write_generated_files

PROJECT = Path(__file__).resolve().parents[2]
RENEW = "Run `python -m equitybook.intake.generated` in the repository's root and commit what changed."


def content_of(workbook: bytes) -> dict[str, object]:
    """What a person sees of a workbook: cells, rules and properties, not bytes."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    seen: dict[str, object] = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    rules = book.worksheets[0].data_validations.dataValidation
    seen["rules"] = sorted(
        (str(rule.sqref), rule.type, rule.formula1, rule.formula2, rule.errorStyle, rule.prompt) for rule in rules
    )
    seen["table"] = [(one.name, one.value) for one in book.custom_doc_props.props]
    return seen


@pytest.mark.parametrize("place", [str(place) for place in generated_files()])
def test_a_generated_file_is_up_to_date(place: str):
    made, kept = generated_files()[Path(place)], (PROJECT / place).read_bytes()
    if place.endswith(".xlsx"):
        assert content_of(kept) == content_of(made), RENEW
    else:
        assert kept.decode() == made.decode(), RENEW


def test_no_blank_file_is_left_of_a_table_that_is_gone():
    kept = {path.relative_to(PROJECT) for path in (PROJECT / "templates" / "spreadsheets").glob("*.xlsx")}
    assert kept == {place for place in generated_files() if place.suffix == ".xlsx"}


def test_one_call_writes_them_all(tmp_path):
    written = write_generated_files(tmp_path)
    assert {path.relative_to(tmp_path) for path in written} == set(generated_files())
    assert all(path.stat().st_size > 1000 for path in written)
