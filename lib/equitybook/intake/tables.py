"""A filled-in blank file, or one with similar headings, to the rows of any declared table."""

from __future__ import annotations

from typing import Any

from equitybook.codebook import Table
from equitybook.errors import DataError
from equitybook.intake import roster
from equitybook.intake.assign import Form
from equitybook.intake.blank import example_as_stored
from equitybook.intake.codes import read_vocabulary
from equitybook.intake.proposal import Imported, Mapping, Proposal
from equitybook.intake.settle import apply_for, propose_for
from equitybook.intake.sheet import Sheet


def propose(sheet: Sheet, table: Table, remembered: object = None) -> Proposal:
    """Propose which column fills which field of a table. Words that are in no list are kept as typed unless a code is chosen.

    Raises
    ------
    DataError
        If the sheet is the blank file of another table.
    """
    if sheet.table_id and sheet.table_id != table.id:
        problem = f"This is the file for another table ({sheet.table_id}), not for {table.title}."
        raise DataError(problem, file=sheet.name, fix="Upload it there, or download the blank file for this table.")
    if table.id == roster.FORM.table.id:
        return roster.propose(sheet, remembered)
    return propose_for(_form(table), sheet, remembered, _keep)


def apply(sheet: Sheet, table: Table, mapping: Mapping | object) -> Imported:
    """Make rows of a table as the user settled them.

    Raises
    ------
    DataError
        If the mapping does not fit the sheet or leaves something open.
    """
    if table.id == roster.FORM.table.id:
        return roster.apply(sheet, mapping)
    return apply_for(_form(table), sheet, mapping if isinstance(mapping, Mapping) else Mapping.read(mapping), _keep)


def _form(table: Table) -> Form:
    return Form(
        table=table,
        columns=tuple(one for one in table.columns if one.typed),
        readers={one.name: read_vocabulary(one) for one in table.columns if one.typed},
        example=example_as_stored(table),
    )


def _keep(values: dict[str, Any]) -> str:  # noqa: ARG001 - one signature for all forms
    return ""
