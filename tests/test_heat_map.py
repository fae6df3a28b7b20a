"""The heat map: a number in every cell that can be read, on a phone and without colours."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from equitybook import charts
from equitybook.charts import HeatCell, heat_map
from equitybook.charts.heat_map import RAMP, colour_of
from equitybook.charts.theme import ink_on
from tests import drawn as on

CELLS = [
    HeatCell("Permits", "Race", 12.34),
    HeatCell("Permits", "Language", None, "not asked", "no"),
    HeatCell("Staff", "Race", 100.0),
    HeatCell("Staff", "Language", 0.0),
]


def texts(width: int, cells: list[HeatCell] = CELLS) -> list[str]:
    drawn = ElementTree.fromstring(charts.svg(heat_map(cells, title="Usable answers"), width=width))
    found = [list(node) or [node] for node in drawn.iter("{http://www.w3.org/2000/svg}text")]
    return ["".join(line.itertext()) for lines in found for line in lines]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", RAMP)
def test_the_number_in_a_cell_has_enough_contrast(colour: str):
    light, dark = sorted((luminance(colour), luminance(ink_on(colour))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_more_is_darker():
    shades = [luminance(colour_of(value)) for value in range(101)]
    assert shades == sorted(shades, reverse=True)
    assert (colour_of(0), colour_of(100)) == (RAMP[0], RAMP[-1])


def test_the_words_of_the_picture_hold_every_number():
    assert heat_map(CELLS, title="Usable answers").alt == (
        "Usable answers. Permits: Race 12.3 %, Language not asked. Staff: Race 100 %, Language 0 %."
    )


def test_every_cell_says_its_number_and_a_wide_page_says_it_in_full():
    written = texts(640)
    for words in ("12.3 %", "not asked", "100 %", "0 %", "Race", "Language", "Permits", "Staff"):
        assert words in written
    assert "no" not in written


def test_a_phone_gets_short_words_and_what_they_stand_for():
    cells = [HeatCell("Permits", f"Field {at}", None if at == 7 else 12.34, "not asked", "no") for at in range(8)]
    drawn = charts.svg(heat_map(cells, title="Usable answers"), width=300)
    assert all(words in drawn for words in (">12<", ">no<", "“no” not asked, numbers are", "percent", ">Field 0<"))
    assert ">12.3 %<" not in drawn


@pytest.mark.parametrize("width", [273, 307, 640])
def test_no_number_covers_the_one_beside_it_and_every_name_of_a_row_stands_in_full(width: int):
    name = "0.54 partial · Reply cards at the permit counter, with what people wrote on the back of them (D2)"
    cells = [HeatCell(name, f"Field {at}", None if at == 7 else 100, "not asked", "no") for at in range(8)]
    chart = heat_map(cells, title="Usable answers")
    assert on.met(on.texts(chart, width)) == []
    assert " ".join(one.words for one in on.texts(chart, width) if "Field" not in one.words).count(name) == 1
    assert on.cut(chart, width) == []


TOLD = [
    HeatCell("M1", "Language", None, "usable", "yes", shade=62.8, mark="wanted"),
    HeatCell("M1", "Race", None, "not asked", "no", mark="wanted"),
    HeatCell("M1", "Sex", None, "too few", "few"),
]


def test_a_cell_of_words_can_have_a_colour_and_a_mark_and_says_both():
    chart = heat_map(TOLD, title="1 of 1 measure has a usable field", note="Wanted: you chose it.")
    assert chart.alt == (
        "1 of 1 measure has a usable field. M1: Language usable (wanted), Race not asked (wanted), Sex too few. Wanted: you chose it."
    )
    drawn = charts.svg(chart, width=640)
    assert [drawn.count(f">{words}<") for words in ("usable", "not asked", "too few", "wanted")] == [1, 1, 1, 2]
    assert f'fill="{colour_of(62.8)}"' in drawn
    assert ">Wanted: you chose it.<" in drawn


def test_on_a_phone_a_mark_is_an_outline_that_the_lines_below_explain():
    cells = [HeatCell("M1", f"F{at}", None, "usable", "yes", shade=50, mark="wanted") for at in range(8)]
    assert "wanted" in texts(640, cells)
    assert "wanted" not in texts(273, cells)
    assert texts(273, cells)[-1] == "“yes” usable, heavy outline wanted"


def test_what_short_words_stand_for_takes_as_many_lines_as_a_phone_needs():
    words = ["usable", "too few answers", "not filled in", "no records at all"]
    cells = [HeatCell("M1", f"F{at}", None, one, "abcd"[at]) for at, one in enumerate(words)]
    assert texts(200, cells)[-3:] == ["“a” usable, “b” too few answers,", "“c” not filled in, “d” no records", "at all"]
    assert texts(640, cells)[-1] == "M1"


def test_the_specification_is_plain_json_and_keeps_to_its_grammar():
    import altair

    chart = heat_map(CELLS, title="Usable answers")
    assert json.loads(json.dumps(chart.spec))["width"] == "container"
    altair.LayerChart.from_dict(dict(chart.spec), validate=True)
    altair.LayerChart.from_dict(dict(heat_map(TOLD, title="Usable", note="Wanted").spec), validate=True)


def test_a_map_without_cells_is_drawn_as_nothing():
    empty = heat_map([], title="Usable answers")
    assert empty.alt == "Usable answers. Nothing to show yet."
    assert "<svg" in charts.svg(empty)
