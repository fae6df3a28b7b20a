"""Tiles: what is covered and what is not, told apart by words, by fill and outline, on a phone and on paper."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import altair

from equitybook import charts
from equitybook.charts.tiles import Tile, tiles

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    Tile("Departments", "Community Development/Planning", "2 members", covered=True),
    Tile("Departments", "Police", "nobody yet", covered=False),
    Tile("Departments", "Finance", "1 member", covered=True),
    *(Tile("Levels", name, "nobody yet", covered=False) for name in ("Elected", "Manager", "Frontline", "Community")),
]
TITLE = "2 of 3 departments have somebody"


def drawn(width: int) -> ElementTree.Element:
    return ElementTree.fromstring(charts.svg(tiles(ROWS, title=TITLE), width=width))


def places(width: int) -> dict[str, tuple[float, float]]:
    """Where each text begins: "translate(8,46)" is 8 from the left and 46 from the top."""
    found = {}
    for node in drawn(width).iter(f"{SVG}text"):
        x, y = node.get("transform", "").removeprefix("translate(").removesuffix(")").split(",")
        found["".join(node.itertext())] = (float(x), float(y))
    return found


def test_every_tile_and_heading_is_written_out():
    written = [text.text for text in drawn(640).iter(f"{SVG}text")]
    assert written.count("nobody yet") == 5
    for words in ("Departments", "Levels", "Community Development/Planning", "2 members", "Police", "Frontline"):
        assert words in written


def test_two_stand_beside_each_other():
    at = places(640)
    assert at["Community Development/Planning"][1] == at["Police"][1] < at["Finance"][1]
    assert at["Community Development/Planning"][0] == at["Finance"][0] < at["Police"][0]
    assert at["Elected"][1] == at["Manager"][1] < at["Frontline"][1] == at["Community"][1]


def test_headings_stand_above_their_tiles_and_parts_do_not_overlap():
    at = places(640)
    assert at["Departments"][1] < at["Police"][1] < at["Finance"][1] < at["Levels"][1] < at["Elected"][1]


def test_covered_tiles_are_filled_and_the_others_have_an_outline():
    paths = list(drawn(640).iter(f"{SVG}path"))
    filled = [one for one in paths if one.get("fill", "").startswith("#") and one.get("fill-opacity") != "0"]
    outlined = [one for one in paths if one.get("stroke-dasharray")]
    assert (len(filled), len(outlined)) == (2, 5)


def test_the_words_of_the_picture_hold_every_tile():
    assert tiles(ROWS, title=TITLE).alt == (
        "2 of 3 departments have somebody. Departments: Community Development/Planning 2 members, Police nobody yet, Finance 1 member. "
        "Levels: Elected nobody yet, Manager nobody yet, Frontline nobody yet, Community nobody yet."
    )


def test_a_long_name_is_cut_where_its_tile_ends():
    assert "Community Development/Planning" not in places(300)
    assert any(text.startswith("Community D") and text.endswith("…") for text in places(300))


def test_the_specification_is_plain_json_and_keeps_to_its_grammar():
    spec = json.loads(json.dumps(tiles(ROWS, title=TITLE).spec))
    assert spec["width"] == "container"
    altair.LayerChart.from_dict(spec, validate=True)
    assert "<svg" in charts.svg(tiles([], title=TITLE))
