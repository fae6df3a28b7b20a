"""Summaries of a town's cycle, as a page and as a PDF: its own to a town, the disclosure-controlled one to its coach, who writes beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from equitybook.server.access import Page, Refusal
from equitybook.server.charter_leave import charter_leave
from equitybook.server.headers import DOCUMENT_POLICY, REVIEW_POLICY
from equitybook.server.policy import PARTICIPANT
from equitybook.server.review_sheet import sheet_of
from equitybook.server.workbook_page import cycle_of

if TYPE_CHECKING:
    from equitybook.program import Cycle
    from equitybook.server.shared import Shared
    from equitybook.store.handle import Handle

_TYPES = {"html": "text/html; charset=UTF-8", "pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A tier, a form, the server's path, whether it is the one page, and whether the reader writes comments."""

    tier: str
    form: str
    base: str
    short: bool = False
    reviewing: bool = False


class _Summary(Page):
    content_policy = DOCUMENT_POLICY

    async def send(self, community: str, workbook: str, wanted: _Wanted) -> None:
        cycle = cycle_of(self.shared, workbook)
        handle = self.shared.store.community(community, author=self.person.username)
        document = await self.shared.aside(_render, self.shared, handle, cycle, wanted)
        name = f"{community}-{cycle.slug.replace('_', '-')}-{'one-page' if wanted.short else 'summary'}.{wanted.form}"
        self.set_header("Content-Type", _TYPES[wanted.form])
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Disposition", f'inline; filename="{name}"')
        self.finish(document)


class OwnSummary(_Summary):
    """``summary/<cycle>.<html|pdf>``: a town's own summary, with all its numbers; ``summary/<cycle>-one-page.…`` its one page."""

    async def get(self, workbook: str, format: str, short: str | None = None) -> None:  # noqa: A002 - the address says it so
        """Send it."""
        await self.send(self.person.community or "", workbook, _Wanted("T1", format, self.base_url, short=bool(short)))


class TownSummary(_Summary):
    """``towns/<town>/<cycle>.<html|pdf>``: what may leave a town, for its coach; ``…-one-page.…`` on one page."""

    async def get(self, community: str, workbook: str, format: str, short: str | None = None) -> None:  # noqa: A002 - as above
        """Send it."""
        if community not in {one.slug for one in self.shared.cohort.communities}:
            raise Refusal(404, "This cohort has no such town. Your home page lists the ones there are.")
        reviewing = format == "html" and not short and self.person.role != PARTICIPANT
        if reviewing:
            self.set_header("Content-Security-Policy", REVIEW_POLICY)
            _ = self.xsrf_token  # sets the cookie the boxes save with
        await self.send(community, workbook, _Wanted("T2", format, self.base_url, short=bool(short), reviewing=reviewing))


def _render(shared: Shared, handle: Handle, cycle: Cycle, wanted: _Wanted) -> bytes:
    # Loaded with the first summary, not with the server: they bring the typesetter and the chart compiler.
    from equitybook.disclosure import Tier
    from equitybook.report import render_html, render_pdf
    from equitybook.server.progress import begun_cycles, progress
    from equitybook.server.review_page import HandedIn, for_coach, for_town
    from equitybook.summary import one_page, summary

    tier, today = Tier[wanted.tier], shared.today()
    if wanted.short:
        short = one_page(shared.cohort, handle, cycle=cycle.number, tier=tier, today=today)
        return render_pdf(short) if wanted.form == "pdf" else render_html(short).encode()
    report = summary(shared.cohort, handle, cycle=cycle.number, tier=tier, today=today, alone=wanted.form == "pdf")
    if wanted.form == "pdf":
        return render_pdf(report)
    town = shared.cohort.community(handle.community)
    others = tuple(one for one in begun_cycles(shared.cohort, (town,)) if one != cycle)
    seen = progress(shared.cohort, handle, town, cycle)
    handed_in = HandedIn(seen, {one.username: one.name for one in shared.people.values()}, others)
    if wanted.reviewing:
        steps = sheet_of(shared, handle.community, cycle, author=handle.author, report=report)
        leave = charter_leave(shared, handle)
        return render_html(report, beside=for_coach(report, steps, handed_in, base=wanted.base, leave=leave)).encode()
    return render_html(report, beside=for_town(report, handle, handed_in, base=wanted.base)).encode()
