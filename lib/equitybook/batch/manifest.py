"""What was generated, from what, and how it went: ``workbooks/manifest.json`` of a cohort."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from equitybook import __version__
from equitybook.batch.tidy import write_private
from equitybook.errors import GenerateError

Outcome = Literal["generated", "unchanged", "kept", "failed"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One community's workbook of one cycle.

    ``outcome``: ``generated``; ``unchanged`` since the last time; ``kept``, because somebody adapted the notebook by hand;
    ``failed``, with the ``cell`` and the ``error``. Hashes are SHA-256; ``at`` is UTC; ``workbook`` is relative to the cohort's folder.
    """

    community: str
    cycle: int
    outcome: Outcome
    workbook: str
    template: str
    template_hash: str
    parameters: Mapping[str, Any]
    input_hash: str
    at: str
    program: str = f"equitybook {__version__}"
    output_hash: str = ""
    source_hash: str = ""
    cell: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What became of each community, by cycle and community."""

    entries: tuple[Entry, ...] = field(default=())

    @property
    def failed(self) -> tuple[Entry, ...]:
        """The entries that need somebody to look."""
        return tuple(entry for entry in self.entries if entry.outcome == "failed")

    def count(self, outcome: Outcome) -> int:
        """How many entries ended that way."""
        return sum(entry.outcome == outcome for entry in self.entries)

    def entry(self, community: str, cycle: int) -> Entry | None:
        """Return one community's entry, or None where it was never generated."""
        return next((one for one in self.entries if (one.community, one.cycle) == (community, cycle)), None)

    def with_entry(self, entry: Entry) -> Manifest:
        """Return a manifest in which this entry takes the place of an earlier one."""
        others = [one for one in self.entries if (one.community, one.cycle) != (entry.community, entry.cycle)]
        return Manifest(tuple(sorted([*others, entry], key=lambda one: (one.cycle, one.community))))

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """Read a manifest; an empty one where there is no file.

        Raises
        ------
        GenerateError
            If the file is damaged.
        """
        if not path.exists():
            return cls()
        try:
            return cls(tuple(Entry(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))["workbooks"]))
        except (ValueError, KeyError, TypeError) as error:
            message = f"{path} cannot be read ({error}). Delete it; the next generate writes a new one."
            raise GenerateError(message) from error

    def write(self, path: Path) -> None:
        """Write the manifest, all of it or nothing."""
        text = json.dumps({"workbooks": [dataclasses.asdict(entry) for entry in self.entries]}, indent=1, ensure_ascii=False)
        write_private(path, (text + "\n").encode("utf-8"))
