"""Which column of a file is which field: by its heading, checked against its values; by its values where the heading is silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from equitybook.codebook import Column, Kind, Table, coerce
from equitybook.codebook.read_choice import plain
from equitybook.intake.codes import Reader, is_known, is_listed
from equitybook.intake.match import match_exactly, match_heading, words
from equitybook.intake.proposal import ColumnChoice
from equitybook.intake.sheet import Cell, Sheet

_LOOKED_AT = 400
_ENOUGH = 0.3
_CLEAR = 0.8
_NOT_NEEDED = "No field has this heading. It is left out unless you choose one."
_NO_HEADING = "It has no heading. It is left out unless you choose a field."


@dataclass(frozen=True, slots=True)
class Form:
    """What a file is read into: a table, the fields its columns can be matched to, and how their words are read.

    ``columns`` may hold fields that are only read on the way and not stored. ``lists`` name, by field, the word list of
    ``words.yml`` by which a column is recognised from its values. ``strict`` forms ask for every word of unclear meaning;
    others keep it as typed. ``example`` is the example row of the blank file, as it would be stored.
    """

    table: Table
    columns: tuple[Column, ...]
    readers: Mapping[str, Reader]
    lists: Mapping[str, str] = field(default_factory=dict)
    heading_words: Mapping[str, tuple[frozenset[str], ...]] = field(default_factory=dict)
    example: Mapping[str, Any] = field(default_factory=dict)
    strict: bool = False

    def column(self, name: str) -> Column | None:
        """Give the field of that name, or None."""
        return next((one for one in self.columns if one.name == name), None)


@dataclass(frozen=True, slots=True)
class _Candidate:
    column: Column
    strength: float
    why: str


def assign(sheet: Sheet, form: Form) -> tuple[ColumnChoice, ...]:
    """Propose a field for each column; a field that two columns could fill goes to the likelier one."""
    candidates = {name: _candidate(sheet, name, form) for name in sheet.columns}
    best: dict[str, str] = {}
    for name, found in candidates.items():
        if found and (found.column.name not in best or found.strength > _strength(candidates[best[found.column.name]])):
            best[found.column.name] = name
    made = []
    for name, found in candidates.items():
        sample = _sample(sheet.column(name))
        if found is None:
            made.append(ColumnChoice(name, None, sample, _NOT_NEEDED if sheet.header_row else _NO_HEADING))
        elif best[found.column.name] == name:
            made.append(ColumnChoice(name, found.column.name, sample, found.why))
        else:
            why = (
                f'{found.column.label} is read from "{best[found.column.name]}" already. Choose this one instead if it fits better.'
            )
            made.append(ColumnChoice(name, None, sample, why))
    return tuple(made)


def _strength(candidate: _Candidate | None) -> float:
    return candidate.strength if candidate else 0.0


def _candidate(sheet: Sheet, name: str, form: Form) -> _Candidate | None:
    values = [value for value in sheet.column(name) if value is not None][:_LOOKED_AT]
    by_values = _by_values(values, form)
    headed = match_heading(form.columns, name) or _by_heading_words(name, form)
    if headed is None:
        return by_values
    fit = _fit(headed, values, form)
    if by_values and by_values.column is not headed and headed.name in form.lists and fit < _CLEAR:
        return by_values
    if headed.kind in {Kind.DATE, Kind.MONEY} and values and fit < _ENOUGH:
        return None
    exact = 1.0 if match_exactly(form.table, name) is headed else 0.5
    return _Candidate(headed, 1 + exact + fit + len(values) / _LOOKED_AT / 10, f'The heading "{name}" is known.')


def _by_heading_words(name: str, form: Form) -> Column | None:
    found = set(words(name).split())
    for target, groups in form.heading_words.items():
        if any(group <= found for group in groups):
            return form.column(target)
    return None


def _by_values(values: Sequence[Cell], form: Form) -> _Candidate | None:
    different = {plain(str(value)) for value in values}
    if len(different) < 2:  # noqa: PLR2004 - one word proves nothing
        return None
    fits = {name: _fit(column, values, form) for name in form.lists if (column := form.column(name))}
    best = max(fits, key=lambda name: fits[name], default=None)
    column = form.column(best) if best else None
    if column is None or best is None or fits[best] < _CLEAR or not any(is_known(form.lists[best], word) for word in different):
        return None
    return _Candidate(column, fits[best], f"Its values are words for {column.label.lower()}.")


def _fit(column: Column, values: Sequence[Cell], form: Form) -> float:
    """Give the share of values that can be read as the column means them (0 to 1)."""
    if not values:
        return 0.0
    kind = form.lists.get(column.name)
    if kind is None:
        return sum(coerce(column, value).usable for value in values) / len(values)
    counts = Counter(plain(str(value)) for value in values)
    if kind == "race" and any(is_listed("hispanic", word) and {"not", "non", "nonhispanic"} & set(word.split()) for word in counts):
        return 0.0  # an ethnicity question asked apart from race
    return sum(count for word, count in counts.items() if is_listed(kind, word)) / len(values)


def _sample(values: Sequence[Cell]) -> tuple[str, ...]:
    seen = dict.fromkeys(str(value)[:60] for value in values if value is not None)
    return tuple(list(seen)[:3])
