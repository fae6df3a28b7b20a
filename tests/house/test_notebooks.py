"""Workbooks are prose with one-line calls."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

from equitybook.outcomes import known
from equitybook.program import Cohort
from equitybook.program.scaffold import new_cohort

HOUSE = Path(__file__).parents[2]
WORKBOOKS = sorted((HOUSE / "workbooks").glob("*.ipynb"))
HEADINGS = ["Why this matters", "What you need", "Your answers", "What the data say", "Read with care", "Your decision"]


@pytest.fixture(params=WORKBOOKS, ids=lambda path: path.stem)
def workbook(request):
    return nbformat.read(request.param, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_is_at_least_one_workbook():
    assert WORKBOOKS


def test_a_workbook_is_valid_and_committed_without_outputs(workbook):
    nbformat.validate(workbook)
    assert all(not cell.outputs and cell.execution_count is None for cell in code_cells(workbook))


def test_a_workbook_has_one_parameters_cell_with_types_and_help(workbook):
    [cell] = [cell for cell in code_cells(workbook) if "parameters" in cell.metadata.get("tags", [])]
    for line in cell.source.splitlines():
        node = ast.parse(line).body[0]
        assert isinstance(node, ast.AnnAssign)
        assert "  # " in line


def test_a_workbook_imports_only_equitybook_and_has_no_logic(workbook):
    for cell in code_cells(workbook):
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, ast.FunctionDef | ast.For | ast.While | ast.If | ast.Lambda | ast.Try | ast.comprehension)
            if isinstance(node, ast.ImportFrom):
                assert node.module == "equitybook"
            assert not isinstance(node, ast.Import)


def test_a_workbook_is_prose_with_short_cells(workbook):
    cells = code_cells(workbook)
    words = sum(len(cell.source.split()) for cell in workbook.cells if cell.cell_type == "markdown")
    assert max(len(cell.source.splitlines()) for cell in cells) <= 5
    assert words / len(cells) >= 50


def test_every_step_uses_the_same_headings_in_the_same_order(workbook):
    steps: dict[str, list[str]] = {}
    for cell in workbook.cells:
        if cell.cell_type != "markdown":
            continue
        for line in cell.source.splitlines():
            if line.startswith("## "):
                steps[line[3:]] = []
            elif line.startswith("### ") and steps:
                steps[next(reversed(steps))].append(line[4:])
    content = {name: headings for name, headings in steps.items() if name not in {"Recap", "Reflect and submit"}}
    assert content
    for name, headings in content.items():  # a small step leaves some of them out, and never the first or the answers
        assert headings == [one for one in HEADINGS if one in headings], name
        assert {"Why this matters", "Your answers"} <= set(headings), name


def test_a_workbook_has_every_step_of_its_outcomes_with_all_its_tables_prompts_and_findings(workbook, works_on):
    source = "\n".join(cell.source for cell in code_cells(workbook))
    prose = [line for cell in workbook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()]
    sections = {line[3:] for line in prose if line.startswith("## ")}
    assert works_on
    for one in works_on:
        for step in one.guide.steps:
            assert step.title in sections, (one.code, step.title)
            for name in (*step.tables, *step.findings):
                assert f'"{name}"' in source, (one.code, step.id, name)
            assert not step.prompts or f'book.words("{one.code}", step="{step.id}")' in source, (one.code, step.id)


@pytest.fixture
def works_on(request, tmp_path):
    """The outcomes of the workbook's cycle, as a new cohort has them."""
    cohort = Cohort.read(new_cohort(tmp_path / "our-cohort", title="Our cohort").parent)
    [path] = [path for path in WORKBOOKS if f"[{path.stem}]" in request.node.name]
    [cycle] = [one for one in cohort.cycles if one.slug == path.stem]
    return known(cohort.parts_of(cycle))


def test_a_workbook_has_one_title(workbook):
    titles = [
        line
        for cell in workbook.cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("# ")
    ]
    assert len(titles) == 1
