"""How Jupyter comes to a forked kernel, and to an ordinary one where that is not to be had: the provisioner ``equitybook-fork``."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, cast

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Unicode
from traitlets.config import Config

from equitybook.kernels.forked import ForkedKernel
from equitybook.kernels.tally import TALLY
from equitybook.kernels.wire import Asked, Lines, ask

_log = logging.getLogger(__name__)

NAME = "equitybook-fork"
"""Its name among Jupyter's kernel provisioners."""

PATIENCE = 20.0
"""Seconds to wait for a fork. A zygote answers within hundredths. One that still warms up is waited for as well: it imports what an
ordinary kernel would, on the same machine, and began earlier. So this is only for one that is stuck."""

_LAUNCHER = ["-m", "ipykernel_launcher"]
_UNDERSTOOD = frozenset({"env", "cwd", "stdout", "stderr", "kernel_id"})


class NotForkedError(Exception):
    """Why a kernel has to be started the ordinary way, in a few words."""


def provisioning(address: str) -> Config:
    """Say to an application or a kernel manager that kernels are forked at an address (see ``ForkServer.address``), empty for not.

    A kernel manager without an application asks Jupyter's factory of provisioners, which has to be told in its own way:
    ``KernelProvisionerFactory.instance(default_provisioner_name=usual_provisioner())``.
    """
    return Config(
        {
            "KernelProvisionerFactory": {"default_provisioner_name": usual_provisioner()},
            "ForkProvisioner": {"address": address},
            "AsyncKernelManager": {"client_class": "equitybook.kernels.client.PromptClient"},
        }
    )


def usual_provisioner() -> str:
    """Name the provisioner that kernels are to have: ours, or Jupyter's own where an older installation does not name ours yet."""
    if entry_points(group=KernelProvisionerFactory.GROUP_NAME, name=NAME):
        return NAME
    _log.warning("Kernels are not forked: the code is newer than its installation. Install it again (make does so by itself).")
    return "local-provisioner"


class ForkProvisioner(LocalProvisioner):
    """Has a kernel forked at ``address``. Once it runs, everything is as with a process of one's own."""

    address = Unicode("", config=True, help="The path of the fork server's socket; empty: kernels start the ordinary way.")

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:  # noqa: ANN401 - jupyter_client's own
        """Start a kernel, forked or ordinary, and return its connection information."""
        try:
            forked = await self._forked(cmd, kwargs)
        except NotForkedError as why:
            TALLY.ordinary(str(why))
            return await super().launch_kernel(cmd, **kwargs)
        TALLY.forked()
        self.process = cast("Any", forked)  # what it is asked is what a Popen is asked
        self.pid = self.pgid = forked.pid  # it leads a session of its own
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and what it started, unless it has ended: another process may have its number by now."""
        if self.process is not None and self.process.poll() is None:
            await super().send_signal(signum)

    async def _forked(self, cmd: list[str], kwargs: dict[str, Any]) -> ForkedKernel:
        if not self.address:
            raise NotForkedError("kernels are not forked here")
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.setblocking(False)
        try:
            asked = _asked(cmd, kwargs)
            line.connect(self.address)
            outputs = [_descriptor(kwargs.get(name), usual) for name, usual in (("stdout", 1), ("stderr", 2))]
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # refused unheard: why is there to be read
                ask(line, asked, outputs)
            return await asyncio.wait_for(_answered(line), PATIENCE)
        except TimeoutError:
            line.close()
            raise NotForkedError("the process that forks did not answer") from None
        except OSError as error:
            line.close()
            message = f"the process that forks cannot be reached ({error.strerror})"
            raise NotForkedError(message) from error
        except BaseException:
            line.close()
            raise


async def _answered(line: socket.socket) -> ForkedKernel:
    """Wait until the kernel says that it is there."""
    lines, loop = Lines(), asyncio.get_running_loop()
    while piece := await loop.sock_recv(line, 4096):
        words = lines.feed(piece)
        for at, word in enumerate(words):
            if "started" in word:
                kernel = ForkedKernel(line, lines, int(word["started"]))
                kernel.hear(words[at:])
                return kernel
            if "refused" in word:
                raise NotForkedError(word["refused"])
    raise NotForkedError("the process that forks ended")


def _asked(cmd: list[str], kwargs: dict[str, Any]) -> Asked:
    """Read what is asked for; only what a fork can be."""
    python, *rest = cmd
    rest = [one for one in rest if one != "-Xfrozen_modules=off"]  # for debugging the standard library
    if python != sys.executable or rest[:2] != _LAUNCHER:
        raise NotForkedError("it is another kernel than this program's own")
    if unknown := {name for name, value in kwargs.items() if value is not None} - _UNDERSTOOD:
        message = f"it was to be started with {', '.join(sorted(unknown))}"
        raise NotForkedError(message)
    env = {**kwargs.get("env", os.environ), "JPY_PARENT_PID": str(os.getpid())}  # as jupyter_client's own launcher says it
    return Asked(argv=rest[2:], env=env, cwd=str(kwargs.get("cwd") or Path.cwd()), umask=_umask())


def _descriptor(output: Any, usual: int) -> int:  # noqa: ANN401 - whatever Popen takes
    """Give the descriptor of an output; a pipe to read from later is more than a fork can do."""
    given = usual if output is None else output
    number = given if isinstance(given, int) else given.fileno()
    if number < 0:
        raise NotForkedError("its output was to be piped")
    return int(number)


def _umask() -> int:
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("Umask:")), 8)
    except (OSError, StopIteration):
        mask = os.umask(0o077)  # there is no way to only look; a file made in between is too private, never too public
        os.umask(mask)
        return mask
