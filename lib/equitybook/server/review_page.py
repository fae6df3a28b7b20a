"""What the summary's page shows beside each step: boxes to write in for the coach, released comments for the town."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from equitybook.outcomes.wording import section_id
from equitybook.report import Beside
from equitybook.reviews import RATING, READY, WRITTEN, comment_html, open_checks, released_comments
from equitybook.reviews.tables import LONGEST
from equitybook.server.pages import fill
from equitybook.server.review_sheet import state_words
from equitybook.widgets.static_files import static_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from equitybook.program import Cycle
    from equitybook.report import Report
    from equitybook.reviews import Comment, StepReview
    from equitybook.server.progress import Progress
    from equitybook.store.handle import Handle


@dataclass(frozen=True, slots=True)
class HandedIn:
    """How far the town is with the cycle, with its note to the coach, everybody's name by username, and the other cycles there are."""

    seen: Progress
    names: Mapping[str, str]
    others: tuple[Cycle, ...] = ()

    def html(self, reader: Literal["coach", "town"], *, base: str) -> str:
        """Say it to the coach, or to the town itself."""
        town = self.seen.community.name
        return fill("handed_in.html", seen=self.seen, names=self.names, town=town, reader=reader, others=self.others, base=base)


def for_coach(
    report: Report, steps: Iterable[StepReview], handed_in: HandedIn, *, base: str, leave: Mapping[str, Any] | None
) -> Beside:
    """Put the boxes at the end of each step; steps without a section in the report follow after the last one.

    ``leave`` is how it stands with changing the charter's meaning (``charter_leave``).
    """
    there = {section.id for section in report.sections}
    boxes = {section_id(one.id.code, one.id.step): (one, _box(one)) for one in steps}
    rest = "".join(
        f'<section class="eq-step eq-review-more" id="{name}"><h2>{escape(one.title)}</h2>{box}</section>'
        for name, (one, box) in boxes.items()
        if name not in there
    )
    return Beside(
        notes={name: state_words(one) for name, (one, _) in boxes.items()},
        noted="Your comment",
        head=_head(base, script=True),
        top=handed_in.html("coach", base=base) + fill("review_bar.html", base=base, town=report.title, leave=leave),
        sections={name: box for name, (_, box) in boxes.items() if name in there},
        end=rest,
    )


def for_town(report: Report, handle: Handle, handed_in: HandedIn, *, base: str) -> Beside:
    """Put the released comments at the end of the steps they are about, for the town's own people, and their own note at the top."""
    comments = released_comments(handle, report.cycle)
    there = {section.id for section in report.sections}

    def shown(wanted: Iterable[Comment]) -> str:
        return "".join(comment_html(one) for one in wanted)

    by_section = [(section_id(one.id.code, one.id.step), one) for one in comments]
    placed = {name: shown(one for at, one in by_section if at == name) for name in there}
    rest = shown(one for at, one in by_section if at not in there)
    title = "<h2>More from your coach</h2>" if rest else ""
    return Beside(
        notes={at: _said(one) for at, one in by_section},
        noted="Your coach" if comments else "",
        head=_head(base, script=False),
        top=handed_in.html("town", base=base),
        sections=placed,
        end=f"{title}{rest}",
    )


def _said(one: Comment) -> str:
    rated = RATING.label(one.rating) if one.rating else "Commented"
    return f"{rated}; please put this right" if one.to_fix else rated


def _box(one: StepReview) -> str:
    return fill(
        "review_step.html",
        one=one,
        open=open_checks(one.checks),
        state=state_words(one),
        versions={name: one.cells[name].version if name in one.cells else 0 for name in WRITTEN},
        ratings=list(RATING.labels.items()),
        ready=READY,
        longest=LONGEST,
    )


def _head(base: str, *, script: bool) -> str:
    static, version = f"{base}equitybook/static/", static_version()
    facts = json.dumps({"baseUrl": base, "equitybook": {"sign_in_url": f"{base}sign-in"}}).replace("<", "\\u003c")
    parts = [f'<link rel="stylesheet" href="{static}reviews.css?v={version}">']
    if script:
        parts.append(f'<script id="jupyter-config-data" type="application/json">{facts}</script>')
        parts.append(f'<script type="module" src="{static}reviews.js?v={version}"></script>')
    return "".join(parts)
