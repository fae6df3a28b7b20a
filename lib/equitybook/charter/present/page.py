"""The charter on one page: the problem, the result, who stands behind it, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equitybook.charter.tables import Charter
from equitybook.codebook import as_words
from equitybook.findings import Finding, Measured, Provenance, Shown
from equitybook.flags import Flag, Flagged

ID = "CHARTER.page"
TITLE = "Your charter on one page"
EMPTY = "Fill in the charter above, and its one page appears here."
_ON_THE_PAGE = (
    "population_of_focus",
    "condition",
    "evidence_now",
    "suspected_causes",
    "lever",
    "focus_departments",
    "desired_result",
    "in_scope",
    "out_of_scope",
    "sponsor_role",
    "decision_needed_from",
    "decision_by",
    "constraints",
    "stakeholders",
    "approved_on",
)
_NEEDED = ("population_of_focus", "condition", "lever", "problem_statement", "desired_result", "sponsor_role")


def charter_page(measured: Measured) -> Finding:
    """Show the charter as a town would hang it on the wall."""
    charter = measured.words.get("charter") or {}
    if not any(charter.get(name) for name in _ON_THE_PAGE) and not charter.get("problem_statement"):
        return Finding(ID, ID, TITLE, empty=EMPTY)
    missing = [Charter.table.column(name).label for name in _NEEDED if not charter.get(name)]
    sentence = charter.get("problem_statement") or "The problem is not put into one sentence yet."
    rows = tuple((Charter.table.column(name).label, _said(charter, name)) for name in _ON_THE_PAGE)
    return Finding(
        ID,
        ID,
        TITLE,
        sentence=str(sentence),
        table=Shown(caption="The charter", columns=("", "What you wrote"), rows=rows, align="ll"),
        flags=_flags(charter, missing),
        provenance=Provenance(source="Your charter"),
    )


def _said(charter: Mapping[str, Any], name: str) -> str:
    return as_words(Charter.table.column(name), charter.get(name)) or "—"


def _flags(charter: Mapping[str, Any], missing: list[str]) -> tuple[Flagged, ...]:
    """Bring the form's own messages along, so that the gate and the coach see them."""
    said = [f"Not written down yet: {', '.join(missing)}."] if missing else []
    said += [message.text for message in Charter.check(charter)]
    return tuple(Flagged(Flag.DATA_QUALITY, ID, reason=text, next_step="Correct it in the form above.") for text in said)
