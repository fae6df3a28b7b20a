"""A few processes of our own that run notebooks, each one at a time.

papermill changes the working directory and the environment of its process, so notebooks never share one; and a pool of the
standard library is broken for good by one process that dies or hangs. Here a worker that dies or takes too long costs its own
notebook only: it is ended, and the next notebook gets a new one.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, SimpleQueue

from equitybook.batch.execute import PRIVATE_FOLDER, Job, execute, too_long
from equitybook.kernels.fork_server import ForkServer

log = logging.getLogger(__name__)

_ERRORS = "errors.txt"
_SPAWN = multiprocessing.get_context("spawn")
_PATIENCE = 10.0
"""Seconds a worker gets to stop or end by itself."""

_GLANCE = 0.5
"""Seconds between two looks at whether everything is to stop."""


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def forked_kernels(notebooks: int, *, workers: int) -> Iterator[str]:
    """Have kernels forked by one process for all workers; gives where.

    Empty where each worker has one notebook at most: warming up takes as long as the one ordinary kernel it would save each of them.
    """
    if notebooks <= workers:
        yield ""
        return
    with ForkServer() as forks:
        yield forks.address


def run_jobs(jobs: Sequence[Job], *, workers: int, done: Callable[[Job, str], None], forks: str = "") -> None:
    """Run notebooks, at most ``workers`` at once, each within its own time.

    ``done`` is called once per job, one at a time, with "" or what went wrong. ``forks`` is where their kernels are forked; empty:
    each starts as an ordinary one.
    """
    waiting: SimpleQueue[Job] = SimpleQueue()
    for job in jobs:
        waiting.put(job)
    lock, stop = threading.Lock(), threading.Event()
    count = max(1, min(workers, len(jobs)))
    with ThreadPoolExecutor(count) as threads:
        lanes = [threads.submit(_lane, waiting, done, lock, stop, forks) for _ in range(count)]
        try:
            for lane in lanes:
                lane.result()
        finally:
            stop.set()


def _lane(
    waiting: SimpleQueue[Job], done: Callable[[Job, str], None], lock: threading.Lock, stop: threading.Event, forks: str
) -> None:
    worker: _Worker | None = None
    try:
        while not stop.is_set():
            try:
                job = waiting.get_nowait()
            except Empty:
                return
            worker = worker if worker and worker.alive else _Worker(forks)
            error = worker.run(job, stop)
            if stop.is_set():
                return
            with lock:
                done(job, error)
    finally:
        if worker:
            worker.end()


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, forks: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="eqb-", ignore_cleanup_errors=True)
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs, self._folder.name, forks), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def run(self, job: Job, stop: threading.Event) -> str:
        """Run one job; ends the process where it does not keep to the job's time by itself, or everything is to stop."""
        try:
            self._pipe.send(job)
            waited = 0.0
            while not self._pipe.poll(_GLANCE):
                waited += _GLANCE
                if waited >= job.timeout + _PATIENCE or stop.is_set():
                    self.end(kill=True)
                    return too_long(job.timeout)
            return str(self._pipe.recv())
        except (EOFError, OSError):
            log.warning("The process for %s ended: %s", job.community, _last_words(Path(self._folder.name)))
            self.end(kill=True)
            return "The process that ran it ended unexpectedly, perhaps for lack of memory."

    def end(self, *, kill: bool = False) -> None:
        """Ask the process to end, and end it where it does not. Its kernel ends by itself once its parent is gone."""
        self._pipe.close()
        if kill:
            self._process.kill()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._folder.cleanup()


def _last_words(folder: Path) -> str:
    """Return the end of what a worker and its kernels had to say."""
    path = folder / _ERRORS
    return path.read_text(encoding="utf-8", errors="replace")[-2000:].strip() if path.is_file() else ""


def _serve(pipe: Connection, folder: str, forks: str) -> None:
    """Run jobs as they come, until the other end closes."""
    # Ctrl-C is the parent's to handle; it ends the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.umask(0o077)  # what it writes is the towns' answers
    # Kernels remark on their own ending, in the middle of a progress bar; kept for the case that a worker dies.
    os.dup2(os.open(f"{folder}/{_ERRORS}", os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    os.environ[PRIVATE_FOLDER] = folder  # sockets and connection files of this run, and of nobody else
    os.environ.update(
        IPYTHONDIR=folder,  # nobody's start-up files or history
        JUPYTER_PREFER_ENV_PATH="1",  # the kernel of this environment, whatever the user has installed
        PYDEVD_DISABLE_FILE_VALIDATION="1",
    )
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        pipe.send(execute(job, forks=forks))
