"""The group's own rules on one page: what its sponsor signs and its coach reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from equitybook.codebook import as_words
from equitybook.findings import Finding, Measured, Provenance, Shown
from equitybook.flags import Flag, Flagged
from equitybook.outcomes.internal_communications.working_group.measure import CHOSEN
from equitybook.outcomes.internal_communications.working_group.tables import Group
from equitybook.outcomes.internal_communications.working_group.vocabularies import MEETS
from equitybook.outcomes.wording import DASH, day, listing

ID = "IC1.rules"
TITLE = "The rules of the group"
EMPTY = "Fill in the rules above, and they stand here on one page for your sponsor to sign."
_MAY = {
    "Advisory": "gives advice",
    "Recommends to manager": "recommends to the manager",
    "Decides within budget": "decides within its budget",
    "Decides policy": "decides policy",
}
_DECIDES = {
    "Consensus": "it decides by consensus",
    "Consent": "it decides by consent",
    "Majority": "it decides by majority",
    "Sponsor decides": "its sponsor has the last word",
}


def rules(measured: Measured) -> Finding:
    """Say what the group may do, how it decides, how often it meets, whether its sponsor has signed and when it looks again."""
    facts, typed = measured.facts["rules"], measured.words.get("rules")
    if not facts["begun"]:
        return Finding(ID, ID, TITLE, empty=EMPTY)
    return Finding(
        ID,
        ID,
        TITLE,
        sentence=" ".join(_sentences(facts["chosen"], facts["today"])),
        table=_table(facts["chosen"], typed),
        flags=tuple(_flags(facts, typed or {})),
        provenance=Provenance(source=Group.table.title),
    )


def _sentences(chosen: Mapping[str, Any], today: dt.date) -> Iterator[str]:
    """Use choices and days alone: what was typed in words is in the table, for those who may read it."""
    if may := _MAY.get(chosen.get("authority", "")):
        yield f"The group {may}."
    meets = MEETS.label(chosen.get("meets")).lower()
    how = [_DECIDES.get(chosen.get("decision_rule", "")), f"it meets {meets}" if meets else None]
    if said := listing(one for one in how if one):
        yield f"{said[0].upper()}{said[1:]}."
    signed, review = chosen.get("sponsor_signed_on"), chosen.get("review_date")
    yield f"The sponsor signed on {day(signed)}." if signed else "The sponsor has not signed yet."
    if review and review < today:
        yield f"The rules were to be looked at again on {day(review)}; that day has passed."
    elif review:
        yield f"The rules are looked at again on {day(review)}."


def _table(chosen: Mapping[str, Any], typed: Mapping[str, Any] | None) -> Shown:
    """Put the rules in the order of the form; outside the town those typed in words take no row."""
    said = {**chosen, **(typed or {})}
    columns = [one for one in Group.table.columns if typed is not None or one.name in CHOSEN]
    rows = tuple((one.label, as_words(one, said.get(one.name)) or DASH) for one in columns)
    return Shown(TITLE, ("", "What you wrote"), rows, "ll")


def _flags(facts: Mapping[str, Any], typed: Mapping[str, Any]) -> Iterator[Flagged]:
    """Bring the form's own messages along, so that the coach sees where the rules do not fit each other."""
    missing = [f"“{Group.table.column(name).label}”" for name in facts["missing"]]
    said = [f"Not written down yet: {listing(missing)}."] if missing else []
    said += [f"“{Group.table.column(one.field).label}”: {one.text}" for one in Group.check({**facts["chosen"], **typed})]
    for text in said:
        yield Flagged(Flag.DATA_QUALITY, ID, reason=text, next_step="Correct it in the form above.")
