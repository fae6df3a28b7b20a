"""The command a process shows in lists of processes: a forked one would show its parent's."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from pathlib import Path

ROOM = " " * 400
"""A last argument that does nothing but leave room for a longer command."""

_START, _END = 45, 46
"""Where in /proc/self/stat, counted from behind the name, stands where in memory the command begins and ends (see proc(5))."""


def call_it(words: Sequence[str]) -> None:
    """Show these words as this process's command, as far as there is room. Nothing happens where the system is not Linux."""
    try:
        numbers = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        start, room = int(numbers[_START]), int(numbers[_END]) - int(numbers[_START])
    except (OSError, IndexError, ValueError):
        return
    if start and room > 1:  # zero where the system does not tell
        shown = "\0".join(words).encode()[: room - 1]
        ctypes.memmove(start, shown.ljust(room, b"\0"), room)
