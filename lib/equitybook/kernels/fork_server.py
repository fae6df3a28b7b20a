"""The owner's side of the fork server: one zygote, started beside other work, started anew when it dies, ended with its owner."""

from __future__ import annotations

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
from equitybook.kernels.naming import ROOM

_log = logging.getLogger(__name__)

SWITCH = "EQUITYBOOK_FORK_KERNELS"
"""Set it to 0 and every kernel is started the ordinary way."""

_WAITING = 128
"""Kernels that may be asked for at once."""
_STARTS, _WITHIN = 5, 600.0
"""So often within so many seconds a zygote is started at most: one that cannot live is not tried for ever."""
_PATIENCE = 5.0
"""Seconds a zygote gets to end its kernels and itself."""
_LAST_WORDS = 2000
"""Characters of what a zygote had to say before it ended."""
_LONGEST_ADDRESS = 100
"""Characters of a socket's path that every system takes."""


def possible() -> bool:
    """Whether kernels can be forked on this system, and nobody has switched it off."""
    return sys.platform in {"linux", "darwin"} and os.environ.get(SWITCH, "") != "0"


class ForkServer:
    """A zygote and the socket it is asked at.

    The socket is made here and outlives a zygote: whoever asks while one warms up waits in line. ``address`` is its path, empty
    where kernels cannot be forked; nothing is started then.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._starts: list[float] = []
        self._lock = threading.Lock()
        self._stopped = False
        self._folder = tempfile.TemporaryDirectory(prefix="eqf-", ignore_cleanup_errors=True)  # made with mode 0700
        self._listener: socket.socket | None = None
        self.address = ""
        if possible():
            self._listen()

    @property
    def pid(self) -> int | None:
        """The zygote's process, where one is running."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> Self:
        """Start the zygote and return at once; it warms up by itself. Nothing happens where it was started before."""
        with self._lock:
            if self._process is None and self._launch():
                threading.Thread(target=self._keep, name="fork-server", daemon=True).start()
        return self

    def stop(self) -> None:
        """End the zygote and every kernel that is left. It cannot be started again; stopping twice is no fault."""
        with self._lock:
            self._stopped = True
            self._close()
            process = self._process
        if process is not None and process.stdin is not None:
            process.stdin.close()
            process.terminate()  # one that still warms up does not look at its input yet
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def _errors(self) -> Path:
        return Path(self._folder.name) / "errors"

    def _listen(self) -> None:
        path = Path(self._folder.name) / "fork"
        if len(str(path)) > _LONGEST_ADDRESS:
            _log.warning("Kernels are not forked: the path of the folder for temporary files is too long for a socket: %s", path)
            return
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(path))
        path.chmod(0o600)
        self._listener.listen(_WAITING)
        self.address = str(path)

    def _launch(self) -> bool:
        if self._listener is None:
            return False
        self._starts = [*self._starts, time.monotonic()][-_STARTS:]
        with self._errors.open("wb") as errors:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "equitybook.kernels.zygote", str(self._listener.fileno()), ROOM],
                stdin=subprocess.PIPE,  # closes when this process is gone, whatever ended it
                stdout=subprocess.DEVNULL,
                stderr=errors,
                # This process's own environment has the database's address and more: no kernel is to be forked from a copy of it.
                env={**bare(os.environ), "PYDEVD_DISABLE_FILE_VALIDATION": "1"},
                cwd=self._folder.name,
                pass_fds=(self._listener.fileno(),),
                start_new_session=True,  # Ctrl-C is the owner's to handle
            )
        return True

    def _keep(self) -> None:
        """Wait for the zygote to end, and start another one unless that is what was wanted."""
        while (process := self._process) is not None:
            status = process.wait()
            with self._lock:
                if self._stopped:
                    return
                said = self._errors.read_text(encoding="utf-8", errors="replace")[-_LAST_WORDS:].strip()
                if process.stdin is not None:
                    process.stdin.close()
                if len(self._starts) == _STARTS and time.monotonic() - self._starts[0] < _WITHIN:
                    _log.error("The process that forks kernels ended (%s) once too often; kernels start as usual. %s", status, said)
                    self._close()
                    return
                _log.warning("The process that forks kernels ended (%s) and is started anew. %s", status, said)
                self._launch()

    def _close(self) -> None:
        """Let nobody wait in line any more."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
            Path(self.address).unlink(missing_ok=True)
