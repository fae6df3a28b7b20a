"""What an outcome is to the rest of the product, and how the outcomes are found."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from equitybook.codebook import Row, Table
from equitybook.codebook.revisions import Revision
from equitybook.errors import EquitybookError
from equitybook.findings import Finding, Measured
from equitybook.outcomes.content import Content, read_content, read_example, words_row

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Context:
    """What a measure may know besides the tables: the town's name, and today's date (never read from a clock inside).

    ``revisions`` are the changes made with a reason in the tables the outcome names in ``history``, oldest first; ``roles`` are the
    town's participants by user name, each by role.
    """

    community: str
    today: dt.date
    revisions: tuple[Revision, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One learning outcome: its tables, its measures, its words.

    ``measure`` takes one typed frame per table id (empty frames where nothing is entered; column names and order are the
    row model's; invalid cells are NA) and returns what it counted. ``present`` turns that, or what disclosure left of it,
    into findings. ``content`` is the folder's ``content.yml``; its prompts become one more table, ``<code>_words``, which joins
    ``tables`` by itself. ``reads`` are tables of the charter or of another outcome that ``measure`` wants as well,
    ``history`` those of which it is told what was changed with a reason.
    The charter is one of them too: it has tables, measures and words like any outcome, and is begun in the first cycle.
    """

    code: str
    name: str
    area: str
    title: str
    tables: tuple[type[Row], ...]
    measure: Callable[[Mapping[str, pd.DataFrame], Context], Measured]
    present: Callable[[Measured], tuple[Finding, ...]]
    content: Path
    reads: tuple[type[Row], ...] = ()
    history: tuple[type[Row], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", (*self.tables, words_row(self.guide)))

    @property
    def guide(self) -> Content:
        """What the folder's ``content.yml`` says: steps, prompts, checks, sources.

        Raises
        ------
        ConfigError
            If the file is missing or wrong.
        """
        return read_content(self.content)

    @property
    def looked_at(self) -> tuple[type[Row], ...]:
        """Its own tables and those it reads of others: everything ``measure`` and the self-check look at."""
        return (*self.tables, *self.reads)

    @property
    def example(self) -> Mapping[str, tuple[Mapping[str, Any], ...]]:
        """What the invented town Prairie Glen entered, by table id: shown beside the tables. From the folder's ``example.yml``.

        Raises
        ------
        ConfigError
            If the file is wrong.
        """
        return read_example(self.content.with_name("example.yml"))


@cache
def all_outcomes() -> Mapping[str, Outcome]:
    """Every outcome, by code, in the order of its folders; the charter, on which they build, comes first.

    Raises
    ------
    EquitybookError
        If two outcomes share a code or a table id, or a folder has no ``OUTCOME``.
    """
    found: dict[str, Outcome] = {}
    owners: dict[str, str] = {}
    for name in ("equitybook.charter", *_rooms()):
        one = getattr(importlib.import_module(name), "OUTCOME", None)
        if not isinstance(one, Outcome):
            folder = name.removeprefix("equitybook.").replace(".", "/")
            message = f"The folder {folder} has no OUTCOME in its __init__.py. Add one: OUTCOME = Outcome(...)."
            raise EquitybookError(message)
        for owner_id in (one.code, *(row.table.id for row in one.tables)):
            if owner_id in owners:
                message = f'"{owner_id}" is claimed by {owners[owner_id]} and by {one.name}. Codes and table ids are used once.'
                raise EquitybookError(message)
            owners[owner_id] = one.name
        found[one.code] = one
    return MappingProxyType(found)


def _rooms() -> Iterator[str]:
    root = importlib.import_module("equitybook.outcomes")
    for area in pkgutil.iter_modules(root.__path__, f"{root.__name__}."):
        if area.ispkg:
            yield from (room.name for room in pkgutil.iter_modules(importlib.import_module(area.name).__path__, f"{area.name}."))


def known(codes: Iterable[str]) -> tuple[Outcome, ...]:
    """Give the outcomes of these codes that the product has, in their order; others are left out."""
    there = all_outcomes()
    return tuple(there[code] for code in codes if code in there)


def tables_of(codes: Iterable[str]) -> tuple[str, ...]:
    """List the ids of the tables that belong to a cycle working on these outcomes: theirs, what they read, and the charter's."""
    charter = next(iter(all_outcomes().values()))
    rows = [row for one in (charter, *known(codes)) for row in one.looked_at]
    return tuple(dict.fromkeys(row.table.id for row in rows))


def outcome(code: str) -> Outcome:
    """Find the outcome with that code, for example ``"HR1"``.

    Raises
    ------
    EquitybookError
        If there is none.
    """
    known = all_outcomes()
    if code not in known:
        message = f'There is no outcome "{code}". It is one of: {", ".join(known)}.'
        raise EquitybookError(message)
    return known[code]


def table(table_id: str) -> Table:
    """Find the table with that id, whichever outcome it belongs to.

    Raises
    ------
    EquitybookError
        If there is none.
    """
    for one in all_outcomes().values():
        for row in one.tables:
            if row.table.id == table_id:
                return row.table
    message = f'There is no table "{table_id}".'
    raise EquitybookError(message)
