"""What coaches write about a community lies beside its answers, never among them.

It is a part of the store of its own, under a name no community can have. So no handle of the community reaches a draft, not by
its history, its changes, an undo or a submission; and a coach's typing does not count as a change of the town's answers.
"""

from __future__ import annotations

RELEASED = "review_released"
"""The table of what a coach has released: the only one of this part that a community's own handle reads."""

_SIDE = ":coach"


def coach_side(slug: str) -> str:
    """Name the part of the store that holds what coaches write about a community."""
    return f"{slug}{_SIDE}"
