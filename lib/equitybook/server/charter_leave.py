"""A coach opens the meaning of a town's agreed charter for two weeks, or closes it again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from equitybook.charter.changes import WORDING_ONLY_FROM
from equitybook.charter.tables import Charter
from equitybook.errors import DataError
from equitybook.outcomes.wording import day
from equitybook.reviews import give_leave, leave_until, take_leave_back
from equitybook.server.access import Api, Refusal

if TYPE_CHECKING:
    from equitybook.server.shared import Shared
    from equitybook.store.handle import Handle

_CLOSED = f"From cycle {WORDING_ONLY_FROM} on the town changes its charter in wording only."


class CharterLeave(Api):
    """``POST reviews/<town>/charter-leave`` with ``{"open": true | false}``."""

    async def post(self, community: str) -> None:
        """Let the town change its charter's meaning for two weeks, or take that back; say how it stands."""
        if community not in {one.slug for one in self.shared.cohort.communities}:
            raise Refusal(404, "This cohort has no such town. Your home page lists the ones there are.")
        wanted = self.body().get("open")
        if not isinstance(wanted, bool):
            raise Refusal(400, "open is true or false.")
        handle = self.shared.store.community(community, author=self.person.username)
        self.answer(await self.shared.aside(_set, self.shared, handle, wanted))


def is_late(shared: Shared) -> bool:
    """Whether the programme has come to the cycle from which a charter's meaning is fixed."""
    return shared.cohort.cycle_on(shared.today()).number >= WORDING_ONLY_FROM


def open_until(shared: Shared, handle: Handle) -> dt.date | None:
    """Give the last day on which the town may change the meaning all the same; None where its coach has not opened it."""
    return leave_until(shared.store.coach_side(handle.community, author=handle.author), shared.today())


def charter_leave(shared: Shared, handle: Handle) -> dict[str, Any] | None:
    """Say how it stands for a town: ``open`` and ``words``. None while the meaning may change anyway, or nothing is agreed yet."""
    if not is_late(shared) or not _is_agreed(handle):
        return None
    until = open_until(shared, handle)
    return {
        "open": until is not None,
        "words": _CLOSED if until is None else f"The town may change its charter's meaning until {day(until)}.",
    }


def _set(shared: Shared, handle: Handle, wanted: bool) -> dict[str, Any]:
    if charter_leave(shared, handle) is None:
        raise Refusal(
            409,
            f"There is nothing to open: before cycle {WORDING_ONLY_FROM}, or with no charter agreed, the town changes it itself.",
        )
    side = shared.store.coach_side(handle.community, author=handle.author)
    try:
        if wanted:
            give_leave(side, shared.today())
        else:
            take_leave_back(side)
    except DataError as error:
        raise Refusal(409, str(error)) from error
    return charter_leave(shared, handle) or {}


def _is_agreed(handle: Handle) -> bool:
    return any(record.values().get("approved_on") for record in handle.read(Charter.table.id))
