"""Which columns and words of a sheet are settled, as proposed or as the user chose, and a word where the choice does not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace

from equitybook.codebook import Column, Kind
from equitybook.errors import DataError
from equitybook.intake.assign import Form, assign
from equitybook.intake.codes import Reader, choices
from equitybook.intake.proposal import CodeChoice, ColumnChoice, Mapping, Question
from equitybook.intake.questions import left_out, questions
from equitybook.intake.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Settled:
    """A sheet with the fields, codes and questions that are settled or open for it.

    ``left_out`` are the numbers of rows that are not of the list (totals, notes below it), each with the reason.
    """

    sheet: Sheet
    columns: tuple[ColumnChoice, ...]
    chosen: Map[str, Column]
    codes: Map[str, tuple[CodeChoice, ...]]
    questions: tuple[Question, ...]
    left_out: Map[int, str]

    def answer(self, question: str) -> str | None:
        """Give the answer to a question, or None where it is open or was not asked."""
        return next((one.answer for one in self.questions if one.id == question), None)


def settle(form: Form, sheet: Sheet, mapping: Mapping, *, strict: bool) -> Settled:
    """Settle a sheet as far as the mapping goes; the rest as proposed.

    Raises
    ------
    DataError
        Where ``strict``: if the mapping names columns, fields or codes that do not exist. Else what does not fit is passed over.
    """
    columns = _columns(form, sheet, mapping, strict=strict)
    chosen = {one.source: column for one in columns if one.target and (column := form.column(one.target))}
    codes = {}
    extra = left_out(sheet, mapping.answers)
    listed = sheet.without(extra.keys())
    for source, column in chosen.items():
        if column.kind is Kind.CHOICE and column.vocabulary and not column.vocabulary.open_ended:
            wished = mapping.codes.get(column.name, {})
            if strict:
                _check_codes(column, wished, sheet.name)
            reader = form.readers[column.name]
            made = choices(column, listed.column(source), reader, wished)
            codes[column.name] = made if form.strict else _only_unread(made, reader)
    return Settled(sheet, columns, chosen, codes, questions(sheet, chosen, mapping.answers), extra)


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
