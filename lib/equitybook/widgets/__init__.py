"""What participants see and type into: anywidgets whose views are the modules in ``static/``.

The browser saves by itself, over HTTP, straight to the server; a widget only says which table to show, and findings are
recomputed when it hears that something was saved. Every widget also has a static face: HTML for a saved notebook.
"""

from __future__ import annotations

from equitybook.widgets.changes_panel import ChangesPanel
from equitybook.widgets.entry import EntryForm, EntryGrid
from equitybook.widgets.file_import import FileImport
from equitybook.widgets.finding_view import FindingView
from equitybook.widgets.matrix_entry import MatrixEntry
from equitybook.widgets.static_files import STATIC, static_version
from equitybook.widgets.submit_panel import Check, SubmitPanel

__all__ = [
    "STATIC",
    "ChangesPanel",
    "Check",
    "EntryForm",
    "EntryGrid",
    "FileImport",
    "FindingView",
    "MatrixEntry",
    "SubmitPanel",
    "static_version",
]
