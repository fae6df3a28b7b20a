"""A table's rows as a file: values as types, words for codes, and nothing that a spreadsheet program would run."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from equitybook.codebook import Column, Kind, Table
from equitybook.codebook.coerce import coerce, usable
from equitybook.intake.blank import PROPERTY, heading, in_words, sheet_name

_FORMATS = {Kind.WHOLE: "#,##0", Kind.MONEY: "#,##0.00", Kind.DATE: "d mmm yyyy"}
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NOT_IN_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))
_LONGEST = 32_767

Records = Sequence[tuple[str, Mapping[str, Any]]]


def download_csv(table: Table, records: Records) -> bytes:
    """Write stored rows as CSV. Text that a spreadsheet program would take for a formula gets an apostrophe in front."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([heading(one) for one in table.columns])
    for _, stored in records:
        writer.writerow([_plain(_value(one, stored.get(one.name))) for one in table.columns])
    return out.getvalue().encode("utf-8-sig")


def download_workbook(table: Table, records: Records) -> bytes:
    """Write stored rows as XLSX: numbers and dates as such, everything else as text that is never run."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": table.title, "subject": f"One row is {table.one_row}."})
    book.set_custom_property(PROPERTY, table.id)
    sheet = book.add_worksheet(sheet_name(table.title))
    bold, quoted = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"quote_prefix": True})
    formats = {kind: book.add_format({"num_format": shape}) for kind, shape in _FORMATS.items()}
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, heading(column), bold)
        sheet.set_column(place, place, min(44, max(12, len(heading(column)) + 2)))
    for row, (_, stored) in enumerate(records, start=1):
        for place, column in enumerate(table.columns):
            _write(
                sheet,
                row,
                place,
                _value(column, stored.get(column.name)),
                style=formats.get(column.kind),
                quoted=quoted,
                dated=column.kind is Kind.DATE,
            )
    sheet.freeze_panes(1, 0)
    if records:
        sheet.autofilter(0, 0, len(records), len(table.columns) - 1)
    book.close()
    return out.getvalue()


def _value(column: Column, stored: Any) -> Any:  # noqa: ANN401 - any stored value
    """Give a value to write: typed with words for codes where it can be read, else as it was typed."""
    read = coerce(column, stored)
    value = usable(column, read)
    if column.kind in {Kind.WHOLE, Kind.NUMBER, Kind.MONEY, Kind.PERCENT} and isinstance(read.value, (int, float)):
        return read.value
    return in_words(column, value) if value is not None else read.value


def _write(sheet: Any, row: int, place: int, value: Any, *, style: Any, quoted: Any, dated: bool) -> None:  # noqa: ANN401 - xlsxwriter is not typed
    if isinstance(value, dt.date):
        sheet.write_datetime(row, place, value, style)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(row, place, value, None if dated else style)
    elif value is not None:
        text = str(value).translate(_NOT_IN_XML)[:_LONGEST]
        sheet.write_string(row, place, text, quoted if text.startswith(_RUNS) else None)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value to write
    if not isinstance(value, str):
        return "" if value is None else value
    # One more where the text has an apostrophe of its own there: reading takes exactly one away.
    return f"'{value}" if value.lstrip("'").startswith(_RUNS) else value
