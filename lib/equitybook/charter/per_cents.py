"""One rule for a measure in per cent, wherever it is typed: between 0 and 100, and asked about where it looks like a share."""

from __future__ import annotations

from collections.abc import Iterator

from equitybook.codebook import Message

_WHOLE = 100


def no_per_cent(figure: float) -> str:
    """Say that a figure is no per cent; empty where it may be one."""
    return "" if 0 <= figure <= _WHOLE else f"{figure:g} is no per cent between 0 and 100."


def per_cent_messages(figure: float, field: str, *, like_share: bool = True) -> Iterator[Message]:
    """Ask about a figure typed for a measure in per cent.

    Parameters
    ----------
    figure, field
        What was typed, and the column it stands in.
    like_share
        Whether less than one may have been meant as a share. Beside a baseline of 1.2, 0.8 is a small per cent.
    """
    if wrong := no_per_cent(figure):
        yield Message(wrong, field=field)
    elif 0 < figure < 1 and like_share:
        meant = f"{round(_WHOLE * figure, 10):g}"
        yield Message(f"{figure:g} is less than one per cent. If you mean {meant} %, enter {meant}.", field=field, suggestion=meant)
