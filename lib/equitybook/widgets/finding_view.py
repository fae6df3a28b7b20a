"""What the data say, live: recomputed by the kernel when the page tells that something was saved."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import traitlets

from equitybook.widgets.faces import Widget

_log = logging.getLogger(__name__)


class FindingView(Widget, module="finding.js"):
    """Findings as HTML, with charts drawn in the browser.

    Parameters
    ----------
    on_saved
        Called with the ids of the tables that changed, after the page saved to them; it sets ``html`` and ``charts`` anew
        with ``show``.
    html
        The findings; each element with ``data-chart="<id>"`` is a place for a chart.
    charts
        Vega-Lite specifications by chart id.
    still
        The same with the charts as pictures: the static face of a saved notebook. ``html`` where left out.
    tables
        Ids of the tables these findings depend on; empty: all.
    """

    html = traitlets.Unicode().tag(sync=True)
    charts = traitlets.Dict().tag(sync=True)
    tables = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(
        self,
        on_saved: Callable[[tuple[str, ...]], None] | None = None,
        *,
        html: str = "",
        charts: Mapping[str, Any] | None = None,
        still: str | Callable[[], str] = "",
        tables: Sequence[str] = (),
    ) -> None:
        self._on_saved = on_saved
        self._still = still
        super().__init__(html=html, charts=dict(charts or {}), tables=list(tables))
        self.on_msg(self._hear)

    def show(self, html: str, charts: Mapping[str, Any] | None = None, *, still: str | Callable[[], str] = "") -> None:
        """Replace what is shown. Words and charts go to the page together."""
        self._still = still
        with self.hold_sync():
            self.html = html
            self.charts = dict(charts or {})

    def static_face(self) -> str:
        """Return the findings with charts as pictures, made only when a notebook is saved."""
        return (self._still() if callable(self._still) else self._still) or self.html

    def _hear(self, _widget: object, content: Mapping[str, Any], _buffers: object) -> None:
        if content.get("type") != "saved":
            return
        problem = ""
        try:
            if self._on_saved is not None:
                self._on_saved(tuple(str(one) for one in content.get("tables", ())))
        except Exception:
            # A kernel swallows what a comm callback raises; the page must say that the picture is old.
            _log.exception("A finding could not be computed anew.")
            problem = "This picture could not be brought up to date. What you typed is saved. Your coach can find out why."
        self.send({"type": "done", "request": content.get("request", 0), "problem": problem})
