"""cohort.toml to a ``Programme``, or to sentences that name the file, the key, the value and what would be right."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from equitybook.errors import ConfigError
from equitybook.program.consistency import Problem, inconsistencies
from equitybook.program.models import Programme
from equitybook.program.nearest import did_you_mean

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

FILE = "cohort.toml"


def read_programme(path: Path) -> Programme:
    """Read and check a cohort file.

    Raises
    ------
    ConfigError
        If the file is absent, is not TOML, or something in it is wrong; the first problem, and how many more there are.
    """
    programme, problems = look_at(path)
    if problems:
        more = f" There is more to correct ({len(problems) - 1}): equitybook check lists it." if len(problems) > 1 else ""
        first = problems[0]
        raise ConfigError(first.problem, file=FILE, key=first.key, value=first.value, fix=f"{first.fix}{more}".strip())
    return programme


def read_problems(path: Path) -> tuple[ConfigError, ...]:
    """Everything that is wrong in a cohort file; empty where it reads well. Raises ``ConfigError`` only where it is no TOML at all."""
    _, problems = look_at(path)
    return tuple(ConfigError(one.problem, file=FILE, key=one.key, value=one.value, fix=one.fix) for one in problems)


def look_at(path: Path) -> tuple[Programme, tuple[Problem, ...]]:
    """Read a cohort file and list its problems. The programme is only to be used where there are none."""
    data = _load(path)
    try:
        programme = Programme.model_validate(data)
    except ValidationError as error:
        return Programme.model_construct(), tuple(_problem(one, data) for one in _telling(error.errors()))
    return programme, tuple(inconsistencies(programme))


def _load(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        fix = "Name the cohort's folder with --cohort, or make one: equitybook init FOLDER."
        problem = f"There is no {FILE} in {path.parent}."
        raise ConfigError(problem, fix=fix) from None
    except tomllib.TOMLDecodeError as error:
        fix = "Text stands in quotes, dates and numbers do not, lists in square brackets."
        problem = f"This is not a TOML file: {error}."
        raise ConfigError(problem, file=FILE, fix=fix) from None
    except UnicodeDecodeError:
        raise ConfigError("The file is not saved as UTF-8 text.", file=FILE, fix="Save it again with the encoding UTF-8.") from None


def _telling(errors: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out what only follows from another error, and put a mistyped key before the key it leaves missing."""
    places = [error["loc"] for error in errors]

    def follows(error: ErrorDetails) -> bool:
        # pydantic also calls a list too short when the one section in it is wrong
        here = error["loc"]
        return error["type"] == "too_short" and any(len(other) > len(here) and other[: len(here)] == here for other in places)

    return sorted((error for error in errors if not follows(error)), key=lambda error: error["type"] == "missing")


def _problem(error: ErrorDetails, data: Mapping[str, Any]) -> Problem:
    """One of pydantic's errors in our words."""
    where = error["loc"]
    key, kind, value = _key(where, data), error["type"], error["input"]
    if kind == "missing":
        return Problem(key, None, "This key is missing.", _right(where))
    if kind == "extra_forbidden":
        return Problem(key, None, "There is no such key here.", did_you_mean(where[-1], _keys_at(where[:-1])))
    if kind == "literal_error":
        return Problem(key, value, "This is not one of the values known here.", did_you_mean(value, _choices(error)))
    shown = value if isinstance(value, str | int | float | bool) else None
    return Problem(key, shown, f"{error['msg'].removeprefix('Value error, ')}.", _right(where))


def _choices(error: ErrorDetails) -> list[str]:
    expected = str(error.get("ctx", {}).get("expected", ""))
    return [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(",") if part.strip()]


def _key(where: Sequence[int | str], data: Any) -> str:  # noqa: ANN401 - whatever TOML holds
    """``communities.prairie-glen.participants.maria.senior``: sections by their own name, else by their place from 1."""
    parts: list[str] = []
    here = data
    for step in where:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            here = None
        if isinstance(step, int):
            name = _name_of(here)
            parts[-1] = f"{parts[-1]}.{name}" if name else f"{parts[-1]}[{step + 1}]"
        else:
            parts.append(step)
    return ".".join(parts)


def _name_of(section: object) -> str:
    if not isinstance(section, dict):
        return ""
    return next((str(section[name]) for name in ("slug", "username", "number", "name") if section.get(name)), "")


def _model_at(where: Sequence[int | str]) -> type[BaseModel] | None:
    model: type[BaseModel] | None = Programme
    for step in where:
        if isinstance(step, int) or model is None:
            continue
        field = model.model_fields.get(step)
        model = _model_in(field.annotation) if field else None
    return model


def _model_in(hint: object) -> type[BaseModel] | None:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint
    return next((found for arg in get_args(hint) if (found := _model_in(arg))), None)


def _keys_at(where: Sequence[int | str]) -> list[str]:
    model = _model_at(where)
    return [name for name in model.model_fields if name not in {"role", "community"}] if model else []


def _right(where: Sequence[int | str]) -> str:
    """Say what the key wants, with an example, as its declaration says."""
    steps = [step for step in where if isinstance(step, str)]
    model = _model_at(steps[:-1])
    field = model.model_fields.get(steps[-1]) if model and steps else None
    if field is None:
        return ""
    example = f" For example: {steps[-1]} = {_toml(field.examples[0])}." if field.examples else ""
    return f"{field.description or ''}{example}".strip()


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    return f'"{value}"' if isinstance(value, str) else str(value)
