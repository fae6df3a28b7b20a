"""What a coach says about each step of a cycle: drafted in private, released to the town, then shown inside its page.

Drafts and releases are kept beside the town's answers (``store.beside``). A release is a copy: the coach may go on writing, and
the town reads the newest release until there is another one.
"""

from __future__ import annotations

from equitybook.reviews.checks import open_checks, step_checks, worked_at
from equitybook.reviews.comments import Comment, ReviewId, released_comments, said_before
from equitybook.reviews.leave import give_leave, leave_until, take_leave_back
from equitybook.reviews.shown import comment_html, comment_words
from equitybook.reviews.tables import RATING, READY, WRITTEN, ReleasedReview, Review
from equitybook.reviews.writing import StepReview, read_sheet, release, resolve, to_release

__all__ = [
    "RATING",
    "READY",
    "WRITTEN",
    "Comment",
    "ReleasedReview",
    "Review",
    "ReviewId",
    "StepReview",
    "comment_html",
    "comment_words",
    "give_leave",
    "leave_until",
    "open_checks",
    "read_sheet",
    "release",
    "released_comments",
    "resolve",
    "said_before",
    "step_checks",
    "take_leave_back",
    "to_release",
    "worked_at",
]
