"""Submitting: what is complete, a note for the coach, the button."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

import traitlets

from equitybook.widgets.faces import Widget


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the self-check: what, whether it is done, the address on the page of the step it is worked at, a few more words."""

    text: str
    done: bool
    where: str = ""
    detail: str = ""


class SubmitPanel(Widget, module="submit.js"):
    """The last step of a cycle.

    Parameters
    ----------
    cycle
        The cycle's number.
    checks
        What is complete and what is not; replace it with ``set_checks`` when something was saved.
    submitted_at
        When this cycle was last submitted, in UTC; None if never.
    on_submitted
        Called with the submission's number once the server has frozen the answers.
    """

    cycle = traitlets.Int().tag(sync=True)
    checks = traitlets.List(traitlets.Dict()).tag(sync=True)
    submitted = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        cycle: int,
        *,
        checks: Sequence[Check] = (),
        submitted_at: dt.datetime | None = None,
        on_submitted: Callable[[int], None] | None = None,
    ) -> None:
        self._on_submitted = on_submitted
        at = {"at": submitted_at.isoformat()} if submitted_at else {}
        super().__init__(cycle=cycle, checks=[asdict(one) for one in checks], submitted=at)
        self.on_msg(self._hear)

    def set_checks(self, checks: Sequence[Check]) -> None:
        """Replace the self-check list."""
        self.checks = [asdict(one) for one in checks]

    def static_face(self) -> str:
        """Return the self-check as a list."""
        items = "".join(
            f"<li>{'Complete' if one['done'] else 'Not yet'}: {escape(one['text'])} {escape(one['detail'])}</li>"
            for one in self.checks
        )
        return f'<ul class="eq-checks">{items}</ul>' if items else "<p>Open this workbook on its page to submit it.</p>"

    def _hear(self, _widget: object, content: Mapping[str, Any], _buffers: object) -> None:
        if content.get("type") == "submitted" and self._on_submitted is not None:
            self._on_submitted(int(content["number"]))
