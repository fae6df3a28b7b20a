"""The codebook: one declaration per table, from which everything else about it comes.

A row model (a pydantic class deriving from ``Row``) names each column once: its type, label, help, unit, allowed
values and example. The entry grid, the form, the blank spreadsheet, the importer's targets, the validation messages,
the data dictionary and the export columns are all read from it. Nothing restates it.
"""

from __future__ import annotations

from equitybook.codebook.check import check_table
from equitybook.codebook.coerce import Coerced, coerce
from equitybook.codebook.columns import Column, Kind, LongText, Money, Percent, Vocabulary, column
from equitybook.codebook.rows import Message, Row, Table
from equitybook.codebook.wording import as_words

__all__ = [
    "Coerced",
    "Column",
    "Kind",
    "LongText",
    "Message",
    "Money",
    "Percent",
    "Row",
    "Table",
    "Vocabulary",
    "as_words",
    "check_table",
    "coerce",
    "column",
]
