"""One report, whatever it is printed as: titles, sections of blocks, and how it was made.

Findings enter a report only out of a ``Released``; everything else in it is words, written by the participants or by the
programme.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Literal

from equitybook.disclosure import Released, Tier, require_released
from equitybook.errors import DisclosureError
from equitybook.findings import Finding

if TYPE_CHECKING:
    from equitybook.outcomes.gate import Check

Show = Literal["all", "sentence", "chart", "table"]
"""How much of a finding is printed: all of it with its cautions, or its sentence alone, or with its picture or its table."""


@dataclass(frozen=True, slots=True)
class FindingBlock:
    """One finding of a release, named by its id, so that no finding can be slipped in beside it; ``show`` says how much of it."""

    released: Released
    finding_id: str
    show: Show = "all"

    def __post_init__(self) -> None:
        require_released(self.released)
        if all(one.id != self.finding_id for one in self.released.findings):
            known = ", ".join(one.id for one in self.released.findings) or "none"
            message = f'The release has no finding "{self.finding_id}". It has: {known}.'
            raise DisclosureError(message)

    @property
    def finding(self) -> Finding:
        """The finding, as released."""
        return next(one for one in self.released.findings if one.id == self.finding_id)


@dataclass(frozen=True, slots=True)
class Words:
    """What the participants wrote, under the question they answered. Empty ``text`` is an open question."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to read with care: one line or several."""

    title: str
    lines: tuple[str, ...]


Block = FindingBlock | Words | Notice


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a step stands: its state in a word or two, and what is open, a line for each. ``checks`` are the page's own, met or not."""

    state: str
    open: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A step of the workbook, as it is read. ``lead`` is a short paragraph under the title; ``id`` is unique in the report.

    ``stands`` is known of the cycle's own steps, and told to those who work with the town.
    """

    id: str
    title: str
    lead: str
    blocks: tuple[Block, ...]
    stands: Stands | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """How and for whom a report was made. ``at`` is UTC; ``policy`` holds the thresholds by name."""

    program: str
    at: dt.datetime
    who: str
    policy: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """A summary of one community's cycle, for one tier.

    ``tier_words`` say above everything else who may see it; ``notices`` what was hidden and why. ``brief`` is set small, for one page.

    Raises
    ------
    DisclosureError
        If a finding was released for another tier than the report's.
    """

    title: str
    subtitle: str
    community: str
    cycle: int
    tier: Tier
    tier_words: str
    sections: tuple[Section, ...]
    notices: tuple[str, ...]
    made: Made
    language: str = field(default="en")
    brief: bool = False

    def __post_init__(self) -> None:
        for block in self.findings():
            if block.released.tier is not self.tier:
                message = f"A report for {self.tier} cannot hold a finding released for {block.released.tier}. Release it again."
                raise DisclosureError(message)

    def findings(self) -> Iterator[FindingBlock]:
        """Every finding, in the order it is read."""
        yield from (block for section in self.sections for block in section.blocks if isinstance(block, FindingBlock))

    @property
    def steps(self) -> tuple[tuple[Section, Stands], ...]:
        """The sections that are steps whose state is told."""
        return tuple((one, one.stands) for one in self.sections if one.stands is not None)

    @property
    def as_of(self) -> tuple[dt.date, ...]:
        """The dates the data describe, oldest first."""
        dates = {block.finding.provenance.as_of for block in self.findings()}
        return tuple(sorted(date for date in dates if date is not None))

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the numbers come from, each once."""
        return tuple(dict.fromkeys(block.finding.provenance.source for block in self.findings() if block.finding.provenance.source))

    @property
    def content_hash(self) -> str:
        """SHA-256 of everything a reader sees, the time of printing left out: two prints of the same content agree."""
        seen = {
            "title": [self.title, self.subtitle, self.community, self.cycle, self.tier, self.tier_words],
            "sections": [
                [
                    one.id,
                    one.title,
                    one.lead,
                    one.stands and [one.stands.state, one.stands.open],
                    [_content(block) for block in one.blocks],
                ]
                for one in self.sections
            ],
            "notices": self.notices,
            "made": [self.made.program, self.made.who, dict(self.made.policy)],
        }
        return hashlib.sha256(json.dumps(seen, sort_keys=True, default=str).encode()).hexdigest()


def _content(block: Block) -> object:
    if isinstance(block, FindingBlock):
        finding = block.finding
        spec = None if finding.chart is None else {"spec": finding.chart.spec, "alt": finding.chart.alt}
        shown = None if finding.table is None else asdict(finding.table)
        flags = [asdict(flag) for flag in finding.flags]
        provenance = asdict(finding.provenance)
        return [
            block.show,
            finding.id,
            finding.title,
            finding.sentence,
            finding.empty,
            finding.notices,
            spec,
            shown,
            flags,
            provenance,
        ]
    return asdict(block)
