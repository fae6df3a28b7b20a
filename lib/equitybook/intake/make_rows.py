"""The rows of a settled sheet: for a look at the first, and for the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Map
from typing import Any

from equitybook.codebook import Column, Kind, coerce
from equitybook.codebook.coerce import Coerced, usable
from equitybook.codebook.read_date import month_before_day
from equitybook.codebook.read_number import read_money, read_number
from equitybook.intake.assign import Form
from equitybook.intake.codes import count_words, raw_word
from equitybook.intake.headings import is_filled
from equitybook.intake.proposal import Imported, Problem
from equitybook.intake.questions import PAY_UNITS
from equitybook.intake.screen import Dropped
from equitybook.intake.settled import Settled
from equitybook.intake.sheet import Cell

Finish = Callable[[dict[str, Any]], str]
"""Completes a row's stored values in place; returns why the row is left out, or an empty text."""

_PREVIEW = 5


def preview(form: Form, settled: Settled, finish: Finish) -> Iterator[Map[str, str]]:
    """Give the first rows as they would be read, in words."""
    labels = {one.name: one for one in form.columns}
    for _, cells in _rows(settled, limit=_PREVIEW):
        values = {column.name: coerce(column, cell).value for column, cell in cells}
        if not _why_left_out(form, values, cells) and not finish(values):
            yield {name: _shown(labels[name], value) for name, value in values.items() if name in labels}


def _shown(column: Column, value: Any) -> str:  # noqa: ANN401 - any stored value
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(column.vocabulary.label(one) if column.vocabulary else one for one in value)
    return column.vocabulary.label(str(value)) if column.vocabulary else str(value)


def _rows(settled: Settled, *, limit: int | None = None) -> Iterator[tuple[int, list[tuple[Column, Cell]]]]:
    """Give each row's number in the file and its cells by field, codes and units already applied."""
    sheet = settled.sheet
    readers = [(sheet.columns.index(source), column, _reader(settled, source, column)) for source, column in settled.chosen.items()]
    skipped = settled.left_out
    given = 0
    for number, row in zip(sheet.row_numbers, sheet.rows, strict=True):
        if number not in skipped and (limit is None or given < limit):
            given += 1
            yield number, [(column, read(row[place])) for place, column, read in readers]


def _reader(settled: Settled, source: str, column: Column) -> Callable[[Cell], Cell]:
    if column.name in settled.codes:
        lookup = {one.raw.casefold(): one.code for one in settled.codes[column.name] if one.code is not None}
        return lambda cell: lookup.get(raw_word(cell).casefold(), cell)
    if settled.answer(f"dates:{source}") == "day":
        return lambda cell: month_before_day(cell) if isinstance(cell, str) else cell
    if column.name == "annual_salary" and (unit := settled.answer("pay_unit")):
        times = PAY_UNITS[unit][1]
        return lambda cell: cell if (amount := read_money(str(cell))) is None else round(amount * times, 2)
    if settled.answer(f"percent:{column.name}") == "share":
        return lambda cell: cell if (number := read_number(str(cell))) is None else round(number * 100, 10)
    return lambda cell: cell


def make_rows(form: Form, settled: Settled, finish: Finish) -> Imported:
    """Make every row, count what is in them, and say what was noticed on the way."""
    stored = {one.name for one in form.table.columns}
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    left_out = [Problem(number, "", reason) for number, reason in settled.left_out.items()]
    said: dict[str, tuple[int, str]] = {}
    for number, cells in _rows(settled):
        read = [(column, coerce(column, cell)) for column, cell in cells]
        values = {column.name: cell.value for column, cell in read}
        reason = _why_left_out(form, values, cells) or finish(values)
        if reason:
            left_out.append(Problem(number, "", reason))
            continue
        rows.append({name: value for name, value in values.items() if name in stored})
        problems.extend(_problems(form, number, read))
        _count_readings(said, read)
    blanks = _blanks(settled, rows)
    return Imported(
        table=form.table.id,
        rows=tuple(rows),
        problems=tuple(problems),
        counts=_counts(form, rows),
        blanks=blanks,
        left_out=tuple(sorted(left_out, key=lambda one: one.row)),
        notes=tuple(_notes(form, blanks, said)),
        dropped=tuple(Dropped(*one) for one in settled.sheet.dropped),
    )


def _why_left_out(form: Form, values: Map[str, Any], cells: Sequence[tuple[Column, Cell]]) -> str:
    if not any(is_filled(cell) for _, cell in cells):
        return "Nothing is filled in under the headings that are read."
    if form.example and all(name in values and values[name] == example for name, example in form.example.items()):
        return "It is the example row of the blank file. Change one of its cells if it is meant."
    return ""


def _problems(form: Form, number: int, read: Sequence[tuple[Column, Coerced]]) -> Iterator[Problem]:
    for column, cell in read:
        if cell.message and not cell.usable:
            yield Problem(number, column.label, cell.message)
    values = {column.name: usable(column, cell) for column, cell in read}
    for message in form.table.model.check(values):
        yield Problem(number, _label(form, message.field), message.text)


def _count_readings(said: dict[str, tuple[int, str]], read: Sequence[tuple[Column, Coerced]]) -> None:
    """Count what was read into cells (a century, a serial number), with one example per field."""
    for column, cell in read:
        if cell.message and cell.usable:
            times, example = said.get(column.label, (0, cell.message))
            said[column.label] = (times + 1, example)


def _notes(form: Form, blanks: Map[str, int], said: Map[str, tuple[int, str]]) -> Iterator[str]:
    for name, count in blanks.items():
        yield f"{count:,} row{'s have' if count > 1 else ' has'} no {_label(form, name)}."
    for label, (times, example) in said.items():
        yield f"{label}, {times:,} row{'s' if times > 1 else ''}: {example}"


def _label(form: Form, name: str) -> str:
    column = form.column(name)
    return column.label if column else ""


def _counts(form: Form, rows: Sequence[Map[str, Any]]) -> dict[str, dict[str, int]]:
    counted = [one for one in form.table.columns if one.kind is Kind.CHOICE and any(row.get(one.name) for row in rows)]
    return {one.name: count_words([row.get(one.name) for row in rows]) for one in counted}


def _blanks(settled: Settled, rows: Sequence[Map[str, Any]]) -> dict[str, int]:
    names = [column.name for column in settled.chosen.values()]
    return {
        name: empty for name in names if (empty := sum(row.get(name) is None for row in rows)) and any(name in row for row in rows)
    }
