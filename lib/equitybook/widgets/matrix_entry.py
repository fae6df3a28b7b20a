"""One choice for every pair: the rows of one table down, those of another across, such as tasks by members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import traitlets

from equitybook.codebook import Table, as_words
from equitybook.widgets.faces import Widget, paragraph

Rows = Sequence[Mapping[str, Any]]


class MatrixEntry(Widget, module="matrix.js"):
    """A grid of choices, each kept as one row of ``table``: the pair's two codes and the choice.

    Parameters
    ----------
    table
        The table the choices are kept in, for example the letters by task and member.
    rows, columns
        Ids of the tables whose rows are the lines of the grid: down, and across.
    row_key, column_key
        The column that holds a line's code, in its own table and in ``table``: it has the same name in both.
    row_label, column_label
        The column of ``rows`` and of ``columns`` that is shown as a line's name.
    value
        The column of ``table`` that holds the choice. Codes of one or two letters are shown as letters.
    label
        Its name for people who cannot see it; the table's title where left out.
    empty
        What to do first, shown while either table has no rows; a sentence that names them where left out.
    still
        Values by column name, one mapping per row, by table id: only for the static face of a saved notebook.

    Raises
    ------
    KeyError
        If ``table`` has no such column.
    """

    table = traitlets.Unicode().tag(sync=True)
    rows = traitlets.Unicode().tag(sync=True)
    row_key = traitlets.Unicode().tag(sync=True)
    row_label = traitlets.Unicode().tag(sync=True)
    columns = traitlets.Unicode().tag(sync=True)
    column_key = traitlets.Unicode().tag(sync=True)
    column_label = traitlets.Unicode().tag(sync=True)
    value = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    empty = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        table: Table,
        *,
        rows: str,
        row_key: str,
        row_label: str,
        columns: str,
        column_key: str,
        column_label: str,
        value: str,
        label: str = "",
        empty: str = "",
        still: Mapping[str, Rows] | None = None,
    ) -> None:
        for name in (row_key, column_key, value):
            table.column(name)  # a misspelled column is an error here, not an empty place on the page
        self._declared = table
        self._still = dict(still or {})
        super().__init__(
            table=table.id,
            rows=rows,
            row_key=row_key,
            row_label=row_label,
            columns=columns,
            column_key=column_key,
            column_label=column_label,
            value=value,
            label=label or table.title,
            empty=empty,
        )

    def static_face(self) -> str:
        """Return the grid as a table, with the words of each choice."""
        down = lines(self._still.get(self.rows, ()), self.row_key, self.row_label)
        across = lines(self._still.get(self.columns, ()), self.column_key, self.column_label)
        if not down or not across:
            return paragraph(self.empty or f"{self.label}: nothing here yet.", look="eq-empty")
        choice = self._declared.column(self.value)
        held = {
            (str(one.get(self.row_key)), str(one.get(self.column_key))): as_words(choice, one.get(self.value))
            for one in reversed(self._still.get(self.table, ()))
            if one.get(self.value) not in (None, "")
        }
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in across.values())
        body = "".join(
            f'<tr><th scope="row">{escape(name)}</th>'
            + "".join(f"<td>{escape(held.get((row, column), ''))}</td>" for column in across)
            + "</tr>"
            for row, name in down.items()
        )
        return f'<table class="eq-table"><caption>{escape(self.label)}</caption><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>'


def lines(rows: Rows, key: str, label: str) -> dict[str, str]:
    """Name the lines of a grid by code, each code once; rows without a code are left out."""
    named: dict[str, str] = {}
    for one in rows:
        if one.get(key) not in (None, ""):
            named.setdefault(str(one[key]), str(one.get(label) or one[key]))
    return named
