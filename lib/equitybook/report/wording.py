"""The small words around a finding: whose number, how many, from where, as of when."""

from __future__ import annotations

import datetime as dt

from equitybook.codebook.categories import GROUP, JOBCAT
from equitybook.findings import TOTAL, Finding
from equitybook.flags import Flag, Flagged
from equitybook.report.model import Report

FLAG_LOOKS: dict[Flag, str] = {
    Flag.LOOK_CLOSER: "look",
    Flag.BELOW_REFERENCE_SMALL_N: "look",
    Flag.NO_SIGNAL: "calm",
    Flag.NOT_ENOUGH_DATA: "calm",
    Flag.DATA_QUALITY: "check",
    Flag.NA: "calm",
}
"""Which of three looks a flag has; its words always say the same."""


def date_words(date: dt.date) -> str:
    """Write "30 June 2026"."""
    return f"{date.day} {date:%B %Y}"


def time_words(at: dt.datetime) -> str:
    """Write "22 November 2026, 16:04 UTC"."""
    return f"{date_words(at.astimezone(dt.UTC).date())}, {at.astimezone(dt.UTC):%H:%M} UTC"


def number_words(value: float) -> str:
    """Write 1234.0 as "1,234" and 96.4 as "96.4"."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def meta_words(finding: Finding) -> tuple[str, ...]:
    """Say how many people, how many unknown, the source and the date, as far as they are known."""
    of = finding.provenance
    parts = []
    if of.n is not None:
        parts.append(f"{number_words(of.n)} {'person' if of.n == 1 else 'people'}")
    if of.unknown is not None:
        parts.append(f"{number_words(of.unknown)} unknown")
    if of.source:
        parts.append(of.source)
    if of.as_of is not None:
        parts.append(f"as of {date_words(of.as_of)}")
    return tuple(parts)


def counted_words(finding: Finding) -> str:
    """Say what was divided by what, or what was counted."""
    of = finding.provenance
    if of.numerator and of.denominator:
        return f"Counted: {of.numerator}, of {of.denominator}."
    return f"Counted: {of.numerator}." if of.numerator else ""


def flag_words(flag: Flagged) -> str:
    """Say of whom, why, and what to do next."""
    group = group_words(flag.group)
    said = " ".join(part for part in (flag.reason, flag.next_step) if part)
    return f"{group}: {said}" if group and said else group or said


def group_words(group: str) -> str:
    """Write a group's code as words; "HISP/4" as "Hispanic or Latino, Protective Service Workers"; nothing for everyone."""
    if group in ("", TOTAL):
        return ""
    first, _, second = group.partition("/")
    return ", ".join(part for part in (GROUP.label(first), JOBCAT.label(second) if second else "") if part)


def made_lines(report: Report) -> list[tuple[str, str]]:
    """Say how the report was made: pairs of a name and its value."""
    lines = [("Who may see it", report.made.who)]
    if report.sources:
        lines.append(("Sources", "; ".join(report.sources)))
    if report.as_of:
        lines.append(("Data as of", "; ".join(date_words(date) for date in report.as_of)))
    lines += [(name, str(value)) for name, value in report.made.policy.items()]
    return [
        *lines,
        ("Made by", report.made.program),
        ("Made on", time_words(report.made.at)),
        ("Content (SHA-256)", report.content_hash),
    ]
