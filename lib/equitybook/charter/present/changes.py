"""What changed in the charter since it was agreed, with the reasons: what a coach reads before the next session."""

from __future__ import annotations

from collections.abc import Sequence

from equitybook.charter.versions import Changed
from equitybook.findings import Finding, Measured, Provenance, Shown
from equitybook.outcomes.wording import day, things

ID = "CHARTER.changes"
TITLE = "What changed in your charter"
DRAFT = "Your charter is a draft and simply typed. Once your sponsor has agreed, every change stands here with its reason."
UNCHANGED = "Nothing has changed since your sponsor agreed."


def charter_diff(measured: Measured) -> Finding:
    """List every change made with a reason, newest first. All of it is words: the town and its coach read it, nobody else."""
    changes: Sequence[Changed] = measured.words.get("changes", ())
    if not changes:
        agreed = (measured.words.get("charter") or {}).get("approved_on")
        return Finding(ID, ID, TITLE, empty=UNCHANGED if agreed else DRAFT)
    last = changes[-1]
    said = f"This is version {last.version} of your charter: {things(len(changes), 'change')} since your sponsor agreed, the last on {day(last.on)}."
    rows = tuple(
        (f"Version {one.version}", one.label, one.old, one.new, one.reason, day(one.on), one.by) for one in reversed(changes)
    )
    columns = ("Version", "What changed", "Before", "Now", "Why", "When", "Who")
    shown = Shown("Changes to your charter, newest first", columns, rows, "l" * len(columns))
    return Finding(ID, ID, TITLE, sentence=said, table=shown, provenance=Provenance(source="Your charter's history", as_of=last.on))
