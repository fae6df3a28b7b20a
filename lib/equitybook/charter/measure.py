"""What the charter's tables hold, as the page tells it: residents by group, the agreed words, the measures, the risks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pandas import isna

from equitybook.codebook.same import key_of
from equitybook.findings import Measured

if TYPE_CHECKING:
    import pandas as pd

    from equitybook.outcomes.registry import Context


def measure_charter(tables: Mapping[str, pd.DataFrame], context: Context) -> Measured:
    """Read the charter. Nothing in it counts staff: Census figures are published, the rest is words.

    Parameters
    ----------
    tables
        One typed frame per table of the charter, empty where nothing is entered.
    context
        The town and today's date.
    """
    facts = {"residents": records(tables["benchmark"])}
    words = {
        "town": context.community,
        "charter": next(iter(records(tables["charter"])), {}),
        "measures": records(tables["measures"]),
        "risks": records(tables["risks"]),
        "evidence": records(tables["evidence"]),
    }
    return Measured(facts=facts, words=words)


def records(frame: pd.DataFrame) -> tuple[Mapping[str, Any], ...]:
    """Give a frame's rows as plain mappings, empty cells left out."""
    return tuple(
        {str(name): value for name, value in row.items() if isinstance(value, list) or not isna(value)}
        for row in frame.astype(object).to_dict("records")
    )


def departments_of(tables: Mapping[str, pd.DataFrame]) -> tuple[Mapping[str, Any], ...]:
    """Give the town's departments, once each: those entered with their sizes, or those of the profile while there are none.

    Departments of the profile are all in scope, and their sizes are not known. Needs the frames ``ic1_departments`` and ``profile``.
    """
    entered = [one for one in records(tables["ic1_departments"]) if one.get("department")]
    profile = next(iter(records(tables["profile"])), {})
    rows = entered or [{"department": one, "in_scope": True} for one in profile.get("departments") or ()]
    return tuple({key_of(one["department"]): one for one in reversed(rows)}.values())[::-1]
