"""Handing a cycle's answers to the coach: frozen as they stand, numbered, and still editable afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equitybook.outcomes import registry
from equitybook.server.access import Api, Refusal

if TYPE_CHECKING:
    from equitybook.program import Cohort, Cycle
    from equitybook.store.handle import Handle, Submission

LONGEST_NOTE = 2000


class SubmitHandler(Api):
    """``POST submit`` with ``{"cycle": …, "note": …, "key": …}``."""

    async def post(self) -> None:
        """Freeze the cycle's tables as its next submission. The same ``key`` submits once, however often it is sent."""
        said = self.body()
        cycle = _cycle(self.shared.cohort, said.get("cycle"))
        note, key = said.get("note") or "", said.get("key") or ""
        if not isinstance(note, str) or len(note) > LONGEST_NOTE:
            raise Refusal(400, f"A note to the coach is a text of up to {LONGEST_NOTE:,} characters.")
        if not isinstance(key, str) or len(key) > 64:  # noqa: PLR2004 - as long as any key
            raise Refusal(400, "The key of a submission is a text of up to 64 characters.")
        done = await self.shared.aside(_submit, self.handle, cycle, note.replace("\0", ""), key)
        self.answer(submission_json(done))


def submission_json(done: Submission) -> dict[str, Any]:
    """Write a submission as the page tells of it, without its answers."""
    return {
        "number": done.number,
        "at": done.at.isoformat(),
        "author": done.author,
        "cycle": done.cycle,
        "note": done.note,
        "content_hash": done.content_hash,
    }


def _submit(handle: Handle, cycle: Cycle, note: str, key: str) -> Submission:
    return handle.submit(cycle.number, tables=registry.tables_of(cycle.outcomes), note=note, key=key)


def _cycle(cohort: Cohort, number: Any) -> Cycle:  # noqa: ANN401 - whatever was sent
    found = next((one for one in cohort.cycles if one.number == number and not isinstance(number, bool)), None)
    if found is None:
        raise Refusal(400, f"The cycle is one of {', '.join(str(one.number) for one in cohort.cycles)}.")
    return found
