"""What a PDF says of itself to a screen reader, and where things lie on its pages."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from pypdf import PdfReader


@dataclass(frozen=True)
class Node:
    """One element of the structure tree: its kind, what it says of itself, and what is in it. Text is not read."""

    kind: str
    said: dict[str, Any] = field(default_factory=dict)
    inside: tuple[Self, ...] = ()

    def all(self, *kinds: str) -> Iterator[Self]:
        """Everything of these kinds, in the order it is read out."""
        for one in self.inside:
            if one.kind in kinds:
                yield one
            yield from one.all(*kinds)

    @property
    def kinds(self) -> str:
        """The kinds of what is directly in it, in order."""
        return " ".join(one.kind for one in self.inside)


def tree(pdf: bytes) -> Node:
    """Read the document's structure tree."""
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]
    (document,) = _nodes(root.get("/K"))
    return document


def _nodes(children: Any) -> Iterator[Node]:
    found = children.get_object() if hasattr(children, "get_object") else children
    for child in found if isinstance(found, list) else [found]:
        one = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(one, dict) and "/S" in one:
            yield Node(one["/S"].removeprefix("/"), _said(one), tuple(_nodes(one.get("/K"))))


def _said(element: Any) -> dict[str, Any]:
    said = {name: element[name] for name in ("/Alt", "/ID") if name in element}
    for owned in element.get("/A", []):
        said |= owned.get_object()
    return said


def pages(pdf: bytes) -> list[str]:
    """Give the words of each page, in the order they were printed, with single spaces."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def sizes(pdf: bytes) -> dict[float, str]:
    """Give every size of type that is printed, in points, with an example; those inside pictures, too."""
    seen: dict[float, str] = {}

    def look(words: str, moved: list[float], set_: list[float], _font: object, size: float) -> None:
        if words.strip():
            seen[round(size * _enlarged(set_) * _enlarged(moved), 2)] = words.strip()

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=look)
    return seen


def _enlarged(matrix: list[float]) -> float:
    across, up, along, high = matrix[:4]
    return abs(across * high - up * along) ** 0.5
