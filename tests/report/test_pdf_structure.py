"""What a screen reader is told of a printed report: paragraphs, headings, tables with their headers, pictures in their place."""

from __future__ import annotations

import pytest

from equitybook.report import render_pdf
from tests.report.made import report
from tests.report.pdf_made import a_report, a_tall_picture, one
from tests.report.pdf_tree import Node, tree


@pytest.fixture(scope="module", name="read")
def the_report() -> Node:
    return tree(render_pdf(report()))


def test_everything_is_a_heading_a_paragraph_a_list_a_table_or_a_picture(read: Node) -> None:
    finding = "H3 P P P Figure Table P P L"  # sentence, whose numbers, flag, picture, table, its note, and what to read with care
    words, open_words, notice = "H3 P", "H3 P", "P L"
    head, hidden = "P H1 P P", "H2 L"
    said = " ".join([head, hidden, "H2 P", finding, "H3 P", words, open_words, notice, "H2"])
    assert read.kinds.startswith(said)
    assert "Span" not in read.kinds


def test_one_page_is_read_column_by_column_in_paragraphs() -> None:
    one_page = tree(render_pdf(a_report(one(show="chart"), one(show="chart"), brief=True)))
    columns = next(one for one in reversed(one_page.inside) if one.kind == "Div")
    assert [one.kinds for one in columns.inside] == ["H3 P P P Figure"] * 2
    assert all("Span" not in one.kinds for one in (one_page, *one_page.all("Div")))


@pytest.mark.parametrize("brief", [False, True])
def test_a_heading_is_its_words_and_nothing_else(brief: bool) -> None:
    headings = list(tree(render_pdf(a_report(one(), brief=brief))).all("H1", "H2", "H3"))
    assert len(headings) >= 3
    assert [one.kinds for one in headings] == [""] * len(headings)


def test_a_table_begins_with_its_caption_and_every_cell_names_its_header(read: Node) -> None:
    (table,) = read.all("Table")
    assert table.kinds == "Caption THead TBody"
    headers = list(table.all("TH"))
    assert {one.said["/Scope"] for one in headers} == {"/Column"}
    names = [one.said["/ID"] for one in headers]
    for row in table.inside[2].inside:
        assert [one.said["/Headers"] for one in row.all("TD", "TH")] == [[name] for name in names]


def test_a_tall_picture_is_read_where_it_belongs_though_it_stands_at_the_foot() -> None:
    said = tree(render_pdf(a_report(one(a_tall_picture), one()))).kinds
    assert "H3 P P P P Figure Table P P L H3 P P P Figure Table" in said, "its title is printed above it once more"
