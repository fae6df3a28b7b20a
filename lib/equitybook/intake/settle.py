"""A sheet, a form and what the user settled, to a proposal and to rows. The staff list and every other table go through here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from typing import Any

from equitybook.codebook import Column, Kind, coerce
from equitybook.codebook.coerce import Coerced, usable
from equitybook.codebook.read_choice import plain
from equitybook.codebook.read_date import month_before_day
from equitybook.codebook.read_number import read_money, read_number
from equitybook.errors import DataError
from equitybook.intake.assign import Form, assign
from equitybook.intake.codes import Reader, choices, count_words, raw_word
from equitybook.intake.headings import is_filled
from equitybook.intake.proposal import CodeChoice, ColumnChoice, Imported, Mapping, Problem, Proposal, Question
from equitybook.intake.questions import PAY_UNITS, questions
from equitybook.intake.screen import Dropped, screen
from equitybook.intake.sheet import Cell, Sheet

_PREVIEW = 5

Finish = Callable[[dict[str, Any]], str]
"""Completes a row's stored values in place; returns why the row is left out, or an empty text."""


@dataclass(frozen=True, slots=True)
class _Settled:
    """A sheet with the fields, codes and questions that are settled or open for it."""

    sheet: Sheet
    columns: tuple[ColumnChoice, ...]
    chosen: Map[str, Column]
    codes: Map[str, tuple[CodeChoice, ...]]
    questions: tuple[Question, ...]

    def answer(self, question: str) -> str | None:
        return next((one.answer for one in self.questions if one.id == question), None)


def fingerprint(headings: Sequence[str]) -> str:
    """Give a short mark of a file's headings, by which a town's choices are remembered; order and capitals do not matter."""
    text = "\n".join(sorted(plain(heading) for heading in headings))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def propose_for(form: Form, sheet: Sheet, remembered: object, finish: Finish) -> Proposal:
    """Propose what a sheet means. ``remembered`` is a mapping of before, or None; what of it no longer fits is passed over."""
    sheet = _screened(sheet, form)
    before = _lenient(remembered)
    settled = _settle(form, sheet, before, strict=False)
    rows = tuple(_preview(form, settled, finish))
    return Proposal(
        table=form.table.id,
        file=sheet.name,
        sheet=sheet.sheet,
        sheet_names=sheet.sheet_names,
        header_row=sheet.header_row,
        fingerprint=fingerprint(sheet.columns),
        rows=len(sheet.rows),
        dropped=tuple(Dropped(*one) for one in sheet.dropped),
        targets=tuple((one.name, one.label, one.required) for one in form.columns),
        columns=settled.columns,
        codes=settled.codes,
        questions=settled.questions,
        open=tuple(_open(form, settled)),
        counts={"rows": len(sheet.rows), "columns": len(sheet.columns) + len(sheet.dropped), "read": len(settled.chosen)},
        preview=rows,
        messages=sheet.messages,
        problems=tuple(_missing(form, settled)),
        mapping=_mapping(settled),
        remembered=remembered is not None,
    )


def apply_for(form: Form, sheet: Sheet, mapping: Mapping, finish: Finish) -> Imported:
    """Make rows of a sheet as settled.

    Raises
    ------
    DataError
        If the mapping names columns, fields or codes that do not exist, matches nothing, or leaves a question open: the sentence
        lists all that is to be answered.
    """
    sheet = _screened(sheet, form)
    settled = _settle(form, sheet, mapping, strict=True)
    open_questions = list(_open(form, settled))
    if open_questions:
        problem = f"Before this file is read in, please settle: {'; '.join(open_questions)}."
        raise DataError(problem, file=sheet.name, fix="Choose a meaning for each of them.")
    return _import(form, settled, finish)


def _screened(sheet: Sheet, form: Form) -> Sheet:
    return sheet if sheet.screened else screen(sheet, form.table).sheet


def _lenient(remembered: object) -> Mapping:
    try:
        return remembered if isinstance(remembered, Mapping) else Mapping.read(remembered or {})
    except DataError:
        return Mapping()


def _settle(form: Form, sheet: Sheet, mapping: Mapping, *, strict: bool) -> _Settled:
    columns = _columns(form, sheet, mapping, strict=strict)
    chosen = {one.source: column for one in columns if one.target and (column := form.column(one.target))}
    codes = {}
    for source, column in chosen.items():
        if column.kind is Kind.CHOICE and column.vocabulary and not column.vocabulary.open_ended:
            wished = mapping.codes.get(column.name, {})
            if strict:
                _check_codes(column, wished, sheet.name)
            reader = form.readers[column.name]
            made = choices(column, sheet.column(source), reader, wished)
            codes[column.name] = made if form.strict else _only_unread(made, reader)
    return _Settled(sheet, columns, chosen, codes, questions(sheet, chosen, mapping.answers))


