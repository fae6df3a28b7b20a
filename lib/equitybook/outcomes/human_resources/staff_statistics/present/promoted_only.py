"""Who was promoted, where the number of people who could have been is not shown: people and shares, and no rate."""

from __future__ import annotations

from collections.abc import Sequence

from equitybook.findings import Finding, Measured, Shown
from equitybook.outcomes.human_resources.staff_statistics.present.groups import Margin
from equitybook.outcomes.human_resources.staff_statistics.present.period import period_flags, period_words, provenance
from equitybook.outcomes.human_resources.staff_statistics.present.words import people, percent, rate
from equitybook.outcomes.wording import DASH, NOT_SHOWN, number


def without_rates(measured: Measured, promoted: Sequence[Margin], name: str, title: str) -> Finding:
    """Say how many were promoted, and that the number they would be set beside is not shown."""
    everyone = promoted[0].get()
    was = "was" if everyone == 1 else "were"
    rows = (
        ("All staff", number(everyone), ""),
        *(
            (one.dimension.label(code), number(one.get(code)), percent(rate(one.get(code), one.get())))
            for one in promoted
            for code in one.known()
        ),
    )
    return Finding(
        name,
        name,
        title,
        sentence=f"{period_words(measured.facts)}, {people(everyone)} {was} promoted.",
        table=Shown(
            caption=title,
            columns=("Group", "Promoted", "Share of promoted"),
            rows=rows,
            align="lrr",
            notes=(
                *((NOT_SHOWN,) if any(DASH in row for row in rows) else ()),
                *dict.fromkeys(note for one in promoted for note in one.left_out()),
            ),
        ),
        flags=period_flags(measured, name),
        notices=(
            "No rate is given. It would be per people in the job groups promoted from, and which these are, or how many work in them, is not "
            "shown: small numbers could be worked out from it. Per all staff it would be another rate, and too low.",
            "Reclassifications, lateral and acting moves and automatic steps are no promotions and are not counted.",
        ),
        provenance=provenance(measured, everyone, numerator="promotions", denominator=""),
    )
