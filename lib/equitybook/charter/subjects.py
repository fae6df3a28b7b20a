"""What a piece of evidence may be about: a row or a flag of a finding with its numbers, or the finding as a whole (specification 5.3).

Rows are read as the page shows them, by the headings of their columns; where a row is flagged, the flag's own exact numbers take their
place. A table without groups and values, such as a list of tasks, offers no rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from equitybook.findings import Finding
from equitybook.flags import Flagged
from equitybook.outcomes.wording import day

WHOLE = "The finding as a whole"
EVERYBODY = "ALL"

_GROUP = ("Group", "Race or ethnicity", "Sex", "Job group")
_VALUE = ("Newest value", "Value", "A year", "Share", "Middle pay a year", "Half have left after")
_INTERVAL = ("95 % interval", "Lowest–highest", "Margin (points)")
_PEOPLE = ("Of", "Average staff who could be", "Average staff", "Hired", "At the start", "People")
_PERIOD = ("Newest period", "Period")
_ALL = frozenset({"All", "All staff", "Everybody", "All residents"})
_MEASURE = re.compile(r"([A-Za-z]{1,3}\d{1,4}) · ")
_MEASURED_GROUP = re.compile(r"([A-Za-z]{1,3}\d{1,4}): (.+)")
_NUMBER = re.compile(r"[-−]?\$?\d[\d,]*(?:\.\d+)?")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_YEAR = re.compile(r"\d{4}(?:-\d{2,4})?")
_YEARS = re.compile(r"\b\d{4}-\d{2,4}(?: to \d{4}-\d{2,4})?\b")
_IN_WORDS = re.compile(rf"\b(?:\d{{1,2}} )?(?:{_MONTHS}) \d{{4}}(?: to (?:\d{{1,2}} )?(?:{_MONTHS}) \d{{4}})?")


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing evidence may be about. ``label`` is how the page offers it, its value included; numbers are in the finding's unit.

    ``group`` is empty for the finding as a whole, ``lower`` and ``upper`` hold the value between them or are None.
    """

    label: str
    metric_id: str
    group: str = ""
    measure_id: str = ""
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    n: int | None = None
    flag: str = ""
    period: str = ""

    def columns(self) -> dict[str, Any]:
        """Give what is stored of it, by column of the evidence."""
        names = ("metric_id", "group", "measure_id", "value", "lower", "upper", "n", "flag", "period")
        return {name: getattr(self, name) for name in names}


def subjects(finding: Finding) -> tuple[Subject, ...]:
    """List what evidence from a finding may be about: the finding as a whole first, then its rows, then flags that are on no row."""
    flags = [one for one in finding.flags if one.group]
    rows = list(_rows(finding))
    placed = [(row, next((flag for flag in flags if flag.group in names), None)) for row, names in rows]
    made = [_flagged(row, flag) if flag else row for row, flag in placed]
    there = [flag for _, flag in placed]
    made += [_flagged(_nameless(finding, flag), flag) for flag in flags if flag not in there]
    return tuple(_told_apart([_whole(finding), *made]))


def subject_of(finding: Finding, label: str) -> Subject | None:
    """Find what a page was told to offer under these words; without any, the finding as a whole. None where it says something else by now."""
    return next((one for one in subjects(finding) if one.label == (label or WHOLE)), None)


def _whole(finding: Finding) -> Subject:
    of_all = next((str(one.flag) for one in finding.flags if not one.group), "")
    n = None if finding.provenance.n is None else round(finding.provenance.n)
    return Subject(WHOLE, finding.metric_id, n=n, flag=of_all, period=_period(finding))


