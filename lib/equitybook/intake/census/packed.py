"""The ZIP of data.census.gov: for each table its data, a description of the columns, and notes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from equitybook.errors import DataError
from equitybook.intake.sniff import locked

MAX_PARTS = 200
"""Most files a ZIP may hold; one of twelve tables has 36."""

MAX_UNPACKED_BYTES = 60 * 1024 * 1024
"""Most that is unpacked of one ZIP, all parts together: every place of a state in one table stays well below it."""

_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_DATA, _NOTES = "-data.csv", "-table-notes.txt"
_AGAIN = "Download the table again from data.census.gov (Download, then ZIP or CSV) and upload that, unchanged."


@dataclass(frozen=True, slots=True)
class Part:
    """One table's data as it lay in the ZIP, and the notes that belong to it ("" where there are none)."""

    name: str
    content: bytes
    notes: str


def unpack_parts(content: bytes, name: str) -> tuple[Part, ...]:
    """Unpack the tables of a ZIP, and nothing else of it.

    Raises
    ------
    DataError
        If it is damaged, locked, too large, or holds no table.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _parts(packed, name)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        OSError,
        EOFError,
        RuntimeError,
        ValueError,
        zlib.error,
    ) as error:
        raise DataError("The ZIP is damaged: it cannot be unpacked.", file=name, fix=_AGAIN) from error


def _parts(packed: zipfile.ZipFile, name: str) -> tuple[Part, ...]:
    found = [one for one in packed.infolist() if not one.is_dir() and not _base(one.filename).startswith((".", "_"))]
    if len(found) > MAX_PARTS:
        problem = f"The ZIP holds {len(found):,} files; at most {MAX_PARTS} are read."
        raise DataError(problem, file=name, fix=_AGAIN)
    tables = _tables(found, name)
    if any(one.flag_bits & _ENCRYPTED for one in tables):
        raise locked(name)
    budget = _Budget(name)
    notes = {_stem(one.filename, _NOTES): one for one in found if one.filename.lower().endswith(_NOTES)}
    made = []
    for one in tables:
        said = notes.get(_stem(one.filename, _DATA))
        text = budget.read(packed, said).decode("utf-8", errors="replace") if said else ""
        made.append(Part(_base(one.filename), budget.read(packed, one), text))
    return tuple(made)


def _tables(found: Sequence[zipfile.ZipInfo], name: str) -> list[zipfile.ZipInfo]:
    names = {one.filename for one in found}
    if "xl/workbook.xml" in names or "content.xml" in names:
        fix = "On data.census.gov choose Download, then ZIP or CSV, and upload that."
        raise DataError("This is a spreadsheet, not the table as data.census.gov gives it.", file=name, fix=fix)
    data = [one for one in found if one.filename.lower().endswith(_DATA)]
    data = data or [one for one in found if one.filename.lower().endswith(".csv") and "metadata" not in _base(one.filename).lower()]
    if not data:
        inside = ", ".join(sorted(_base(one) for one in names)[:3]) or "nothing"
        problem = f"No file in the ZIP is a table: its name would end in -Data.csv. It holds {inside}."
        raise DataError(problem, file=name, fix=_AGAIN)
    return data


class _Budget:
    """Reads parts until they have unpacked to too much: the sizes a hostile ZIP declares may be wrong."""

    def __init__(self, name: str) -> None:
        self._name, self._left = name, MAX_UNPACKED_BYTES

    def read(self, packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
        pieces: list[bytes] = []
        with packed.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    problem = f"The ZIP unpacks to more than {MAX_UNPACKED_BYTES // 1024 // 1024} MB, more than can be read safely."
                    raise DataError(problem, file=self._name, fix="Download fewer places and upload that.")
                pieces.append(chunk)
        return b"".join(pieces)


def _base(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def _stem(path: str, ending: str) -> str:
    return path[: -len(ending)].lower() if path.lower().endswith(ending) else ""
