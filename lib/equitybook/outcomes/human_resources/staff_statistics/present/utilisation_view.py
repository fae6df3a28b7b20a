"""Five usual questions for each group in each job group, all answered, since they often disagree."""

from __future__ import annotations

from equitybook.findings import Finding, Measured, Provenance, Shown, Statistic
from equitybook.flags import FLAG_TEXTS, Flag, Flagged
from equitybook.outcomes.human_resources.staff_statistics.dimensions import GROUP_DIMENSIONS
from equitybook.outcomes.human_resources.staff_statistics.present.expected import AVAILABILITY, Expected, expected
from equitybook.outcomes.human_resources.staff_statistics.present.headcount import SOURCES
from equitybook.outcomes.human_resources.staff_statistics.present.reference import ALPHA, Said, verdict
from equitybook.outcomes.human_resources.staff_statistics.present.representation import NO_SHARES
from equitybook.outcomes.human_resources.staff_statistics.present.words import chance, percent
from equitybook.outcomes.wording import in_words, listing, number
from equitybook.statistics import holm

ID, METRIC = "HR1.utilisation", "HR1.util_shortfall"
TITLE = "Five questions for each job group"
LEAST = 5
"""Fewer people in a job group answer nothing (specification 8.1)."""
MOST_FLAGS = 3
TOO_FEW = (
    "There is no row to show: the job groups with a share filled in have fewer than five people whose group is known, or their numbers are not shown, "
    "because they are small or because small ones could be worked out from them."
)


def utilisation_view(measured: Measured) -> Finding:
    """Answer the five questions for every job group and group with a share filled in."""
    if not any(one.id == AVAILABILITY for one in measured.statistics):
        return Finding(ID, METRIC, TITLE, empty=NO_SHARES)
    cells = sorted(
        (one for one in expected(measured) if one.found.incumbents >= LEAST and one.found.ratio is not None),
        key=lambda one: one.jobcat,
    )
    if not cells:
        return Finding(ID, METRIC, TITLE, empty=TOO_FEW)
    adjusted = holm([one.found.p for one in cells])
    verdicts = [verdict(one.found, p, looks=len(cells)) for one, p in zip(cells, adjusted, strict=True)]
    return Finding(
        ID,
        METRIC,
        TITLE,
        sentence=_sentence(cells, verdicts),
        table=_table(cells, adjusted, verdicts),
        flags=_flags(cells, verdicts),
        notices=(
            *_missing(measured, cells),
            *_corrected(len(cells)),
            "This is arithmetic from federal contracting rules, used here to decide where to look. It is no quota and justifies no preference.",
            "Census tables have no row for paraprofessionals and divide protective service. Say in the source which row you took.",
        ),
        provenance=Provenance(
            source=listing([SOURCES.get(measured.facts["source"], ""), *measured.facts["availability_sources"]]),
            as_of=measured.facts["snapshot"],
            n=sum(
                {(one.dimension, one.jobcat): one.found.incumbents for one in cells if one.dimension == cells[0].dimension}.values()
            ),
            numerator="people expected less people there",
            denominator=_whose(cells),
        ),
    )


def _missing(measured: Measured, cells: list[Expected]) -> tuple[str, ...]:
    """Say that some rows are not there, which makes the others no fair sample."""
    shares = [one for one in measured.statistics if one.id == AVAILABILITY]
    seen = {f"{one.group}/{one.jobcat}" for one in cells}
    gone = any(one.group not in seen and (one.value is None or _not_shown(measured, one)) for one in shares)
    return ("Rows whose numbers are not shown are left out, so these rows are not the whole picture.",) if gone else ()


def _not_shown(measured: Measured, one: Statistic) -> bool:
    table, (group, jobcat) = measured.counts.get(one.counted_in), one.group.split("/")
    return table is None or table.at(group, jobcat) is None


def _corrected(rows: int) -> tuple[str, ...]:
    if rows == 1:
        return ()
    return (
        f"With {in_words(rows)} rows, chance alone can set one apart; the test is corrected for looking at all of them (Holm).",
    )


def _whose(cells: list[Expected]) -> str:
    """Say whom "Of" counts, for the rows where it cannot leave out people of unknown group."""
    of_all = dict.fromkeys(one.job_group.lower() for one in cells if one.of_all)
    if not of_all:
        return "people in the job group whose group is known"
    if all(one.of_all for one in cells):
        return "all people in the job group, those of unknown group among them"
    # By race the unknowns of a job group may be hidden while by sex they are there.
    by = dict.fromkeys(GROUP_DIMENSIONS[one.dimension].title.lower() for one in cells if one.of_all)
    where = f"{listing(of_all)}, by {listing(by)}"
    return f"people in the job group whose group is known; among {where}, all people, those of unknown group among them"


