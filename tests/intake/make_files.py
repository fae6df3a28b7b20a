"""Small files of every kind, made on the spot, so that tests need no file from elsewhere."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

STAFF = [
    ["Dept", "Race", "Gender", "Hire Date"],
    ["Police", "White", "M", "2014-03-10"],
    ["Fire", "Black", "F", "2016-07-01"],
    ["Library", "Hispanic", "F", "2020-01-15"],
]


def csv_of(rows: Sequence[Sequence[Any]], *, separator: str = ",", encoding: str = "utf-8", newline: str = "\n") -> bytes:
    """Write rows as separated text; cells that need it are quoted."""

    def cell(value: Any) -> str:
        text = "" if value is None else str(value)
        return f'"{text.replace(chr(34), chr(34) * 2)}"' if any(sign in text for sign in (separator, '"', "\n")) else text

    return newline.join(separator.join(cell(value) for value in row) for row in rows).encode(encoding)


def xlsx_of(
    rows: Sequence[Sequence[Any]],
    *,
    formulas: bool = True,
    merge: Sequence[tuple[int, int, int, int, str]] = (),
    more: Sequence[str] = (),
) -> bytes:
    """Write rows as XLSX; ``merge`` are (first row, first column, last row, last column, text); ``more`` names further empty sheets."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Staff")
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, str) and not formulas:
                sheet.write_string(number, place, value)
            elif isinstance(value, str) and value.startswith("="):
                sheet.write_formula(number, place, value, None, "")
            elif value is not None:
                sheet.write(number, place, value)
    for *area, text in merge:
        sheet.merge_range(*area, text)
    for name in more:
        book.add_worksheet(name)
    book.close()
    return out.getvalue()


def ods_of(rows: Sequence[Sequence[Any]], *, repeat: int = 1) -> bytes:
    """Write rows as ODS; the last row is repeated ``repeat`` times."""
    lines = []
    for number, row in enumerate(rows):
        times = f' table:number-rows-repeated="{repeat}"' if number == len(rows) - 1 and repeat > 1 else ""
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'
            for value in row
        )
        lines.append(f"<table:table-row{times}>{cells}</table:table-row>")
    names = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    body = f'<office:spreadsheet><table:table table:name="Staff">{"".join(lines)}</table:table></office:spreadsheet>'
    content = f'<?xml version="1.0"?><office:document-content{names}><office:body>{body}</office:body></office:document-content>'
    manifest = '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zip_of(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content, "META-INF/manifest.xml": manifest}
    )


def zip_of(parts: dict[str, str | bytes]) -> bytes:
    """Pack parts into a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def rewritten(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Change one part of a packed file."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts: dict[str, str | bytes] = {name: packed.read(name) for name in packed.namelist()}
    assert old in bytes(parts[part])  # type: ignore[arg-type]
    return zip_of({**parts, part: bytes(parts[part]).replace(old, new)})  # type: ignore[arg-type]


def xls_of(rows: Sequence[Sequence[Any]]) -> bytes:
    """Write rows as an Excel 97 file: one sheet of text and numbers in a compound file."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def begin(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    cells = b""
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            head = struct.pack("<HHH", number, place, 0)
            if isinstance(value, (int, float)):
                cells += record(0x0203, head + struct.pack("<d", value))
            elif value is not None:
                cells += record(0x0204, head + struct.pack("<HB", len(str(value)), 0) + str(value).encode("latin-1"))
    sheet = begin(0x0010) + cells + record(0x000A, b"")
    name = b"Staff"

    def globals_for(offset: int) -> bytes:
        bound = struct.pack("<IBBBB", offset, 0, 0, len(name), 0) + name
        return begin(0x0005) + record(0x0042, struct.pack("<H", 1200)) + record(0x0085, bound) + record(0x000A, b"")

    return compound_of("Workbook", globals_for(len(globals_for(0))) + sheet)


def compound_of(name: str, stream: bytes) -> bytes:
    """Write one stream into an OLE compound file, as old Office files are."""
    size = 512
    stream = stream.ljust(max(4096, -(-len(stream) // size) * size), b"\x00")
    sectors = len(stream) // size
    free, end, fat_mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    table = [fat_mark, end, *(place + 1 for place in range(2, 1 + sectors)), end]
    fat = struct.pack(f"<{size // 4}I", *(table + [free] * (size // 4 - len(table))))

    def entry(title: str, kind: int, child: int, start: int, length: int) -> bytes:
        text = title.encode("utf-16-le") + b"\x00\x00" if title else b""
        head = text.ljust(64, b"\x00") + struct.pack("<HBB", len(text), kind, 1) + struct.pack("<III", free, free, child)
        return head + b"\x00" * 36 + struct.pack("<IQ", start, length)

    directory = entry("Root Entry", 5, 1, end, 0) + entry(name, 2, free, 2, len(stream)) + entry("", 0, free, 0, 0) * 2
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\x00" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *([free] * 108))
    return header + fat + directory + stream
