"""The collection notice: four answers as the one paragraph people are given."""

from __future__ import annotations

from equitybook.findings import Finding, Measured, Provenance
from equitybook.flags import Flag, Flagged
from equitybook.outcomes.performance_management.data_systems.measure import NOTICE_PARTS
from equitybook.outcomes.wording import listing

ID = "PM1.notice"
TITLE = "Your collection notice"
_EMPTY = "Answer the four questions above, and the paragraph you can print on a form appears here."
_MISSING = {
    "purpose": "what the answers are for",
    "voluntary": "whether people must answer",
    "who_sees": "who sees the answers",
    "kept": "how long they are kept",
}


def notice(measured: Measured) -> Finding:
    """Put the parts into one paragraph and name what it does not say yet."""
    there = measured.facts["notice"]
    if not there:
        return Finding(ID, ID, TITLE, empty=_EMPTY)
    missing = [_MISSING[name] for name in NOTICE_PARTS if name not in there]
    written = measured.words.get("notice") or {}
    # The paragraph is the town's own words; a wider circle learns only that there is one.
    paragraph = " ".join(_closed(written[name]) for name in NOTICE_PARTS if name in written)
    flags = (
        (
            Flagged(
                Flag.DATA_QUALITY,
                ID,
                reason=f"The notice does not say yet {listing(missing)}.",
                next_step="Add it in the form above.",
            ),
        )
        if missing
        else ()
    )
    return Finding(
        ID,
        ID,
        TITLE,
        sentence=paragraph
        or f"The notice says {'all four' if not missing else f'{len(there)} of the four'} things people need to know.",
        flags=flags,
        notices=("Read it aloud to somebody who would be asked. If they have a question, the notice has a gap.",)
        if paragraph
        else (),
        provenance=Provenance(source="Your collection notice"),
    )


def _closed(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "?")) else f"{text}."
