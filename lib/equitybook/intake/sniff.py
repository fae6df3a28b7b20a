"""What a file really is, by its first bytes, whatever its name says; and a sentence for everything that is no table."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Literal

from equitybook.errors import DataError

MAX_UPLOAD_BYTES = 25 * 1024 * 1024
"""Largest file taken, 25 MB: the page says so before a file is chosen."""

MAX_UNPACKED_BYTES = 400 * 1024 * 1024
"""Most that a spreadsheet may unpack to: a full 25 MB file stays below it."""

FileKind = Literal["text", "xlsx", "xls", "ods"]

_SAVE_AS = "Open it in your spreadsheet program, save it as .xlsx or .csv and upload that."
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"BM", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"\x1f\x8b", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"Rar!", "a packed file"),
    (b"SQLite format 3", "a database"),
    (b"\x00\x01\x00\x00Standard", "a database"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a data file of another kind"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 20


def sniff(content: bytes, name: str) -> FileKind:
    """Tell how a file is to be read.

    Raises
    ------
    DataError
        If it is empty, too large, no table, locked by a password, damaged, or unpacks to more than fits. The sentence says which,
        and what to do.
    """
    if len(content) > MAX_UPLOAD_BYTES:
        size, limit = len(content) / 1024 / 1024, MAX_UPLOAD_BYTES // 1024 // 1024
        problem = f"The file is {size:,.0f} MB; at most {limit} MB can be read."
        raise DataError(problem, file=name, fix=_LARGE)
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise DataError("The file is empty.", file=name, fix="Export it again, check that it opens, and upload that.")
    for signature, what in _SIGNATURES:
        if content.startswith(signature) and not (signature in {b"BM", b"MZ"} and _is_plain_text(content)):
            problem = f"This is {what}, whatever its name says. A table is needed."
            raise DataError(problem, file=name, fix=_EXPORT)
    if content.startswith(_OLE):
        return _old_office(content, name)
    if content.startswith(b"PK"):
        return _zipped(content, name)
    return _plain(content, name)


_LARGE = "Keep only the columns and years you need, save it again and upload that."
_EXPORT = "Export the list from your system as .xlsx or .csv and upload that."


def _old_office(content: bytes, name: str) -> FileKind:
    if _wide("EncryptedPackage") in content or _wide("EncryptionInfo") in content:
        raise locked(name)
    if _wide("WordDocument") in content or _wide("PowerPoint Document") in content:
        raise DataError("This is a document, not a spreadsheet.", file=name, fix=_EXPORT)
    return "xls"


def locked(name: str) -> DataError:
    """Say that a file asks for a password."""
    fix = "Open it, take the password off (File, Info, Protect Workbook), save it and upload that."
    return DataError("The file is locked by a password, so it cannot be read.", file=name, fix=fix)


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _zipped(content: bytes, name: str) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
            _check_unpacked_size(packed, name)
            mimetype = packed.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, OSError, EOFError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and "encrypted" in str(error):
            raise locked(name) from error
        raise DataError(
            "The file is damaged: it cannot be unpacked.", file=name, fix="Save or export it again and upload that."
        ) from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    problem = f"This is {_what_zip(names, mimetype)}."
    raise DataError(problem, file=name, fix=_SAVE_AS)


def _what_zip(names: set[str], mimetype: bytes) -> str:
    if "xl/workbook.bin" in names:
        return "an Excel binary workbook (.xlsb)"
    if "word/document.xml" in names or b"opendocument.text" in mimetype:
        return "a text document, not a spreadsheet"
    if any(one.endswith(".iwa") for one in names):
        return "an Apple Numbers document"
    return "a packed folder (.zip), not a spreadsheet"


def _check_unpacked_size(packed: zipfile.ZipFile, name: str) -> None:
    """Unpack every part without keeping it: the sizes a hostile file declares may be wrong."""
    total = 0
    for part in packed.infolist():
        with packed.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > MAX_UNPACKED_BYTES:
                    limit = MAX_UNPACKED_BYTES // 1024 // 1024
                    problem = f"The file unpacks to more than {limit} MB, more than can be read safely."
                    raise DataError(problem, file=name, fix=_LARGE)


def _plain(content: bytes, name: str) -> FileKind:
    start = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")) or b"schemas-microsoft-com:office" in start:
        raise DataError("This is a web page under a spreadsheet's name, as some systems export it.", file=name, fix=_SAVE_AS)
    if start.startswith(b"<?xml"):
        raise DataError("This is an XML file, not a table.", file=name, fix=_SAVE_AS)
    if start.startswith((b"{", b"[{", b"[[")) and start.rstrip()[:2] != b"[]":
        raise DataError("This is a JSON file, not a table.", file=name, fix=_EXPORT)
    if not _is_plain_text(content):
        raise DataError("This is not a spreadsheet and not plain text.", file=name, fix=_EXPORT)
    return "text"


def _is_plain_text(content: bytes) -> bool:
    """Whether nothing in it is a control character; UTF-16 text is recognised by its mark or by every other byte being 0."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = content[:65536]
    if b"\x00" in sample:
        return sample[1:200:2].count(0) > 60 or sample[0:200:2].count(0) > 60  # noqa: PLR2004 - of a hundred bytes
    strange = sum(sample.count(bytes([code])) for code in range(1, 32) if code not in {9, 10, 12, 13, 26, 27})
    return strange * 100 <= len(sample)
