"""Reports as files: self-contained, tagged, the same numbers in both, and nothing in them that was hidden."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from equitybook.disclosure import Tier
from equitybook.errors import DisclosureError
from equitybook.findings import TOTAL, CountTable
from equitybook.report import FindingBlock, Report, render_html, render_pdf
from tests.report.made import AT, HOSTILE, released, report, staff


def printed(pdf: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", text)


def read(html: str) -> str:
    body = re.sub(r"<(style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


@pytest.fixture(scope="module", name="made")
def a_report() -> Report:
    return report()


@pytest.fixture(scope="module", name="pdf")
def its_pdf(made: Report) -> bytes:
    return render_pdf(made)


def test_the_page_asks_nobody_for_anything_and_runs_nothing(made: Report) -> None:
    html = render_html(made)
    assert not re.findall(r"<script|<link|<iframe|<img|@import|url\((?!#)|\son[a-z]+=", re.sub(r"&lt;.*?&gt;", "", html))
    assert not [one for one in re.findall(r"https?://[^\s\"<)]+", html) if "www.w3.org" not in one]


def test_the_page_has_a_language_a_title_a_skip_link_and_one_first_heading(made: Report) -> None:
    html = render_html(made)
    assert '<html lang="en"' in html
    assert "<title>Prairie Glen · Cycle 2: Measures and Workforce</title>" in html
    assert html.index('class="eq-skip" href="#main"') < html.index("<h1>")
    assert html.count("<h1") == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", html)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_name_on_the_page_is_used_once(made: Report) -> None:
    ids = re.findall(r'\sid="([^"]+)"', render_html(made))
    assert len(ids) == len(set(ids))


def test_the_pdf_is_tagged_and_says_its_title_and_language(pdf: bytes) -> None:
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert PdfReader(io.BytesIO(pdf)).metadata.title == "Prairie Glen · Cycle 2: Measures and Workforce"
    assert b"pdfuaid" in pdf


def test_the_pdf_has_headings_table_headers_and_words_for_its_pictures(pdf: bytes, made: Report) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    kinds: list[str] = []
    alternatives: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            kinds.append(str(node.get("/S", "")))
            if "/Alt" in node:
                alternatives.append(str(node["/Alt"]))
            children = node.get("/K", [])
            children = children.get_object() if hasattr(children, "get_object") else children
            for child in children if isinstance(children, list) else [children]:
                walk(child.get_object() if hasattr(child, "get_object") else child)

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Figure", "/L"} <= set(kinds)
    charts = [block.finding.chart.alt for block in made.findings() if block.finding.chart]
    assert charts == alternatives


def test_page_and_pdf_say_the_same_numbers(made: Report, pdf: bytes) -> None:
    on_page, on_paper = read(render_html(made)), printed(pdf)
    for block in made.findings():
        for words in (block.finding.sentence, block.finding.empty, *block.finding.notices):
            assert words in on_page
            assert words in on_paper
        for row in block.finding.table.rows if block.finding.table else ():
            assert " ".join(row) in on_page
            assert " ".join(row) in on_paper


def test_no_word_of_a_participant_becomes_markup_in_either(made: Report, pdf: bytes) -> None:
    assert "<script>" not in render_html(made)
    for part in ("#let x = 1", "$a$", "*b*", "_c_", "@ref", "[d]", "<script>"):
        assert part in printed(pdf)


def test_the_report_says_how_and_for_whom_it_was_made(made: Report, pdf: bytes) -> None:
    for text in (read(render_html(made)), printed(pdf)):
        assert "the community's coach" in text.replace("’", "'").replace("&#39;", "'")
        assert "22 November 2026, 16:04 UTC" in text
        assert "equitybook 0.1.0" in text
        assert "30 June 2026" in text


def test_the_same_report_gives_the_same_bytes_and_another_time_only_another_stamp(made: Report, pdf: bytes) -> None:
    assert render_pdf(report()) == pdf
    assert render_html(report()) == render_html(made)
    later = report(at=AT + dt.timedelta(days=1))
    assert later.content_hash == made.content_hash
    assert render_pdf(later) != pdf


def test_other_words_give_another_content_hash() -> None:
    assert report(words="One thing").content_hash != report(words="Another thing").content_hash


def test_a_report_takes_findings_from_a_release_only(made: Report) -> None:
    finding = released().findings[0]
    with pytest.raises(DisclosureError, match="only findings released"):
        FindingBlock(finding, finding.id)  # type: ignore[arg-type]
    with pytest.raises(DisclosureError, match="no finding"):
        FindingBlock(released(), "T1.other")


def test_a_report_for_the_coach_takes_nothing_released_for_the_participants(made: Report) -> None:
    exact = released(Tier.T1)
    section = dataclasses.replace(made.sections[0], blocks=(FindingBlock(exact, exact.findings[0].id),))
    with pytest.raises(DisclosureError, match="cannot hold"):
        dataclasses.replace(made, sections=(section,))


def rows_of_staff() -> st.SearchStrategy[list[list[int]]]:
    small = st.lists(st.integers(0, 4), min_size=2, max_size=2)
    large = st.lists(st.integers(6, 40), min_size=2, max_size=2)
    return st.tuples(large, large, large, small).map(list)


def same_shown(one: CountTable, other: CountTable) -> bool:
    return one.cells == other.cells


@settings(max_examples=30, deadline=None)
@given(rows_of_staff(), st.data())
def test_a_hidden_number_changes_no_letter_of_any_format(numbers: list[list[int]], data: st.DataObject) -> None:
    """Two towns that show the same cells make the same page: what differs is in neither."""
    from equitybook.disclosure import suppress

    shown = suppress(staff(numbers), 5).table
    shift = data.draw(st.integers(1, 3))
    other = [list(row) for row in numbers]
    # Move people around a rectangle of hidden cells: every margin stays as it is.
    hidden = [
        (i, j)
        for i, code in enumerate(shown.rows.labels)
        for j, column in enumerate(shown.columns.labels)
        if shown.at(code, column) is None
    ]
    rows = sorted({i for i, _ in hidden if (i, 0) in hidden and (i, 1) in hidden})
    if len(rows) < 2:
        return
    first, second = data.draw(st.permutations(rows))[:2]
    other[first][0] += shift
    other[first][1] -= shift
    other[second][0] -= shift
    other[second][1] += shift
    if min(other[first] + other[second]) < 0 or not same_shown(suppress(staff(other), 5).table, shown):
        return
    assert other != numbers
    assert render_html(report(released(counts=staff(other)))) == render_html(report(released(counts=staff(numbers))))


def test_the_hidden_group_of_three_is_nowhere_in_the_coachs_page_and_is_in_the_participants_own() -> None:
    coach, own = report(released(Tier.T2)), report(released(Tier.T1))
    assert staff().at("AIAN", TOTAL) == 3
    assert "AIAN —" in read(render_html(coach))
    assert "AIAN 3" in read(render_html(own))


def test_hostile_words_survive_as_written() -> None:
    assert HOSTILE.split(" #let")[1].split(" \\")[0] in read(render_html(report()))