def _columns(form: Form, sheet: Sheet, mapping: Mapping, *, strict: bool) -> tuple[ColumnChoice, ...]:
    proposed = assign(sheet, form)
    if strict:
        _check_columns(form, sheet, mapping)
    wished = {
        source: target
        for source, target in mapping.columns.items()
        if source in sheet.columns and (not target or form.column(target))
    }
    taken = {target for target in wished.values() if target}
    made = []
    for one in proposed:
        if one.source in wished:
            why = one.why if wished[one.source] == one.target else "As you chose."
            made.append(replace(one, target=wished[one.source] or None, why=why))
        else:
            made.append(replace(one, target=None) if one.target in taken else one)
    return tuple(made)


def _check_columns(form: Form, sheet: Sheet, mapping: Mapping) -> None:
    """Refuse headings that are not in the file, fields that do not exist, and a field filled from two columns."""
    for source, target in mapping.columns.items():
        if source not in sheet.columns:
            gone = dict(sheet.dropped).get(source)
            problem = f"It was left out at the door: {gone}." if gone else "The file has no such column."
            raise DataError(problem, file=sheet.name, column=source, fix="Upload the file once more and choose again.")
        if target and form.column(target) is None:
            problem = f'There is no field "{target}" in {form.table.title}.'
            raise DataError(problem, file=sheet.name, column=source, fix="Choose one from the list.")
    doubled = [target for target, times in Counter(filter(None, mapping.columns.values())).items() if times > 1]
    if doubled:
        column = form.column(doubled[0])
        problem = f"Two columns are matched to {column.label if column else doubled[0]}."
        raise DataError(problem, file=sheet.name, fix="Choose one of them and leave the other out.")


def _check_codes(column: Column, wished: Map[str, str | None], name: str) -> None:
    for word, code in wished.items():
        if code and column.vocabulary and code not in column.vocabulary.labels:
            problem = f'"{code}" is not in the list {column.vocabulary.name}.'
            raise DataError(problem, file=name, column=column.label, value=word, fix="Choose one from the list.")


def _only_unread(made: tuple[CodeChoice, ...], reader: Reader) -> tuple[CodeChoice, ...]:
    """Keep the words a lenient form has no code for, and those the user gave another: the first stay as typed without a choice."""
    words = tuple(one.raw for one in made)
    meant = {one.raw: reader(one.raw, words) for one in made}
    return tuple(replace(one, ask=False) for one in made if meant[one.raw].ask or one.code != meant[one.raw].code)


def _open(form: Form, settled: _Settled) -> Iterator[str]:
    for source, column in settled.chosen.items():
        for one in settled.codes.get(column.name, ()):
            if one.code is None and form.strict:
                yield f'what "{one.raw}" in "{source}" stands for ({one.count:,} row{"s" if one.count != 1 else ""})'
    for question in settled.questions:
        if question.answer is None:
            yield question.text.rstrip(".?")


def _missing(form: Form, settled: _Settled) -> Iterator[str]:
    if not settled.chosen:
        yield f"No column could be matched to {form.table.title}. Choose the fields by hand, or another heading row."
    for column in form.columns:
        if column.required and column not in settled.chosen.values():
            yield f"No column is matched to {column.label}, which every row needs."


def _mapping(settled: _Settled) -> Mapping:
    return Mapping(
        columns={one.source: one.target for one in settled.columns},
        codes={name: {one.raw: one.code for one in made} for name, made in settled.codes.items()},
        answers={one.id: one.answer for one in settled.questions},
    )


def _preview(form: Form, settled: _Settled, finish: Finish) -> Iterator[Map[str, str]]:
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


def _rows(settled: _Settled, *, limit: int | None = None) -> Iterator[tuple[int, list[tuple[Column, Cell]]]]:
    """Give each row's number in the file and its cells by field, codes and units already applied."""
    sheet = settled.sheet
    readers = [(sheet.columns.index(source), column, _reader(settled, source, column)) for source, column in settled.chosen.items()]
    skipped = set(sheet.totals) if settled.answer("totals") == "leave_out" else set()
    given = 0
    for number, row in zip(sheet.row_numbers, sheet.rows, strict=True):
        if number not in skipped and (limit is None or given < limit):
            given += 1
            yield number, [(column, read(row[place])) for place, column, read in readers]


def _reader(settled: _Settled, source: str, column: Column) -> Callable[[Cell], Cell]:
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


def _import(form: Form, settled: _Settled, finish: Finish) -> Imported:
    stored = {one.name for one in form.table.columns}
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    left_out = _totals_left_out(settled)
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


def _totals_left_out(settled: _Settled) -> list[Problem]:
    out = settled.answer("totals") == "leave_out"
    return [Problem(number, "", "It is a total of the rows above.") for number in settled.sheet.totals if out]


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


def _blanks(settled: _Settled, rows: Sequence[Map[str, Any]]) -> dict[str, int]:
    names = [column.name for column in settled.chosen.values()]
    return {
        name: empty for name in names if (empty := sum(row.get(name) is None for row in rows)) and any(name in row for row in rows)
    }
