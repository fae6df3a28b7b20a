"""Reports for paper: the small one, with other things in its first finding, or filled with lines up to where a page ends."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from equitybook import charts
from equitybook.findings import Chart, Finding, Measured
from equitybook.report import Block, FindingBlock, Report, Section, Show, Words
from tests.report.made import present, released, report

Present = Callable[[Measured], tuple[Finding, ...]]


def changed(**changes: object) -> Present:
    """Present the small report's first finding with something else in it."""
    return lambda measured: (dataclasses.replace(present(measured)[0], **changes),)


def bars(count: int) -> Chart:
    rows = [charts.RateBar(f"Group {one}", 10 + one, None, None, 40) for one in range(count)]
    return charts.rate_bars(rows, title="Share", x_label="Percent")


def a_tall_picture(measured: Measured) -> tuple[Finding, ...]:
    return changed(chart=bars(12))(measured)


def one(present_it: Present = present, show: Show = "all") -> FindingBlock:
    return FindingBlock(released(show=present_it), "T1.share", show)


def lines(count: int) -> Words:
    return Words("What did you see?", "\n".join(f"Line {one}." for one in range(count)))


def a_report(*blocks: Block, brief: bool = False) -> Report:
    return dataclasses.replace(report(), sections=(Section("s", "Who works here", "", blocks),), brief=brief)
