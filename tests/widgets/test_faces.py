"""Every widget's two faces: a loader for the live one, accessible HTML for the saved one."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

import pytest

from equitybook.codebook import Money, Percent, Row, as_words, column
from equitybook.codebook.categories import RACE
from equitybook.outcomes.human_resources.staff_statistics.tables import Grid, Setup
from equitybook.widgets import Check, EntryForm, EntryGrid, FileImport, FindingView, SubmitPanel, static_version
from equitybook.widgets.entry import MOST_STILL_ROWS, form_html, grid_html
from equitybook.widgets.static_files import STATIC, loader

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

WIDGETS = (
    EntryGrid(Grid.table),
    EntryForm(Setup.table),
    FileImport(),
    FindingView(html="<p>Nothing to show yet.</p>"),
    SubmitPanel(2, checks=[Check("Headcount agrees", done=True)]),
)


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda one: type(one).__name__)
def test_a_widget_imports_a_module_that_exists_under_the_folders_version(widget):
    [name, version] = re.search(r"equitybook/static/([a-z]+\.js)\?v=([0-9a-f]{12})`", widget._esm).groups()
    assert (STATIC / name).is_file()
    assert version == static_version()
    assert "export async function render" in (STATIC / name).read_text()


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda one: type(one).__name__)
def test_a_saved_notebook_has_both_the_live_view_and_a_static_face(widget, monkeypatch):
    monkeypatch.delenv("EQUITYBOOK_STORE_URL", raising=False)
    data, _ = widget._repr_mimebundle_()
    assert data[WIDGET_VIEW]["model_id"] == widget.model_id
    assert data["text/html"] == widget.static_face() != ""


def test_a_served_page_makes_no_static_face(monkeypatch):
    monkeypatch.setenv("EQUITYBOOK_STORE_URL", "http://127.0.0.1:1/equitybook/kernel/store")
    made = []
    view = FindingView(html="<p>Live.</p>", still=lambda: made.append(1) or "<p>Still.</p>")
    data, _ = view._repr_mimebundle_()
    assert "text/html" not in data
    assert made == []


def test_the_loader_finds_its_server_by_the_page_and_names_no_other_address():
    assert not re.search(r"https?://", loader("grid.js"))
    assert "jupyter-config-data" in loader("grid.js")


def test_no_module_asks_for_anything_from_elsewhere():
    for path in STATIC.iterdir():
        assert not re.search(r"https?://(?!www\.w3\.org)", path.read_text()), path.name


def test_modules_stay_small_enough_to_read_and_link_only_to_each_other():
    names = {path.name for path in STATIC.glob("*.js")} | {"vega.js"}  # made by the server from the chart compiler
    for path in STATIC.glob("*.js"):
        text = path.read_text()
        assert len(text.splitlines()) <= 300, path.name
        assert set(re.findall(r'from "\./([a-z]+\.js)"', text)) <= names, path.name


def test_a_grid_at_rest_is_a_table_with_words_for_codes():
    html = EntryGrid(Grid.table, rows=[{"department": "Parks & Recreation", "race": "HISP", "n": 4}]).static_face()
    assert "<caption>Staff counts</caption>" in html
    assert '<th scope="col">Race or ethnicity</th>' in html
    assert "<td>Parks &amp; Recreation</td>" in html
    assert "<td>Hispanic or Latino</td>" in html


def test_what_somebody_typed_is_never_read_as_html():
    assert "<script>" not in grid_html(Grid.table, [{"department": "<script>alert(1)</script>"}])
    assert "<script>" not in form_html(Setup.table, {"benchmark_source": "<script>alert(1)</script>"})


def test_a_long_grid_at_rest_says_how_much_is_left_out():
    html = grid_html(Grid.table, [{"n": number} for number in range(MOST_STILL_ROWS + 1_950)])
    assert html.count("<tr>") == MOST_STILL_ROWS + 1
    assert "1,950 more rows are in the workbook." in html


def test_an_empty_grid_at_rest_says_so():
    assert "nothing here yet" in EntryGrid(Grid.table).static_face()


def test_a_form_at_rest_answers_each_question_or_says_it_is_open():
    html = EntryForm(
        Setup.table, fields=["snapshot_date", "payroll_headcount"], values={"snapshot_date": "2026-06-30"}
    ).static_face()
    assert html == (
        '<dl class="eq-answers"><dt>Count staff as of</dt><dd>30 Jun 2026</dd>'
        "<dt>People on that payroll (people)</dt><dd>Not answered yet</dd></dl>"
    )


def test_a_form_refuses_a_field_its_table_does_not_have():
    with pytest.raises(KeyError, match="payrol_headcount"):
        EntryForm(Setup.table, fields=["payrol_headcount"])


class _Sample(Row, id="sample", name="Sample", one_row="one sample"):
    pay: Money = column("Pay")
    share: Percent = column("Share")
    people: int = column("People")
    day: dt.date = column("Day")
    fair: bool = column("Fair")
    groups: list[str] = column("Groups")


class _Coded(Row, id="coded", name="Coded", one_row="one"):
    race: Annotated[str, RACE] = column("Race")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("pay", 74250, "$74,250"),
        ("pay", 1200.5, "$1,200.50"),
        ("share", 24.5, "24.5 %"),
        ("people", 2000, "2,000"),
        ("people", 12_345_678, "12,345,678"),
        ("people", "7.5", "7.5"),
        ("day", "2014-03-10", "10 Mar 2014"),
        ("day", "spring 2014", "spring 2014"),
        ("fair", False, "No"),
        ("people", None, ""),
        ("people", 0, "0"),
    ],
)
def test_a_value_reads_as_people_write_it(name, value, words):
    assert as_words(_Sample.table.column(name), value) == words


def test_a_code_that_is_in_no_list_is_shown_as_typed():
    assert as_words(_Coded.table.column("race"), "Martian") == "Martian"
