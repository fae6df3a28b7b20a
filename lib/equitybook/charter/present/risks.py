"""Risks by likelihood and impact: each by its number in a grid of five by five, with the heaviest first in the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from equitybook.charts import Placed, priority_grid
from equitybook.findings import Finding, Measured, Provenance, Shown
from equitybook.outcomes.wording import listing, things

ID = "CHARTER.risks"
TITLE = "Which risks to plan for"
EMPTY = "Add the first risk above: what could go wrong, how likely it is, and who watches it."
_NAMED = 3
_HEAVY = 12  # four by three: what is likely and would hurt


def risk_grid(measured: Measured) -> Finding:
    """Order the risks by likelihood times impact; say which to plan for first."""
    rated = [one for one in measured.words.get("risks", ()) if one.get("risk") and one.get("likelihood") and one.get("impact")]
    if not rated:
        return Finding(ID, ID, TITLE, empty=EMPTY)
    ordered = sorted(rated, key=_weight, reverse=True)
    rows = tuple(
        (
            str(number),
            str(one["risk"]),
            str(one["likelihood"]),
            str(one["impact"]),
            str(_weight(one)),
            str(one.get("response") or "No response yet"),
            str(one.get("owner_role") or "Nobody yet"),
        )
        for number, one in enumerate(ordered, 1)
    )
    heavy = [one for one in ordered if _weight(one) >= _HEAVY]
    bare = [one for one in heavy if not (one.get("response") and one.get("owner_role"))]
    said = f"{things(len(rated), 'risk')}. {_to_plan_for(heavy)}"
    notices = tuple(f"“{one['risk']}” has no response or nobody who watches it." for one in bare)
    shown = Shown(
        "Risks, the heaviest first",
        ("No.", "Risk", "Likelihood (1–5)", "Impact (1–5)", "Likelihood × impact", "What you will do", "Who watches"),
        rows,
        "rlrrrll",
    )
    placed = [Placed(number, str(one["risk"]), int(one["likelihood"]), int(one["impact"])) for number, one in enumerate(ordered, 1)]
    picture = priority_grid(placed, across="Likelihood", up="Impact", title="Risks by likelihood and impact")
    source = Provenance(source="Your list of risks")
    return Finding(ID, ID, TITLE, sentence=said, chart=picture, table=shown, notices=notices, provenance=source)


def _weight(risk: Mapping[str, Any]) -> int:
    return int(risk["likelihood"]) * int(risk["impact"])


def _to_plan_for(heavy: Sequence[Mapping[str, Any]]) -> str:
    """Name the heaviest by their numbers in the picture: the list is ordered, so they are the first ones."""
    if not heavy:
        return "None is both likely and heavy enough to plan for now."
    named = [f"{number} “{one['risk']}”" for number, one in enumerate(heavy[:_NAMED], 1)]
    rest = len(heavy) - len(named)
    return f"Plan now for {listing([*named, *([f'{rest} more'] if rest else [])])}."