def _rows(finding: Finding) -> Iterator[tuple[Subject, frozenset[str]]]:
    """Read the rows that are about a group and have a value, each with the names its flag may go by."""
    table = finding.table
    if table is None:
        return
    for cells in table.rows:
        row = dict(zip(table.columns, cells, strict=True))
        group = _first(row, _GROUP[:3]) or _first(row, _GROUP)
        value = _number(_value_of(row))
        if not group or value is None:
            continue
        lower, upper = _interval(row, value)
        head, code = cells[0], _MEASURE.match(cells[0])
        measure_id = code.group(1) if code else ""
        named = [measure_id or head] if head != group else []
        a_year = _YEAR.fullmatch(group)  # some tables go on, below the groups, with everybody year by year
        subject = Subject(
            label=f"{', '.join([*named, group])}: {_value_of(row).rstrip('*')}",
            metric_id=finding.metric_id,
            group=", ".join([EVERYBODY if group in _ALL or a_year else group, *([] if code else named)]),
            measure_id=measure_id,
            value=value,
            lower=lower,
            upper=upper,
            n=_people(finding, row),
            period=group if a_year else _first(row, _PERIOD) or _period(finding),
        )
        yield subject, frozenset({group, f"{measure_id}: {group}", f"{group}, {head}", f"{head}, {group}"})


def _flagged(row: Subject, flag: Flagged) -> Subject:
    """Put a flag's own numbers in the place of those that were read; what the row says and the flag does not stays."""
    low, high = flag.interval or (None, None)
    if flag.value is None or low is None or high is None or not low <= flag.value <= high:
        low = high = None  # an interval of the reference, not of the value
    told = _IN_WORDS.search(flag.reason)
    return replace(
        row,
        label=f"{row.label} ({flag.label})",
        metric_id=flag.metric_id,
        value=row.value if flag.value is None else flag.value,
        lower=row.lower if low is None else low,
        upper=row.upper if high is None else high,
        n=row.n if flag.n is None else flag.n,
        flag=str(flag.flag),
        period=told.group(0) if told else row.period,
    )


def _nameless(finding: Finding, flag: Flagged) -> Subject:
    """Begin a flag's subject where no row of the table is about its group."""
    found = _MEASURED_GROUP.fullmatch(flag.group)
    measure_id, group = found.groups() if found else ("", flag.group)
    return Subject(flag.group.replace(": ", ", "), finding.metric_id, group, measure_id, period=_period(finding))


def _told_apart(made: Sequence[Subject]) -> Iterator[Subject]:
    seen: dict[str, int] = {}
    for one in made:
        seen[one.label] = seen.get(one.label, 0) + 1
        yield one if seen[one.label] == 1 else replace(one, label=f"{one.label} · {seen[one.label]}")


def _first(row: Mapping[str, str], headings: Sequence[str]) -> str:
    return next((row[name] for name in headings if row.get(name)), "")


def _period(finding: Finding) -> str:
    """Say what time a finding is about: the day its data describe, else the years its sentence names."""
    years = _YEARS.search(finding.sentence)
    return day(finding.provenance.as_of) or (years.group(0) if years else "")


def _value_of(row: Mapping[str, str]) -> str:
    """Give the cell with the row's value; where a table shows people and out of how many, those people."""
    return _first(row, _VALUE) or (row.get("People", "") if "Of" in row else "")


def _people(finding: Finding, row: Mapping[str, str]) -> int | None:
    """Give how many stand behind a value: a share's whole, where the table only says how many are in the group."""
    source = finding.provenance
    if "Share" in row and not any(name in row for name in _PEOPLE[:-1]):
        return None if source.n is None else round(source.n - (source.unknown or 0))
    number = _number(_first(row, _PEOPLE))
    return None if number is None else round(number)


def _interval(row: Mapping[str, str], value: float) -> tuple[float | None, float | None]:
    text = _first(row, _INTERVAL)
    if text.startswith("±"):
        margin = _number(text[1:])
        return (None, None) if margin is None else (round(value - margin, 10), round(value + margin, 10))
    low, dash, high = text.partition("–")
    ends = (_number(low), _number(high)) if dash else (None, None)
    return ends if None not in ends else (None, None)


def _number(text: str) -> float | None:
    found = _NUMBER.match(text.strip())
    return float(found.group(0).replace("−", "-").replace("$", "").replace(",", "")) if found else None
