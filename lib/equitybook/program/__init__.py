"""The programme as data: who takes part, who coaches whom, when, and which outcomes each cycle works on.

All of it is read from a cohort's ``cohort.toml``; nothing about one cohort stands in code.
"""

from __future__ import annotations

from equitybook.program.attendance import Attendance, attendance
from equitybook.program.cohort import Cohort
from equitybook.program.eligibility import Level, Remark, eligibility, remarks
from equitybook.program.learning_outcomes import LEARNING_OUTCOMES
from equitybook.program.models import Community, Cycle, Participant, Partner, Person, Role, Session
from equitybook.program.reading import read_problems

__all__ = [
    "LEARNING_OUTCOMES",
    "Attendance",
    "Cohort",
    "Community",
    "Cycle",
    "Level",
    "Participant",
    "Partner",
    "Person",
    "Remark",
    "Role",
    "Session",
    "attendance",
    "eligibility",
    "read_problems",
    "remarks",
]
