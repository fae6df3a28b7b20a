"""What the charter's tables hold, as the page tells it: residents by group, the agreed words, the measures, the risks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pandas import isna

from equitybook.charter.versions import charter_changes
from equitybook.codebook.same import key_of
from equitybook.findings import Measured, Statistic

if TYPE_CHECKING:
    import pandas as pd

    from equitybook.outcomes.registry import Context

EVIDENCE = "CHARTER.evidence"
"""Under this name the numbers of kept evidence are statistics, each of the group its code names."""

# What is said of kept evidence. Its numbers are none of it, and neither is the sentence of the page, which is full of them.
_EVIDENCE_WORDS = ("evidence_id", "statement", "measure_id", "confidence", "finding_id", "group")


def measure_charter(tables: Mapping[str, pd.DataFrame], context: Context) -> Measured:
    """Read the charter. Nothing in it counts staff: Census figures are published, the rest is words, but for the numbers of kept evidence.

    Those are the town's own exact ones (T1). They are statistics counted in no table, which disclosure shows to nobody else.

    Parameters
    ----------
    tables
        One typed frame per table of the charter, empty where nothing is entered.
    context
        The town, today's date, what was changed in the charter with a reason, and who by role.
    """
    evidence = records(tables["evidence"])
    facts = {"residents": records(tables["benchmark"])}
    words = {
        "town": context.community,
        "charter": next(iter(records(tables["charter"])), {}),
        "measures": records(tables["measures"]),
        "risks": records(tables["risks"]),
        "evidence": tuple({name: one[name] for name in _EVIDENCE_WORDS if name in one} for one in evidence),
        "decisions": records(tables["decisions"]),
        "changes": charter_changes(context.revisions, context.roles),
    }
    return Measured(facts=facts, words=words, statistics=tuple(_numbers(evidence)))


def _numbers(evidence: Iterable[Mapping[str, Any]]) -> Iterator[Statistic]:
    for one in evidence:
        if one.get("value") is None or not one.get("evidence_id"):
            continue
        low, high = one.get("lower"), one.get("upper")
        interval = None if low is None or high is None else (float(low), float(high))
        yield Statistic(EVIDENCE, str(one["evidence_id"]), float(one["value"]), int(one.get("n") or 0), interval=interval)


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
