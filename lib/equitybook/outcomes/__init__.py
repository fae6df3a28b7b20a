"""The thirteen learning outcomes, one folder each, grouped as the programme groups them.

Every outcome's ``__init__.py`` holds ``OUTCOME = Outcome(...)``; ``all_outcomes`` finds them by walking the folders, so a
new outcome is a new folder and nothing else.
"""

from __future__ import annotations

from equitybook.outcomes.registry import Context, Outcome, all_outcomes, known, outcome, table, tables_of

__all__ = ["Context", "Outcome", "all_outcomes", "known", "outcome", "table", "tables_of"]
