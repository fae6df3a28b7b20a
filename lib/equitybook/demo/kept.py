"""Evidence the invented towns keep: what the page says of their own answers, with a sentence of theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from equitybook.analysis import Answers
from equitybook.charter.keeping import evidence_row
from equitybook.charter.subjects import Subject, subjects
from equitybook.demo.dated import BEGUN, DUE
from equitybook.demo.projects import Rows
from equitybook.findings import Finding
from equitybook.outcomes import outcome

_FIRST_CYCLE = ("CHARTER", "IC1", "PM1")


def evidence_rows(town: str, kept: Sequence[Sequence[str]], entered: Mapping[str, Rows]) -> Rows:
    """Keep findings as the button “Keep as evidence” does.

    Parameters
    ----------
    town
        Its name.
    kept
        Finding, statement, measure and confidence of each.
    entered
        What the town has entered, by table id.

    Raises
    ------
    ValueError
        If a finding says nothing: the demonstration keeps only what its page shows.
    """
    numbers: Counter[str] = Counter()
    rows = []
    for finding_id, statement, measure_id, confidence in kept:
        code = finding_id.partition(".")[0]
        cycle = 1 if code in _FIRST_CYCLE else 2
        day = DUE if cycle == 1 else BEGUN
        one = outcome(code)
        tables = {row.table.id: _records(entered.get(row.table.id, ())) for row in (*one.tables, *one.reads)}
        findings = one.present(Answers(one, tables).measure(town, today=day))
        found = next((finding for finding in findings if finding.id == finding_id and not finding.empty), None)
        if found is None:
            message = f"{town} keeps {finding_id}, and its page does not show it."
            raise ValueError(message)
        numbers[code] += 1
        written = {"statement": statement, "measure_id": measure_id, "confidence": confidence}
        name = f"C{cycle}-{code}-{numbers[code]:03d}"
        rows.append(evidence_row(found, _about(found, measure_id), written, code=name, cycle=cycle, today=day))
    return rows


def _about(found: Finding, measure_id: str) -> Subject:
    """Choose as a town would: the first flagged row about the measure, else the finding as a whole."""
    whole, *rest = subjects(found)
    return next((one for one in rest if one.measure_id == measure_id and one.flag), whole)


def _records(rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    return tuple((f"r{number}", row) for number, row in enumerate(rows))
