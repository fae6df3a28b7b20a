"""Charts: the numbers are on the picture and in its words, and nothing leaves the machine."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from equitybook import charts
from equitybook.findings import Chart

SHARES = [
    charts.Dumbbell("White", 74.0, 54.0, low=50, high=58, n=83),
    charts.Dumbbell("Hispanic or Latino", 11.25, 24.0, n=12),
    charts.Dumbbell("Asian", None, 7.0),
]
RATES = [charts.RateBar("White", 12.3, 8, 17, 83), charts.RateBar("Hispanic or Latino", None, None, None, None)]
LEVELS = [charts.Shares("Officials", 14, {"White": 71.4, "Hispanic or Latino": None, "Unknown or declined": 3.0})]
TENURE = [charts.Steps("All staff", ((0, 100), (1, 88), (2, 80))), charts.Steps("Hispanic or Latino", ((0, 100), (1, 81), (2, 71)))]


def every_chart() -> list[Chart]:
    return [
        charts.dumbbell(SHARES, title="Staff and residents", value_label="staff", reference_label="residents"),
        charts.rate_bars(RATES, title="Turnover", x_label="Left per 100 people"),
        charts.rate_bars(
            [charts.RateBar("White", 5, 2, 9, 60, "Resigned"), charts.RateBar("White", 3, 1, 8, 60, "Retired")],
            title="By kind",
            x_label="Left",
        ),
        charts.stacked_shares(LEVELS, title="Who works at each level"),
        charts.step_curve(TENURE, title="Share still here", x_label="Years of service"),
    ]


@pytest.fixture(scope="module", name="drawn")
def all_charts() -> list[Chart]:
    return every_chart()


def texts(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_the_words_of_a_chart_hold_every_number_it_draws(drawn: list[Chart]) -> None:
    assert drawn[0].alt == (
        "Staff and residents. White: staff 74 %, residents 54 % (between 50 % and 58 %). Hispanic or Latino: staff 11.2 %, residents 24 %. "
        "Asian: staff not shown, residents 7 %."
    )
    assert drawn[4].alt.startswith("Share still here. All staff: 100 % at the start, 88 % after 1 year, 80 % after 2 years.")


def test_numbers_stand_on_the_picture_so_that_colour_is_never_alone(drawn: list[Chart]) -> None:
    written = texts(charts.svg(drawn[0]))
    for number in ("74 %", "54 %", "11.2 %", "24 %", "7 %", "White", "Hispanic or Latino", "staff", "residents"):
        assert number in written


def test_a_value_that_is_not_shown_is_drawn_as_nothing_and_said_so(drawn: list[Chart]) -> None:
    assert "not shown" in texts(charts.svg(drawn[1]))
    assert charts.svg(drawn[1]).count("aria-") == charts.svg(drawn[0]).count("aria-") == 1


def test_what_is_missing_to_a_hundred_per_cent_is_one_grey_part(drawn: list[Chart]) -> None:
    assert "Not shown" in texts(charts.svg(drawn[3]))
    whole = charts.stacked_shares([charts.Shares("All", 10, {"A": 60.0, "B": 40.0})], title="t")
    assert "Not shown" not in json.dumps(whole.spec)


def test_a_specification_is_plain_json_with_its_own_data_and_a_width_of_its_container(drawn: list[Chart]) -> None:
    for chart in drawn:
        spec = json.loads(json.dumps(chart.spec))
        assert spec["width"] == "container"
        assert spec["description"] == chart.alt
        assert '"url"' not in json.dumps(spec)


def test_specifications_keep_to_the_grammar_they_name(drawn: list[Chart]) -> None:
    import altair

    for chart in drawn:
        altair.LayerChart.from_dict(dict(chart.spec), validate=True)


def test_a_picture_is_named_asks_for_nothing_and_runs_nothing(drawn: list[Chart]) -> None:
    for chart in drawn:
        svg = charts.svg(chart)
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        assert root[0].text == charts.title_of(chart)
        assert root[1].text == chart.alt
        assert not re.findall(r"(?:href|src)=|@import|<script|url\((?!#)", svg)
        assert not [u for u in re.findall(r"https?://[^\s\"<]+", svg) if "www.w3.org" not in u]


def test_two_pictures_on_one_page_share_no_names(drawn: list[Chart]) -> None:
    page = charts.svg(drawn[0], id="a") + charts.svg(drawn[0], id="b") + charts.svg(drawn[1])
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)


def test_the_same_rows_make_the_same_picture_and_words(drawn: list[Chart]) -> None:
    assert [charts.svg(chart) for chart in drawn] == [charts.svg(chart) for chart in every_chart()]


def test_words_of_the_town_cannot_break_out_of_the_picture() -> None:
    hostile = '<script>alert("1")</script> & co'
    svg = charts.svg(charts.rate_bars([charts.RateBar(hostile, 5, 1, 9, 30)], title=hostile, x_label="x"))
    assert "<script" not in svg
    assert hostile in texts(svg)


def test_the_dark_theme_changes_colours_and_nothing_else() -> None:
    light, dark = json.dumps(charts.theme()), json.dumps(charts.theme(dark=True))
    assert light != dark
    assert re.sub(r"#[0-9a-f]{6}", "#", light) == re.sub(r"#[0-9a-f]{6}", "#", dark)


def test_neighbouring_numbers_are_written_on_a_colour_they_can_be_read_on() -> None:
    from equitybook.charts.theme import PALETTE, ink_on

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        return sum(
            w * (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4)
            for w, c in zip((0.2126, 0.7152, 0.0722), parts, strict=True)
        )

    for colour in PALETTE:
        low, high = sorted((luminance(colour), luminance(ink_on(colour))))
        assert (high + 0.05) / (low + 0.05) >= 4.5, colour
