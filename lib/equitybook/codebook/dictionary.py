"""The data dictionary, written from the row models: every table, every column, every allowed value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from equitybook.codebook.columns import Column, Kind, Vocabulary
from equitybook.codebook.read_number import shown
from equitybook.codebook.rows import Table
from equitybook.codebook.wording import DAY_LIKE, as_words

_KINDS = {
    Kind.TEXT: "text",
    Kind.LONG_TEXT: "longer text",
    Kind.WHOLE: "a whole number",
    Kind.NUMBER: "a number",
    Kind.MONEY: "an amount in US dollars",
    Kind.PERCENT: "a percentage, 0 to 100",
    Kind.DATE: f"a date, like {DAY_LIKE}",
    Kind.CHOICE: "one of the list",
    Kind.CHOICES: "one or several of the list, with semicolons between",
    Kind.YES_NO: "yes or no",
}
_SHOWN_IN_LINE = 6


def kind_in_words(column: Column) -> str:
    """Say what to write in a column: its kind, unit, range and, where the list is short, its values."""
    words = _KINDS[column.kind]
    if column.vocabulary:
        labels = list(column.vocabulary.labels.values())
        if len(labels) <= _SHOWN_IN_LINE:
            words = f"{words}: {'; '.join(labels)}"
        if column.vocabulary.open_ended:
            words = f"{words} {column.vocabulary.name}, or your own word"
    elif column.unit and column.kind is not Kind.MONEY:
        words = f"{words} ({column.unit})"
    return f"{words}{_range(column)}"[:1].upper() + f"{words}{_range(column)}"[1:]


def _range(column: Column) -> str:
    low, high = column.minimum, column.maximum
    if column.kind is Kind.PERCENT:
        return ""
    if low is not None and high is not None:
        return f", from {shown(low)} to {shown(high)}"
    if low is not None:
        return f", {shown(low)} or more"
    return f", at most {shown(high)}" if high is not None else ""


def data_dictionary(sections: Iterable[tuple[str, Iterable[Table]]]) -> str:
    """Write the data dictionary as Markdown.

    Parameters
    ----------
    sections
        A heading, usually an outcome, and its tables, in the order they are to stand.

    Returns
    -------
    str
        One heading per section and table, one line per column, and at the end each list of codes once.
    """
    lines = [
        "# Data dictionary",
        "",
        "Every table of the workbook, column by column. This page is written from the row models (`tables.py`) by",
        "`python -m equitybook.intake.generated`; change them, not this page.",
    ]
    listed = [(title, list(tables)) for title, tables in sections]
    lists = _lists([table for _, tables in listed for table in tables])
    for title, tables in listed:
        lines += ["", f"## {title}"]
        for table in tables:
            lines += _table(table, lists)
    lines += ["", "## Lists of codes"]
    for anchor, vocabulary, used in lists:
        lines += _vocabulary(anchor, vocabulary, used)
    return "\n".join(lines) + "\n"


def _lists(tables: Iterable[Table]) -> list[tuple[str, Vocabulary, str]]:
    """Give each list of codes once, with an anchor of its own and the first column that uses it; two lists may share a name."""
    found: list[tuple[str, Vocabulary, str]] = []
    for table in tables:
        for column in table.columns:
            vocabulary = column.vocabulary
            if vocabulary and not any(one is vocabulary for _, one, _ in found):
                name = "-".join(vocabulary.name.lower().replace("/", " ").split())
                again = sum(one.name == vocabulary.name for _, one, _ in found)
                found.append(
                    (f"list-{name}-{again + 1}" if again else f"list-{name}", vocabulary, f"{table.title}, {column.label}")
                )
    return found


def _table(table: Table, lists: list[tuple[str, Vocabulary, str]]) -> Iterator[str]:
    yield from ("", f"### {table.title} (`{table.id}`)", "")
    first_line = (table.model.__doc__ or "").strip().splitlines()[0]
    yield f"{first_line} One row is {table.one_row}."
    yield from ("", "| column | field | what to write | needed | example | help |", "| --- | --- | --- | --- | --- | --- |")
    for column in table.columns:
        example = "" if column.example is None else _example(column)
        kind = kind_in_words(column)
        if column.vocabulary:
            anchor = next(anchor for anchor, one, _ in lists if one is column.vocabulary)
            kind = f"{kind} ([{column.vocabulary.name}](#{anchor}))"
        cells = (column.label, f"`{column.name}`", kind, "yes" if column.required else "", example, column.help)
        yield f"| {' | '.join(_escaped(cell) for cell in cells)} |"


def _example(column: Column) -> str:
    value = column.example
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.vocabulary and isinstance(value, (str, list)):
        return "; ".join(column.vocabulary.label(one) for one in (value if isinstance(value, list) else [value]))
    return shown(value) if isinstance(value, (int, float)) else as_words(column, value)


def _vocabulary(anchor: str, vocabulary: Vocabulary, used: str) -> Iterator[str]:
    yield from ("", f'<a id="{anchor}"></a>', "", f"### {vocabulary.name}", "", f"For example in {used}.", "")
    yield from ("| code | words |", "| --- | --- |")
    for code, label in vocabulary.labels.items():
        yield f"| `{code}` | {_escaped(label)} |"
    if vocabulary.open_ended:
        yield from ("", "Other words are kept as typed.")


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
