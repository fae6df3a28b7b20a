"""The draft measures, as a list a coach can read in a minute."""

from __future__ import annotations

from equitybook.charter.tables import Measures
from equitybook.codebook import as_words
from equitybook.findings import Finding, Measured, Provenance, Shown

ID = "CHARTER.measures"
TITLE = "Your measures so far"
EMPTY = "Add two to four draft measures above. They need no numbers yet."
_COLUMNS = ("measure_id", "name", "rba", "department", "unit", "direction")


def measure_list(measured: Measured) -> Finding:
    """List the measures that are not retired, with the question each answers."""
    live = [one for one in measured.words.get("measures", ()) if one.get("name") and not one.get("retired_on")]
    if not live:
        return Finding(ID, ID, TITLE, empty=EMPTY)
    columns = [Measures.table.column(name) for name in _COLUMNS]
    rows = tuple(tuple(as_words(column, one.get(column.name)) or "—" for column in columns) for one in live)
    better_off = sum(str(one.get("rba", "")).startswith("BETTER_OFF") for one in live)
    well = sum(one.get("rba") == "HOW_WELL" for one in live)
    said = f"{len(live)} {'measure' if len(live) == 1 else 'measures'}: {well} on how well you do it, {better_off} on whether anyone is better off."
    notices = (
        ()
        if well and better_off
        else ("By the end of cycle 2 you need one of each: how well you do it, and whether anyone is better off.",)
    )
    shown = Shown("Measures of your project", tuple(column.label for column in columns), rows, "l" * len(columns))
    return Finding(ID, ID, TITLE, sentence=said, table=shown, notices=notices, provenance=Provenance(source="Your measures"))
