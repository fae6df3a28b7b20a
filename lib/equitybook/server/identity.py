"""Who is asking: a signed cookie made at sign-in, checked against cohort.toml and the account's epoch."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from jupyter_server.auth import IdentityProvider, User

from equitybook.server.sessions import HOURS, Session
from equitybook.server.shared import shared_of

if TYPE_CHECKING:
    from jupyter_server.base.handlers import JupyterHandler

    from equitybook.program import Person

_log = logging.getLogger(__name__)
_DAYS = HOURS / 24


class CohortIdentity(IdentityProvider):
    """The people of cohort.toml, by session cookie. No tokens, no anonymous users, none of Jupyter's own sign-in pages."""

    def get_handlers(self) -> list[tuple[str, object]]:
        """None: the pages for signing in and out are this server's own."""
        return []

    async def get_user(self, handler: Any) -> User | None:  # noqa: ANN401 - a JupyterHandler; the base class says less
        """Find the person of the request's session, or None."""
        known: User | None = getattr(handler, "_jupyter_current_user", None)
        if known is not None:
            return known
        session = self._session(handler)
        person = shared_of(handler).people.get(session.username) if session else None
        if session is None or person is None or session.epoch != await _epoch(handler, session.username):
            return None
        return _user(person)

    def is_token_authenticated(self, handler: Any) -> bool:  # noqa: ANN401, ARG002 - see get_user
        """Never: no request is excused from the XSRF check."""
        return False

    def get_cookie_name(self, handler: Any) -> str:  # noqa: ANN401 - see get_user
        """One name per port, so that two cohorts served from one machine do not sign each other's people out."""
        port = re.sub(r"\D", "", handler.request.host.rpartition(":")[2])
        return f"equitybook-{port or '80'}"

    def open_session(self, handler: JupyterHandler, person: Person, epoch: int) -> None:
        """Set the session cookie, and the XSRF cookie without which a page could neither save nor close its kernel."""
        handler.set_secure_cookie(
            self.get_cookie_name(handler),
            Session(person.username, epoch).to_cookie(),
            expires_days=_DAYS,
            **self._attributes(handler),
        )
        _ = handler.xsrf_token  # reading it sets the cookie

    def close_session(self, handler: JupyterHandler) -> None:
        """Take the session cookie back."""
        handler.clear_cookie(self.get_cookie_name(handler), **self._attributes(handler))

    def _session(self, handler: JupyterHandler) -> Session | None:
        cookie = handler.get_secure_cookie(self.get_cookie_name(handler), max_age_days=_DAYS)
        return Session.from_cookie(cookie.decode()) if cookie else None

    def _attributes(self, handler: JupyterHandler) -> dict[str, Any]:
        return {"path": handler.base_url, "httponly": True, "samesite": "Lax", "secure": shared_of(handler).https}


async def _epoch(handler: JupyterHandler, username: str) -> int:
    shared = shared_of(handler)
    fresh, epoch = shared.epochs.recent(username)
    return epoch if fresh else await shared.aside(shared.epochs.read, username)


def _user(person: Person) -> User:
    initials = "".join(word[0] for word in person.name.split()[:2]).upper()
    return User(username=person.username, name=person.name, display_name=person.name, initials=initials)