def _of(cells: list[Expected]) -> str:
    """Say whom "Of" counts, and what that does to the rows with people of unknown group in it."""
    said = f"Of: {_whose(cells)}."
    if not any(one.of_all for one in cells):
        return said
    return f"{said} How many are of unknown group is not shown there; each of them makes what could be expected a little too high."


def _sentence(cells: list[Expected], verdicts: list[Said]) -> str:
    short = [one for one, said in zip(cells, verdicts, strict=True) if said.flag is not Flag.NO_SIGNAL]
    if not short:
        where = (
            "The one group with a share filled in is not"
            if len(cells) == 1
            else f"In none of the {in_words(len(cells))} rows is a group"
        )
        return f"{where} both under four fifths of what could be expected and short by a whole person."
    one = max(short, key=lambda one: one.found.shortfall or 0)
    how_many = "the one row" if len(cells) == 1 else f"{in_words(len(short))} of {in_words(len(cells))} rows"
    which = "It is" if len(short) == 1 else "The widest:"
    return (
        f"In {how_many} a group is under four fifths of what could be expected and short by at least one person. {which} {one.label} among "
        f"{one.job_group.lower()}, {number(one.found.people)} of {number(one.found.incumbents)} where {one.found.expected:.1f} could be expected."
    )


def _yes(answer: bool | None) -> str:
    return "yes" if answer else "no"


def _more_than_chance(one: Expected, adjusted: float | None) -> str:
    """Answer for a group that is short; whether a surplus is more than chance is not asked here."""
    if not one.found.any_difference:
        return "not short"
    return _yes(False) if adjusted is None else f"{_yes(adjusted <= ALPHA)} ({chance(adjusted)})"


def _table(cells: list[Expected], adjusted: tuple[float | None, ...], verdicts: list[Said]) -> Shown:
    rows = tuple(
        (
            one.job_group,
            one.label,
            number(one.found.people),
            number(one.found.incumbents),
            percent(100 * float(one.found.availability or 0)),
            f"{one.found.expected or 0:.1f}",
            f"{one.found.shortfall or 0:.1f}" if one.found.any_difference else "not short",
            _yes(one.found.any_difference),
            _yes(one.found.whole_person),
            _yes(one.found.eighty),
            _yes(one.found.both),
            _more_than_chance(one, p),
            said.pill,
        )
        for one, p, said in zip(cells, adjusted, verdicts, strict=True)
    )
    return Shown(
        caption=TITLE,
        columns=(
            "Job group",
            "Group",
            "People",
            "Of",
            "Could be expected",
            "That is",
            "Short by",
            "Any difference",
            "A whole person",
            "Under four fifths",
            "Both",
            "More than chance",
            "What to do",
        ),
        rows=rows,
        align="llrrrrrlllll" + "l",
        notes=(
            "Both: under four fifths and a whole person short. What to do follows this answer.",
            _how_to_read_p(len(cells)),
            _of(cells),
        ),
    )


def _how_to_read_p(rows: int) -> str:
    """Say what p is, and that it is the corrected one: the flags give the same number."""
    said = (
        "More than chance: p says how often chance alone would set a group at least this far apart, if everybody available were equally likely to be here "
        "(exact binomial test, two-sided). A small p makes chance an unlikely explanation."
    )
    if rows == 1:
        return said
    return (
        f"{said} Among {in_words(rows)} rows some small p come by chance alone, so the p given is corrected for all of them, and larger than that of "
        f"one row taken by itself. “Yes” is {ALPHA:g} or less."
    )


def _flags(cells: list[Expected], verdicts: list[Said]) -> tuple[Flagged, ...]:
    short = [(one, said) for one, said in zip(cells, verdicts, strict=True) if said.flag is not Flag.NO_SIGNAL]
    # A dozen pills say less than three: the table holds them all.
    first = sorted(short, key=lambda pair: (pair[1].flag is not Flag.LOOK_CLOSER, -(pair[0].found.shortfall or 0)))
    shown = first[: max(MOST_FLAGS, sum(said.flag is Flag.LOOK_CLOSER for _, said in short))]
    made = [
        Flagged(
            said.flag,
            METRIC,
            group=f"{one.label}, {one.job_group}",
            n=one.found.incumbents,
            value=one.found.people,
            reference=one.found.expected,
            reason=said.reason,
            next_step="Look at how these jobs are filled: where they are posted, who applies, who is promoted into them.",
            pill=said.pill,
        )
        for one, said in shown
    ]
    step = "Go on to who stays and who moves up."
    return tuple(made) or (Flagged(Flag.NO_SIGNAL, METRIC, reason=FLAG_TEXTS[Flag.NO_SIGNAL], next_step=step),)
