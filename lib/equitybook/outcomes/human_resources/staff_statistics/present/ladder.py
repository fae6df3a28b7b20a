"""The same shares at each job group, from service and maintenance up to officials: where the ladder narrows."""

from __future__ import annotations

from equitybook.charts import Shares, stacked_shares
from equitybook.findings import TOTAL, UNKNOWN, Chart, CountTable, Finding, Measured, Provenance, Shown
from equitybook.outcomes.human_resources.staff_statistics.present.groups import Margin, by_row
from equitybook.outcomes.human_resources.staff_statistics.present.headcount import NOTHING_YET, SOURCES
from equitybook.outcomes.human_resources.staff_statistics.present.words import percent, rate, staff_of
from equitybook.outcomes.wording import DASH, NOT_SHOWN, number

ID, METRIC = "HR1.ladder", "HR1.share"
TITLE = "Who is at each level"
NO_JOB_GROUPS = "Your rows have no job groups yet. Add the column “Job group” (the eight of EEO-4), and the levels appear here."


def ladder(measured: Measured) -> Finding:
    """Say the share of each race and sex at each job group, and where the highest level differs most from all staff."""
    race, sex = measured.counts.get("staff.race_jobcat"), measured.counts.get("staff.sex_jobcat")
    if race is None or sex is None:
        return Finding(ID, METRIC, TITLE, empty=NOTHING_YET)
    levels = [code for code in race.column_codes() if code != UNKNOWN and race.at(column=code)]
    if not levels:
        return Finding(ID, METRIC, TITLE, empty=NO_JOB_GROUPS)
    unknown = race.at(column=UNKNOWN)
    return Finding(
        ID,
        METRIC,
        TITLE,
        sentence=_sentence(race, sex, levels),
        table=_table(race, sex, levels),
        chart=_chart(race, levels),
        notices=(f"{number(unknown)} people have no job group on record and are on no level here.",) if unknown else (),
        provenance=Provenance(
            source=SOURCES.get(measured.facts["source"], ""),
            as_of=measured.facts["snapshot"],
            n=race.at(),
            unknown=unknown,
            numerator="people of the group in the job group",
            denominator="people in the job group whose group is known",
        ),
    )


def _sentence(race: CountTable, sex: CountTable, levels: list[str]) -> str:
    """Set the highest level with enough people beside all staff, for the group whose share falls most."""
    top = next((code for code in levels if by_row(race, code).whole.comparable or by_row(sex, code).whole.comparable), None)
    if top is None:
        return "No job group has enough people to compare its shares with those of all staff."
    falls = []
    for table in (race, sex):
        here, everyone = by_row(table, top), by_row(table)
        if not (here.whole.comparable and everyone.whole.comparable):
            continue
        for code in everyone.known():
            at_top, of_all = rate(here.get(code), here.whole.n), rate(everyone.get(code), everyone.whole.n)
            if at_top is not None and of_all is not None:
                falls.append((at_top - of_all, at_top, of_all, staff_of(table.rows.name, table.rows.label(code))))
    level = f"{number(race.at(column=top))} {race.columns.label(top).lower()}"
    if not falls or min(falls)[0] > -1:
        return f"Among the {level}, no group's share is more than a point below its share of all staff."
    _, at_top, of_all, who = min(falls)
    return f"{who[:1].upper()}{who[1:]} are {percent(of_all)} of all staff, and {percent(at_top)} of the {level}."


def _table(race: CountTable, sex: CountTable, levels: list[str]) -> Shown:
    columns = [(race, code) for code in by_row(race).known() if race.at(code)] + [
        (sex, code) for code in by_row(sex).known() if sex.at(code)
    ]
    rows = [_row(race.columns.label(level), race.at(column=level), columns, level) for level in levels]
    rows.append(_row("All staff", race.at(), columns, TOTAL))
    hidden = any(DASH in row for row in rows)
    return Shown(
        caption=TITLE,
        columns=("Job group", "People", *(table.rows.label(code) for table, code in columns)),
        rows=tuple(rows),
        align="lr" + "r" * len(columns),
        notes=(
            "People, and their share of those in the job group whose group is known, where these are ten or more.",
            *((NOT_SHOWN,) if hidden else ()),
            *dict.fromkeys(by_row(race).left_out() + by_row(sex).left_out()),
        ),
    )


def _row(label: str, n: float | None, columns: list[tuple[CountTable, str]], level: str) -> tuple[str, ...]:
    return (label, number(n), *(_cell(by_row(table, level), code) for table, code in columns))


def _cell(groups: Margin, code: str) -> str:
    share = rate(groups.get(code), groups.whole.n) if groups.whole.comparable else None
    return number(groups.get(code)) if share is None else f"{number(groups.get(code))} ({percent(share)})"


def _chart(race: CountTable, levels: list[str]) -> Chart | None:
    rows = []
    for level in [*levels, TOTAL]:
        groups = by_row(race, level)
        if groups.whole.comparable:
            shares = {
                race.rows.label(code): rate(groups.get(code), groups.whole.n) for code in by_row(race).known() if race.at(code)
            }
            rows.append(Shares("All staff" if level == TOTAL else race.columns.label(level), groups.whole.n, shares))
    return stacked_shares(rows, title="Share of each race and ethnicity at each level") if len(rows) > 1 else None
