"""The words of an outcome: its steps, prompts, checks and sources, read from the folder's ``content.yml``.

Prompts become a table of one record, ``<code>_words``, by the codebook's own means: so they are shown as a form, kept with
their history, validated and exported like any other answer. Ids are never reused: an answer belongs to its prompt's id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model, model_validator

from equitybook.codebook import LongText, Row, column
from equitybook.errors import ConfigError

_Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
_CellName = Annotated[str, Field(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Prompt(_Part):
    """One question a person answers in words. ``id`` is for ever. An ``optional`` one is left empty where it does not apply."""

    id: _Id
    label: str
    help: str = ""
    kind: Literal["long_text"] = "long_text"
    optional: bool = False


class Shows(_Part):
    """The columns of a wide table that one step shows, in order; the others belong to other steps.

    ``own`` are those that only this step fills in: without one of them it is not begun. All where left out.
    """

    table: _Id
    fields: tuple[_Id, ...]
    own: tuple[_Id, ...] = ()


class Step(_Part):
    """One step as the recap and the coach's summary tell it: why, which tables, prompts and findings, how to read them.

    The page itself, with what is needed, is the notebook's prose. ``last`` steps stand at the end of their cycle, after the steps
    of every other outcome.
    """

    id: _Id
    title: str
    minutes: int = Field(ge=1, le=240)
    why: str
    tables: tuple[str, ...] = ()
    prompts: tuple[_Id, ...] = ()
    findings: tuple[str, ...] = ()
    care: tuple[str, ...] = ()
    shows: tuple[Shows, ...] = ()
    last: bool = False

    def fields_of(self, table: str) -> tuple[str, ...]:
        """The columns of a table this step shows; empty: all."""
        return next((one.fields for one in self.shows if one.table == table), ())

    def own_fields(self, table: str) -> tuple[str, ...]:
        """The columns of a table that are this step's to fill in; empty: all."""
        return next((one.own or one.fields for one in self.shows if one.table == table), ())


class Years(_Part):
    """At least so many years lie between two dates."""

    start: _CellName
    end: _CellName
    at_least: int = Field(ge=1)


class Distinct(_Part):
    """A column holds at least so many different values."""

    cell: _CellName
    at_least: int = Field(ge=1)


class Where(_Part):
    """A row whose field holds one of these values; or, with ``filled``, anything or nothing; or, with ``day``, a day or none."""

    field: _Id
    one_of: tuple[str, ...] = ()
    filled: bool | None = None
    day: bool | None = None

    @model_validator(mode="after")
    def _one_of_the_three(self) -> Where:
        if [bool(self.one_of), self.filled is not None, self.day is not None].count(True) != 1:
            message = "a condition has one of one_of, filled and day"
            raise ValueError(message)
        return self


class Rows(_Part):
    """A table has at least, or at most, so many rows in which something is entered, and which meet every ``where``."""

    table: _Id
    at_least: int | None = Field(default=None, ge=1)
    at_most: int | None = Field(default=None, ge=0)
    where: tuple[Where, ...] = ()

    @model_validator(mode="after")
    def _some_number(self) -> Rows:
        if self.at_least is None and self.at_most is None:
            message = "rows have at_least or at_most"
            raise ValueError(message)
        return self


class Rule(_Part):
    """One thing the page can check by itself. Exactly one of the fields is set.

    ``filled`` names a cell (``table.column``), ``answered`` a prompt; ``rows`` counts the rows of a table; ``shown`` a finding that has
    something to show, ``clear`` one that is shown and has no DATA_QUALITY flag. ``any_of`` is met when one of its rules is, ``all_of``
    when every one is.
    """

    filled: _CellName | None = None
    answered: _Id | None = None
    rows: Rows | None = None
    shown: str | None = None
    clear: str | None = None
    distinct: Distinct | None = None
    years: Years | None = None
    any_of: tuple[Rule, ...] = ()
    all_of: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _one_of_them(self) -> Rule:
        given = [name for name in type(self).model_fields if getattr(self, name)]
        if len(given) != 1:
            message = f"a rule has exactly one of {', '.join(type(self).model_fields)}; this one has {', '.join(given) or 'none'}"
            raise ValueError(message)
        return self


class DoneRule(_Part):
    """One line of the self-check before submitting.

    ``step`` names the step it is about: where that step's data are asked for and the request is logged, the line counts as done.
    """

    id: _Id
    text: str
    rule: Rule
    step: _Id | None = None


class Piece(_Part):
    """What an outcome puts on the cycle's one page: a finding's sentence, with its picture or its table where that is short."""

    finding: str
    show: Literal["sentence", "chart", "table"] = "sentence"


class Source(_Part):
    """Where a rule, a figure or a wording comes from, and the date it was looked at."""

    id: _Id
    title: str
    as_of: dt.date


class LegalNote(_Part):
    """A rule of law in plain words, as it stood on a date. It is information and never advice; ``verify`` says what to check with counsel.

    ``employees_from`` and ``employees_to`` narrow it to towns of that many staff, both included.
    """

    id: _Id
    text: str
    source: str
    as_of: dt.date
    verify: str = ""
    employees_from: int | None = None
    employees_to: int | None = None

    def fits(self, employees: int | None) -> bool:
        """Whether it concerns a town of that size; where the size is not known, every note does."""
        return employees is None or (self.employees_from or 0) <= employees <= (self.employees_to or employees)


