"""Kernels with an owner: started for one person's page, told only what that page needs, let go a while after it is left."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, cast

from jupyter_core.utils import ensure_async
from jupyter_server.auth import Authorizer, User
from jupyter_server.base.call_context import CallContext
from jupyter_server.base.handlers import APIHandler
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from equitybook.errors import AccessError
from equitybook.place import Place
from equitybook.server.kernel_environment import kernel_environment
from equitybook.server.shared import Shared, shared_of
from equitybook.server.tokens import KernelToken

if TYPE_CHECKING:
    from jupyter_server.base.handlers import JupyterHandler

    from equitybook.program import Person

_log = logging.getLogger(__name__)

_LEFT_PAGES = 2
"""Kernels of left pages one person may have waiting out their grace. Pressing reload again and again must not fill the memory."""


class OwnedKernels(AsyncMappingKernelManager):
    """Voilà's kernel manager, with owners."""

    grace = 60.0
    """Seconds between a page being left and its kernel being shut down.

    A page that was only said to be left still has its connection when the time is up: its kernel stays until that closes.
    """

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - traitlets' own
        super().__init__(**kwargs)
        self._owners: dict[str, str] = {}
        self._leaving: dict[str, asyncio.TimerHandle] = {}
        self._left: set[str] = set()

    def owner(self, kernel_id: str) -> str | None:
        """Username of the person a running kernel was started for, or None."""
        return self._owners.get(kernel_id) if kernel_id in self else None

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]  # noqa: ANN401 - jupyter_server's own
        """Start a kernel for the workbook page that is being answered; there is no other way to one.

        Raises
        ------
        AccessError
            If no workbook page is being answered.
        """
        handler = CallContext.get(CallContext.JUPYTER_HANDLER)
        person = shared_of(handler).person_of(handler) if handler else None
        if person is None or "workbook" not in handler.path_kwargs:
            message = "Kernels are started by opening a workbook, and in no other way."
            raise AccessError(message)
        await self._make_room(person.username)
        kwargs["env"] = kernel_environment(kwargs["env"], self._granted(handler, person))
        kernel_id: str = await ensure_async(super().start_kernel(**kwargs))
        self._owners[kernel_id] = person.username
        return kernel_id

    def leave(self, kernel_id: str) -> None:
        """Hear that the page is being left: look again after the grace, and shut the kernel down if nobody is connected then."""
        self._left.add(kernel_id)
        if kernel_id not in self._leaving:
            loop = asyncio.get_running_loop()
            self._leaving[kernel_id] = loop.call_later(self.grace, lambda: loop.create_task(self._let_go(kernel_id)))

    def notify_disconnect(self, kernel_id: str) -> None:
        """Hear that a connection closed. On a slow line that is long after the page said that it was being left."""
        super().notify_disconnect(kernel_id)
        if kernel_id in self._left and not self._connected(kernel_id):
            self.leave(kernel_id)

    async def shutdown_kernel(self, kernel_id: str, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]  # noqa: ANN401 - jupyter_server's own
        """Shut a kernel down and forget whose it was."""
        if waiting := self._leaving.pop(kernel_id, None):
            waiting.cancel()
        try:
            await ensure_async(super().shutdown_kernel(kernel_id, *args, **kwargs))
        finally:
            self._owners.pop(kernel_id, None)
            self._left.discard(kernel_id)

    def _connected(self, kernel_id: str) -> bool:
        # Not "!= 0": jupyter_server counts a connection that broke while it was being made as minus one.
        return bool(self._kernel_connections.get(kernel_id, 0) > 0)

    async def _let_go(self, kernel_id: str) -> None:
        self._leaving.pop(kernel_id, None)
        if kernel_id in self and not self._connected(kernel_id):
            _log.info("The page of kernel %s was left; shutting it down.", kernel_id)
            await self.shutdown_kernel(kernel_id)

    async def _make_room(self, username: str) -> None:
        left = [one for one in self._leaving if self.owner(one) == username and not self._connected(one)]
        for kernel_id in left[: max(0, len(left) - _LEFT_PAGES + 1)]:
            await self._let_go(kernel_id)

    def _granted(self, handler: JupyterHandler, person: Person) -> dict[str, str]:
        """Say what this page's kernel is told besides: how to reach its own community's answers, and which page it is."""
        shared: Shared = shared_of(handler)
        community = handler.path_kwargs["community"]
        cycle = next(one for one in shared.cohort.cycles if one.slug == handler.path_kwargs["workbook"])
        token = KernelToken(community=community, cycle=cycle.number, username=person.username)
        request = handler.request
        return {
            "EQUITYBOOK_STORE_URL": cast("Any", self.parent).store_url,
            "EQUITYBOOK_KERNEL_TOKEN": token.sign(shared.keys.kernel),
            "EQUITYBOOK_PLACE": Place.of(shared.cohort, community, cycle.number, base=handler.base_url).to_json(),
            "EQUITYBOOK_USER": person.username,
            # Without the query: whatever somebody put into a link does not reach the kernel.
            "VOILA_REQUEST_URL": f"{request.protocol}://{request.host}{request.path}",
        }


class KernelOwners(Authorizer):
    """What jupyter_server asks before it answers for a kernel: the same question the guard has asked already."""

    def is_authorized(self, handler: JupyterHandler, user: User, action: str, resource: str) -> bool:  # noqa: ARG002 - theirs
        """Only one's own kernel; nothing else that jupyter_server might ever serve."""
        if resource != "kernels":
            return False
        kernels = cast("OwnedKernels", handler.kernel_manager)
        return kernels.owner(handler.path_kwargs.get("kernel_id", "")) == user.username


class LeaveKernel(APIHandler):
    """The message a page sends when it is being left."""

    async def post(self, kernel_id: str) -> None:
        """Note it. The kernel stays for a while."""
        cast("OwnedKernels", self.kernel_manager).leave(kernel_id)
        self.set_status(204)
        self.finish()
