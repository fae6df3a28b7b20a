"""A chart as a picture for documents and saved pages."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any

from equitybook.charts.theme import FONT
from equitybook.charts.wording import title_of
from equitybook.findings import Chart

_WIDE, _PHONE, _GROWN = 640, 320, 400
"""Pixels: the drawing for a desk and for every page at least as wide, the one for narrower pages, and how far that one is stretched."""
_SVG = re.compile(r"(<svg\b[^>]*>)(.*)</svg>", re.DOTALL)


def svg(chart: Chart, *, width: int | None = None, id: str = "", font: str = "") -> str:  # noqa: A002 - the attribute's own name
    """Draw the chart as an SVG picture that stands alone: no script, no address, named for a screen reader.

    Parameters
    ----------
    chart
        The chart; ``width: container`` becomes ``width`` pixels.
    width
        For paper, whose width is known. A page's is not: left out, the picture holds a drawing for a desk and one for a phone,
        and the page shows the one it has room for. Scaled down to a phone, the writing of the first could not be read.
    id
        A prefix that keeps the picture's inner names apart from those of other pictures on the same page; made from its
        content when left out.
    font
        A font the place it goes to is known to have; the page's own list when left out.
    """
    spec = json.dumps(chart.spec, sort_keys=True)
    drawn = _drawn(spec, width or _WIDE)
    name = id or "eq" + hashlib.sha256((drawn + chart.alt).encode()).hexdigest()[:10]
    drawn = _own_ids(drawn, name)
    if width is None:
        drawn = _of_two(drawn, _own_ids(_drawn(spec, _PHONE), f"{name}-small"), name)
    if font:
        drawn = drawn.replace(f'font-family="{FONT}"', f'font-family="{font}"')
    return _named(drawn, name, title=title_of(chart), alt=chart.alt)


@lru_cache(maxsize=128)
def _drawn(spec: str, width: int) -> str:
    """Draw once for every format: compiling a chart costs more than all the rest of a page."""
    import vl_convert

    chart = json.loads(spec)
    sized = {**chart, "width": width, "autosize": {"type": "fit-x", "contains": "padding", "resize": True}}
    return str(vl_convert.vegalite_to_svg(sized, vl_version=_vega_lite(chart)))


def _vega_lite(spec: Mapping[str, Any]) -> str:
    """Give the renderer's name for the grammar version the specification was written in, for example ``"6.4"``."""
    found = re.search(r"/v(\d+)\.(\d+)", str(spec.get("$schema", "")))
    return f"{found[1]}.{found[2]}" if found else "6.4"


def _of_two(wide: str, phone: str, name: str) -> str:
    """Put both drawings into one picture. It has the first one's shape; on a narrow page it takes the second's and shows that."""
    (opening, first), (_, second) = _SVG.findall(wide) + _SVG.findall(phone)
    size, small = _size(wide), _size(phone)
    look = (
        f"@media screen and (max-width:{_WIDE - 1}px){{#{name}{{width:100%;max-width:min(100%,{_GROWN}px);height:auto;"
        f"aspect-ratio:{small[0]:g}/{small[1]:g}}}#{name}-wide{{display:none}}#{name}-phone{{display:inline}}}}"
    )
    # The coordinates stay the first drawing's, from the upper left corner; the second is stretched to them.
    return (
        f'{opening[:-1]} id="{name}" preserveAspectRatio="xMinYMin meet"><style>{look}</style><g id="{name}-wide">{first}</g>'
        f'<g id="{name}-phone" display="none" transform="scale({size[0] / small[0]:.4f})">{second}</g></svg>'
    )


def _size(drawn: str) -> tuple[float, float]:
    width, height = (float(re.findall(rf'<svg\b[^>]*\b{side}="([0-9.]+)"', drawn)[0]) for side in ("width", "height"))
    return width, height


def _own_ids(drawn: str, name: str) -> str:
    renamed = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', drawn)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", renamed)


def _named(drawn: str, name: str, *, title: str, alt: str) -> str:
    label = f'role="img" aria-labelledby="{name}-title {name}-desc"'
    inside = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(alt)}</desc>'
    bare = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", drawn)
    return re.sub(r"<svg\b([^>]*)>", lambda tag: f"<svg {label}{tag[1]}>{inside}", bare, count=1)
