"""Charts: the numbers are on the picture and in its words, and nothing leaves the machine."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from equitybook import charts
from equitybook.charts.theme import DARK_WRITING, LIGHT_WRITING, PALETTE, ink_on, paper_colours
from equitybook.findings import Chart
from tests import drawn as on

SHARES = [
    charts.Dumbbell("White", 74.0, 54.0, low=50, high=58, n=83),
    charts.Dumbbell("Hispanic or Latino", 11.25, 24.0, n=12),
    charts.Dumbbell("Asian", None, 7.0),
]
RATES = [charts.RateBar("White", 12.3, 8, 17, 83), charts.RateBar("Hispanic or Latino", None, None, None, None)]
LEVELS = [charts.Shares("Officials", 14, {"White": 71.4, "Hispanic or Latino": None, "Unknown or declined": 3.0})]
TENURE = [charts.Steps("All staff", ((0, 100), (1, 88), (2, 80))), charts.Steps("Hispanic or Latino", ((0, 100), (1, 81), (2, 71)))]
GROUPS = (
    "Hispanic or Latino",
    "White",
    "Black or African American",
    "Asian",
    "American Indian or Alaska Native",
    "Native Hawaiian or Other Pacific Islander",
    "Two or More Races",
    "Unknown or declined",
)
PHONE, COLUMN, SUMMARY, DESK = 273, 307, 640, 736
"""Pixels: the room for a picture in the workbook and in the summary on a page of 360, and in both on one of 1,280."""
SMALLEST = 11
SVG = "{http://www.w3.org/2000/svg}"


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


def test_what_is_missing_to_a_hundred_percent_is_one_grey_part(drawn: list[Chart]) -> None:
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


def with_long_names() -> dict[str, Chart]:
    """Charts whose groups have the longest names the federal forms know, and whose axes have long titles."""
    shares = dict(zip(GROUPS, (8, 50, 15, 7, 5, 5, 5, 3), strict=True))
    return {
        "shares": charts.stacked_shares([charts.Shares("Technicians and Paraprofessionals", 90, shares)], title="t"),
        "few shares": charts.stacked_shares(
            [charts.Shares("All staff", 60, {"White": 85.0, "Black or African American": 6.0, "Asian": 9.0})], title="t"
        ),
        "curves": charts.step_curve(
            [charts.Steps(group, ((0, 100), (1.5, 80 - at), (20, 10))) for at, group in enumerate(GROUPS[:6])],
            title="t",
            x_label="Years since hired",
        ),
        "points": charts.dumbbell(
            [charts.Dumbbell(group, 99.5 - 12.3 * at, 12.3 * at, n=12) for at, group in enumerate(GROUPS)],
            title="t",
            value_label="staff",
            reference_label="could be hired or promoted",
        ),
        "two points": charts.dumbbell(
            [charts.Dumbbell("White", 100, 0.5), charts.Dumbbell("Asian", 0.5, 100)],
            title="t",
            value_label="everybody else",
            reference_label="this group",
        ),
        "rates": charts.rate_bars(
            [charts.RateBar(group, 5 + at, 2 + at, 12 + 2 * at, 30) for at, group in enumerate(GROUPS)],
            title="t",
            x_label="Dismissed or laid off a year, percent of average staff",
        ),
    }


LONG = with_long_names()


def legend(chart: Chart, width: int) -> list[on.Text]:
    return [one for one in on.texts(chart, width) if "legend-label" in one.mark]


@pytest.mark.parametrize("width", [PHONE, COLUMN, 480, SUMMARY, DESK])
@pytest.mark.parametrize("name", [name for name in LONG if name != "rates"])
def test_no_label_of_a_legend_runs_into_the_next_or_over_an_edge(name: str, width: int) -> None:
    labels = legend(LONG[name], width)
    assert len(labels) > 1
    # Before each label stands its symbol.
    symbol = min(one.left for one in labels)
    assert on.met(labels, gap=min(symbol, 18)) == []
    assert on.cut(LONG[name], width) == []


@pytest.mark.parametrize("width", range(560, 760, 8))
def test_no_line_of_a_legend_is_cut_off_where_the_axes_leave_it_one_column_less(width: int) -> None:
    assert on.cut(LONG["curves"], width) == []


def test_a_legend_has_as_many_columns_as_its_longest_label_leaves_room_for() -> None:
    def columns(name: str, width: int) -> int:
        return len({one.left for one in legend(LONG[name], width)})

    assert [columns("few shares", width) for width in (PHONE, SUMMARY)] == [1, 2]
    assert [columns("two points", width) for width in (PHONE, SUMMARY)] == [1, 2]
    short = charts.stacked_shares([charts.Shares("All staff", 9, {"Female": 33.0, "Male": 67.0})], title="t")
    assert len({one.left for one in legend(short, PHONE)}) == 2


@pytest.mark.parametrize("width", [PHONE, COLUMN, SUMMARY])
@pytest.mark.parametrize("name", LONG)
def test_nothing_that_is_written_covers_anything_else_on_a_phone_or_a_desk(name: str, width: int) -> None:
    assert on.met(on.texts(LONG[name], width)) == []
    assert on.cut(LONG[name], width) == []


def test_a_long_label_takes_a_second_line_on_a_phone_and_has_room_for_it() -> None:
    assert {"Native Hawaiian or Other Pacific", "Islander"} <= {one.words for one in on.texts(LONG["rates"], PHONE)}
    assert "Native Hawaiian or Other Pacific Islander" in {one.words for one in on.texts(LONG["rates"], SUMMARY)}
    short = charts.rate_bars([charts.RateBar("White", 5, 2, 9, 60)], title="t", x_label="Left")
    long = charts.rate_bars([charts.RateBar(GROUPS[5], 5, 2, 9, 60)], title="t", x_label="Left")
    assert on.size(long, PHONE)[1] - on.size(short, PHONE)[1] == 17


def test_a_long_title_of_an_axis_takes_two_lines() -> None:
    assert {"Dismissed or laid off a year,", "percent of average staff"} <= {one.words for one in on.texts(LONG["rates"], PHONE)}


@pytest.mark.parametrize("chart", [*every_chart(), *LONG.values()], ids=charts.title_of)
def test_a_page_gets_a_drawing_for_a_desk_and_one_for_a_phone_on_which_nothing_is_small(chart: Chart) -> None:
    picture = charts.svg(chart, id="p")
    root = ElementTree.fromstring(picture)
    drawings = {node.get("id"): node for node in root.iter() if node.get("id") in ("p-wide", "p-phone")}
    assert drawings["p-wide"].get("display") is None
    assert drawings["p-phone"].get("display") == "none"
    assert "#p-wide{display:none}#p-phone{display:inline}" in picture
    # On the phone the picture is as wide as its column, and so many of its own units are one pixel of the drawing.
    pixel = COLUMN / float(root.get("width", 0))
    stretched = float(re.findall(r"scale\(([0-9.]+)\)", drawings["p-phone"].get("transform", ""))[0])
    sizes = [float(node.get("font-size", "").removesuffix("px")) for node in drawings["p-phone"].iter(f"{SVG}text")]
    assert min(sizes) * stretched * pixel > SMALLEST
    # Where it changes from one to the other, the wide drawing is hardly scaled down.
    turn = int(re.findall(r"max-width:([0-9]+)px\)", picture)[0])
    assert turn + 1 >= float(root.get("width", 0))


def test_both_drawings_say_the_same_and_paper_gets_the_one_for_its_width() -> None:
    picture = ElementTree.fromstring(charts.svg(LONG["few shares"], id="p"))
    said = [
        {"".join(node.itertext()) for node in drawing.iter(f"{SVG}text")}
        for drawing in picture.iter(f"{SVG}g")
        if drawing.get("id") in ("p-wide", "p-phone")
    ]
    assert len(said) == 2
    assert said[1] >= {"All staff", "85 %", "White", "Black or African American", "Asian"}
    paper = charts.svg(LONG["few shares"], width=400)
    assert "<style" not in paper
    assert ElementTree.fromstring(paper).get("width") == "400"


def test_what_is_written_on_a_colour_stays_as_it_is_where_the_page_turns_dark():
    assert not {LIGHT_WRITING, DARK_WRITING} & set(paper_colours())
    assert {ink_on(colour) for colour in PALETTE} == {LIGHT_WRITING, DARK_WRITING}
