"""The evidence a town keeps: what the page said, and what the town makes of it."""

from __future__ import annotations

from equitybook.charter.vocabularies import CONFIDENCE
from equitybook.findings import Finding, Measured, Provenance, Shown

ID = "CHARTER.evidence"
TITLE = "The evidence you keep"
EMPTY = "Nothing is kept yet. Under every finding there is a button “Keep as evidence”; your plan will need some from two cycles or more."


def evidence_list(measured: Measured) -> Finding:
    """List kept evidence, newest first. Only the town's own sentences: the numbers stay with the finding they came from."""
    kept = [one for one in measured.words.get("evidence", ()) if one.get("statement")]
    if not kept:
        return Finding(ID, ID, TITLE, empty=EMPTY)
    rows = tuple(
        (
            str(one.get("evidence_id") or "—"),
            str(one["statement"]),
            str(one.get("measure_id") or "—"),
            CONFIDENCE.label(one.get("confidence")) or "—",
            str(one.get("finding_id") or "—"),
        )
        for one in reversed(kept)
    )
    said = f"{len(kept)} {'piece' if len(kept) == 1 else 'pieces'} of evidence, each in a sentence of your own."
    shown = Shown("Evidence, newest first", ("Code", "In your words", "Measure", "How sure", "From the finding"), rows, "lllll")
    return Finding(ID, ID, TITLE, sentence=said, table=shown, provenance=Provenance(source="Kept by you"))
