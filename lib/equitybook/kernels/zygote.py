"""The process that forks kernels: ``python -m equitybook.kernels.zygote <descriptor of a listening socket>``.

Its owner made the socket, and holds the other end of its standard input: when that closes, the owner is gone, and everything here
ends. It waits in one place, ``serve``, and has one thread; whoever cannot be served properly is refused and gets an ordinary
kernel elsewhere.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
import struct
import sys
import threading
from pathlib import Path

from equitybook.kernels import wire

_OWNER = 0
"""The descriptor the owner holds the other end of."""
_TASKS = Path("/proc/self/task")
_PEER = struct.Struct("3i")


class Zygote:
    """One listening socket and the kernels forked from it.

    Parameters
    ----------
    listener
        Where kernels are asked for. Who asked before this is made waits in line there.
    """

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._kernels: dict[int, socket.socket] = {}
        self._wanted: dict[int, int] = {}
        """The kernel behind each connection that is still open, by its descriptor."""
        self._ended, self._woken = socket.socketpair()
        self._poll = select.poll()

    def serve(self) -> socket.socket | None:
        """Fork until the owner goes.

        Returns
        -------
        socket or None
            In a forked child: the connection of the kernel it is to become. In the zygote: None, when all is over.
        """
        self._begin()
        while True:
            events = dict(self._poll.poll())
            if _OWNER in events:
                self._end_all()
                return None
            if self._ended.fileno() in events:
                self._bury()
            for descriptor in events.keys() & self._wanted.keys():
                self._end(descriptor)
            if self._listener.fileno() in events and (connection := self._answer()):
                return connection

    def _begin(self) -> None:
        for one in (self._listener, self._ended, self._woken):
            one.setblocking(False)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # sent to one that still warms up; here the owner's end closes as well
        signal.signal(signal.SIGCHLD, lambda *_: None)  # without a handler nothing is written to the wake-up descriptor
        signal.set_wakeup_fd(self._woken.fileno(), warn_on_full_buffer=False)
        for descriptor in (_OWNER, self._ended.fileno(), self._listener.fileno()):
            self._poll.register(descriptor, select.POLLIN)
        gc.collect()
        gc.freeze()  # otherwise the first collection in a child would copy every page of this

    def _answer(self) -> socket.socket | None:
        try:
            connection, _ = self._listener.accept()
        except OSError:  # gone again
            return None
        connection.setblocking(True)
        reason = _may_not(connection)
        if not reason:
            sys.stderr.flush()
            try:
                pid = os.fork()
            except OSError as error:
                reason = f"no process could be made ({error.strerror})"
        if reason:
            wire.say(connection, refused=reason)
            connection.close()
            return None
        if pid == 0:
            self._let_go()
            return connection
        self._kernels[pid] = connection
        self._wanted[connection.fileno()] = pid
        # A hang-up is reported whatever is asked for; what the asking side sends is for the child to read.
        self._poll.register(connection, 0)
        return None

    def _let_go(self) -> None:
        """Close in a child what is the zygote's: it must not keep another kernel's connection open."""
        signal.set_wakeup_fd(-1)
        for one in (self._listener, self._ended, self._woken, *self._kernels.values()):
            one.close()

    def _bury(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._ended.recv(4096):
                pass
        with contextlib.suppress(ChildProcessError):
            while (found := os.waitpid(-1, os.WNOHANG))[0]:
                connection = self._kernels.pop(found[0])
                if self._wanted.pop(connection.fileno(), None):
                    self._poll.unregister(connection)
                wire.say(connection, ended=os.waitstatus_to_exitcode(found[1]))
                connection.close()

    def _end(self, descriptor: int) -> None:
        self._poll.unregister(descriptor)
        _kill(self._wanted.pop(descriptor))

    def _end_all(self) -> None:
        for pid in self._kernels:
            _kill(pid)
        for pid in self._kernels:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _kill(pid: int) -> None:
    """End a kernel and what it started; only itself where it has no group of its own yet."""
    with contextlib.suppress(ProcessLookupError):
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:
            os.kill(pid, signal.SIGKILL)


def _may_not(connection: socket.socket) -> str:
    """Say why this process may not fork for who is asking; empty where it may."""
    if hasattr(socket, "SO_PEERCRED"):
        _pid, user, _group = _PEER.unpack(connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size))
        if user != os.getuid():
            return "another user of this machine asked"
    threads = threading.active_count()
    if _TASKS.is_dir():  # a library's own threads are unknown to Python
        threads = max(threads, sum(1 for _ in _TASKS.iterdir()))
    return f"the process that forks has {threads} threads" if threads > 1 else ""


def main() -> None:
    """Warm up and serve; in a forked child, be a kernel."""
    if Path(sys.path[0]) == Path.cwd():
        del sys.path[0]  # python -m puts it there, and a kernel has a folder of its own
    gc.disable()
    before = dict(os.environ)
    from equitybook.kernels import warm

    warm.warm_up()
    imported = {name: value for name, value in os.environ.items() if before.get(name) != value}
    connection = Zygote(socket.socket(fileno=int(sys.argv[1]))).serve()
    if connection is not None:
        from equitybook.kernels.child import become_kernel

        os._exit(become_kernel(connection, imported))


if __name__ == "__main__":
    main()
