"""What makes a table of letters work: one person answers for each task, somebody does it, and nobody carries it all.

The rules are those of the responsibility charts called RACI or RASCI (specification IC1). One person may answer for a task
and do it: AR counts as both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_RESPONSIBLE = 2
MOST_ACCOUNTABLE = 5
_MOST_SHARE = (2, 5)  # of the tasks: 40 percent, compared in whole numbers


@dataclass(frozen=True, slots=True)
class Problems:
    """What to look at: ``errors`` keep the gate shut, ``warnings`` do not. Each is a sentence that follows "Task T1: "."""

    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def accountable(codes: Sequence[str]) -> int:
    """Count the letters that answer for the task."""
    return sum(code in {"A", "AR"} for code in codes)


def responsible(codes: Sequence[str]) -> int:
    """Count the letters that do the work."""
    return sum(code in {"R", "AR"} for code in codes)


def task_problems(codes: Sequence[str]) -> Problems:
    """Look at the letters of one task.

    Parameters
    ----------
    codes
        The letters given for it, in any order; cells left blank are left out.
    """
    if not codes:
        return Problems(errors=("no letter yet.",))
    if all(code == "I" for code in codes):
        return Problems(errors=("everybody is only informed. Choose who does it and who answers for it.",))
    errors = []
    answer, do = accountable(codes), responsible(codes)
    if not answer:
        errors.append("nobody is accountable yet. Choose one A.")
    if answer > 1:
        errors.append(f"{answer} people are accountable. One answers for a task; make the others R, S or C.")
    if not do:
        errors.append("nobody is responsible yet. Choose who does the work: R, or AR.")
    warnings = (f"{do} people are responsible. Two or fewer do better; make the others S.",) if do > MOST_RESPONSIBLE else ()
    return Problems(tuple(errors), warnings)


def carries_too_much(codes: Sequence[str], tasks: int) -> bool:
    """Say whether one member answers for too many tasks: over five, or over 40 percent of them.

    Parameters
    ----------
    codes
        The member's letters, one per task they have a part in.
    tasks
        How many tasks there are.

    Notes
    -----
    One task is never too many: in a list of two it would be half of them.
    """
    count = accountable(codes)
    of, whole = _MOST_SHARE
    return count > MOST_ACCOUNTABLE or (count > 1 and whole * count > of * tasks)
