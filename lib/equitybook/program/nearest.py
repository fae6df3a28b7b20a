"""The known name nearest to a mistyped one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(value: object, known: Iterable[str]) -> str:
    """Return 'Did you mean "HR1"?' where something close is known, else the list of what is; "" where nothing is."""
    names = list(known)
    close = difflib.get_close_matches(str(value), names, n=1, cutoff=0.6)
    if close:
        return f'Did you mean "{close[0]}"?'
    return f"It is one of: {', '.join(names)}." if names else ""
