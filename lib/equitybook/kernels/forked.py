"""A forked kernel as its asker sees it: what ``subprocess.Popen`` would be for a child of one's own."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from typing import Any

from equitybook.kernels.wire import Lines

STATUS_UNKNOWN = 255
"""The exit status of a kernel whose zygote ended first. asyncio says the same where it does not know."""

_GLANCE = 0.1
"""Seconds between two looks while waiting."""

_ON_ITS_WAY = 1.0
"""Seconds the word of a kernel's end may take after its process is gone."""


class ForkedKernel:
    """One kernel and the connection about it.

    Closing the connection ends the kernel, so this object is to be kept as long as the kernel is wanted. ``returncode`` is None
    while it runs, then the exit status or, where a signal ended it, the signal's number below zero.
    """

    stdin = stdout = stderr = None

    def __init__(self, line: socket.socket, lines: Lines, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._line, self._lines = line, lines
        self._gone_at: float | None = None
        line.setblocking(False)

    def poll(self) -> int | None:
        """Look whether it has ended. Never waits."""
        if self.returncode is None:
            self._listen()
        if self.returncode is None and not _there(self.pid):
            # What the kernel started may hold its connection open where the zygote is gone and reports nothing.
            self._gone_at = self._gone_at or time.monotonic()
            if time.monotonic() - self._gone_at > _ON_ITS_WAY:
                self._over(STATUS_UNKNOWN)
        return self.returncode

    def wait(self) -> int:
        """Wait until it has ended, and give its status."""
        while (status := self.poll()) is None:
            time.sleep(_GLANCE)
        return status

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

    def hear(self, words: list[dict[str, Any]]) -> None:
        """Take what was said about the kernel."""
        for word in words:
            if "ended" in word:
                self._over(int(word["ended"]))

    def _listen(self) -> None:
        try:
            while self.returncode is None:
                piece = self._line.recv(4096)
                if not piece:  # the zygote ended before, and now the kernel
                    self._over(STATUS_UNKNOWN)
                self.hear(self._lines.feed(piece))
        except BlockingIOError:
            return
        except OSError:
            self._over(STATUS_UNKNOWN)

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
