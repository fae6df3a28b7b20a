"""What the data say, in two stages, so that privacy is structural.

1. An outcome *measures*: tables in, ``Measured`` out. ``Measured`` holds everything that counts people, as count tables
   with their margins, statistics with the number of people behind them, and curves with the number at risk.
2. An outcome *presents*: ``Measured`` in, findings out. Rates, sentences, charts and flags are made here, from the cells
   that are visible, and only from those.

Inside a community the two follow each other directly. What leaves a community passes ``disclosure`` in between, which
hides cells in ``Measured`` before anything is presented: a hidden count can then reach no sentence, chart, alternative
text or spreadsheet, because ``present`` never sees it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from equitybook.flags import Flagged

TOTAL = "TOTAL"
"""The code of a margin, in rows and in columns."""

UNKNOWN = "UNK"
"""The code of people whose group is not known."""

MIN_DENOMINATOR = 10
"""Fewest people behind a rate that is shown (specification 1.4)."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way of sorting people, for example race and ethnicity: codes and their words, without the margin."""

    name: str
    title: str
    labels: Mapping[str, str]

    def label(self, code: str) -> str:
        """The words for a code."""
        return "All" if code == TOTAL else self.labels.get(code, code)


@dataclass(frozen=True, slots=True)
class CountTable:
    """People counted by two dimensions, with margins.

    ``cells[row_code, column_code]`` is a number of people (or of person-averages, such as an average headcount: any
    number that behaves like a count). ``TOTAL`` is the margin of either dimension; margins are present and add up.
    A cell that is absent or None is not known or not shown, and a reader cannot tell which. ``of`` names the people counted
    (for example ``"staff in post"``): tables with the same ``of`` that share a dimension share those margins. ``shares`` says that the
    columns are parts of their row and are read as percentages of it. ``promised`` is the smallest group that the people counted were
    told would leave the community; it counts where it is larger than what a tier asks for anyway.
    """

    id: str
    title: str
    of: str
    rows: Dimension
    columns: Dimension
    cells: Mapping[tuple[str, str], float | None]
    shares: bool = False
    promised: int = 0

    def at(self, row: str = TOTAL, column: str = TOTAL) -> float | None:
        """The number in one cell, or None where it is not known or not shown."""
        return self.cells.get((row, column))

    def row_codes(self) -> Iterator[str]:
        """The row codes, without the margin, in the dimension's order."""
        yield from self.rows.labels

    def column_codes(self) -> Iterator[str]:
        """The column codes, without the margin, in the dimension's order."""
        yield from self.columns.labels


@dataclass(frozen=True, slots=True)
class Statistic:
    """One number about a group that is not a count: a median, a share from a survival curve.

    ``n`` is the number of people behind it; disclosure shows it only where ``n`` is large enough and the group itself is
    shown in table ``counted_in``; in a table of ``shares`` with everything in the group's row, because a share and the number it is of
    tell the part. ``value`` None is not known or not shown.
    """

    id: str
    group: str
    value: float | None
    n: int
    counted_in: str = ""
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """A survival curve: share still here by time, and how many were followed at each point.

    Every step of a curve is a person leaving; disclosure therefore keeps whole years with enough people at risk.
    ``points`` are (time in years, share 0 to 1, number at risk).
    """

    id: str
    group: str
    points: tuple[tuple[float, float, int], ...]
    counted_in: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything one outcome has counted for one community, before any of it is put into words.

    ``facts`` hold what is not about groups of people and may be said anywhere: dates, sources, the participants' choices,
    published benchmarks. Never put a number of staff there. ``words`` are what people typed in words: for the town and its coach,
    never for a wider circle, because free text names people.
    """

    counts: Mapping[str, CountTable] = field(default_factory=dict)
    statistics: tuple[Statistic, ...] = ()
    curves: tuple[Curve, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)

    def statistic(self, id: str, group: str = TOTAL) -> Statistic | None:  # noqa: A002
        """The statistic of that id for that group, or None."""
        return next((one for one in self.statistics if one.id == id and one.group == group), None)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a number comes from. ``as_of`` is the date the data describe, not the day of printing."""

    source: str = ""
    as_of: dt.date | None = None
    n: float | None = None
    unknown: float | None = None
    numerator: str = ""
    denominator: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as it is read: words and numbers already formatted, "—" where a value is not known or not shown.

    The first column names the row. ``align`` has one letter per column: "l" for words, "r" for numbers.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A Vega-Lite specification with its own data, and the same in words.

    ``alt`` says what the picture shows, numbers included; ``width: container`` in the specification lets the page redraw
    it for a phone. The table beside it is the finding's own ``table``.
    """

    spec: Mapping[str, Any]
    alt: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the data say: a sentence, a table, a picture, its flags and its cautions.

    ``id`` is stable (``"HR1.share.race"``); ``metric_id`` is the registry's. ``empty`` says what to do where there is
    nothing to show yet; a finding with ``empty`` set has no table.
    """

    id: str
    metric_id: str
    title: str
    sentence: str = ""
    table: Shown | None = None
    chart: Chart | None = None
    flags: tuple[Flagged, ...] = ()
    notices: tuple[str, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
    empty: str = ""
