"""A small report with everything in it, made the way the product makes one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from equitybook import charts
from equitybook.disclosure import Released, Tier, release
from equitybook.findings import TOTAL, CountTable, Finding, Measured, Provenance, Shown
from equitybook.flags import FLAG_TEXTS, Flag, Flagged
from equitybook.report import FindingBlock, Made, Notice, Report, Section, Words
from tests.disclosure.made import dimension, table

RACE = dimension("race", 4, labels=("WHITE", "HISP", "BLACK", "AIAN"))
SEX = dimension("sex", 2, labels=("F", "M"))
HOSTILE = '<script>alert("x")</script> #let x = 1 $a$ *b* _c_ @ref \\ [d] & <img src=x onerror=y>'
AT = dt.datetime(2026, 11, 22, 16, 4, tzinfo=dt.UTC)


def staff(numbers: list[list[int]] | None = None) -> CountTable:
    return table(numbers or [[40, 43], [7, 9], [6, 8], [1, 2]], name="staff", rows=RACE, columns=SEX)


def present(measured: Measured) -> tuple[Finding, ...]:
    """One finding with everything, and one with nothing yet."""
    counts = measured.counts["staff"]
    total = counts.at()
    rows = [(counts.rows.label(code), counts.at(row=code)) for code in counts.row_codes()]
    bars = [charts.RateBar(label, None if n is None or not total else 100 * n / total, None, None, n) for label, n in rows]
    shown = Shown(
        caption="Staff by race and ethnicity",
        columns=("Group", "People"),
        rows=tuple((label, "—" if n is None else f"{n:g}") for label, n in [*rows, ("All", total)]),
        align="lr",
        notes=("— stands for a number that is not shown.",),
    )
    return (
        Finding(
            "T1.share",
            "T1.share",
            "Staff by race and ethnicity",
            sentence=f"{counts.at(row='WHITE') or 0:g} of the {total or 0:g} people in post are White.",
            table=shown,
            chart=charts.rate_bars(bars, title="Share of staff", x_label="Percent of all staff"),
            flags=(
                Flagged(
                    Flag.LOOK_CLOSER, "T1.share", group="HISP", reason=FLAG_TEXTS[Flag.LOOK_CLOSER], next_step="Look at the step."
                ),
            ),
            notices=("A share is not a goal.",),
            provenance=Provenance(
                "Staff list", dt.date(2026, 6, 30), n=total, unknown=0, numerator="people in post", denominator="all people in post"
            ),
        ),
        Finding("T1.nothing", "T1.nothing", "Turnover", empty="Add leavers to see this."),
    )


def released(
    tier: Tier = Tier.T2, *, counts: CountTable | None = None, show: Callable[[Measured], tuple[Finding, ...]] = present
) -> Released:
    return release(Measured(counts={"staff": counts or staff()}), show, tier)


def report(let_out: Released | None = None, *, words: str = HOSTILE, at: dt.datetime = AT) -> Report:
    let_out = let_out or released()
    section = Section(
        "who_works_here",
        "Who works here",
        "Before asking why, see what is.",
        (
            *(FindingBlock(let_out, one.id) for one in let_out.findings),
            Words("What will you look into first, and who will do it?", words),
            Words("What surprised you?", ""),
            Notice("Your coach will ask", ("Why this benchmark?",)),
        ),
    )
    return Report(
        title="Prairie Glen",
        subtitle="Cycle 2: Measures and Workforce",
        community="prairie-glen",
        cycle=2,
        tier=let_out.tier,
        tier_words="the community's coach and the two participants",
        sections=(section,),
        notices=let_out.notices,
        made=Made("equitybook 0.1.0", at, "the community's coach and the two participants", {"Smallest group shown": 5}),
    )


assert TOTAL  # the margin's code is part of what the helpers above rely on
