"""A forked kernel as its asker sees it: what ``subprocess.Popen`` would be for a child of one's own."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
from typing import Any

from equitybook.kernels.wire import Lines

STATUS_UNKNOWN = 255
"""The exit status of a kernel whose zygote ended first. asyncio says the same where it does not know."""

_GLANCE = 0.1
"""Seconds between two looks at a process nobody reports about."""


class ForkedKernel:
    """One kernel and the connection about it.

    Closing the connection ends the kernel, so this object is to be kept as long as the kernel is wanted. ``returncode`` is None
    while it runs, then the exit status or, ended by a signal, the signal's number below zero.
    """

    stdin = stdout = stderr = None

    def __init__(self, line: socket.socket, lines: Lines, pid: int, said: list[dict[str, Any]]) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._line, self._lines = line, lines
        self._take(said)

    def poll(self) -> int | None:
        """Look whether it has ended. Never waits."""
        while self.returncode is None and select.select([self._line], [], [], 0)[0]:
            try:
                piece = self._line.recv(4096)
            except OSError:
                piece = b""
            if piece:
                self._take(self._lines.feed(piece))
            else:  # the zygote ended before, and now the kernel
                self._over(STATUS_UNKNOWN)
        if self.returncode is None and not _there(self.pid):
            # Something the kernel started may still hold its connection; or the zygote was ended together with it.
            self._over(STATUS_UNKNOWN)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended.

        Raises
        ------
        TimeoutError
            If it has not, after that many seconds.
        """
        waited = 0.0
        while self.poll() is None:
            if timeout is not None and waited >= timeout:
                message = f"The kernel {self.pid} has not ended within {timeout} seconds."
                raise TimeoutError(message)
            select.select([self._line], [], [], _GLANCE)
            waited += _GLANCE
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, signum: int) -> None:
        """Send a signal to the process, unless it has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signum)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _take(self, said: list[dict[str, Any]]) -> None:
        for word in said:
            if "ended" in word:
                self._over(int(word["ended"]))

    def _over(self, status: int) -> None:
        if self.returncode is None:
            self.returncode = status
            self._line.close()


def _there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
