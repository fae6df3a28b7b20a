"""One notebook through papermill, in this process; and where it stopped, if it did."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from equitybook.batch.tidy import notebook_bytes

PRIVATE_FOLDER = "JUPYTER_RUNTIME_DIR"
"""Jupyter's own variable for connection files; a worker points it at a folder of its own."""

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
# Longer temporary folders would make a socket's path longer than systems allow (about 104 characters).
_LONGEST_SOCKET_FOLDER = 40
_WIDEST_LINE = 100


@dataclass(frozen=True, slots=True)
class Job:
    """One notebook to run. ``environment`` holds for this run only; None takes a variable away. Timeouts are in seconds."""

    community: str
    template: Path
    output: Path
    parameters: Mapping[str, Any]
    environment: Mapping[str, str | None]
    cell_timeout: int
    timeout: float


@dataclass(frozen=True, slots=True)
class Stopped:
    """Where a notebook stopped (``cell``, in words) and why."""

    cell: str
    error: str


def execute(job: Job, *, forks: str = "") -> str:
    """Run a notebook and write it, as far as it came, to ``job.output``. Returns "" or what went wrong in one line.

    ``forks`` is where its kernel is forked; empty: it starts as an ordinary one.
    """
    import papermill  # a second of imports, for the worker only
    from nbclient.exceptions import CellControlSignal

    from equitybook.batch import engine

    logging.getLogger("papermill").setLevel(logging.ERROR)  # its warnings are about parameters, which are checked already
    kept, error = engine.Kept(), ""
    with _environment(job.environment):
        try:
            with engine.at_most(job.timeout):
                papermill.execute_notebook(
                    _literal(job.template),
                    None,
                    parameters=dict(job.parameters),
                    engine_name=engine.NAME,
                    kernel_name="python3",
                    progress_bar=False,
                    request_save_on_cell_execute=False,
                    execution_timeout=job.cell_timeout,
                    # Away from the answers; and where a worker has a folder of its own, what a notebook writes goes with it.
                    cwd=os.environ.get(PRIVATE_FOLDER) or str(job.output.parent),
                    config=_kernels(forks),
                    keep=kept,
                )
        except papermill.PapermillExecutionError as found:
            error = f"{found.ename}: {found.evalue}"
        except engine.TookTooLong:
            error = too_long(job.timeout)
        except CellControlSignal as found:
            error = _one_line(str(found))
        except Exception as found:  # whatever a kernel does, the other communities are not to suffer
            error = _one_line(f"{type(found).__name__}: {found}")
    if kept.notebook is not None:
        job.output.write_bytes(notebook_bytes(kept.notebook))
    return error


def too_long(seconds: float) -> str:
    """Say that a run has passed its limit."""
    return f"It did not finish within {seconds:.0f} seconds."


def where_it_stopped(notebook: Any, error: str) -> Stopped:  # noqa: ANN401 - nbformat is not typed
    """Name the cell a partly executed notebook stopped in: the one with an error, else the last one that was begun."""
    begun = [cell for cell in notebook.cells if cell.cell_type == "code" and _started(cell)]
    failed = [cell for cell in begun if any(output.output_type == "error" for output in cell.outputs)]
    if not begun:
        return Stopped("before the first cell", error)
    cell = (failed or [max(begun, key=_started)])[0]
    lines = [line for line in cell.source.splitlines() if line.strip()] or [""]
    number = 1 + [one for one in notebook.cells if one.cell_type == "code"].index(cell)
    heading = _heading_above(notebook, cell)
    under = f', under "{heading}"' if heading else ""
    return Stopped(f"code cell {number}{under}: {lines[-1].strip()[:_WIDEST_LINE]}", error)


def _heading_above(notebook: Any, cell: Any) -> str:  # noqa: ANN401
    heading = ""
    for one in notebook.cells:
        if one is cell:
            break
        if one.cell_type == "markdown":
            found = re.findall(r"^#+\s+(.+)$", one.source, flags=re.MULTILINE)
            heading = found[-1].strip() if found else heading
    return heading


def _started(cell: Any) -> str:  # noqa: ANN401
    return str(cell.metadata.get("papermill", {}).get("start_time") or "")


def _one_line(text: str) -> str:
    lines = [line.strip() for line in _COLOURS.sub("", text).splitlines() if line.strip()]
    return lines[0] if lines else ""


def _literal(path: Path) -> str:
    """Escape braces, which papermill would fill in as parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _kernels(forks: str) -> Any:  # noqa: ANN401 - traitlets is not typed
    """Say where kernels come from, and how to talk to them: through files of this user where paths are short enough for sockets."""
    from jupyter_client.provisioning.factory import KernelProvisionerFactory
    from traitlets.config import Config

    from equitybook.kernels.provisioner import provisioning, usual_provisioner

    config = Config(provisioning(forks))
    folder = os.environ.get(PRIVATE_FOLDER, "")
    if os.name == "posix" and folder and len(folder) <= _LONGEST_SOCKET_FOLDER:
        config.merge({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})
    if forks:
        KernelProvisionerFactory.instance().default_provisioner_name = usual_provisioner()
    return config


@contextmanager
def _environment(changes: Mapping[str, str | None]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in changes}
    _apply(changes)
    try:
        yield
    finally:
        _apply(before)


def _apply(variables: Mapping[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
