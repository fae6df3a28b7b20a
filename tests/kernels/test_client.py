"""A client is ready when its kernel is: no sooner, and without a pause."""

from __future__ import annotations

import asyncio
import os

import pytest
from jupyter_client.manager import AsyncKernelManager
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager

from equitybook.kernels.client import PromptClient
from equitybook.kernels.environment import bare
from equitybook.kernels.fork_server import ForkServer
from equitybook.kernels.provisioner import provisioning
from tests.kernels.harness import our_provisioner

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("kind", [AsyncKernelManager, ServerKernelManager], ids=["papermill's", "the server's"])
def test_a_ready_client_hears_the_first_output_from_its_beginning(forks: ForkServer, kind: type[AsyncKernelManager]):
    async def first_messages() -> list[tuple[str, str]]:
        manager = kind(config=provisioning(forks.address))
        await manager.start_kernel(env=bare(os.environ))
        client = manager.client()
        assert isinstance(client, PromptClient)
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=120)
            question = client.execute("print('first')")
            heard = []
            while ("status", "idle") not in heard:
                message = await client.get_iopub_msg(timeout=60)
                if message["parent_header"].get("msg_id") == question:
                    content = message["content"]
                    heard.append((message["msg_type"], content.get("execution_state") or content.get("text", "")))
            return heard
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    with our_provisioner():
        heard = asyncio.run(first_messages())
    assert ("stream", "first\n") in heard
    assert heard[0] == ("status", "busy")


def test_a_kernel_that_died_is_not_waited_for(forks: ForkServer):
    async def wait_for_a_dead_one() -> None:
        manager = AsyncKernelManager(config=provisioning(forks.address))
        await manager.start_kernel(env=bare(os.environ))
        client = manager.client()
        client.start_channels()
        try:
            await manager.provisioner.kill()
            await client.wait_for_ready(timeout=120)
        finally:
            client.stop_channels()
            await manager.cleanup_resources()

    with our_provisioner(), pytest.raises(RuntimeError, match="died before"):
        asyncio.run(wait_for_a_dead_one())
