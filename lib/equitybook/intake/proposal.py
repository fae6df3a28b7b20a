"""What a file is proposed to mean, what the user settled, and what came of it: the shapes that go to the page and back as JSON."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import asdict, dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from equitybook.errors import DataError
from equitybook.intake.screen import Dropped

LEAVE_EMPTY = ""
"""The code of a raw word that is to be left empty."""


class Mapping(BaseModel):
    """What the user settled: which column is which, what each word stands for, and the answers to the questions.

    ``columns`` maps headings of the file to fields (None: left out); ``codes`` maps, by field, words of the file to codes ("" leaves
    the cell empty, None is not settled yet); ``answers`` maps question ids to option codes. What is missing is taken as proposed.
    """

    model_config = ConfigDict(extra="forbid")
    columns: dict[str, str | None] = Field(default_factory=dict)
    codes: dict[str, dict[str, str | None]] = Field(default_factory=dict)
    answers: dict[str, str | None] = Field(default_factory=dict)

    @classmethod
    def read(cls, payload: object) -> Mapping:
        """Read a mapping from JSON.

        Raises
        ------
        DataError
            If it has another shape: the sentence names the place.
        """
        try:
            return cls.model_validate(payload)
        except ValidationError as error:
            first = error.errors()[0]
            place = " → ".join(str(part) for part in first["loc"]) or "the mapping"
            problem = f"The choices cannot be read: {place}: {first['msg']}."
            raise DataError(problem, fix="Reload the page and choose again.") from error


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column of the file: the field it is proposed for (None: left out), a few of its values, and why."""

    source: str
    target: str | None
    sample: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class CodeChoice:
    """One word of the file, how many rows have it, and the code proposed for it.

    ``ask`` is true where the word has more than one meaning: ``code`` is then None and the user chooses from ``options``,
    (code, words), the likely ones first.
    """

    raw: str
    count: int
    code: str | None
    ask: bool
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Something about the whole file that the user settles. ``ask`` is true where there is no safe answer to propose."""

    id: str
    text: str
    options: tuple[tuple[str, str], ...]
    answer: str | None
    ask: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything the page shows before anything is imported.

    ``targets`` are the fields that can be chosen: (field, label, required). ``preview`` are the first rows as they would be
    read, with labels; ``mapping`` is what to send back, changed or not. ``open`` lists what must be answered first.
    """

    table: str
    file: str
    sheet: str
    sheet_names: tuple[str, ...]
    header_row: int
    fingerprint: str
    rows: int
    dropped: tuple[Dropped, ...]
    targets: tuple[tuple[str, str, bool], ...]
    columns: tuple[ColumnChoice, ...]
    codes: Map[str, tuple[CodeChoice, ...]]
    questions: tuple[Question, ...]
    open: tuple[str, ...]
    counts: Map[str, int]
    preview: tuple[Map[str, str], ...]
    messages: tuple[str, ...]
    problems: tuple[str, ...]
    mapping: Mapping
    remembered: bool = False

    def json(self) -> dict[str, Any]:
        """Give the same as JSON, with lists for tuples."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        plain["mapping"] = self.mapping.model_dump()
        for name in ("dropped", "columns", "questions"):
            plain[name] = [asdict(one) for one in plain[name]]
        plain["codes"] = {name: [asdict(one) for one in choices] for name, choices in self.codes.items()}
        return plain


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to look at in one row of the file. ``row`` is the row's number in the file."""

    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Imported:
    """Rows ready to be stored, and what was noticed on the way.

    ``rows`` are stored values by field. ``counts`` are, by field, people (rows) by code; ``blanks`` rows without a value by field.
    ``left_out`` are file rows that are not among ``rows``, with the reason. ``notes`` are sentences for the page.
    """

    table: str
    rows: tuple[Map[str, Any], ...]
    problems: tuple[Problem, ...]
    counts: Map[str, Map[str, int]]
    blanks: Map[str, int]
    left_out: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = field(default=())

    def json(self, *, most: int = 200) -> dict[str, Any]:
        """Give the report as JSON, without the rows, with at most ``most`` problems listed and all of them counted."""
        return {
            "table": self.table,
            "rows": len(self.rows),
            "problems": [asdict(one) for one in self.problems[:most]],
            "problem_count": len(self.problems),
            "counts": {name: dict(codes) for name, codes in self.counts.items()},
            "blanks": dict(self.blanks),
            "left_out": [asdict(one) for one in self.left_out[:most]],
            "left_out_count": len(self.left_out),
            "notes": list(self.notes),
            "dropped": [asdict(one) for one in self.dropped],
        }
