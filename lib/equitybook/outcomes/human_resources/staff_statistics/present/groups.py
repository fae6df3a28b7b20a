"""Reading a table of groups, some of which may not be shown: whom to list, and of how many a share is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from equitybook.findings import MIN_DENOMINATOR, TOTAL, UNKNOWN, CountTable, Dimension
from equitybook.outcomes.human_resources.staff_statistics.dimensions import ALWAYS_LISTED
from equitybook.outcomes.wording import LEFT_OUT

BADGE_UNKNOWN, MOST_UNKNOWN = 10, 25
"""Percent of unknowns from which a share bears a badge, and from which no comparison is made (specification 1.4)."""


@dataclass(frozen=True, slots=True)
class Margin:
    """One row or column of a table: numbers by group, with the margin. The dimension is the table's own, groups put together included."""

    dimension: Dimension
    numbers: Mapping[str, float | None]
    of_all: bool = False
    """Whether shares are of all people though the unknowns are known here, because they are not everywhere they are compared with."""

    def get(self, code: str = TOTAL) -> float | None:
        """Read one number; None where it is not known, not shown, or the group is not in the table."""
        return self.numbers.get(code)

    def listed(self) -> list[str]:
        """List reporting groups wherever a number is there, others where somebody is counted, never one without a number."""
        return [
            code for code in self.dimension.labels if (self.get(code) or 0) > 0 or (self.get(code) == 0 and code in ALWAYS_LISTED)
        ]

    def known(self) -> list[str]:
        """List the same groups without the unknown."""
        return [code for code in self.listed() if code != UNKNOWN]

    def left_out(self) -> tuple[str, ...]:
        """Give the note that some group is not listed, where that is so."""
        return (LEFT_OUT,) if any(self.get(code) is None for code in self.dimension.labels) else ()

    @property
    def whole(self) -> Whole:
        """What a share of this margin is a share of."""
        total, unknown = self.get(), self.get(UNKNOWN)
        if total is None:
            return Whole(None, None, unknown, "people whose group is known")
        if unknown is None:
            return Whole(total, total, None, "all people; how many have no group on record is not shown")
        if self.of_all:
            return Whole(total, total, unknown, "all people, those of unknown group among them")
        return Whole(total - unknown, total, unknown, "people whose group is known")


@dataclass(frozen=True, slots=True)
class Whole:
    """What a share is a share of.

    ``n`` counts the people whose group is known or, where the number of unknowns is not there, all people: ``of`` says which in words.
    """

    n: float | None
    total: float | None
    unknown: float | None
    of: str

    @property
    def unknown_percent(self) -> float | None:
        """Percent of all people whose group is not known."""
        return None if self.unknown is None or not self.total else 100 * self.unknown / self.total

    @property
    def mostly_known(self) -> bool:
        """Whether no more than a quarter are unknown, as far as can be seen."""
        return (self.unknown_percent or 0) <= MOST_UNKNOWN

    @property
    def comparable(self) -> bool:
        """Whether enough groups are known, and enough people are there, to compare shares."""
        return self.n is not None and self.n >= MIN_DENOMINATOR and self.mostly_known

    def bounds(self, part: float | None) -> tuple[float, float] | None:
        """Give the percentages if none, or all, of the unknowns belonged to the group; None where a number is not there."""
        if part is None or self.unknown is None or not self.total:
            return None
        return 100 * part / self.total, 100 * (part + self.unknown) / self.total


def by_row(table: CountTable, column: str = TOTAL) -> Margin:
    """Read one column of a table, by row."""
    return Margin(table.rows, {code: table.at(code, column) for code in (*table.row_codes(), TOTAL)})


def by_column(table: CountTable, row: str = TOTAL) -> Margin:
    """Read one row of a table, by column."""
    return Margin(table.columns, {code: table.at(row, code) for code in (*table.column_codes(), TOTAL)})
