"""What is said where nothing can be counted: which entry to put right first, once; and no long instruction over and over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from equitybook.codebook.wording import DAY_LIKE
from equitybook.findings import Finding, Measured
from equitybook.outcomes.human_resources.staff_statistics.measure.waiting import BACKWARDS
from equitybook.outcomes.human_resources.staff_statistics.present.headcount import NOTHING_YET
from equitybook.outcomes.human_resources.staff_statistics.present.period import NEEDS_LIST, NO_FLOW, NO_LEAVERS
from equitybook.outcomes.human_resources.staff_statistics.present.representation import NO_SHARES
from equitybook.outcomes.human_resources.staff_statistics.tables import Setup
from equitybook.outcomes.wording import listing

_HERE = f"“{Setup.table.title}”"
_AGAIN = {
    NOTHING_YET: "Nothing yet: this is counted from the same staff.",
    NO_SHARES: "Nothing yet: this needs the same shares.",
    NO_FLOW: "Nothing yet: this needs the people who left, too.",
    NO_LEAVERS: "Nothing yet: this needs the people who left, too.",
    NEEDS_LIST: "Nothing yet: this needs a staff list with leavers, too.",
}
_WAITS_TOO = "This waits for the same entry."


def waiting(finding: Finding, measured: Measured, counts: str) -> Finding:
    """Say what an empty finding waits for, where an entry cannot be used; ``counts`` is what it is made of: staff, flow or tenure."""
    fields = measured.facts["waits"][counts]
    return replace(finding, empty=_words(fields)) if finding.empty and fields else finding


def said_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Shorten what an earlier finding has said in full."""
    seen: set[str] = set()
    for one in findings:
        again = one.empty in seen and (_WAITS_TOO if _HERE in one.empty else _AGAIN.get(one.empty))
        seen.add(one.empty)
        yield replace(one, empty=again) if again else one


def _words(fields: tuple[str, ...]) -> str:
    if BACKWARDS in fields:
        start, end = (Setup.table.column(name).label for name in ("period_start", "period_end"))
        return f"In {_HERE}, the day in “{end}” is before the one in “{start}”, so nothing is counted over that time. Exchange the two days, or correct one."
    labels = [f"“{Setup.table.column(name).label}”" for name in fields]
    what = "choose from its list" if fields == ("tenure_events",) else f"write a day like {DAY_LIKE}"
    return f"In {_HERE}, {listing(labels)} cannot be read, so nothing is counted by it. Correct it: {what}."
