"""What one column is: its kind, its words, its allowed values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field
from pydantic.config import JsonDict


class Kind(StrEnum):
    """How a cell is typed, stored and shown. Stored values are JSON: dates are ``YYYY-MM-DD`` text, several choices a list of codes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    WHOLE = "whole"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"


# A column says its kind by its type; these name the kinds that Python's own types cannot tell apart.
LongText = Annotated[str, Kind.LONG_TEXT]
Money = Annotated[float, Kind.MONEY]
Percent = Annotated[float, Kind.PERCENT]


@dataclass(frozen=True, slots=True, eq=False)  # hashed by identity, so it may stand in Annotated[...]
class Vocabulary:
    """A closed list of codes and the words shown for them.

    ``open_ended`` lists (departments) suggest their values but keep others as typed.
    """

    name: str
    labels: Mapping[str, str]
    open_ended: bool = False

    def label(self, code: str | None) -> str:
        """The words for a code; the code itself where it is not in the list."""
        return "" if code is None else self.labels.get(code, code)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, in the order they are offered."""
        return tuple(self.labels)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, as every other part of the product reads it.

    ``minimum`` and ``maximum`` bound a number in the unit it is stored in (percent are 0 to 100, money US dollars).
    ``also`` are other headings under which files are known to carry the column; matching ignores case and punctuation.
    ``refers`` names the column whose values are suggested here (``"pm1_datasets.dataset_id"``); ``numbered`` is the letter a new row's
    own code begins with ("M" gives M1, M2 …). ``typed`` is False for what only the page's own buttons write: it is shown, never typed,
    pasted or imported.
    """

    name: str
    label: str
    kind: Kind
    help: str = ""
    unit: str = ""
    required: bool = False
    vocabulary: Vocabulary | None = None
    example: Any = None
    minimum: float | None = None
    maximum: float | None = None
    also: tuple[str, ...] = field(default=())
    refers: str = ""
    numbered: str = ""
    typed: bool = True


def column(
    label: str,
    *,
    help: str = "",  # noqa: A002 - the word the page shows
    unit: str = "",
    required: bool = False,
    example: Any = None,  # noqa: ANN401 - any JSON value
    minimum: float | None = None,
    maximum: float | None = None,
    also: tuple[str, ...] = (),
    refers: str = "",
    numbered: str = "",
    typed: bool = True,
) -> Any:  # noqa: ANN401 - pydantic's Field is typed the same way
    """Declare one column of a row model. The type annotation beside it gives the kind and the allowed values."""
    extra: JsonDict = {
        "unit": unit,
        "required": required,
        "minimum": minimum,
        "maximum": maximum,
        "also": list(also),
        "refers": refers,
        "numbered": numbered,
        "typed": typed,
    }
    return Field(default=None, title=label, description=help, examples=[example], json_schema_extra=extra)
