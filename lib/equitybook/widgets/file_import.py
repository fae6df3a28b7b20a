"""Uploading: a file goes straight from the browser to the server; nothing of it passes through the kernel."""

from __future__ import annotations

import traitlets

from equitybook.intake import MOST_MEGABYTES
from equitybook.widgets.faces import Widget, paragraph

_LABELS = {"roster": "Upload a staff list", "census": "Upload a Census table"}


class FileImport(Widget, module="importer.js"):
    """Choose a file, see what would be taken from it, correct that, accept it.

    Parameters
    ----------
    kind
        ``"roster"`` for a staff list from a human-resources system, ``"census"`` for a census download, or ``"table:<id>"`` for any
        table's own file.
    label
        What the button says, for example ``"Upload a staff list"``.
    """

    kind = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    most_megabytes = traitlets.Int(MOST_MEGABYTES).tag(sync=True)

    def __init__(self, kind: str = "roster", *, label: str = "") -> None:
        super().__init__(kind=kind, label=label or _LABELS.get(kind, "Upload a file"))

    def static_face(self) -> str:
        """Say where files are uploaded."""
        return paragraph(f"{self.label}: open this workbook on its page to upload a file (up to {self.most_megabytes} MB).")