class Content(_Part):
    """Everything an outcome says that is not computed."""

    code: Annotated[str, Field(pattern=r"^[A-Z]+[0-9]*$")]
    title: str
    coach_question: str
    steps: tuple[Step, ...]
    prompts: tuple[Prompt, ...]
    done: tuple[DoneRule, ...] = ()
    deliverable: tuple[Piece, ...] = ()
    sources: tuple[Source, ...] = ()
    legal: tuple[LegalNote, ...] = ()

    @model_validator(mode="after")
    def _ids_are_single_and_known(self) -> Content:
        for kind in ("steps", "prompts", "done", "sources", "legal"):
            ids = [one.id for one in getattr(self, kind)]
            twice = sorted({one for one in ids if ids.count(one) > 1})
            if twice:
                message = f'{kind}: the id "{twice[0]}" is used twice'
                raise ValueError(message)
        known, asked = {one.id for one in self.prompts}, [name for step in self.steps for name in step.prompts]
        asked += [rule.answered for one in self.done for rule in _leaves(one.rule) if rule.answered]
        for name in asked:
            if name not in known:
                message = f'there is no prompt "{name}" (prompts: {", ".join(sorted(known))})'
                raise ValueError(message)
        steps = {one.id for one in self.steps}
        for one in self.done:
            if one.step and one.step not in steps:
                message = f'done "{one.id}": there is no step "{one.step}" (steps: {", ".join(sorted(steps))})'
                raise ValueError(message)
        return self

    def step(self, step_id: str) -> Step:
        """Find the step of that id.

        Raises
        ------
        ConfigError
            If there is none.
        """
        for one in self.steps:
            if one.id == step_id:
                return one
        known = ", ".join(one.id for one in self.steps)
        raise ConfigError(
            "There is no such step.", file=f"content.yml of {self.code}", key="step", value=step_id, fix=f"It is one of: {known}."
        )

    def prompts_of(self, step_id: str) -> tuple[Prompt, ...]:
        """List the prompts of one step, in the order they are asked."""
        by_id = {one.id: one for one in self.prompts}
        return tuple(by_id[name] for name in self.step(step_id).prompts)

    @property
    def words_table(self) -> str:
        """The id of the table the answers to the prompts are kept in, for example ``"hr1_words"``."""
        return f"{self.code.lower()}_words"


@cache
def read_content(path: Path) -> Content:
    """Read and check a ``content.yml``.

    Raises
    ------
    ConfigError
        If the file is missing, is not YAML, or a key is missing, unknown or wrong: names the file, the key and the value.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError("There is no such file.", file=str(path), fix="Every outcome's folder has a content.yml.") from error
    except yaml.YAMLError as error:
        problem = f"This is not readable as YAML ({_place(error)})."
        raise ConfigError(problem, file=path.name, fix="Check the indent and quotes.") from error
    try:
        return Content.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        more = f" ({error.error_count() - 1} more like it.)" if error.error_count() > 1 else ""
        problem = f"{first['msg']}.{more}"
        raise ConfigError(problem, file=path.name, key=key, value=_short(first["input"])) from error


@cache
def read_example(path: Path) -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    """Read a folder's ``example.yml``: rows of the invented town Prairie Glen, by table id; nothing where there is no such file.

    Raises
    ------
    ConfigError
        If the file is not YAML, or is no mapping of table ids to lists of rows.
    """
    if not path.is_file():
        return MappingProxyType({})
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        problem = f"This is not readable as YAML ({_place(error)})."
        raise ConfigError(problem, file=path.name, fix="Check the indent and quotes.") from error
    if not isinstance(raw, dict) or not all(
        isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in raw.values()
    ):
        raise ConfigError("An example is a table id with a list of rows.", file=path.name)
    return MappingProxyType({str(table): tuple(_json_row(row) for row in rows) for table, rows in raw.items()})


def _json_row(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Write dates as the store keeps them; YAML reads them as dates."""
    return {str(name): value.isoformat() if isinstance(value, dt.date) else value for name, value in row.items()}


@cache
def words_row(content: Content) -> type[Row]:
    """Declare the single-record table of the answers to an outcome's prompts: one long text per prompt."""
    fields: dict[str, Any] = {one.id: (LongText, column(one.label, help=one.help)) for one in content.prompts}
    name = f"{content.code.title()}Words"
    kwargs = {"id": content.words_table, "name": f"{content.title}: your words", "one_row": "one town", "single": True}
    return create_model(name, __base__=Row, __doc__=f"Answers in words to {content.title}.", __cls_kwargs__=kwargs, **fields)


def _leaves(rule: Rule) -> Iterator[Rule]:
    parts = rule.any_of or rule.all_of
    if not parts:
        yield rule
    for one in parts:
        yield from _leaves(one)


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}: {getattr(error, 'problem', '')}" if mark else str(error)


def _short(value: object) -> object:
    text = str(value)
    return value if len(text) <= 60 else text[:60] + "…"  # noqa: PLR2004 - a glance at what was written
