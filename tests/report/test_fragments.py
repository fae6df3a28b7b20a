"""A finding as HTML: order, names, escaping, and both ways of drawing."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser

import pytest

from equitybook.findings import Finding
from equitybook.flags import Flag, Flagged
from equitybook.report.fragments import finding_html, table_html
from tests.report.made import HOSTILE, present, released

FINDING = released().findings[0]


class Outline(HTMLParser):
    """What a browser would see: tags with their attributes, and unclosed ones."""

    VOID = frozenset({"br", "img", "meta", "input", "hr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_sentence_comes_first_then_picture_then_table_then_caution() -> None:
    html = finding_html(FINDING)
    places = [
        html.index(part) for part in ('class="eq-say"', 'class="eq-flag', 'class="eq-figure"', "Show as a table", "Read with care")
    ]
    assert places == sorted(places)


def test_every_tag_is_closed_in_order() -> None:
    for how in ("svg", "slot"):
        assert Outline(finding_html(FINDING, chart=how)).open == []


def test_beside_the_flag_stand_people_unknowns_source_and_date() -> None:
    html = finding_html(FINDING)
    assert "116 people · 0 unknown · Staff list · as of 30 June 2026" in html
    assert '<span class="eq-flag eq-flag-look">Look closer</span>' in html
    assert "Hispanic or Latino: The difference" in html


@pytest.mark.parametrize("flag", list(Flag))
def test_a_flag_is_always_said_in_words(flag: Flag) -> None:
    html = finding_html(Finding("f", "m", "t", sentence="s", flags=(Flagged(flag, "m"),)))
    assert re.search(r'class="eq-flag eq-flag-(look|calm|check)">[A-Z][a-z ,]+', html)


def test_the_page_gets_an_empty_place_with_the_words_of_the_chart() -> None:
    html = finding_html(FINDING, chart="slot")
    slot = next(attributes for _, attributes in Outline(html).tags if attributes.get("class") == "eq-chart")
    assert slot["data-chart"] == FINDING.id
    assert slot["role"] == "img"
    assert FINDING.chart is not None
    assert slot["aria-label"] == FINDING.chart.alt
    assert "<svg" not in html


def test_a_saved_notebook_gets_the_picture_itself_with_its_words() -> None:
    html = finding_html(FINDING, chart="svg")
    assert FINDING.chart is not None
    assert FINDING.chart.alt in html
    assert "var(--eq-ink, #1b1b1b)" in html


def test_a_table_has_a_caption_and_headers_for_rows_and_columns() -> None:
    assert FINDING.table is not None
    tags = Outline(table_html(FINDING.table)).tags
    scopes = [attributes.get("scope") for tag, attributes in tags if tag == "th"]
    assert scopes == ["col", "col", "row", "row", "row", "row", "row"]
    assert any(tag == "caption" for tag, _ in tags)
    region = next(attributes for _, attributes in tags if attributes.get("role") == "region")
    assert region["tabindex"] == "0"
    assert region["aria-label"]


def test_nothing_to_show_yet_is_a_sentence_and_no_table() -> None:
    html = finding_html(released().findings[1])
    assert "Add leavers to see this." in html
    assert "<table" not in html
    assert "<details" not in html


def test_no_word_of_a_finding_becomes_markup() -> None:
    assert FINDING.table is not None
    assert FINDING.chart is not None
    hostile = dataclasses.replace(
        FINDING,
        id=HOSTILE,
        title=HOSTILE,
        sentence=HOSTILE,
        notices=(HOSTILE,),
        flags=(Flagged(Flag.NA, "m", group=HOSTILE, reason=HOSTILE, next_step=HOSTILE),),
        table=dataclasses.replace(
            FINDING.table, caption=HOSTILE, columns=(HOSTILE, HOSTILE), rows=((HOSTILE, HOSTILE),), notes=(HOSTILE,)
        ),
        chart=dataclasses.replace(FINDING.chart, alt=HOSTILE),
        provenance=dataclasses.replace(FINDING.provenance, source=HOSTILE, numerator=HOSTILE),
    )
    for how in ("svg", "slot"):
        tags = {tag for tag, _ in Outline(finding_html(hostile, chart=how)).tags}
        assert not tags & {"script", "img", "iframe"}


def test_the_heading_takes_the_level_it_is_given() -> None:
    assert "<h4 " in finding_html(FINDING, level=4)


def test_on_paper_the_table_and_the_cautions_stand_open() -> None:
    assert finding_html(FINDING, unfolded=True).count("<details") == finding_html(FINDING, unfolded=True).count(" open>") == 2


def test_the_presenter_of_these_tests_makes_two_findings() -> None:
    assert len(released(show=present).findings) == 2
