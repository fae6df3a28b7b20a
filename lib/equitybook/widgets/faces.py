"""The base of every widget: live where somebody can type, accessible HTML in a saved notebook."""

from __future__ import annotations

import os
from html import escape
from typing import Any

import anywidget

from equitybook.widgets.static_files import loader


class Widget(anywidget.AnyWidget):
    """A widget whose view is a module of ``static/`` and whose still picture is ``static_face``.

    Subclasses name their module in the class line: ``class EntryGrid(Widget, module="grid.js")``.
    """

    def __init_subclass__(cls, *, module: str = "", **kwargs: object) -> None:
        if module:
            cls._esm = loader(module)
        super().__init_subclass__(**kwargs)  # type: ignore[arg-type] # anywidget types one keyword as all of them

    def static_face(self) -> str:
        """Return the HTML a saved notebook keeps. Override me."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: object) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle: tuple[dict[str, Any], dict[str, Any]] | None = super()._repr_mimebundle_(**kwargs)  # type: ignore[arg-type]
        # Nobody saves the notebook behind a served page, and pictures for paper would cost it seconds.
        if bundle is None or "EQUITYBOOK_STORE_URL" in os.environ:
            return bundle
        data, metadata = bundle
        face = self.static_face()
        # A kernel's log should read like the page, not like an object's address.
        return {**data, "text/html": face, "text/plain": f"{type(self).__name__}"}, metadata


def paragraph(text: str, *, look: str = "") -> str:
    """Return a paragraph of plain text as HTML."""
    attribute = f' class="{look}"' if look else ""
    return f"<p{attribute}>{escape(text)}</p>"
