"""Below the reference line, and not beyond chance: said of few people only where it is few, otherwise by the test."""

from __future__ import annotations

from dataclasses import dataclass

from equitybook.flags import FLAG_LABELS, FLAG_TEXTS, Flag
from equitybook.outcomes.human_resources.staff_statistics.present.words import chance
from equitybook.outcomes.wording import SMALL
from equitybook.statistics import Utilisation

ALPHA = 0.05
COULD_BE_CHANCE = "Below the reference, could be chance"


@dataclass(frozen=True, slots=True)
class Said:
    """What one group's number is flagged with: the flag, the words in its pill, and the reason."""

    flag: Flag
    pill: str
    reason: str


def beyond_chance() -> Said:
    """Say that a difference is larger than chance usually explains, in the flag's own words."""
    return Said(Flag.LOOK_CLOSER, FLAG_LABELS[Flag.LOOK_CLOSER], FLAG_TEXTS[Flag.LOOK_CLOSER])


def verdict(found: Utilisation, p: float | None, *, looks: int) -> Said:
    """Judge one group beside what could be expected; ``p`` is corrected for ``looks`` comparisons."""
    if not found.both:
        return Said(Flag.NO_SIGNAL, FLAG_LABELS[Flag.NO_SIGNAL], FLAG_TEXTS[Flag.NO_SIGNAL])
    if p is not None and p <= ALPHA:
        return beyond_chance()
    return below(found.incumbents, one_person=bool(found.one_person), p=p, looks=looks)


def below(n: float, *, one_person: bool, p: float | None, looks: int) -> Said:
    """Say why a number below the line is no more than that.

    Parameters
    ----------
    n
        The people the number rests on.
    one_person
        Whether one person more would lift it to the line.
    p, looks
        The corrected probability, and how many comparisons it is corrected for.

    Notes
    -----
    The programme has one flag for everything below its line that chance could explain. Its words claim that a few people could change it; they
    are used under 20 people (specification 1.4) and where one person more was tried and changes it.
    """
    flag = Flag.BELOW_REFERENCE_SMALL_N
    if n < SMALL or one_person:
        return Said(flag, FLAG_LABELS[flag], FLAG_TEXTS[flag])
    tested = f": {chance(p)}{corrected(looks)}" if p is not None else ""
    return Said(flag, COULD_BE_CHANCE, f"Below the reference line; chance alone could explain it{tested}.")


def corrected(looks: int) -> str:
    """Say that a probability is corrected for having looked so often; nothing for one look."""
    return f", corrected for {looks} comparisons" if looks > 1 else ""
