"""The blank file of a table, made from its declaration: drop-downs, units, an example row, and a sheet that says how to fill it in."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import xlsxwriter

from equitybook.codebook import Column, Kind, Table
from equitybook.codebook.coerce import coerce, typed
from equitybook.codebook.dictionary import kind_in_words
from equitybook.intake.screen import MADE_HERE

PROPERTY = "equitybook_table"
"""The document property that names the table, so that a file cannot be uploaded to another by mistake."""

_ROWS = 5_000
_INPUT_MESSAGE, _INPUT_TITLE, _SHEET_NAME = 255, 32, 31  # the longest texts the file format takes
_MADE = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - a fixed day, so that the same declaration makes the same file
_NUMBER_FORMATS = {
    Kind.WHOLE: "#,##0",
    Kind.MONEY: "#,##0.00",
    Kind.PERCENT: "0.0##",
    Kind.DATE: "d mmm yyyy",
    Kind.TEXT: "@",
    Kind.LONG_TEXT: "@",
}
_EXAMPLE = "The gray row is an example: write over it. It is left out if it is uploaded unchanged."


def columns_to_fill(table: Table) -> tuple[Column, ...]:
    """Give the columns people fill in: all but those made here (random keys) and those the page's own buttons write."""
    return tuple(one for one in table.columns if one.typed and (table.id, one.name) not in MADE_HERE)


def heading(column: Column) -> str:
    """Write a column's heading with its unit: ``Yearly pay (US dollars)``."""
    return f"{column.label} ({column.unit})" if column.unit and column.unit.casefold() != column.label.casefold() else column.label


def example_values(table: Table) -> dict[str, Any]:
    """Give the example row as typed values by field; None where a column has no example."""
    return {one.name: typed(one, one.example) for one in columns_to_fill(table)}


def example_as_stored(table: Table) -> dict[str, Any]:
    """Give the example row as it is stored once it is uploaded."""
    return {one.name: coerce(one, one.example).value for one in columns_to_fill(table)}


