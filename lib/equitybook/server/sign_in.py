"""Signing in and out, and changing one's own password."""

from __future__ import annotations

import logging
import math
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from jupyter_server.auth.decorator import allow_unauthenticated

from equitybook.errors import StoreError
from equitybook.server.access import Page

if TYPE_CHECKING:
    from equitybook.program import Person
    from equitybook.server.identity import CohortIdentity
    from equitybook.server.shared import Shared

_log = logging.getLogger(__name__)

WRONG = "This user name and password do not belong together. Check both; capitals matter in the password."
"""One sentence for an unknown name and for a wrong password: it tells nobody which names exist."""


class SignIn(Page):
    """The sign-in page."""

    @allow_unauthenticated
    def get(self) -> None:
        """Show it; somebody who is signed in goes on at once."""
        if self.current_user is not None:
            self.redirect(self._next())
            return
        self._show("")

    @allow_unauthenticated
    async def post(self) -> None:
        """Sign in."""
        username = self.get_body_argument("username", "")[:200].strip().casefold()
        password = self.get_body_argument("password", "", strip=False)
        address = self.request.remote_ip or ""
        if wait := self.shared.throttle.wait(address):
            self._show(_wait_words(wait), status=429)
            return
        person = await self.shared.aside(_verified, self.shared, username, password)
        if person is None:
            self.shared.throttle.failed(address)
            wait = math.ceil(await self.shared.aside(self.shared.store.accounts.retry_after, username))
            self._show(_wait_words(wait) if wait else WRONG, status=429 if wait else 401, username=username)
            return
        epoch = await self.shared.aside(self.shared.epochs.read, person.username)
        self._identity.open_session(self, person, epoch)
        _log.info("%s signed in.", person.username)
        self.redirect(self._next())

    def _show(self, problem: str, *, status: int = 200, username: str = "") -> None:
        self.set_status(status)
        self.show("sign_in.html", problem=problem, username=username, next=self._next())

    def _next(self) -> str:
        """Where to go on to: a path of this server, never another host's address."""
        return local_path(self.get_argument("next", ""), base=self.base_url)

    @property
    def _identity(self) -> CohortIdentity:
        return cast("CohortIdentity", self.identity_provider)


class SignOut(Page):
    """Signing out: a POST, so that no link or picture on another page can do it to somebody."""

    def post(self) -> None:
        """End this browser's session."""
        cast("CohortIdentity", self.identity_provider).close_session(self)
        self.redirect(f"{self.base_url}sign-in")


class Password(Page):
    """One's own password."""

    def get(self) -> None:
        """Show the form."""
        self.show("password.html", problem="", done=False)

    async def post(self) -> None:
        """Change the password; every other session of this person ends, this one goes on."""
        old = self.get_body_argument("old", "", strip=False)
        new = self.get_body_argument("new", "", strip=False)
        again = self.get_body_argument("again", "", strip=False)
        if problem := await self.shared.aside(_change, self.shared, self.person, old, new, again):
            self.set_status(400)
            self.show("password.html", problem=problem, done=False)
            return
        epoch = await self.shared.aside(self.shared.epochs.read, self.person.username)
        cast("CohortIdentity", self.identity_provider).open_session(self, self.person, epoch)
        self.show("password.html", problem="", done=True)


def local_path(wanted: str, *, base: str) -> str:
    """Give ``wanted`` where it is a path below ``base``, else ``base``.

    Browsers read two slashes, backslashes and control characters in ways that leave the site; none of them passes.
    """
    parts = urlsplit(wanted)
    harmless = wanted.startswith(base) and not parts.scheme and not parts.netloc and wanted.isprintable()
    return wanted if harmless and "\\" not in wanted and not wanted.startswith("//") else base


def _verified(shared: Shared, username: str, password: str) -> Person | None:
    """Find the person whose password this is. The password is always looked at, so that an unknown name takes as long."""
    right = shared.store.accounts.verify(username, password)
    return shared.people.get(username) if right else None


def _change(shared: Shared, person: Person, old: str, new: str, again: str) -> str:
    """Set the new password, or say what stands in the way."""
    if new != again:
        return "The two new passwords differ. Type the new one twice."
    if not shared.store.accounts.verify(person.username, old):
        wait = math.ceil(shared.store.accounts.retry_after(person.username))
        return _wait_words(wait) if wait else "The present password is not right."
    try:
        shared.store.accounts.set_password(person.username, new)
    except StoreError as error:
        return str(error)
    _log.info("%s changed the password.", person.username)
    return ""


def _wait_words(seconds: int) -> str:
    minutes = math.ceil(seconds / 60)
    return f"There were several tries with a wrong password. Wait {f'{minutes} minutes' if minutes > 1 else 'a minute'}, then try again."
