"""Real kernels, asked for as Jupyter asks: forked where a fork server is given, ordinary where none is."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory

from equitybook.kernels.environment import bare
from equitybook.kernels.forked import ForkedKernel
from equitybook.kernels.provisioner import NAME, provisioning


@contextmanager
def our_provisioner() -> Iterator[None]:
    """Let this process's kernel managers use the provisioner, and no longer than this."""
    factory = KernelProvisionerFactory.instance()
    before, factory.default_provisioner_name = factory.default_provisioner_name, NAME
    try:
        yield
    finally:
        factory.default_provisioner_name = before


@dataclass
class Kernel:
    manager: KernelManager
    client: BlockingKernelClient

    @property
    def process(self) -> Any:
        return self.manager.provisioner.process

    @property
    def pid(self) -> int:
        return self.manager.provisioner.pid

    @property
    def forked(self) -> bool:
        return isinstance(self.process, ForkedKernel)

    def run(self, code: str, *, timeout: float = 60) -> str:
        """What the code prints; an error's name and value where it raises."""
        said = []

        def hear(message: dict[str, Any]) -> None:
            content = message["content"]
            if message["msg_type"] == "stream":
                said.append(content["text"])
            elif message["msg_type"] == "error":
                said.append(f"{content['ename']}: {content['evalue']}")

        self.client.execute_interactive(code, output_hook=hear, timeout=timeout)
        return "".join(said).strip()


@contextmanager
def kernel(address: str, *, env: Mapping[str, str] | None = None, **options: Any) -> Iterator[Kernel]:
    """A kernel with that environment (a bare one if left out), forked at that address; empty: an ordinary one."""
    with our_provisioner():
        manager = KernelManager(config=provisioning(address))
        manager.start_kernel(env={**bare(os.environ), **(env or {})}, **options)
        client = manager.client()
        try:
            client.start_channels()
            client.wait_for_ready(timeout=120)
            yield Kernel(manager, client)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def until(holds: Callable[[], bool], *, seconds: float = 30) -> bool:
    """Whether it comes to hold within a time that is long enough for any machine."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def runs(pid: int) -> bool:
    """Whether there is such a process, and it has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def pss(pid: int) -> float:
    """The process's share of memory in MiB: pages used by several count for each in part."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) / 1024
