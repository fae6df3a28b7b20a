"""What the charter's tables hold, as the page tells it: residents by group, the agreed words, the measures, the risks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pandas import isna

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
