"""The versions of an agreed charter: what was changed with a reason, told by role and never by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from equitybook.charter.tables.project import Charter
from equitybook.codebook import as_words
from equitybook.codebook.revisions import Revision, by_act

SOMEBODY = "A participant"
_EMPTY = "(empty)"


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of one version, in words. ``version`` counts from 2: the first is the charter as it was agreed. ``on`` is the UTC day."""

    version: int
    label: str
    old: str
    new: str
    reason: str
    on: dt.date
    by: str


def charter_changes(found: Iterable[Revision], roles: Mapping[str, str]) -> tuple[Changed, ...]:
    """Tell what was changed in the charter, oldest first.

    Parameters
    ----------
    found
        Revisions of any tables.
    roles
        Participants' roles by user name.
    """
    acts = by_act(one for one in found if one.table == Charter.table.id)
    return tuple(_changed(one, version, roles) for version, act in enumerate(acts, start=2) for one in act)


def _changed(one: Revision, version: int, roles: Mapping[str, str]) -> Changed:
    column = Charter.table.column(one.field)
    old, new = (as_words(column, value) or _EMPTY for value in (one.old, one.new))
    return Changed(version, column.label, old, new, one.reason, one.at.date(), roles.get(one.author) or SOMEBODY)
