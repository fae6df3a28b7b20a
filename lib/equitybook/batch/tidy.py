"""An executed notebook without what differs from run to run or tells about the machine, so that equal input gives an equal file."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
INJECTED = "injected-parameters"


def tidy(notebook: Any, *, hide: Iterable[str] = ()) -> None:  # noqa: ANN401 - nbformat is not typed
    """Strip timings, paths, widget state and random ids in place. ``hide`` are folders whose names must not be told."""
    for name in ("papermill", "widgets"):
        notebook.metadata.pop(name, None)
    folders = sorted({folder.rstrip("/") for folder in hide if len(folder) > 1}, key=len, reverse=True)
    for cell in notebook.cells:
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        tags = cell.metadata.get("tags")
        if tags == []:
            del cell.metadata["tags"]
        if tags and INJECTED in tags:
            cell["id"] = INJECTED
        for output in cell.get("outputs", ()):
            _tidy_output(output, folders)


def _tidy_output(output: Any, folders: list[str]) -> None:  # noqa: ANN401
    # A view names a model by a random id that lives no longer than the kernel; what a reader needs is the HTML beside it.
    data = output.get("data", {})
    if len(data) > 1:
        data.pop(WIDGET_VIEW, None)
    if output.output_type == "stream":
        output.text = _without(output.text, folders)
    if output.output_type == "error":
        output.traceback = [_without(line, folders) for line in output.traceback]


def _without(text: str, folders: list[str]) -> str:
    for folder in folders:
        text = text.replace(folder, "…")
    return text


def source_hash(notebook: Any) -> str:  # noqa: ANN401
    """SHA-256 of what the cells say, without outputs: differs where somebody has adapted the notebook by hand."""
    cells = [(cell.cell_type, cell.source) for cell in notebook.cells]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def read_notebook(path: Path) -> Any:  # noqa: ANN401
    """Read a notebook of any version 4 as the newest one."""
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def notebook_bytes(notebook: Any) -> bytes:  # noqa: ANN401
    """Serialise a notebook as Jupyter writes it."""
    text: str = nbformat.writes(notebook, version=4)  # type: ignore[no-untyped-call]
    return f"{text}\n".encode()
