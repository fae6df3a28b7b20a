"""A census table as read: places, and for each of them every line's figure with its margin of error."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equitybook.errors import DataError
from equitybook.statistics.census import Estimate


@dataclass(frozen=True, slots=True)
class Geography:
    """One place: its census id (its name, where the file has no ids), its name, and figures by variable number, ``"001"`` first."""

    geo_id: str
    name: str
    values: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class CensusTable:
    """One table of one file.

    ``vintage`` ("2019-2023") and ``survey`` ("ACS 5-year") are "" where neither the file's name nor its notes say so. ``messages``
    are what was noticed while reading.
    """

    table_id: str
    vintage: str
    geographies: tuple[Geography, ...]
    survey: str = ""
    messages: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """Where a figure is from: ``"ACS 5-year 2019-2023, table B03002"``."""
        return f"{self.survey or 'ACS'}{f' {self.vintage}' if self.vintage else ''}, table {self.table_id}"

    def geography(self, geo_id: str) -> Geography | None:
        """Give one place, or None where the table does not have it."""
        return next((one for one in self.geographies if one.geo_id == geo_id), None)


def pack(tables: Sequence[CensusTable], name: str) -> bytes:
    """Write tables, and the name of the file they came in, as JSON bytes: all that needs to be kept of an upload."""
    plain = {"census": 1, "name": name, "tables": [_plain(one) for one in tables]}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def unpack(content: bytes) -> tuple[str, tuple[CensusTable, ...]]:
    """Read what was packed: the file's name and its tables.

    Raises
    ------
    DataError
        If the bytes are no packed tables.
    """
    try:
        plain = json.loads(content)
        return str(plain["name"]), tuple(_table(one) for one in plain["tables"])
    except (ValueError, KeyError, TypeError) as error:
        raise DataError("The file that was uploaded earlier cannot be read again.", fix="Upload it once more.") from error


def _plain(table: CensusTable) -> dict[str, Any]:
    return {
        "id": table.table_id,
        "vintage": table.vintage,
        "survey": table.survey,
        "messages": table.messages,
        "geographies": [
            [one.geo_id, one.name, {number: [found.value, found.moe, found.note] for number, found in one.values.items()}]
            for one in table.geographies
        ],
    }


def _table(plain: Mapping[str, Any]) -> CensusTable:
    geographies = tuple(
        Geography(geo_id, name, {number: Estimate(*found) for number, found in values.items()})
        for geo_id, name, values in plain["geographies"]
    )
    return CensusTable(plain["id"], plain["vintage"], geographies, plain["survey"], tuple(plain["messages"]))
