"""Which column a heading means, by its words alone."""

from __future__ import annotations

import re

from equitybook.codebook import Column, Table
from equitybook.codebook.read_choice import plain

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_FILLERS = frozenset(
    {"employee", "employees", "emp", "empl", "ee", "staff", "current", "code", "cd", "desc", "description", "the", "of", "primary", "eeo", "eeo4", "4", "value", "name", "info"}
)  # fmt: skip


def words(heading: str) -> str:
    """Give the plain words of a heading: ``'HireDate'``, ``'HIRE_DATE'`` and ``'hire date'`` become the same."""
    return plain(_CAMEL.sub(" ", heading))


def match_heading(columns: tuple[Column, ...], heading: str) -> Column | None:
    """Find the column whose label, name or known other heading this is; None where none, or more than one, is."""
    return _exact(columns, heading) or _without_fillers(columns, heading)


def match_exactly(table: Table, heading: str) -> Column | None:
    """Find the column whose label, name or known other heading this is, word by word."""
    return _exact(table.columns, heading)


def _exact(columns: tuple[Column, ...], heading: str) -> Column | None:
    for spelling in (heading, _BRACKETS.sub("", heading)):
        squeezed = words(spelling).replace(" ", "")
        if not squeezed:
            continue
        for names in (lambda one: (one.label, one.name), lambda one: one.also):
            found = [one for one in columns if squeezed in {words(name).replace(" ", "") for name in names(one)}]
            if len(found) == 1:
                return found[0]
    return None


def _without_fillers(columns: tuple[Column, ...], heading: str) -> Column | None:
    core = frozenset(words(heading).split()) - _FILLERS
    if not core:
        return None
    found = [
        one for one in columns if core in {frozenset(words(name).split()) - _FILLERS for name in (one.label, one.name, *one.also)}
    ]
    return found[0] if len(found) == 1 else None
