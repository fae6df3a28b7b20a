"""One rule for what is typed in percent, wherever it is: between 0 and 100, and asked about where it looks like a share."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from equitybook.codebook.read_number import shown
from equitybook.codebook.rows import Message

_WHOLE = 100


def no_percentage(figure: float) -> str:
    """Say that a figure is no percentage; empty where it may be one."""
    return "" if 0 <= figure <= _WHOLE else f"{shown(figure)} is no percentage between 0 and 100."


def share_question(figure: float) -> tuple[str, str | None]:
    """Ask about a figure between 0 and 1, usually a share: the question, and the percentage it would be; empty where it is none."""
    if not 0 < figure < 1:
        return "", None
    meant = shown(round(_WHOLE * figure, 10))
    return f"{shown(figure)} is less than one percent. If you mean {meant} %, enter {meant}.", meant


def likely_share(figure: float, others: Collection[float]) -> bool:
    """Whether one percentage among ``others`` of the same thing was meant as a share.

    It is 1 or less, and nothing else is known, or a hundred times as much is like one of the others: between half of it and twice it.
    """
    return 0 < figure <= 1 and (not others or any(other / 2 <= _WHOLE * figure <= 2 * other for other in others))


def percentage_messages(figure: float, field: str, *, like_share: bool = True) -> Iterator[Message]:
    """Ask about a figure typed for a measure in percent.

    Parameters
    ----------
    figure, field
        What was typed, and the column it stands in.
    like_share
        Whether less than one may have been meant as a share. Beside a baseline of 1.2, 0.8 is a small percentage.
    """
    wrong, (question, meant) = no_percentage(figure), share_question(figure)
    if wrong:
        yield Message(wrong, field=field)
    elif question and like_share:
        yield Message(question, field=field, suggestion=meant)
