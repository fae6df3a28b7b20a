"""Every error Equitybook raises on purpose.

    EquitybookError
     +-- ConfigError      a setting in cohort.toml or a parameter is wrong
     +-- DataError        a file or a table holds something that cannot be read as meant
     +-- StoreError       the store could not be opened, migrated or written
     +-- AccessError      this person, or this notebook, may not see or do that
     +-- DisclosureError  something would leave a community unprotected
     +-- GenerateError    a workbook could not be generated
     +-- ExportError      a document could not be written

The words are written here, where they are raised; the command line and the page only show them. A message names
the thing, the place, what would be right, and the next step.
"""

from __future__ import annotations


class EquitybookError(Exception):
    """Anything Equitybook refuses, in a sentence a department head can act on."""


class ConfigError(EquitybookError):
    """A setting is missing or wrong: names the file, the key, the value and what would be right."""

    def __init__(self, problem: str, *, file: str = "", key: str = "", value: object = None, fix: str = "") -> None:
        place = ", ".join(part for part in (file, f'key "{key}"' if key else "") if part)
        shown = f": {value!r}" if value is not None else ""
        super().__init__(" ".join(part for part in (f"{place}{shown}:" if place else "", problem, fix) if part))


class DataError(EquitybookError):
    """A file or table cannot be read as meant: names the file, row, column, value and what would be right."""

    def __init__(
        self, problem: str, *, file: str = "", row: int | None = None, column: str = "", value: object = None, fix: str = ""
    ) -> None:
        parts = [file, f"row {row}" if row is not None else "", f'column "{column}"' if column else ""]
        place = ", ".join(part for part in parts if part)
        shown = f' "{value}"' if value is not None else ""
        super().__init__(" ".join(part for part in (f"{place}:{shown}" if place else shown.strip(), problem, fix) if part))


class StoreError(EquitybookError):
    """The store could not be opened, migrated or written."""


class AccessError(EquitybookError):
    """A person, or a notebook, may not see or do that."""


class DisclosureError(EquitybookError):
    """Something would leave a community without passing disclosure control."""


class GenerateError(EquitybookError):
    """A workbook could not be generated for a community."""


class ExportError(EquitybookError):
    """A document could not be written."""
