"""One community's summary of one cycle, whole or on one page: what its tables say, and what its participants wrote, for one circle of readers.

The coach's page, the participants' own download and the export for all communities make it the same way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from equitybook import __version__
from equitybook.analysis import Answers
from equitybook.charter.tables import Charter, Decisions, Evidence
from equitybook.coaching import Coaching, handed_in
from equitybook.disclosure import Released, Thresholds, Tier, release
from equitybook.outcomes import requests
from equitybook.outcomes.registry import known, outcome
from equitybook.outcomes.wording import section_id
from equitybook.report import Block, FindingBlock, Made, Notice, Report, Section, Show, Words

if TYPE_CHECKING:
    from equitybook.outcomes.content import Step
    from equitybook.outcomes.registry import Outcome
    from equitybook.program import Cohort
    from equitybook.store.handle import Handle


_Told = Callable[["Outcome", Answers, Released, Coaching], list[Section]]
"""What an outcome says in a report."""

_CHARTER = "CHARTER"
_HERE_TOO: Mapping[str, tuple[str, str, Mapping[str, Show]]] = {
    _CHARTER: (
        "the-project",
        "The project",
        {"CHARTER.page": "sentence", "CHARTER.changes": "all", "CHARTER.evidence": "all", "CHARTER.decisions": "all"},
    ),
    requests.OUTCOME: ("data-asked-for", "Data asked for", {requests.FINDING: "all"}),
}
"""By outcome of another cycle: the section's id and title, and the findings it shows and how much of each, where they say something."""


def summary(
    cohort: Cohort,
    handle: Handle,
    *,
    cycle: int,
    tier: Tier = Tier.T2,
    today: dt.date | None = None,
    at: dt.datetime | None = None,
    alone: bool = False,
) -> Report:
    """Read a community's answers, count, hide what that tier may not see, and put the rest into a report.

    Parameters
    ----------
    cohort, handle
        The programme, and the community's part of the store.
    cycle
        Which cycle, from 1. Outcomes of the cycle that the product does not have yet are left out.
    tier
        Who will read it. The participants' own words are left out for the public (T3).
    today, at
        The day the numbers are computed for, and the UTC time printed on the report; now where left out.
    alone
        Whether it is read away from the server's page, which shows beside it what was submitted and what the coach released: then
        it holds these, too, and never for the public.

    Raises
    ------
    ConfigError
        If the cohort has no such cycle or community.
    """
    return _report(cohort, handle, _sections, cycle=cycle, tier=tier, today=today, at=at, alone=alone)


def one_page(
    cohort: Cohort, handle: Handle, *, cycle: int, tier: Tier = Tier.T2, today: dt.date | None = None, at: dt.datetime | None = None
) -> Report:
    """Put the cycle's deliverable on a page: what each outcome's ``content.yml`` names, without the cautions the summary has.

    Takes and raises what ``summary`` does.
    """
    return _report(cohort, handle, _pieces, cycle=cycle, tier=tier, today=today, at=at, brief=True)


def _report(
    cohort: Cohort,
    handle: Handle,
    told: _Told,
    *,
    cycle: int,
    tier: Tier,
    today: dt.date | None,
    at: dt.datetime | None,
    brief: bool = False,
    alone: bool = False,
) -> Report:
    at = at or dt.datetime.now(tz=dt.UTC)
    today = today or at.date()
    town, this = cohort.community(handle.community), cohort.cycle(cycle)
    coaching = Coaching() if brief or tier is Tier.T3 else Coaching.read(handle, cycle, today=today, alone=alone)
    sections = handed_in(cohort, handle, this) if coaching.alone else []
    notices: dict[str, None] = {}
    parts = known(cohort.parts_of(this))
    before, after = _of_other_cycles(handle, parts, tier, today)
    if brief:
        after = ()
    for one in (*before, *parts, *after):
        answers = Answers.read(handle, one, roles=town.roles)
        measured = answers.measure(town.name, today=today)
        released = release(measured, one.present, tier)
        notices.update(dict.fromkeys(released.notices))
        if one in parts:
            sections += told(one, answers, released, coaching.of(answers, measured))
        else:
            sections += _told_here_too(one, released, brief=brief)
    who = tier.thresholds.who
    return Report(
        title=town.name,
        subtitle=f"Cycle {this.number}: {this.title}",
        community=town.slug,
        cycle=this.number,
        tier=tier,
        tier_words=f"{who[0].upper()}{who[1:]}.",
        sections=tuple(sections),
        notices=tuple(notices),
        made=Made(
            program=f"Equitybook {__version__}", at=at.replace(microsecond=0), who=who, policy=policy_values(tier.thresholds)
        ),
        brief=brief,
    )


