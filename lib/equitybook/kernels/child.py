"""From a forked process to a kernel that has only what it was given."""

from __future__ import annotations

import atexit
import gc
import os
import random
import signal
import socket
import sys
import threading
import time
import traceback
import types
from collections.abc import Mapping
from typing import Any, cast

import ipykernel_launcher
from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp
from traitlets import Instance
from traitlets.config import Config

from equitybook.kernels import wire
from equitybook.kernels.environment import steering
from equitybook.kernels.naming import call_it

_NO_HISTORY = Config({"HistoryManager": {"enabled": False}})
"""Nobody asks a workbook's kernel what was typed in earlier ones; the file, its connection and its thread cost time at the start."""

_FAILED = 1
_LAST_WORD = 1.0
"""Seconds the thread that hears about the shutdown has to answer."""


def become_kernel(line: socket.socket, imported: Mapping[str, str]) -> int:
    """Read what is asked for, take it on, and be that kernel until it ends.

    Parameters
    ----------
    line
        The connection of whoever asked.
    imported
        What importing a kernel's modules has put into the environment; an ordinary kernel has it, too.

    Returns
    -------
    int
        The process's exit status.
    """
    _stand_alone()
    try:
        asked, outputs = wire.read_asked(line)
    except (EOFError, ValueError, OSError):
        return _FAILED
    if steering(asked.env) != steering(os.environ):
        wire.say(line, refused="it was to have another language, locale or Python setting than the process that forks")
        return 0
    try:
        _take_on(asked, imported, outputs)
    except OSError as error:  # an ordinary start says what is wrong with the folder
        wire.say(line, refused=str(error))
        return 0
    return _run(asked.argv, line) if wire.say(line, started=os.getpid()) else _FAILED


def _stand_alone() -> None:
    """Be a process of its own: no owner's input, no zygote's handlers, no common random numbers."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    for signum in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(signum, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.enable()
    random.seed()
    if "numpy" in sys.modules:
        import numpy as np

        np.random.seed()


def _take_on(asked: wire.Asked, imported: Mapping[str, str], outputs: list[int]) -> None:
    os.chdir(asked.cwd)
    os.environ.clear()
    os.environ.update({**imported, **asked.env})
    time.tzset()
    os.umask(asked.umask)
    for descriptor, output in zip(outputs, (1, 2), strict=True):
        os.dup2(descriptor, output)
        os.close(descriptor)
    sys.argv = [ipykernel_launcher.__file__, *asked.argv]
    call_it([sys.executable, "-m", ipykernel_launcher.__name__, *asked.argv])


class ForkedKernelApp(IPKernelApp):
    """ipykernel's own application; what differs is what it does when its owner is gone, and what it need not do."""

    line = Instance(socket.socket)

    def init_poller(self) -> None:
        """Wait for the connection to close instead of asking once a second whether the parent is still there.

        The zygote closes its end of it when it dies; this kernel goes on. Only when the owner is gone is nobody left.
        """
        self.poller = _OwnerWatch(self.line)

    def init_kernel(self) -> None:
        """Make the kernel without noting the file of every module.

        That list is for a debugger that steps over them, and no workbook has one. To touch two thousand modules would be to copy
        sixteen megabytes of the zygote.
        """
        cast("Any", ipkernel).sys = types.SimpleNamespace(**{**vars(sys), "modules": {}})
        try:
            super().init_kernel()
        finally:
            cast("Any", ipkernel).sys = sys

    def start(self) -> None:
        """Run until told to shut down, and until the thread that was told has said so.

        At the exit ipykernel takes the output's thread away first; the other one, if it still flushes its output then, waits ten
        seconds for nothing. An ordinary kernel is mostly spared: it closes its history in between.
        """
        super().start()
        self.control_thread.join(_LAST_WORD)


class _OwnerWatch(threading.Thread):
    def __init__(self, line: socket.socket) -> None:
        super().__init__(name="owner", daemon=True)
        self._line = line

    def run(self) -> None:
        while self._line.recv(1):
            pass  # nothing more is said on this side
        os._exit(_FAILED)


def _run(argv: list[str], line: socket.socket) -> int:
    """Run ipykernel as ``python -m ipykernel_launcher`` does, and end as an interpreter does, without taking everything apart."""
    status = 0
    try:
        app: Any = ForkedKernelApp.instance(line=line, config=_NO_HISTORY)
        app.parent_handle = os.getppid()
        app.initialize(argv)
        app.start()
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
        status = _FAILED
    threading._shutdown()  # type: ignore[attr-defined] # the interpreter's own way to wait for threads that are no daemons
    atexit._run_exitfuncs()
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            stream.flush()
    return status
