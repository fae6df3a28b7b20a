"""How Jupyter comes to a forked kernel: the kernel provisioner ``equitybook-fork``; and to an ordinary one where that is not to be had."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner
from traitlets import Unicode

from equitybook.kernels.forked import ForkedKernel
from equitybook.kernels.tally import TALLY
from equitybook.kernels.wire import Asked, Lines, ask

NAME = "equitybook-fork"
"""Its name among Jupyter's kernel provisioners."""

PATIENCE = 10.0
"""Seconds to wait for a fork. A zygote answers within hundredths of one; while it warms up, within what an ordinary kernel would
spend on the same imports, and it has begun earlier."""

_LAUNCHER = ["-m", "ipykernel_launcher"]
_UNDERSTOOD = frozenset({"env", "cwd", "stdout", "stderr", "kernel_id", "independent"})


class _NotForkedError(Exception):
    """Why a kernel has to be started the ordinary way."""


class ForkProvisioner(LocalProvisioner):  # type: ignore[misc] # jupyter_client is not typed for mypy here
    """Has a kernel forked at ``address``; everything after that is as with a process of one's own."""

    address = Unicode("", config=True, help="The path of the fork server's socket; empty: every kernel starts the ordinary way.")

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:  # noqa: ANN401 - jupyter_client's own
        """Launch a kernel, forked or ordinary, and return its connection information."""
        try:
            self.process = await self._forked(cmd, kwargs)
        except _NotForkedError as why:
            TALLY.ordinary(str(why))
            return await super().launch_kernel(cmd, **kwargs)
        TALLY.forked()
        self.pid = self.pgid = self.process.pid  # it leads a session of its own
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info
