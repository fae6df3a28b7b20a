"""A sheet, a form and what the user settled, to a proposal and to rows. The staff list and every other table go through here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from equitybook.codebook.read_choice import plain
from equitybook.errors import DataError
from equitybook.intake.assign import Form
from equitybook.intake.headings import is_filled, is_word
from equitybook.intake.make_rows import Finish, make_rows, preview
from equitybook.intake.proposal import Imported, Mapping, Proposal
from equitybook.intake.read import NO_HEADINGS
from equitybook.intake.screen import Dropped, screen
from equitybook.intake.settled import Settled, settle
from equitybook.intake.sheet import Cell, Sheet


def fingerprint(headings: Sequence[str]) -> str:
    """Give a short mark of a file's headings, by which a town's choices are remembered; order and capitals do not matter."""
    text = "\n".join(sorted(plain(heading) for heading in headings))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def propose_for(form: Form, sheet: Sheet, remembered: object, finish: Finish) -> Proposal:
    """Propose what a sheet means. ``remembered`` is a mapping of before, or None; what of it no longer fits is passed over."""
    sheet = _screened(sheet, form)
    before = _lenient(remembered)
    settled = settle(form, sheet, before, strict=False)
    rows = tuple(preview(form, settled, finish))
    return Proposal(
        table=form.table.id,
        file=sheet.name,
        sheet=sheet.sheet,
        sheet_names=sheet.sheet_names,
        header_row=sheet.header_row,
        fingerprint=fingerprint(_told_by(sheet)),
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
    settled = settle(form, sheet, mapping, strict=True)
    if not settled.chosen:
        problem = f"No column is matched to {form.table.title}, so there is nothing to read in."
        raise DataError(problem, file=sheet.name, fix="Choose a field for at least one column.")
    open_questions = list(_open(form, settled))
    if open_questions:
        problem = f"Before this file is read in, please settle: {'; '.join(open_questions)}."
        raise DataError(problem, file=sheet.name, fix="Choose a meaning for each of them.")
    return make_rows(form, settled, finish)


def _told_by(sheet: Sheet) -> Sequence[str]:
    """Give what a file is recognised by: its headings; without any, what kind of value each column holds, for letters are all alike."""
    if sheet.header_row != NO_HEADINGS:
        return sheet.columns
    return [f"{name} {_kind([cell for cell in sheet.column(name) if is_filled(cell)])}" for name in sheet.columns]


def _kind(cells: Sequence[Cell]) -> str:
    words = sum(map(is_word, cells))
    return "words" if words > len(cells) / 2 else "figures"


def _screened(sheet: Sheet, form: Form) -> Sheet:
    return sheet if sheet.screened else screen(sheet, form.table).sheet


def _lenient(remembered: object) -> Mapping:
    try:
        return remembered if isinstance(remembered, Mapping) else Mapping.read(remembered or {})
    except DataError:
        return Mapping()


def _open(form: Form, settled: Settled) -> Iterator[str]:
    for source, column in settled.chosen.items():
        for one in settled.codes.get(column.name, ()):
            if one.code is None and form.strict:
                yield f'what "{one.raw}" in "{source}" stands for ({one.count:,} row{"s" if one.count != 1 else ""})'
    for question in settled.questions:
        if question.answer is None:
            yield question.text.rstrip(".?")


def _missing(form: Form, settled: Settled) -> Iterator[str]:
    if not settled.chosen:
        yield f"No column could be matched to {form.table.title}. Choose the fields by hand, or another heading row."
    for column in form.columns:
        if column.required and column not in settled.chosen.values():
            yield f"No column is matched to {column.label}, which every row needs."


def _mapping(settled: Settled) -> Mapping:
    return Mapping(
        columns={one.source: one.target for one in settled.columns},
        codes={name: {one.raw: one.code for one in made} for name, made in settled.codes.items()},
        answers={one.id: one.answer for one in settled.questions},
    )
