"""Changing what others build upon: the agreed charter, locked baselines. By a button and a reason, never by typing."""

from __future__ import annotations

import traitlets

from equitybook.widgets.faces import Widget, paragraph


class ChangesPanel(Widget, module="changes.js"):
    """The state of the charter or of each measure, the buttons to change it, and every change made with its reason.

    Parameters
    ----------
    table
        ``"charter"`` or ``"measures"``.
    """

    table = traitlets.Unicode().tag(sync=True)

    def __init__(self, table: str) -> None:
        super().__init__(table=table)

    def static_face(self) -> str:
        """Say where changes are made."""
        what = {"charter": "Your charter", "measures": "Your baselines"}.get(self.table, "This")
        return paragraph(f"{what}: open this workbook on its page to lock it, or to change it with a reason.")
