"""The one check in front of every handler, and the one way a refusal is said.

``guarded`` puts a ``Guard`` before any tornado handler, this server's own, Voilà's or jupyter_server's: whatever the handler
does, its address's rule is asked first.
"""

# ruff: noqa: ANN401 - a mixin for handlers of three libraries speaks in tornado's untyped signatures

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any, ClassVar

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from tornado.web import HTTPError, RequestHandler
from tornado.websocket import WebSocketHandler

from equitybook.errors import AccessError, EquitybookError, StoreError
from equitybook.server import policy
from equitybook.server.headers import PAGE_POLICY, security_headers
from equitybook.server.pages import render_page
from equitybook.server.shared import Shared, shared_of

if TYPE_CHECKING:
    from equitybook.program import Person
    from equitybook.server.policy import Rule
    from equitybook.store.handle import Handle

UNEXPECTED = "Something went wrong on our side. Everything that was shown as saved is kept. Please try again; if it happens again, tell your coach."
_SIGNED_OUT = "You are signed out. Sign in again; what was shown as saved is kept."
_STALE = "This page is older than your sign-in. Load it again; what was shown as saved is kept."
_FAULT = 500
_STATUS = {AccessError: 403, StoreError: 503}
"""The HTTP status of our errors; the others are 400. A store that is busy or away is worth another try, so it is no refusal."""

_WORDS = {
    401: _SIGNED_OUT,
    400: "This request could not be read.",
    403: "You may not open this. Your home page shows what is yours.",
    404: "There is nothing at this address. Your home page shows what is yours.",
    405: "This address does not do that.",
    413: "This is too large.",
}


class Refusal(HTTPError):  # noqa: N818 - not every refusal is an error
    """A status with a sentence of this house. Other libraries' words are for programmers, and are not passed on."""

    def __init__(self, status_code: int, sentence: str) -> None:
        super().__init__(status_code, "%s", sentence)
        self.sentence = sentence


class Guard:
    """Mixed in before a handler: asks the rule of its address, sets the security headers, and says refusals in plain words."""

    rule: ClassVar[Rule]
    content_policy: ClassVar[str]

    async def prepare(self: Any) -> None:
        """Let the request through to the handler, or stop it here."""
        if not self.rule.takes(self.request.method):
            raise HTTPError(405)
        waiting = super().prepare()  # type: ignore[misc] # whatever stands behind: who is signed in, and the XSRF check
        if inspect.isawaitable(waiting):
            await waiting
        if self._finished or self.rule.scope in {policy.Scope.PUBLIC, policy.Scope.KERNEL_TOKEN}:
            return
        person = shared_of(self).person_of(self)
        if person is None:
            raise Refusal(401, _SIGNED_OUT)
        if refused := policy.refusal(self.rule, person, community=self._community(), kernel_owner=self._kernel_owner()):
            raise Refusal(403, refused)
        if admitted := getattr(self, "admitted", None):  # a handler with something to do before the body comes in
            await admitted()

    def set_default_headers(self: Any) -> None:
        """Give every answer the same security headers, assets and refusals included."""
        if isinstance(self, WebSocketHandler):
            return  # a handshake carries none
        super().set_default_headers()  # type: ignore[misc]
        self.clear_header("Server")
        for name, value in security_headers(self.content_policy, https=shared_of(self).https).items():
            self.set_header(name, value)

    def send_error(self: Any, status_code: int = 500, **kwargs: Any) -> None:
        """Answer with the status that belongs to the error: ours are refusals, anything else is a fault."""
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        if isinstance(error, EquitybookError):
            status_code = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 400)
        super().send_error(status_code, **kwargs)  # type: ignore[misc]

    def write_error(self: Any, status_code: int, **kwargs: Any) -> None:
        """Say what is wrong and the way on: a page for people, JSON for the page's own requests."""
        message = _message(status_code, kwargs.get("exc_info"))
        if isinstance(self, APIHandler) or not isinstance(self, JupyterHandler):
            self.set_header("Content-Type", "application/json")
            self.finish(json.dumps({"error": message}))
        else:
            self.set_header("Content-Type", "text/html; charset=UTF-8")
            self.finish(render_page(self, "error.html", status=status_code, message=message))

    def get_login_url(self: Any) -> str:
        """Send a person to the sign-in page, and tell a script that the session is over."""
        if isinstance(self, APIHandler):
            raise Refusal(401, _SIGNED_OUT)
        url: str = super().get_login_url()  # type: ignore[misc]
        return url

    def log_exception(self: Any, kind: Any, value: Any, trace: Any) -> None:
        """Log faults; a refusal said on purpose is none, and needs no trace."""
        if not isinstance(value, EquitybookError):
            super().log_exception(kind, value, trace)  # type: ignore[misc]

    def _community(self: Any) -> str | None:
        community: str | None = self.path_kwargs.get("community")
        return community

    def _kernel_owner(self: Any) -> str | None:
        kernel = self.path_kwargs.get("kernel_id")
        return self.settings["kernel_manager"].owner(kernel) if kernel else None


def guarded(handler: type[RequestHandler], rule: Rule) -> type[RequestHandler]:
    """Put a handler behind its rule."""
    content_policy = getattr(handler, "content_policy", PAGE_POLICY)
    return type(handler.__name__, (Guard, handler), {"rule": rule, "content_policy": content_policy})


class _Known:
    """What this server's own handlers have at hand."""

    @property
    def shared(self: Any) -> Shared:
        """The cohort, the store, the way off the event loop."""
        return shared_of(self)

    @property
    def person(self: Any) -> Person:
        """Who is asking. The guard has seen to it that there is somebody."""
        person: Person | None = self.shared.person_of(self)
        if person is None:
            raise AccessError(_SIGNED_OUT)
        return person

    @property
    def handle(self: Any) -> Handle:
        """The asking person's own community in the store; the address has no say in it."""
        handle: Handle = self.shared.handle(self.person)
        return handle


class Page(_Known, JupyterHandler):
    """A page for people."""

    def show(self, template: str, **facts: Any) -> None:
        """Answer with one of the pages in ``templates/pages``."""
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(render_page(self, template, **facts))


class Api(_Known, APIHandler):
    """A request of the page's own script: JSON in, JSON out."""

    def body(self) -> dict[str, Any]:
        """Read the request's JSON object.

        Raises
        ------
        Refusal
            400 where it is none.
        """
        try:
            said = json.loads(self.request.body)
        except ValueError as error:
            raise Refusal(400, "The request is not JSON.") from error
        if not isinstance(said, dict):
            raise Refusal(400, "The request is not a JSON object.")
        return said

    def answer(self, said: dict[str, Any]) -> None:
        """Answer with JSON that no cache keeps."""
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(said, ensure_ascii=False, allow_nan=False))


class NothingHere(JupyterHandler):
    """Any address that is none of this server's."""

    @allow_unauthenticated
    def get(self, *_path: str) -> None:
        """Say so."""
        raise HTTPError(404)

    head = post = put = patch = delete = options = get


def _message(status: int, exc_info: Any) -> str:
    error = exc_info[1] if exc_info else None
    if isinstance(error, EquitybookError):
        return str(error)
    if isinstance(error, Refusal):
        return error.sentence
    if isinstance(error, HTTPError) and "xsrf" in (error.log_message or "").casefold():
        return _STALE
    return UNEXPECTED if status >= _FAULT else _WORDS.get(status, _WORDS[400])
