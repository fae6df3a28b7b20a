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


def svg(chart: Chart, *, width: int = 640, id: str = "", font: str = "") -> str:  # noqa: A002 - the attribute's own name
    """Draw the chart as an SVG picture that stands alone: no script, no address, named for a screen reader.

    Parameters
    ----------
    chart
        The chart; ``width: container`` becomes ``width`` pixels.
    id
        A prefix that keeps the picture's inner names apart from those of other pictures on the same page; made from its
        content when left out.
    font
        A font the place it goes to is known to have; the page's own list when left out.
    """
    drawn = _drawn(json.dumps(chart.spec, sort_keys=True), width)
    if font:
        drawn = drawn.replace(f'font-family="{FONT}"', f'font-family="{font}"')
    name = id or "eq" + hashlib.sha256((drawn + chart.alt).encode()).hexdigest()[:10]
    return _named(_own_ids(drawn, name), name, title=title_of(chart), alt=chart.alt)


@lru_cache(maxsize=64)
def _drawn(spec: str, width: int) -> str:
    """Draw once for every format: compiling a chart costs more than all the rest of a page."""
    import vl_convert

    chart = json.loads(spec)
    sized = {**chart, "width": width, "autosize": {"type": "fit-x", "contains": "padding"}}
    return str(vl_convert.vegalite_to_svg(sized, vl_version=_vega_lite(chart)))


def _vega_lite(spec: Mapping[str, Any]) -> str:
    """Give the renderer's name for the grammar version the specification was written in, for example ``"6.4"``."""
    found = re.search(r"/v(\d+)\.(\d+)", str(spec.get("$schema", "")))
    return f"{found[1]}.{found[2]}" if found else "6.4"


def _own_ids(drawn: str, name: str) -> str:
    renamed = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', drawn)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", renamed)


def _named(drawn: str, name: str, *, title: str, alt: str) -> str:
    label = f'role="img" aria-labelledby="{name}-title {name}-desc"'
    inside = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(alt)}</desc>'
    bare = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", drawn)
    return re.sub(r"<svg\b([^>]*)>", lambda tag: f"<svg {label}{tag[1]}>{inside}", bare, count=1)
