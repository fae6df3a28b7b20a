"""CSV and TSV as people have them: any encoding, any separator, stray quotes, rows of uneven length."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

from equitybook.errors import DataError

MAX_FIELD = 100_000
_SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
_MOST_LINES_IN_A_CELL = 40


@dataclass(frozen=True, slots=True)
class Delimited:
    """The rows of a text file, numbered by the line each starts on, and how they were read."""

    rows: list[list[str]]
    lines: list[int]
    encoding: str
    delimiter: str
    messages: list[str]


def read_delimited(content: bytes, name: str, *, limit: int) -> Delimited:
    """Read separated text.

    Raises
    ------
    DataError
        If a quotation mark opens and never closes, or there are more than ``limit`` rows.
    """
    text, encoding = _decode(content)
    messages = [_FOREIGN.format(encoding=encoding)] if encoding == "latin-1" else []
    skipped = 0
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=x"):
        text, skipped, delimiter = rest, 1, first.strip()[-1]  # a hint some spreadsheet programs write
    else:
        delimiter = _delimiter(text)
    rows, lines = _parse(text, delimiter, name, limit, messages)
    return Delimited(rows, [line + skipped for line in lines], encoding, delimiter, messages)


_FOREIGN = "The file's letters are not in a usual encoding; accents may look wrong. Save it as UTF-8 if they do."


def _decode(content: bytes) -> tuple[str, str]:
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), "utf-16"
    elif content[1:200:2].count(0) > len(content[1:200:2]) // 2:
        return content.decode("utf-16-le", errors="replace"), "utf-16"
    elif content[0:200:2].count(0) > len(content[0:200:2]) // 2:
        return content.decode("utf-16-be", errors="replace"), "utf-16"
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), "latin-1"


def _delimiter(text: str) -> str:
    """Choose the separator that cuts the first rows into the most, and the most even, cells."""
    sample = "\n".join(text.splitlines()[:60])[:200_000]
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        try:
            widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=separator) if any(row))
        except csv.Error:
            continue
        width, times = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(0, 0))
        score = times / max(1, sum(widths.values())) * (width - 1) ** 0.5 if width > 1 else 0.0
        if score > best_score:
            best, best_score = separator, score
    return best


def _parse(text: str, delimiter: str, name: str, limit: int, messages: list[str]) -> tuple[list[list[str]], list[int]]:
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    rows, lines = [], []
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter)
    start = 1
    try:
        for row in reader:
            if reader.line_num - start >= _MOST_LINES_IN_A_CELL:
                raise _open_quote(name, start)
            rows.append(row)
            lines.append(start)
            start = reader.line_num + 1
            if len(rows) > limit:
                raise too_many_rows(name, limit)
    except csv.Error as error:
        raise _open_quote(name, start) from error
    if rows and _ends_inside_quotes(text, delimiter):
        if len(rows[-1]) < len(rows[0]) or "\n" in rows[-1][-1]:
            raise _open_quote(name, lines[-1])
        messages.append(f"Row {lines[-1]} opens a quotation mark that never closes. Check its last cell.")
    return rows, lines


def _ends_inside_quotes(text: str, delimiter: str) -> bool:
    try:
        for _ in csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _open_quote(name: str, line: int) -> DataError:
    problem = "A quotation mark opens here and never closes, so the rows below run together."
    return DataError(problem, file=name, row=line, fix='Remove the stray " or close it, and upload the file again.')


def too_many_rows(name: str, limit: int) -> DataError:
    """Say that a file has more rows than are read."""
    problem = f"The file has more than {limit:,} rows, more than one town's table can hold."
    return DataError(problem, file=name, fix="Keep only your own town's rows, or split the file, and upload that.")
