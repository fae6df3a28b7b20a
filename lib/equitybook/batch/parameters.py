"""A notebook's parameters, checked before it runs: an unknown name or a wrong type is an error, never a warning."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from equitybook.batch.tidy import read_notebook
from equitybook.errors import GenerateError
from equitybook.program.nearest import did_you_mean

_TYPES: dict[str, type | tuple[type, ...]] = {
    "str": str,
    "int": int,
    "float": (int, float),
    "bool": bool,
    "list": list,
    "dict": dict,
}


def check_parameters(template: Path, parameters: Mapping[str, Any]) -> None:
    """Check values against the cell tagged ``parameters`` of a notebook.

    Raises
    ------
    GenerateError
        If the notebook declares no such parameter, or another type for it.
    """
    from papermill import inspect_notebook  # a second of imports that a run with nothing to do need not wait for

    notebook = read_notebook(template)
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", ()):
            cell.source = _without_comments(cell.source)
    declared = inspect_notebook(notebook)
    for name, value in parameters.items():
        if name not in declared:
            message = (
                f'The notebook {template.name} has no parameter "{name}". {did_you_mean(name, declared)} '
                "Parameters stand in the first cell, the one tagged parameters."
            )
            raise GenerateError(message)
        wanted = _declared_type(declared[name])
        if not _fits(value, wanted):
            message = f'The parameter "{name}" of {template.name} should be {wanted}, for example {declared[name]["default"]}; it is {value!r}.'
            raise GenerateError(message)


def _without_comments(source: str) -> str:
    """Drop comments: papermill overlooks a parameter whose help text has an equals sign in it."""
    lines = source.splitlines()
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                line, column = token.start
                lines[line - 1] = lines[line - 1][:column].rstrip()
    except (tokenize.TokenError, IndentationError):
        return source  # not Python; papermill says so when it runs
    return "\n".join(lines)


def _declared_type(parameter: Mapping[str, Any]) -> str:
    """Name the type: the annotation's, else the default's; empty where neither says."""
    hint = str(parameter["inferred_type_name"]).partition("[")[0].strip()
    if hint != "None":
        return hint
    try:
        return type(ast.literal_eval(parameter["default"])).__name__
    except (ValueError, SyntaxError):
        return ""


def _fits(value: object, wanted: str) -> bool:
    kind = _TYPES.get(wanted)
    if kind is None:
        return True
    # bool is an int in Python; in a notebook's first cell it is not
    return isinstance(value, kind) and (wanted == "bool" or not isinstance(value, bool))
