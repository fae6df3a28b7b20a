"""The priority grid: every item stands, by its number, where its two marks put it."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import pytest

from equitybook import charts
from equitybook.charts import Placed, priority_grid

SVG = "{http://www.w3.org/2000/svg}"
ITEMS = [
    Placed(1, "The sponsor leaves", across=3, up=5),
    Placed(2, "No data", across=3, up=5),
    Placed(3, "Rain", across=2, up=1),
    *[Placed(number, f"Risk {number}", across=5, up=5) for number in range(4, 9)],
]


def drawn(items: list[Placed], width: int = 600) -> list[str]:
    chart = priority_grid(items, across="Likelihood", up="Impact", title="Risks")
    picture = ElementTree.fromstring(charts.svg(chart, width=width))
    return ["".join(node.itertext()) for node in picture.iter(f"{SVG}text")]


@pytest.mark.parametrize("width", [300, 900])
def test_items_of_one_cell_share_it_and_more_than_three_take_a_second_line(width: int):
    words = drawn(ITEMS, width)
    assert {"1, 2", "3"} <= set(words)
    assert any(word.startswith("4, 5, 6") and word.endswith("7, 8") for word in words)
    assert {"Likelihood (1 to 5)", "Impact (1 to 5)"} <= set(words)


def test_more_items_than_a_cell_holds_are_counted_in_it_and_all_are_named():
    many = [Placed(number, f"Risk {number}", across=5, up=5) for number in range(1, 10)]
    assert any(word.startswith("1, 2, 3") and word.endswith("4, 5, +4") for word in drawn(many))
    assert "9. Risk 9" in priority_grid(many, across="Likelihood", up="Impact", title="Risks").alt


def test_further_along_both_scales_is_darker_and_every_number_can_be_read():
    spec = priority_grid(ITEMS, across="Likelihood", up="Impact", title="Risks").spec
    data = spec["data"]["values"]
    shade = {(one["across"], one["up"]): sum(int(one["colour"][at : at + 2], 16) for at in (1, 3, 5)) for one in data}
    assert len(shade) == 25
    for one, other in combinations(shade, 2):
        if one[0] <= other[0] and one[1] <= other[1]:
            assert shade[other] <= shade[one]
    assert shade[5, 5] < shade[1, 1]


def test_the_words_of_the_picture_name_every_item_with_its_marks():
    chart = priority_grid(ITEMS[:1], across="Likelihood", up="Impact", title="Risks")
    assert chart.alt == "Risks. 1. The sponsor leaves: likelihood 3, impact 5."


@pytest.mark.parametrize("mark", [0, 6])
def test_a_mark_outside_the_scale_is_an_error_rather_than_an_item_nobody_sees(mark: int):
    with pytest.raises(ValueError, match="from 1 to 5"):
        priority_grid([Placed(1, "Rain", across=mark, up=1)], across="Likelihood", up="Impact", title="Risks")
