"""Typing: the grid of a table with many rows, the form of a table with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Literal

import traitlets

from equitybook.codebook import Column, Table, as_words
from equitybook.widgets.faces import Widget, paragraph

Layout = Literal["grid", "cards"]

MOST_STILL_ROWS = 50
"""Rows a saved notebook shows of a table; the rest is in the workbook."""


class EntryGrid(Widget, module="grid.js"):
    """The entry grid of a table.

    Parameters
    ----------
    table
        The table to show.
    label
        Its name for people who cannot see it; the table's title where left out.
    empty
        What to do first, shown while there are no rows.
    rows
        Values by column name, one mapping per row: only for the static face of a saved notebook.
    fields
        Names of the columns to show, in order; all where left out.
    layout
        ``"grid"``, or ``"cards"`` to show every row as a card at all widths, for tables with many columns or long texts.
    example
        A worked example as HTML, folded away under the table; none where empty.
    """

    table = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    empty = traitlets.Unicode().tag(sync=True)
    fields = traitlets.List(traitlets.Unicode()).tag(sync=True)
    layout_as = traitlets.Unicode("grid").tag(sync=True)
    example = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        table: Table,
        *,
        label: str = "",
        empty: str = "",
        rows: Sequence[Mapping[str, Any]] = (),
        fields: Sequence[str] = (),
        layout: Layout = "grid",
        example: str = "",
    ) -> None:
        for name in fields:
            table.column(name)  # a misspelled field is an error here, not an empty place on the page
        self._declared = table
        self._rows = tuple(rows)
        # anywidget has a trait called layout already, for its box.
        super().__init__(
            table=table.id, label=label or table.title, empty=empty, fields=list(fields), layout_as=layout, example=example
        )

    def static_face(self) -> str:
        """Return the rows as a table."""
        return grid_html(self._declared, self._rows, caption=self.label, fields=self.fields) + _example_html(self.example)


class EntryForm(Widget, module="form.js"):
    """The form of a single-record table, or of some of its fields.

    Parameters
    ----------
    table
        The table to show; it has one record.
    fields
        Names of the columns to show, in order; all where left out.
    label
        Its name for people who cannot see it; the table's title where left out.
    values
        Values by column name: only for the static face of a saved notebook.
    example
        A worked example as HTML, folded away under the form; none where empty.
    """

    table = traitlets.Unicode().tag(sync=True)
    fields = traitlets.List(traitlets.Unicode()).tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    example = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        table: Table,
        *,
        fields: Sequence[str] = (),
        label: str = "",
        values: Mapping[str, Any] | None = None,
        example: str = "",
    ) -> None:
        for name in fields:
            table.column(name)  # a misspelled field is an error here, not an empty place on the page
        self._declared = table
        self._values = dict(values or {})
        super().__init__(table=table.id, fields=list(fields), label=label or table.title, example=example)

    def static_face(self) -> str:
        """Return the questions and answers as a list of terms."""
        return form_html(self._declared, self._values, fields=self.fields) + _example_html(self.example)


def _example_html(example: str) -> str:
    """Return a worked example folded away, as the page shows it; nothing where there is none. The HTML is this house's own."""
    return f"<details><summary>See Prairie Glen's example</summary>{example}</details>" if example else ""


def grid_html(table: Table, rows: Sequence[Mapping[str, Any]], *, caption: str = "", fields: Sequence[str] = ()) -> str:
    """Return rows as an HTML table with headings and caption; at most ``MOST_STILL_ROWS`` of them, and only the named ``fields``."""
    columns = [table.column(name) for name in fields] if fields else table.columns
    if not rows:
        return paragraph(f"{caption or table.title}: nothing here yet.", look="eq-empty")
    head = "".join(f'<th scope="col">{escape(heading(column))}</th>' for column in columns)
    body = "".join(_row_html(columns, number, row) for number, row in enumerate(rows[:MOST_STILL_ROWS], start=1))
    more = paragraph(f"{len(rows) - MOST_STILL_ROWS:,} more rows are in the workbook.") if len(rows) > MOST_STILL_ROWS else ""
    title = f"<caption>{escape(caption or table.title)}</caption>"
    return (
        f'<table class="eq-table">{title}<thead><tr><th scope="col">Row</th>{head}</tr></thead><tbody>{body}</tbody></table>{more}'
    )


def _row_html(columns: Sequence[Column], number: int, row: Mapping[str, Any]) -> str:
    cells = "".join(f"<td>{escape(as_words(column, row.get(column.name)))}</td>" for column in columns)
    return f'<tr><th scope="row">{number}</th>{cells}</tr>'


def form_html(table: Table, values: Mapping[str, Any], *, fields: Sequence[str] = ()) -> str:
    """Return one record as a list of questions and answers."""
    columns = [table.column(name) for name in fields] if fields else table.columns
    pairs = "".join(
        f"<dt>{escape(heading(column))}</dt><dd>{escape(as_words(column, values.get(column.name))) or 'Not answered yet'}</dd>"
        for column in columns
    )
    return f'<dl class="eq-answers">{pairs}</dl>'


def heading(column: Column) -> str:
    """Return a column's label with its unit: ``Yearly pay (US dollars)``."""
    return f"{column.label} ({column.unit})" if column.unit else column.label
