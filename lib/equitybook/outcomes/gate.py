"""The self-check before submitting: what the page can see by itself.

Machine checks stand beside the coach's judgement and never replace it; nothing here keeps a draft from being submitted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equitybook.findings import Finding
from equitybook.flags import Flag
from equitybook.outcomes.content import Content, Rule, Where
from equitybook.outcomes.content import Rows as RowsRule

Rows = Sequence[Mapping[str, Any]]

# A year may be typed as its first and its last day, so the day after the last one completes it; leap years move that by a day.
_SHORTEST_YEAR = dt.timedelta(days=364)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the self-check: a sentence, and whether it holds. ``requested``: it counts because its data are asked for."""

    id: str
    text: str
    done: bool
    requested: bool = False


def self_check(
    content: Content, tables: Mapping[str, Rows], findings: Sequence[Finding], *, requested: Collection[str] = ()
) -> tuple[Check, ...]:
    """Hold an outcome's done-rules against what was entered and what was found.

    Parameters
    ----------
    content
        The outcome's words, with its done-rules.
    tables
        The values as they stand, by table id; tables that are absent count as empty.
    findings
        The town's own findings (nothing hidden).
    requested
        Steps of this outcome whose data are asked for and not here yet, by id: their lines count as done.
    """
    facts = _Facts(content, tables, {one.id: one for one in findings})
    lines = []
    for one in content.done:
        met = facts.meets(one.rule)
        asked = not met and one.step is not None and one.step in requested
        lines.append(Check(one.id, one.text, met or asked, requested=asked))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class _Facts:
    content: Content
    tables: Mapping[str, Rows]
    findings: Mapping[str, Finding]

    def meets(self, rule: Rule) -> bool:
        """Answer one rule."""
        if rule.any_of or rule.all_of:
            return any(map(self.meets, rule.any_of)) or (bool(rule.all_of) and all(map(self.meets, rule.all_of)))
        if cell := rule.filled or (rule.answered and f"{self.content.words_table}.{rule.answered}"):
            return bool(self._values(cell))
        if rule.shown or rule.clear:
            return self._shown(rule.shown or rule.clear or "", clear=bool(rule.clear))
        return self._counted(rule)

    def _counted(self, rule: Rule) -> bool:
        if rule.rows:
            count, most = self._rows(rule.rows), rule.rows.at_most
            return count >= (rule.rows.at_least or 0) and (most is None or count <= most)
        if rule.distinct:
            return len(set(map(str, self._values(rule.distinct.cell)))) >= rule.distinct.at_least
        assert rule.years is not None  # noqa: S101 - content.py lets no rule be empty
        return self._span(rule.years.start, rule.years.end) >= rule.years.at_least * _SHORTEST_YEAR

    def _shown(self, finding_id: str, *, clear: bool) -> bool:
        finding = self.findings.get(finding_id)
        if finding is None or finding.empty:
            return False
        return not clear or all(flag.flag is not Flag.DATA_QUALITY for flag in finding.flags)

    def _rows(self, rule: RowsRule) -> int:
        return sum(
            any(map(_filled, row.values())) and all(_holds(row.get(one.field), one) for one in rule.where)
            for row in self.tables.get(rule.table, ())
        )

    def _values(self, cell: str) -> list[Any]:
        table, field = cell.split(".")
        return [row[field] for row in self.tables.get(table, ()) if row.get(field) not in (None, "")]

    def _span(self, start: str, end: str) -> dt.timedelta:
        first, last = (next(map(_day, self._values(cell)), None) for cell in (start, end))
        return last - first if first and last else dt.timedelta(0)


def _filled(value: object) -> bool:
    return value not in (None, "", [])


def _holds(value: object, condition: Where) -> bool:
    if condition.filled is not None:
        return _filled(value) is condition.filled
    if condition.day is not None:
        return (_day(value) is not None) is condition.day
    return str(value) in condition.one_of


def _day(value: object) -> dt.date | None:
    """Read a stored day; None where it is none, and where words stand in its place."""
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None
