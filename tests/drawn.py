"""What is written where in a picture, in a font wider than the one it was laid out in: a reader's may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

from equitybook import charts
from equitybook.findings import Chart

_SVG = "{http://www.w3.org/2000/svg}"
_WIDTHS = {
    **dict.fromkeys("ijl", 0.28),
    **dict.fromkeys("., ·:", 0.32),
    **dict.fromkeys("frt()-", 0.4),
    "m": 0.98,
    "w": 0.82,
    "%": 0.95,
}
"""Widths of letters in DejaVu Sans, in ems; as wide as Verdana, which is the widest a page is read in."""
_BOLD = 1.14


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text and its box in pixels. ``mark`` is what Vega calls the mark it belongs to."""

    words: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    mark: str

    def meets(self, other: Text, *, gap: float = 0) -> bool:
        """Say whether two boxes cover each other; ``gap`` is to stay free between them."""
        across = min(self.right, other.right) - max(self.left, other.left) + gap
        return across > 0 and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.2 * self.size


def size(chart: Chart, width: int) -> tuple[float, float]:
    """Give the picture's width and height."""
    root = ElementTree.fromstring(charts.svg(chart, width=width))
    return float(root.get("width", 0)), float(root.get("height", 0))


def texts(chart: Chart, width: int) -> list[Text]:
    """Give every line that is written on the picture and lies across."""
    return list(_under(ElementTree.fromstring(charts.svg(chart, width=width)), 0, 0, ""))


def met(found: list[Text], *, gap: float = 0) -> list[tuple[str, str]]:
    """Give the pairs that cover each other."""
    return [(one.words, other.words) for one, other in combinations(found, 2) if one.meets(other, gap=gap)]


def cut(chart: Chart, width: int) -> list[str]:
    """Give what reaches over an edge of the picture."""
    across, down = size(chart, width)
    return [one.words for one in texts(chart, width) if one.left < -1 or one.right > across + 1 or one.bottom > down + 1]


def _under(node: ElementTree.Element, x: float, y: float, mark: str) -> Iterator[Text]:
    turned = re.search(r"rotate|scale", node.get("transform", ""))
    moved = re.search(r"translate\(([-0-9.e]+),\s*([-0-9.e]+)\)", node.get("transform", ""))
    if turned or node.get("opacity") == "0":
        return
    x, y = (x + float(moved[1]), y + float(moved[2])) if moved else (x, y)
    mark = node.get("class", "") if "role-" in node.get("class", "") else mark
    if node.tag != f"{_SVG}text":
        for child in node:
            yield from _under(child, x, y, mark)
        return
    for line in list(node) or [node]:
        y += float(line.get("dy", 0))
        yield _text(line.text or "", node, x, y, mark)


def _text(words: str, node: ElementTree.Element, x: float, y: float, mark: str) -> Text:
    size = float(node.get("font-size", "0").removesuffix("px"))
    wide = size * sum(_WIDTHS.get(letter, 0.7 if letter.isupper() else 0.61) for letter in words)
    wide *= _BOLD if node.get("font-weight") == "bold" else 1
    left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[node.get("text-anchor", "start")]
    return Text(words, left, left + wide, y - 0.75 * size, y + 0.2 * size, size, mark)
