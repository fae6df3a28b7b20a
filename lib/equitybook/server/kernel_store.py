"""The way from a kernel to its own community's answers: one address, a signed token, the handle's own calls."""

from __future__ import annotations

import json
from typing import Any

from tornado.web import RequestHandler

from equitybook.errors import AccessError
from equitybook.server import policy
from equitybook.server.access import Refusal
from equitybook.server.shared import Shared, shared_of
from equitybook.server.tokens import KernelToken
from equitybook.store import wire


class KernelStore(RequestHandler):
    """``POST kernel/store`` with ``Authorization: Bearer <token>`` and ``{"method": …, "payload": …}``.

    A plain handler on purpose: cookies count for nothing here, so neither does a forged request from somebody's browser.
    """

    async def post(self) -> None:
        """Make one call of the handle protocol and answer with what it returned."""
        shared = shared_of(self)
        token = KernelToken.read(self._bearer(), shared.keys.kernel)
        try:
            said = json.loads(self.request.body)
            method, payload = str(said["method"]), said.get("payload", {})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Refusal(400, "The call is not JSON with a method.") from error
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(await shared.aside(_call, shared, token, method, payload)))

    def _bearer(self) -> str:
        kind, _, token = self.request.headers.get("Authorization", "").partition(" ")
        if kind.casefold() != "bearer" or not token:
            message = "A kernel shows its token."
            raise AccessError(message)
        return token.strip()


def _call(shared: Shared, token: KernelToken, method: str, payload: Any) -> Any:  # noqa: ANN401 - any JSON value
    person = shared.alone or shared.people.get(token.username)
    # Somebody who has left the cohort, or changed towns, leaves their open pages behind, too.
    if person is None or policy.refusal(policy.RULES["edits"], person, community=token.community):
        message = "This page's town is not yours any more. Open your workbook again from your home page."
        raise AccessError(message)
    handle = shared.store.community(token.community, author=token.username)
    return wire.call(handle, method, payload)
