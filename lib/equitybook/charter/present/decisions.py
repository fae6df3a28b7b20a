"""What the town decided and why, for itself and its coach."""

from __future__ import annotations

from equitybook.charter.tables import Decisions
from equitybook.codebook import as_words
from equitybook.findings import Finding, Measured, Provenance, Shown
from equitybook.outcomes.wording import DASH, things

ID = "CHARTER.decisions"
TITLE = "What you decided"
EMPTY = "No decision is written down yet. The first is usually what belongs to the project and what does not."
_COLUMNS = ("decision_id", "cycle", "question", "options", "chosen", "why", "who_role", "date", "revisit_on")


def decision_list(measured: Measured) -> Finding:
    """List the decisions, newest last, with what is still missing. All of it is words: the town and its coach read it, nobody else."""
    made = [one for one in measured.words.get("decisions", ()) if one.get("question")]
    if not made:
        return Finding(ID, ID, TITLE, empty=EMPTY)
    columns = [Decisions.table.column(name) for name in _COLUMNS]
    rows = tuple(tuple(as_words(column, one.get(column.name)) or DASH for column in columns) for one in made)
    still_open = [one for one in made if not one.get("chosen")]
    bare = sum(1 for one in made if one.get("chosen") and not one.get("why"))
    said = f"{things(len(made), 'question')}, {len(made) - len(still_open)} decided."
    notices = [f"“{one['question']}” is still open." for one in still_open]
    if bare:
        notices.append(f"{things(bare, 'decision')} without a reason: in a year nobody will know why.")
    shown = Shown(TITLE, tuple(column.label for column in columns), rows, "l" * len(columns))
    source = Provenance(source="Your decisions")
    return Finding(ID, ID, TITLE, sentence=said, table=shown, notices=tuple(notices), provenance=source)
