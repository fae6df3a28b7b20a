"""Which of the project's measures have data that can be split by group, and which wait for data (specification PM1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equitybook.outcomes.performance_management.data_systems.measure.scores import PARTIAL, DataSet
from equitybook.outcomes.performance_management.data_systems.vocabularies import DATA_FIELD
from equitybook.outcomes.requests import Request


@dataclass(frozen=True, slots=True)
class Link:
    """One measure and its data.

    ``at`` is the data set's place in the inventory; ``named`` whether the measure names one at all. ``wanted`` are the fields it is to be
    split by, as far as records carry them; ``usable`` says of every field whether it can be, None where that is not known.
    """

    named: bool
    at: int | None
    wanted: tuple[str, ...]
    usable: Mapping[str, bool | None]
    requested: bool

    @property
    def linked(self) -> bool:
        """Whether it has a data set with a usable field: one of those it is to be split by, or any where it names none."""
        return self.at is not None and any(self.usable.get(name) for name in self.wanted or DATA_FIELD.codes)

    @property
    def provided(self) -> bool:
        """Whether it has a data set, or its data are asked for."""
        return self.at is not None or self.requested


def live(measures: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Leave out measures that are retired, and rows without a name or a code."""
    return [one for one in measures if (one.get("name") or one.get("measure_id")) and not one.get("retired_on")]


def links(
    measures: Sequence[Mapping[str, Any]],
    sets: Sequence[DataSet],
    codes: Sequence[str],
    requests: Iterable[Request],
    today: dt.date,
) -> tuple[Link, ...]:
    """Follow each measure to its data set and on to the fields.

    Parameters
    ----------
    measures
        Rows of the charter's measures that are not retired.
    sets, codes
        The data sets and their codes, in the order of the inventory; of two with one code the first counts.
    requests
        Dated requests; those of a later day are not made yet.
    today
        The day it is looked at.
    """
    asked = {one.measure for one in requests if one.measure and one.asked_on <= today}
    return tuple(_link(one, sets, codes, asked) for one in measures)


def _link(measure: Mapping[str, Any], sets: Sequence[DataSet], codes: Sequence[str], asked: set[str]) -> Link:
    code = str(measure.get("dataset_id") or "")
    at = codes.index(code) if code in codes and code else None
    # Job group and department are no fields of the inventory: every staff list and every register has them or has not.
    wanted = tuple(name for name in DATA_FIELD.codes if name in (measure.get("disaggregate_by") or ()))
    usable = {name: None if at is None else _usable(sets[at], name) for name in DATA_FIELD.codes}
    return Link(bool(code), at, wanted, usable, str(measure.get("measure_id")) in asked)


def _usable(one: DataSet, name: str) -> bool | None:
    rate = one.usable_rate(name)
    return None if rate is None else rate >= PARTIAL
