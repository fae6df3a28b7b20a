"""The files of the repository that are written from the row models, so that a test can compare them and one command renews them.

``python -m equitybook.intake.generated`` writes ``templates/spreadsheets/*.xlsx`` and ``docs/data-dictionary.md`` under the
current folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from equitybook.codebook.dictionary import data_dictionary
from equitybook.intake.blank import blank_workbook, columns_to_fill
from equitybook.outcomes.registry import all_outcomes


def generated_files() -> Mapping[Path, bytes]:
    """Make every generated file: its place under the repository's root, and its content."""
    sections = [(f"{one.code} · {one.title}", [row.table for row in one.tables]) for one in all_outcomes().values()]
    files = {
        Path("templates/spreadsheets") / f"{table.id}.xlsx": blank_workbook(table)
        for _, tables in sections
        for table in tables
        if columns_to_fill(table)
    }
    files[Path("docs/data-dictionary.md")] = data_dictionary(sections).encode()
    return files


def write_generated_files(root: Path) -> list[Path]:
    """Write every generated file under ``root``; give the places written."""
    written = []
    for place, content in generated_files().items():
        target = root / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        written.append(target)
    return written


if __name__ == "__main__":
    write_generated_files(Path.cwd())
