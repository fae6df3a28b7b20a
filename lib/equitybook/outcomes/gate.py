"""The self-check before submitting: what the page can see by itself.

Machine checks stand beside the coach's judgement and never replace it; nothing here keeps a draft from being submitted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equitybook.findings import Finding
from equitybook.flags import Flag
from equitybook.outcomes.content import Content, Rule

Rows = Sequence[Mapping[str, Any]]

# A year may be typed as its first and its last day, so the day after the last one completes it; leap years move that by a day.
_SHORTEST_YEAR = dt.timedelta(days=364)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the self-check: a sentence, and whether it holds."""

    id: str
    text: str
    done: bool


def self_check(content: Content, tables: Mapping[str, Rows], findings: Sequence[Finding]) -> tuple[Check, ...]:
    """Hold an outcome's done-rules against what was entered and what was found.

    Parameters
    ----------
    content
        The outcome's words, with its done-rules.
    tables
        The values as they stand, by table id; tables that are absent count as empty.
    findings
        The town's own findings (nothing hidden).
    """
    facts = _Facts(content, tables, {one.id: one for one in findings})
    return tuple(Check(one.id, one.text, facts.meets(one.rule)) for one in content.done)


@dataclass(frozen=True, slots=True)
class _Facts:
    content: Content
    tables: Mapping[str, Rows]
    findings: Mapping[str, Finding]

    def meets(self, rule: Rule) -> bool:
        """Answer one rule."""
        if rule.any_of or rule.all_of:
            return any(map(self.meets, rule.any_of)) or (bool(rule.all_of) and all(map(self.meets, rule.all_of)))
        if rule.filled:
            return bool(self._values(rule.filled))
        if rule.answered:
            return bool(self._values(f"{self.content.words_table}.{rule.answered}"))
        if rule.shown or rule.clear:
            return self._shown(rule.shown or rule.clear or "", clear=bool(rule.clear))
        if rule.distinct:
            return len(set(map(str, self._values(rule.distinct.cell)))) >= rule.distinct.at_least
        assert rule.years is not None  # noqa: S101 - content.py lets no rule be empty
        return self._span(rule.years.start, rule.years.end) >= rule.years.at_least * _SHORTEST_YEAR

    def _shown(self, finding_id: str, *, clear: bool) -> bool:
        finding = self.findings.get(finding_id)
        if finding is None or finding.empty:
            return False
        return not clear or all(flag.flag is not Flag.DATA_QUALITY for flag in finding.flags)

    def _values(self, cell: str) -> list[Any]:
        table, field = cell.split(".")
        return [row[field] for row in self.tables.get(table, ()) if row.get(field) not in (None, "")]

    def _span(self, start: str, end: str) -> dt.timedelta:
        try:
            first, last = (dt.date.fromisoformat(str(self._values(cell)[0])) for cell in (start, end))
        except (IndexError, ValueError):
            return dt.timedelta(0)
        return last - first
