"""A released comment in words: the same in the recap, at its step, on the summary's page and on paper."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from equitybook.report.wording import date_words
from equitybook.reviews.tables import RATING, READY

if TYPE_CHECKING:
    from equitybook.reviews.comments import Comment


def comment_html(comment: Comment, *, level: int = 3, served: bool = False, address: str = "") -> str:
    """Write one comment; everything in it is escaped.

    Parameters
    ----------
    comment
        What the coach released.
    level
        The level of its heading, 2 to 6.
    served
        Whether a person reads it on the workbook's page, where a must-fix has a button. It is no landmark and bears no id: a comment
        may stand in the recap and at its step.
    address
        Where its step is to be found, if it is to be a link.
    """
    step = escape(comment.section)
    if address:
        step = f'<a href="{escape(address)}">{step}</a>'
    parts = [
        f'<h{level} class="eq-comment-who">{escape(comment.coach)} on “{step}”</h{level}>',
        f'<p class="eq-meta">{_meta(comment)}</p>',
        _said("Strong", comment.strengths),
        _said("A question", comment.question),
        _said("Ready all the same", comment.override_reason) if comment.rating == READY else "",
        _fix(comment, served=served) if comment.must_fix else "",
    ]
    label = escape(f"Your coach on {comment.section}")
    return f'<article class="eq-coach eq-comment" aria-label="{label}" data-eq-comment="{escape(str(comment.id))}" data-eq-section="{escape(comment.section)}">{"".join(parts)}</article>'


def comment_words(comment: Comment) -> tuple[str, str]:
    """Write one comment without markup: who said it, when and with which rating, and what was said, a line for each part."""
    rated = f": {RATING.label(comment.rating)}" if comment.rating else ""
    parts = [
        comment.strengths and f"Strong: {comment.strengths}",
        comment.question and f"A question: {comment.question}",
        comment.override_reason and comment.rating == READY and f"Ready all the same: {comment.override_reason}",
        comment.must_fix and (_put_right(comment) if comment.resolved_on else "Please put this right."),
    ]
    return f"{comment.coach}, {date_words(comment.released_on)}{rated}", "\n".join(part for part in parts if part)


def _meta(comment: Comment) -> str:
    rated = f'<span class="eq-flag eq-flag-calm">{escape(RATING.label(comment.rating))}</span> ' if comment.rating else ""
    return f"{rated}{date_words(comment.released_on)}"


def _said(label: str, text: str) -> str:
    return f'<p class="eq-said"><strong>{label}:</strong> {escape(text)}</p>' if text else ""


def _fix(comment: Comment, *, served: bool) -> str:
    """Say that something is to be put right, or that it was. The page's script replaces what stands in this element."""
    if comment.resolved_on:
        inside = escape(_put_right(comment))
    else:
        inside = '<span class="eq-flag eq-flag-look">Please put this right</span>'
        if served:
            inside += f' <button type="button" data-eq-resolve="{escape(str(comment.id))}" data-version="{comment.version}">Mark as put right</button>'
    return f'<p class="eq-fix">{inside}</p>'


def _put_right(comment: Comment) -> str:
    who = f" by {comment.resolved_by}" if comment.resolved_by else ""
    return f"Marked as put right on {date_words(comment.resolved_on)}{who}." if comment.resolved_on else ""
