"""The owner's side of the fork server: one zygote, started beside other work, started anew when it dies, ended with its owner."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Self

from equitybook.kernels.environment import bare

_log = logging.getLogger(__name__)

SWITCH = "EQUITYBOOK_FORK_KERNELS"
"""Set it to 0 and every kernel is started the ordinary way."""

_WAITING = 128
"""Kernels that may be asked for at once."""
_STARTS, _WITHIN = 5, 600.0
"""A zygote that dies is started anew, at most so often within so many seconds: one that cannot live is not tried for ever."""
_PATIENCE = 5.0
"""Seconds a zygote gets to end its kernels and itself."""
_LONGEST_ADDRESS = 100
"""Characters of a socket's path that every system takes."""


def possible() -> bool:
    """Whether kernels can be forked on this machine, and nobody has switched it off."""
    return sys.platform in {"linux", "darwin"} and os.environ.get(SWITCH, "") != "0"


class ForkServer:
    """A zygote and the socket it is asked at.

    The socket is made here and outlives a zygote: whoever asks while one warms up waits in line. Where kernels cannot be forked
    ``address`` is empty, and starting and stopping do nothing.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._listener: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: threading.Thread | None = None
        self._stopping = threading.Event()
        self._starts: list[float] = []

    @property
    def address(self) -> str:
        """The path of the socket; empty where there is none."""
        return str(self._folder / "fork") if self._folder and self._listener else ""

    @property
    def pid(self) -> int | None:
        """The zygote's process, where one is running."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> Self:
        """Start the zygote and return at once. It warms up by itself; asking for a kernel meanwhile is fine."""
        if self._listener is not None or self._stopping.is_set() or not possible():
            return self
        folder = Path(tempfile.mkdtemp(prefix="eqf-"))  # made with mode 0700
        if len(str(folder)) > _LONGEST_ADDRESS:
            _log.warning("Kernels are not forked: the path of the temporary folder is too long for a socket (%s).", folder.parent)
            folder.rmdir()
            return self
        self._folder = folder
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(folder / "fork"))
        (folder / "fork").chmod(0o600)
        self._listener.listen(_WAITING)
        self._launch()
        self._watch = threading.Thread(target=self._keep, name="fork-server", daemon=True)
        self._watch.start()
        return self

    def stop(self) -> None:
        """End the zygote with every kernel that is left, and take its folder away. May be called twice."""
        self._stopping.set()
        self._close()
        process = self._process
        if process is not None and process.stdin is not None:
            process.stdin.close()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
        if self._watch is not None:
            self._watch.join(_PATIENCE)
        if self._folder is not None:
            for path in self._folder.iterdir():
                path.unlink(missing_ok=True)
            self._folder.rmdir()
            self._folder = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def _errors(self) -> Path:
        assert self._folder is not None
        return self._folder / "errors"

    def _launch(self) -> None:
        assert self._listener is not None
        self._starts = [*self._starts, time.monotonic()][-_STARTS:]
        with self._errors.open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "equitybook.kernels.zygote", str(self._listener.fileno())],
                stdin=subprocess.PIPE,  # closes when this process is gone, whatever ended it
                stdout=subprocess.DEVNULL,
                stderr=errors,
                # This process's own environment has the database's address and more; none of it reaches a kernel by being inherited.
                env={**bare(os.environ), "PYDEVD_DISABLE_FILE_VALIDATION": "1"},
                cwd=self._folder,
                pass_fds=(self._listener.fileno(),),
                start_new_session=True,  # Ctrl-C is the owner's to handle
            )

    def _keep(self) -> None:
        """Wait for the zygote to end; start another unless that is what was wanted."""
        while not self._stopping.is_set():
            assert self._process is not None
            status = self._process.wait()
            if self._stopping.is_set():
                return
            said = self._errors.read_text(encoding="utf-8", errors="replace")[-2000:].strip()
            if len(self._starts) == _STARTS and time.monotonic() - self._starts[0] < _WITHIN:
                _log.error("The process that forks kernels keeps ending (%s); kernels now start the ordinary way. %s", status, said)
                self._close()
                return
            _log.warning("The process that forks kernels ended (%s) and is started anew. %s", status, said)
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._launch()

    def _close(self) -> None:
        """Let nobody wait in line any more."""
        if self._listener is not None:
            listener, self._listener = self._listener, None
            listener.close()
            if self._folder is not None:
                with contextlib.suppress(OSError):
                    (self._folder / "fork").unlink(missing_ok=True)
