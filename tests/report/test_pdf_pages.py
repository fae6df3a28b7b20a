"""Where things come to stand on paper: no caption without its table, no page left empty for a picture, nothing cut, nothing too small."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from equitybook.findings import Shown
from equitybook.flags import Flag, Flagged
from equitybook.report import Words, render_pdf
from tests.report.made import report
from tests.report.pdf_made import a_report, a_tall_picture, bars, changed, lines, one
from tests.report.pdf_tree import pages, sizes, tree

SMALLEST = 7.5
"""Points: nothing on a page is printed smaller."""


def test_a_caption_stays_with_the_first_row_of_its_table_wherever_the_page_ends() -> None:
    without = one(changed(chart=None, flags=(), notices=()))
    for filled in range(22, 32):
        on_pages = pages(render_pdf(a_report(lines(filled), without, lines(12))))
        (at,) = {n for n, page in enumerate(on_pages) if "Staff by race and ethnicity Group People" in page}
        assert "Group People WHITE" in on_pages[at], filled


def test_the_header_is_printed_again_where_a_table_goes_on_but_read_out_once() -> None:
    table = Shown("Many rows", ("Group", "People"), tuple((f"Group {n}", f"{n}") for n in range(70)), "lr")
    pdf = render_pdf(a_report(one(changed(table=table, chart=None))))
    assert [page.count("Group People") for page in pages(pdf)][:2] == [1, 1]
    assert len(list(tree(pdf).all("TH"))) == 2


def test_a_row_is_not_divided_between_two_pages() -> None:
    table = Shown(
        "Long rows", ("Group", "Said"), tuple((f"Group {n}", "first " + "and so on " * 60 + "last") for n in range(9)), "ll"
    )
    on_pages = pages(render_pdf(a_report(lines(10), one(changed(table=table, chart=None)))))
    assert len(on_pages) > 1
    assert [page.count("first") for page in on_pages] == [page.count("last") for page in on_pages]


def test_a_tall_picture_leaves_no_page_half_empty() -> None:
    on_pages = pages(render_pdf(a_report(lines(14), one(a_tall_picture), Words("And then?", "Said after the picture."))))
    assert "116 people in post are White" in on_pages[0]
    assert "A share is not a goal." in on_pages[0], "the table and its cautions go on before the picture"
    assert "Group 11" in on_pages[1]
    assert len(on_pages) == 2


@pytest.mark.parametrize("brief", [False, True])
def test_a_picture_higher_than_a_page_is_drawn_whole(brief: bool) -> None:
    pdf = render_pdf(a_report(one(changed(chart=bars(60)), "chart"), brief=brief))
    (picture,) = tree(pdf).all("Figure")
    _, low, _, high = picture.said["/BBox"]
    assert 0 < low < high < 792
    assert high - low > 500


def test_nothing_on_one_page_is_printed_smaller_than_can_be_read() -> None:
    table = Shown("Wide", tuple("ABCDEFGHIJK"), (("a word",) * 11,), "l" * 11)
    pdf = render_pdf(a_report(one(changed(table=table), "table"), one(a_tall_picture, "chart"), one(show="chart"), brief=True))
    assert {size: words for size, words in sizes(pdf).items() if size < SMALLEST} == {}


def test_nothing_in_a_summary_is_printed_smaller_than_can_be_read() -> None:
    assert {size: words for size, words in sizes(render_pdf(report())).items() if size < SMALLEST} == {}


def test_one_page_says_once_what_several_groups_have_in_common() -> None:
    few = [
        Flagged(Flag.BELOW_REFERENCE_SMALL_N, "m", group=group, reason="Few people.", next_step="Ask.")
        for group in ("HISP", "WHITE")
    ]
    other = Flagged(Flag.BELOW_REFERENCE_SMALL_N, "m", group="BLACK", reason="One person.", next_step="Ask.")
    block = one(changed(flags=(*few, other)), "sentence")
    (page,) = pages(render_pdf(a_report(block, brief=True)))
    assert "Hispanic or Latino; White: Few people. Black or African American: One person. Ask." in page
    assert page.count("Below the reference, few people") == 1


def test_one_page_says_once_how_the_reasons_of_several_groups_end() -> None:
    rule = "It is more than chance. It is no fault."
    flags = [
        Flagged(Flag.LOOK_CLOSER, "m", group=group, reason=f"{said} {rule}", next_step="Ask.")
        for group, said in (("HISP", "60.9 % against 80.7 %."), ("WHITE", "10 of 12."))
    ]
    (page,) = pages(render_pdf(a_report(one(changed(flags=tuple(flags)), "sentence"), brief=True)))
    assert "Hispanic or Latino: 60.9 % against 80.7 %. White: 10 of 12. It is more than chance. It is no fault. Ask." in page


def test_one_page_says_no_source_twice_and_keeps_how_it_was_made() -> None:
    (page,) = pages(render_pdf(a_report(one(show="sentence"), brief=True)))
    assert page.count("Staff list") == 1
    for said in ("Smallest group shown: 5", "Made by: equitybook 0.1.0", "Made on: 22 November 2026", "Content (SHA-256)"):
        assert said in page


@pytest.mark.parametrize("brief", [False, True])
def test_what_is_too_much_for_a_page_goes_on_over_the_next(brief: bool) -> None:
    flags = tuple(Flagged(Flag.LOOK_CLOSER, "m", reason=f"Reason {n} is a long one.", next_step="Look.") for n in range(300))
    long = " ".join(f"word-{n}" for n in range(2000))
    rows = (("First", *[""] * 9), ("Long", long, *[""] * 8), ("Last", *[""] * 9))
    table = Shown("Wide", tuple("ABCDEFGHIJ"), rows, "l" * 10)
    blocks = (one(changed(flags=flags), "sentence"), one(changed(flags=flags), "chart"), one(changed(table=table), "table"))
    said = " ".join(pages(render_pdf(a_report(*blocks, brief=brief))))
    assert [n for n in range(300) if said.count(f"Reason {n} is") != 2] == []
    assert [n for n in range(2000) if f"word-{n}" not in said.replace("- ", "-").replace(" ", "")] == []
    assert "Last" in said


def test_a_number_and_its_percent_sign_stay_on_one_line() -> None:
    for words in range(28, 36):
        pdf = render_pdf(a_report(one(changed(sentence="so " * words + "and 13.1 % of all."), "sentence")))
        said = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
        assert re.search(r"13\.1[ \xa0]%", said), words