def in_words(column: Column, value: Any) -> Any:  # noqa: ANN401 - any typed value
    """Write a typed or stored value as people write it: labels for codes, yes or no, several choices with semicolons."""
    if isinstance(value, list):
        return "; ".join(str(in_words(column, one)) for one in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return column.vocabulary.label(value) if column.vocabulary and isinstance(value, str) else value


def blank_csv(table: Table) -> bytes:
    """Make the blank file as CSV: headings and the example row, marked so that spreadsheet programs read its accents."""
    out = io.StringIO()
    writer = csv.writer(out)
    columns, examples = columns_to_fill(table), example_values(table)
    writer.writerow([heading(one) for one in columns])
    writer.writerow(["" if examples[one.name] is None else in_words(one, examples[one.name]) for one in columns])
    return out.getvalue().encode("utf-8-sig")


def blank_workbook(table: Table) -> bytes:
    """Make the blank file as XLSX. The same declaration makes the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "d mmm yyyy"})
    book.set_properties({"title": table.title, "subject": f"One row is {table.one_row}.", "created": _MADE})
    book.set_custom_property(PROPERTY, table.id)
    sheet = book.add_worksheet(sheet_name(table.title))
    guide = book.add_worksheet("How to fill this in")
    lists = book.add_worksheet("Lists")
    lists.hide()
    columns = columns_to_fill(table)
    _write_entry_sheet(book, sheet, lists, table, columns)
    _write_guide(book, guide, table, columns)
    book.close()
    return out.getvalue()


def sheet_name(title: str) -> str:
    """Shorten a title to what a sheet may be called."""
    return "".join(letter for letter in title if letter not in "[]:*?/\\'")[:_SHEET_NAME]


def _write_entry_sheet(book: Any, sheet: Any, lists: Any, table: Table, columns: tuple[Column, ...]) -> None:  # noqa: ANN401 - xlsxwriter is not typed
    bold = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
    needed, optional = book.add_format({**bold, "bg_color": "#D9E2EC"}), book.add_format({**bold, "bg_color": "#F0F4F8"})
    examples = example_values(table)
    for place, column in enumerate(columns):
        number_format = {"num_format": _NUMBER_FORMATS[column.kind]} if column.kind in _NUMBER_FORMATS else {}
        sheet.set_column(place, place, _width(column), book.add_format(number_format))
        sheet.write_string(0, place, heading(column), needed if column.required else optional)
        grey = book.add_format({**number_format, "italic": True, "font_color": "#5B6770"})
        _write_value(sheet, 1, place, in_words(column, examples[column.name]), grey)
        sheet.data_validation(1, place, _ROWS, place, {**_rule(column, lists, place), **_words_at_the_cell(column)})
    sheet.freeze_panes(1, 0)


def _write_value(sheet: Any, row: int, place: int, value: Any, style: Any) -> None:  # noqa: ANN401 - xlsxwriter is not typed
    if isinstance(value, dt.date):
        sheet.write_datetime(row, place, value, style)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, place, value, style)
    else:
        sheet.write_string(row, place, value or "", style)


def _width(column: Column) -> int:
    longest = max((len(label) for label in column.vocabulary.labels.values()), default=0) if column.vocabulary else 0
    return min(44, max(12, len(heading(column)) + 2, longest))


def _rule(column: Column, lists: Any, place: int) -> dict[str, Any]:  # noqa: ANN401 - xlsxwriter is not typed
    """Say what a cell is meant to hold. Nothing is refused: the program only asks back."""
    if column.kind is Kind.YES_NO:
        return {"validate": "list", "source": ["Yes", "No"], "error_type": "warning"}
    if column.vocabulary and column.kind is Kind.CHOICE:
        labels = list(column.vocabulary.labels.values())
        for row, label in enumerate(labels):
            lists.write_string(row, place, label)
        source = f"=Lists!${_letters(place)}$1:${_letters(place)}${len(labels)}"
        return {"validate": "list", "source": source, "error_type": "information" if column.vocabulary.open_ended else "warning"}
    if column.kind is Kind.DATE:
        return {"validate": "date", "criteria": ">=", "value": dt.date(1920, 1, 1), "error_type": "warning"}
    if column.kind in {Kind.WHOLE, Kind.NUMBER, Kind.MONEY, Kind.PERCENT}:
        low, high = column.minimum, column.maximum
        validate = "integer" if column.kind is Kind.WHOLE else "decimal"
        if high is not None:
            return {"validate": validate, "criteria": "between", "minimum": low or 0, "maximum": high, "error_type": "warning"}
        return {"validate": validate, "criteria": ">=", "value": low if low is not None else -1e12, "error_type": "warning"}
    return {"validate": "any"}


def _words_at_the_cell(column: Column) -> dict[str, Any]:
    text = " ".join(filter(None, (column.help, f"In {column.unit}." if column.unit else "")))
    error = {"error_title": "Please check", "error_message": f"{kind_in_words(column)}."[:_INPUT_MESSAGE]}
    return {"input_title": column.label[:_INPUT_TITLE], "input_message": text[:_INPUT_MESSAGE], **error} if text else error


def _letters(place: int) -> str:
    letters: str = xlsxwriter.utility.xl_col_to_name(place)
    return letters


def _write_guide(book: Any, sheet: Any, table: Table, columns: tuple[Column, ...]) -> None:  # noqa: ANN401 - xlsxwriter is not typed
    bold, wrapped = book.add_format({"bold": True, "bg_color": "#D9E2EC"}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, table.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, f"One row is {table.one_row}. Write below the headings, without blank rows and without a total.")
    sheet.write_string(2, 0, _EXAMPLE)
    if len(columns) < len(table.columns):
        sheet.write_string(
            3, 0, "Please write no names, no employee numbers and no birth dates: they are dropped before anything is kept."
        )
    for place, text in enumerate(("Column", "Needed", "What to write", "Help", "Example")):
        sheet.write_string(5, place, text, bold)
    examples = example_values(table)
    for row, column in enumerate(columns, start=6):
        example = examples[column.name]
        shown = "" if example is None else str(in_words(column, example))
        for place, text in enumerate(
            (heading(column), "yes" if column.required else "", kind_in_words(column), column.help, shown)
        ):
            sheet.write_string(row, place, text, wrapped)
    for place, width in enumerate((28, 8, 60, 60, 30)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(6, 0)