def _of_other_cycles(
    handle: Handle, parts: Sequence[Outcome], tier: Tier, today: dt.date
) -> tuple[tuple[Outcome, ...], tuple[Outcome, ...]]:
    """Give the outcomes of other cycles of which something is read in this one: first the project, and last the log a step waits for."""
    here = {one.code for one in parts}
    asked = [record.values() for record in handle.read(requests.TABLE)]
    begun = tier is not Tier.T3 and any(handle.read(row.table.id) for row in (Charter, Evidence, Decisions))
    waits = any(requests.requested_steps(asked, code, today=today) for code in here)
    project = (outcome(_CHARTER),) if begun and _CHARTER not in here else ()
    log = (outcome(requests.OUTCOME),) if waits and requests.OUTCOME not in here else ()
    return project, log


def _told_here_too(one: Outcome, released: Released, *, brief: bool) -> list[Section]:
    """Tell what another cycle's outcome says here; on one page its sentences alone."""
    name, title, wanted = _HERE_TOO[one.code]
    nothing = {found.id for found in released.findings if found.empty}
    shown = [(id_, show) for id_, show in wanted.items() if id_ not in nothing and (show == "sentence" or not brief)]
    blocks = tuple(FindingBlock(released, id_, show) for id_, show in shown)
    return [Section(name, title, "", blocks)] if blocks else []


def policy_values(limits: Thresholds) -> dict[str, int]:
    """Give a tier's thresholds by their names in words."""
    if not limits.smallest_group:
        return {}
    return {
        "Smallest group shown": limits.smallest_group,
        "Fewest people behind a median": limits.statistic_from,
        "Fewest people followed at a point of a curve": limits.at_risk_from,
    }


def _sections(one: Outcome, answers: Answers, released: Released, coaching: Coaching) -> list[Section]:
    """Follow the steps of the workbook; what no step shows comes last, so that nothing released is lost."""
    guide = one.guide
    written = next(iter(answers.values(guide.words_table)), {})
    made = [_section(one, step, released, written, coaching) for step in guide.steps]
    placed = {name for step in guide.steps for name in step.findings}
    rest = tuple(FindingBlock(released, name) for name in _to_read(released) if name not in placed)
    if rest:
        made.append(Section(f"{one.code.lower()}-more", f"More on {one.title.lower()}", "", rest))
    question = Notice("For the coaching session", (guide.coach_question,))
    made.append(Section(f"{one.code.lower()}-question", f"To talk about: {one.title}", "", (question,)))
    return [section for section in made if section.blocks or section.stands]


def _pieces(one: Outcome, _answers: Answers, released: Released, _coaching: Coaching) -> list[Section]:
    there = _to_read(released)
    blocks = tuple(FindingBlock(released, piece.finding, piece.show) for piece in one.guide.deliverable if piece.finding in there)
    return [Section(one.code.lower(), one.title, "", blocks)] if blocks else []


def _to_read(released: Released) -> list[str]:
    """Name the findings a reader of that tier gets. What to do about an empty one concerns the town and its coach only."""
    return [found.id for found in released.findings if not (found.empty and released.tier is Tier.T3)]


def _section(one: Outcome, step: Step, released: Released, written: object, coaching: Coaching) -> Section:
    there = _to_read(released)
    blocks: list[Block] = [FindingBlock(released, name) for name in step.findings if name in there]
    if blocks and step.care:
        blocks.append(Notice("Read with care", step.care))
    if released.tier is not Tier.T3 and isinstance(written, dict):
        # Free text names people; it goes to those it was written for and no further.
        said = [(prompt, str(written.get(prompt.id) or "").strip()) for prompt in one.guide.prompts_of(step.id)]
        blocks += [Words(prompt.label, text) for prompt, text in said if text or not prompt.optional]
    blocks += coaching.said_on(one.code, step.id)
    return Section(section_id(one.code, step.id), step.title, step.why, tuple(blocks), coaching.stands.get(step.id))
