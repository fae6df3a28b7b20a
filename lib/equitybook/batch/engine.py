"""papermill's own engine, with what it runs kept in reach and a limit on the whole run.

papermill writes the notebook twice per cell, which costs more than many cells do; so it is told to write at the end only. What a
failed run has come to by then is in ``Kept``, whatever stopped it.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from papermill.engines import NBClientEngine, papermill_engines

NAME = "equitybook"


class TookTooLong(BaseException):
    """The whole run has passed its limit. Not an ``Exception``: nothing on the way may take it for a cell's own error."""


@dataclass(slots=True)
class Kept:
    """The notebook that is being run, as far as it has come; None before the first cell."""

    notebook: Any = None


class KeepingEngine(NBClientEngine):  # type: ignore[misc]  # papermill is not typed
    """Runs a notebook as papermill does and keeps it in ``keep``."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, *, keep: Kept, **options: Any) -> Any:  # noqa: ANN401
        """Run the notebook in ``nb_man``; the rest is papermill's."""
        keep.notebook = nb_man.nb
        return super().execute_managed_notebook(nb_man, kernel_name, **options)


papermill_engines.register(NAME, KeepingEngine)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise ``TookTooLong`` in this process's main thread after that time, where the system has alarms."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
