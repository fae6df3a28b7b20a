"""The one flag vocabulary: what a finding may say about a number, in calm words.

A flag is a reason to look, never a verdict. The words are those of the programme's specification.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Flag(StrEnum):
    """What the data say about one number."""

    LOOK_CLOSER = "LOOK_CLOSER"
    BELOW_REFERENCE_SMALL_N = "BELOW_REFERENCE_SMALL_N"
    NO_SIGNAL = "NO_SIGNAL"
    NOT_ENOUGH_DATA = "NOT_ENOUGH_DATA"
    DATA_QUALITY = "DATA_QUALITY"
    NA = "NA"


FLAG_LABELS: dict[Flag, str] = {
    Flag.LOOK_CLOSER: "Look closer",
    Flag.BELOW_REFERENCE_SMALL_N: "Below the reference, few people",
    Flag.NO_SIGNAL: "No signal",
    Flag.NOT_ENOUGH_DATA: "Not enough data",
    Flag.DATA_QUALITY: "Check the data",
    Flag.NA: "Not applicable",
}

FLAG_TEXTS: dict[Flag, str] = {
    Flag.LOOK_CLOSER: (
        "The difference is larger than chance usually explains and larger than the reference line. "
        "This is a reason to look at the step, not a finding of fault."
    ),
    Flag.BELOW_REFERENCE_SMALL_N: (
        "Below the reference line, but one or a few people could change it. Add years or use other evidence."
    ),
    Flag.NO_SIGNAL: "These data do not show a difference. They cannot show that there is none.",
    Flag.NOT_ENOUGH_DATA: "Too few people to say anything.",
    Flag.DATA_QUALITY: "The numbers do not agree with each other: {rule}.",
    Flag.NA: "This cannot be computed here: {rule}.",
}


@dataclass(frozen=True, slots=True)
class Flagged:
    """One flag on one number.

    ``value`` and ``reference`` are in the metric's own unit; ``interval`` is a 95 % interval unless ``reason`` says
    otherwise; ``n`` is the number of people behind ``value``. None means not known or not shown. ``pill`` are the few words in the pill
    where the flag's usual ones would claim what was not found.
    """

    flag: Flag
    metric_id: str
    group: str = ""
    n: int | None = None
    value: float | None = None
    reference: float | None = None
    interval: tuple[float, float] | None = None
    reason: str = ""
    next_step: str = ""
    pill: str = ""

    @property
    def label(self) -> str:
        """The few words in the pill."""
        return self.pill or FLAG_LABELS[self.flag]
