"""Saved notebooks: the live widgets need a kernel, their static faces need nothing."""

from __future__ import annotations

from typing import Any

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def keep_static_faces(notebook: Any) -> None:  # noqa: ANN401 - a notebook node or the same as dicts
    """Take the live view out of every output that also has a static face, in place.

    Readers without a kernel (a file viewer, nbconvert, JupyterLab before the notebook is run) prefer the live view and then
    show "model not found"; without it they show the HTML.
    """
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if "text/html" in data:
                data.pop(WIDGET_VIEW, None)
    notebook["metadata"].pop("widgets", None)
