"""How completely records can be told apart by group: rates of one field, and the score of one data set (specification PM1).

Rates are exact fractions, so that a data set at 0.70 is ready and not a hair below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from equitybook.outcomes.performance_management.data_systems.vocabularies import CORE_FIELDS, NOT_COLLECTED

READY, PARTIAL = Fraction(7, 10), Fraction(4, 10)


class Standing(StrEnum):
    """What a data set is good for when results are to be shown by group."""

    READY = "ready"
    PARTIAL = "partial"
    NOT_READY = "not ready"


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one data set: whether it is asked, of how many records, and how many answers can be used. None is not known."""

    asked: bool | None
    n_asked: int | None = None
    n_usable: int | None = None
    n_declined: int | None = None

    def asked_rate(self, records: int | None) -> Fraction | None:
        """Records asked, of all records; None without records, or where the numbers contradict each other."""
        return self._share(self.n_asked, records)

    def usable_rate(self, records: int | None) -> Fraction | None:
        """Records with a usable answer, of all records (not of those asked); None as above."""
        if self.asked and None not in (self.n_usable, self.n_asked) and (self.n_usable or 0) > (self.n_asked or 0):
            return None
        return self._share(self.n_usable, records)

    def _share(self, part: int | None, records: int | None) -> Fraction | None:
        if not records or self.asked is None:
            return None
        if not self.asked:
            return Fraction(0)
        return None if part is None or part > records else Fraction(part, records)


_UNSAID, _NOT_ASKED = Cell(None), Cell(asked=False)


@dataclass(frozen=True, slots=True)
class DataSet:
    """One data set in numbers and codes. Its name and keepers are words of the town and are kept apart."""

    records: int | None
    method: str = ""
    system: str = ""
    unit: str = ""
    refresh: str = ""
    access: str = ""
    retention_years: float | None = None
    has_steward: bool = False
    cells: Mapping[str, Cell] = field(default_factory=dict)

    def cell(self, name: str) -> Cell:
        """What is known of a field; where nothing of the kind is collected, a field nobody described is not asked."""
        return self.cells.get(name, _NOT_ASKED if self.method == NOT_COLLECTED else _UNSAID)

    def usable_rate(self, name: str) -> Fraction | None:
        """Records with a usable answer to that field, of all records."""
        return self.cell(name).usable_rate(self.records)

    def asked_rate(self, name: str) -> Fraction | None:
        """Records asked for that field, of all records."""
        return self.cell(name).asked_rate(self.records)

    @property
    def score(self) -> Fraction | None:
        """The mean of the usable rates of the five core fields, 0 to 1; a field not asked counts 0.

        None without records, and while any of the five is not known: leaving it out would praise what is only not described yet.
        """
        rates = [self.usable_rate(name) for name in CORE_FIELDS]
        known = [rate for rate in rates if rate is not None]
        return sum(known, Fraction(0)) / len(rates) if len(known) == len(rates) else None

    @property
    def unknown_core(self) -> int:
        """How many of the five core fields have no rate yet."""
        return sum(self.usable_rate(name) is None for name in CORE_FIELDS)

    @property
    def standing(self) -> Standing | None:
        """The class of the score: from 0.70 ready, from 0.40 partial, below not ready."""
        if self.score is None:
            return None
        if self.score >= READY:
            return Standing.READY
        return Standing.PARTIAL if self.score >= PARTIAL else Standing.NOT_READY

    @property
    def can_be_split(self) -> bool:
        """Whether the score reaches 0.40."""
        return self.score is not None and self.score >= PARTIAL
