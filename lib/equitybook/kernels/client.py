"""A kernel's client that is ready when the kernel is."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

_AGAIN = 1.0
"""Seconds after which a kernel that has not answered is asked once more."""
_HEARD = 0.05
"""Seconds in which an answered question is heard to be done. A client that is not connected to the output yet hears nothing, and asks
again."""


class PromptClient(AsyncKernelClient):
    """jupyter_client's own, without a pause at the start.

    That one waits until a fifth of a second has passed in silence, to be sure that nothing of its first question is still to come. A
    kernel says itself when it is done with a question.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and its output is heard.

        Raises
        ------
        RuntimeError
            If it died, or did not within ``timeout`` seconds.
        """
        until = time.monotonic() + (float("inf") if timeout is None else timeout)
        while not await self._answers(self.kernel_info()):
            if not await self._async_is_alive():
                message = "Kernel died before replying to kernel_info"
                raise RuntimeError(message)
            if time.monotonic() > until:
                message = f"Kernel didn't respond in {timeout} seconds"
                raise RuntimeError(message)

    async def _answers(self, question: str) -> bool:
        """Whether the kernel has answered, and has said where everybody hears it that it is done."""
        try:
            reply = await self.shell_channel.get_msg(timeout=_AGAIN)
            if reply["msg_type"] != "kernel_info_reply":
                return False
            answered = reply["parent_header"].get("msg_id", question)
            while not _done(await self.iopub_channel.get_msg(timeout=_HEARD), answered):
                pass
        except Empty:
            return False
        self._handle_kernel_info_reply(reply)
        return True


def _done(message: dict[str, Any], question: str) -> bool:
    status = message["content"].get("execution_state") if message["msg_type"] == "status" else ""
    return status == "idle" and message["parent_header"].get("msg_id") == question
