"""How many people work here, whether payroll agrees, and what the list leaves blank."""

from __future__ import annotations

from collections.abc import Iterator

from equitybook.findings import TOTAL, UNKNOWN, Finding, Measured, Provenance, Shown
from equitybook.flags import FLAG_TEXTS, Flag, Flagged
from equitybook.outcomes.human_resources.staff_statistics.present.words import (
    TOO_SMALL,
    payday,
    people,
    percent,
    rate,
    unread_words,
)
from equitybook.outcomes.human_resources.staff_statistics.tables import Grid, Roster, Setup
from equitybook.outcomes.wording import NOT_SHOWN, listing, number

ID = "HR1.headcount"
TITLE = "How many people work here"
NOTHING_YET = "Upload a staff list or fill in the table of staff counts, and the picture appears here."
SOURCES = {"roster": "Staff list", "grid": "Table of staff counts"}


def headcount(measured: Measured) -> Finding:
    """Say the headcount, whether it agrees with payroll, and how many people lack which entry."""
    table = measured.counts.get("staff.pay")
    if table is None:
        return Finding(ID, ID, TITLE, empty=NOTHING_YET)
    total = table.at()
    if total is None:
        return Finding(ID, ID, TITLE, empty=TOO_SMALL)
    blanks = _blanks(measured)
    rows = [("All staff in post", total), *((table.rows.label(code), table.at(code)) for code in table.row_codes())]
    rows = [row for row in rows if row[1] != 0 or row[0] == "All staff in post"]
    shown = Shown(
        caption=f"Staff in post on {payday(measured.facts)}",
        columns=("", "People", "Share of all"),
        rows=(
            *((label, number(n), percent(rate(n, total))) for label, n in rows),
            *((label, number(n), "") for label, n in _payroll_rows(measured)),
            *((label, number(n), percent(rate(n, total))) for label, n in blanks),
        ),
        align="lrr",
        notes=(NOT_SHOWN,) if any(n is None for _, n in [*rows, *blanks]) else (),
    )
    return Finding(
        ID,
        ID,
        TITLE,
        sentence=_sentence(measured, total),
        table=shown,
        flags=_flags(measured, total),
        notices=_notices(measured, total, blanks),
        provenance=Provenance(
            source=SOURCES.get(measured.facts["source"], ""),
            as_of=measured.facts["snapshot"],
            n=total,
            numerator="people in post on the payday",
        ),
    )


def _sentence(measured: Measured, total: float) -> str:
    table = measured.counts["staff.pay"]
    parts = [f"{number(n)} {table.rows.label(code).lower()}" for code in table.row_codes() if (n := table.at(code))]
    said = f"{people(total)} {'works' if total == 1 else 'work'} here as of {payday(measured.facts)}"
    said += f": {listing(parts)}." if len(parts) > 1 else "."
    payroll = measured.statistic("HR1.payroll")
    if payroll is None or payroll.value is None:
        return said
    if payroll.value == total:
        return f"{said} Payroll counts the same."
    more = "fewer" if payroll.value > total else "more"
    return f"{said} Payroll counts {number(payroll.value)}: {number(abs(payroll.value - total))} {more} here."


def _payroll_rows(measured: Measured) -> list[tuple[str, float | None]]:
    payroll, other = measured.statistic("HR1.payroll"), measured.statistic("HR1.other_headcount")
    rows: list[tuple[str, float | None]] = [("On the payroll", payroll.value)] if payroll else []
    return [*rows, ("In the table of staff counts", other.value)] if other else rows


def _blanks(measured: Measured) -> list[tuple[str, float | None]]:
    where = [
        ("Race or ethnicity not recorded", "staff.race_sex", UNKNOWN, TOTAL),
        ("Sex not recorded", "staff.race_sex", TOTAL, UNKNOWN),
        ("Job group not recorded", "staff.race_jobcat", TOTAL, UNKNOWN),
    ]
    if measured.facts["source"] == "roster":
        where += [("Yearly pay blank", "staff.pay", TOTAL, "BLANK"), ("Hire date blank", "staff.hired", TOTAL, "BLANK")]
    counts = measured.counts
    return [(label, counts[table].at(row, column) if table in counts else None) for label, table, row, column in where]


_BLANK_WORDS = {
    "Race or ethnicity not recorded": "no race or ethnicity on record",
    "Sex not recorded": "no sex on record",
    "Job group not recorded": "no job group",
    "Yearly pay blank": "no yearly pay",
    "Hire date blank": "no hire date",
}


def _notices(measured: Measured, total: float, blanks: list[tuple[str, float | None]]) -> tuple[str, ...]:
    facts = measured.facts
    said = [f"{number(n)} of {people(total)} {'has' if n == 1 else 'have'} {_BLANK_WORDS[label]}." for label, n in blanks if n]
    if measured.counts["staff.pay"].at("SEASONAL"):
        said.append("Seasonal and temporary staff on that payroll are counted here. Turnover, retention and tenure leave them out.")
    if facts["source"] == "grid":
        said.append("New hires are already in the full-time rows; the rows for new hires are not added.")
    if facts["snapshot_from"] != "entered":
        said.append("Enter the payday above: a headcount can be set beside payroll only when both are of one day.")
    elif facts["source"] == "roster":
        said.append("People who had left by that day, or were hired after it, are not in post and not counted.")
    if measured.statistic("HR1.other_headcount"):
        said.append("You filled in both a staff list and the table of staff counts. We used the staff list.")
    return tuple(said)


def _flags(measured: Measured, total: float) -> tuple[Flagged, ...]:
    flags = list(_unread(measured, total))
    payroll = measured.statistic("HR1.payroll")
    if payroll is not None and payroll.value is not None and payroll.value != total:
        rule = f"the rows count {people(total)} and payroll counts {number(payroll.value)}"
        flags.append(
            _check_the_data(
                rule,
                total,
                payroll.value,
                "Ask payroll who is on one list and not on the other, then correct the rows or the total.",
            )
        )
    if measured.facts["sources_differ"]:
        rule = "the table of staff counts does not match the staff list"
        flags.append(_check_the_data(rule, total, None, "Correct one of the two, or clear the table of staff counts."))
    return tuple(flags)


def _unread(measured: Measured, total: float) -> Iterator[Flagged]:
    """Flag what keeps the headcount from being checked, or from being right."""
    if measured.facts["payroll_unread"]:
        label = Setup.table.column("payroll_headcount").label
        yield _check_the_data(f"“{label}” cannot be read as a number", total, None, "Write it in digits, for example 112.")
    for rule, step in unread_words(measured.facts, Roster if measured.facts["source"] == "roster" else Grid):
        yield _check_the_data(rule, total, None, step)


def _check_the_data(rule: str, value: float, reference: float | None, next_step: str) -> Flagged:
    reason = FLAG_TEXTS[Flag.DATA_QUALITY].format(rule=rule)
    return Flagged(
        Flag.DATA_QUALITY, ID, group=TOTAL, n=int(value), value=value, reference=reference, reason=reason, next_step=next_step
    )
