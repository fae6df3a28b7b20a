"""Reading a table of groups, some of which may not be shown: whom to list, and of how many a share is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from equitybook.findings import MIN_DENOMINATOR, TOTAL, UNKNOWN, CountTable, Dimension
from equitybook.outcomes.human_resources.staff_statistics.dimensions import ALWAYS_LISTED
from equitybook.outcomes.human_resources.staff_statistics.present.words import LEFT_OUT

BADGE_UNKNOWN, MOST_UNKNOWN = 10, 25
"""Per cent of unknowns from which a share bears a badge, and from which no comparison is made (specification 1.4)."""


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
        """Per cent of all people whose group is not known."""
        return None if self.unknown is None or not self.total else 100 * self.unknown / self.total

    @property
    def comparable(self) -> bool:
        """Whether enough groups are known, and enough people are there, to compare shares."""
        return self.n is not None and self.n >= MIN_DENOMINATOR and (self.unknown_percent or 0) <= MOST_UNKNOWN

    def bounds(self, part: float | None) -> tuple[float, float] | None:
        """Per cents if none, or all, of the unknowns belonged to the group; None where a number is not there."""
        if part is None or self.unknown is None or not self.total:
            return None
        return 100 * part / self.total, 100 * (part + self.unknown) / self.total


def whole(margin: Mapping[str, float | None]) -> Whole:
    """Read the whole off one margin: numbers by group code, with ``UNK`` and ``TOTAL``."""
    total, unknown = margin.get(TOTAL), margin.get(UNKNOWN)
    if total is None:
        return Whole(None, None, unknown, "people whose group is known")
    if unknown is None:
        return Whole(total, total, None, "all people; how many have no group recorded is not known or not shown")
    return Whole(total - unknown, total, unknown, "people whose group is known")


def by_row(table: CountTable | None, column: str = TOTAL) -> dict[str, float | None]:
    """One column of a table, by row code, with the margin; empty without a table."""
    return {} if table is None else {code: table.at(code, column) for code in (*table.row_codes(), TOTAL)}


def by_column(table: CountTable | None, row: str = TOTAL) -> dict[str, float | None]:
    """One row of a table, by column code, with the margin; empty without a table."""
    return {} if table is None else {code: table.at(row, code) for code in (*table.column_codes(), TOTAL)}


def listed(dimension: Dimension, margin: Mapping[str, float | None]) -> list[str]:
    """Codes to list: the reporting groups wherever a number is there, all others where somebody is counted; never one without a number."""
    return [code for code in dimension.labels if (margin.get(code) or 0) > 0 or (margin.get(code) == 0 and code in ALWAYS_LISTED)]


def left_out(dimension: Dimension, *margins: Mapping[str, float | None]) -> tuple[str, ...]:
    """Give the note that some group is not listed, where that is so."""
    return (LEFT_OUT,) if any(margin.get(code) is None for margin in margins for code in dimension.labels) else ()


def known(codes: list[str]) -> list[str]:
    """Leave out the code for the unknown."""
    return [code for code in codes if code != UNKNOWN]
