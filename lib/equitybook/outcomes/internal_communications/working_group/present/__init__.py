"""From what was measured to what is said."""

from __future__ import annotations

from equitybook.findings import Finding, Measured
from equitybook.outcomes.internal_communications.working_group.present.coverage import coverage
from equitybook.outcomes.internal_communications.working_group.present.letters import letters
from equitybook.outcomes.internal_communications.working_group.present.meetings import meetings
from equitybook.outcomes.internal_communications.working_group.present.rules import rules


def present_group(measured: Measured) -> tuple[Finding, ...]:
    """Put the group into findings; what is not there says what to do."""
    return coverage(measured), rules(measured), letters(measured), meetings(measured)
