"""The same shares at each job group, from service and maintenance up to officials: where the ladder narrows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from equitybook.charts import Shares, stacked_shares
from equitybook.findings import MIN_DENOMINATOR, TOTAL, UNKNOWN, Chart, CountTable, Finding, Measured, Provenance, Shown
from equitybook.outcomes.human_resources.staff_statistics.present.groups import Margin, by_row
from equitybook.outcomes.human_resources.staff_statistics.present.headcount import NOTHING_YET, SOURCES
from equitybook.outcomes.human_resources.staff_statistics.present.words import people, percent, rate, staff_of
from equitybook.outcomes.wording import DASH, NOT_SHOWN, in_words, listing, number

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
    sentence, told_of = _sentence(race, sex, levels)
    chart = _chart(told_of, levels)
    return Finding(
        ID,
        METRIC,
        TITLE,
        sentence=sentence,
        table=_table(race, sex, levels),
        chart=chart,
        notices=(*_other_grouping(race, sex, told_of, chart), *_not_on_record(race, sex)),
        provenance=Provenance(
            source=SOURCES.get(measured.facts["source"], ""),
            as_of=measured.facts["snapshot"],
            n=race.at(),
            numerator="people of the group in the job group",
            denominator=_whose(race, sex),
        ),
    )


def _sentence(race: CountTable, sex: CountTable, levels: list[str]) -> tuple[str, CountTable]:
    """Set the highest level with shares beside all staff, for the group whose share falls most; and give the table it is in."""
    gaps = next((found for level in levels if (found := [one for table in (race, sex) for one in _gaps(table, level)])), [])
    if not gaps:
        # Many may work there, their numbers hidden so that small ones cannot be worked out.
        seen = " whose numbers are shown" if any(_some_hidden(race, sex, level) for level in levels) else ""
        return f"No job group has enough people{seen} to compare its shares with those of all staff.", race
    widest = min(gaps, key=lambda one: one.points)
    if widest.points > -1:
        level = race.columns.label(widest.level).lower()
        which = (
            "of the groups that can be shown, none has a share" if _some_hidden(race, sex, widest.level) else "no group’s share is"
        )
        return f"Among {level}, {which} more than a point below its share of all staff.", race
    return widest.words(), widest.table


@dataclass(frozen=True, slots=True)
class _Gap:
    """A group's share at one level and of all staff, in percent."""

    table: CountTable
    level: str
    code: str
    at_level: float
    of_all: float

    @property
    def points(self) -> float:
        """How far the share is above that of all staff, in points; below 0 where it falls."""
        return self.at_level - self.of_all

    def words(self) -> str:
        """Say both shares, and of how many people the first is one."""
        known, everyone = _level(self.table, self.level).whole, self.table.at(column=self.level)
        who = staff_of(self.table.rows.name, self.table.rows.label(self.code))
        whose = "" if known.n == everyone else f" whose {_title(self.table)} is known"
        level = f"{number(known.n)} {_people_in(self.table.columns.label(self.level))}{whose}"
        among = f", {_unknowns_among(self.table)}" if _of_all(self.table) else ""
        return f"{who[:1].upper()}{who[1:]} are {percent(self.of_all)} of all staff, and {percent(self.at_level)} of the {level}{among}."


def _of_all(table: CountTable) -> bool:
    """Whether the unknowns of some job group are not shown. Then every share of the grouping is of all people: unlike shares do not compare."""
    levels = [code for code in (*table.column_codes(), TOTAL) if code != UNKNOWN]
    return any(table.at(UNKNOWN, code) is None for code in levels if table.at(column=code))


def _level(table: CountTable, level: str = TOTAL) -> Margin:
    """Read one level, with what its shares are of."""
    return replace(by_row(table, level), of_all=_of_all(table))


def _unknowns_among(table: CountTable) -> str:
    return f"those of unknown {_title(table)} among them"


def _whose(race: CountTable, sex: CountTable) -> str:
    """Say of whom the shares are, for each grouping where the two differ."""
    of_all = [table for table in (race, sex) if _of_all(table)]
    if len(of_all) == 1:
        return f"people in the job group whose group is known; by {_title(of_all[0])}, all people in the job group, {_unknowns_among(of_all[0])}"
    return (
        "all people in the job group, those of unknown group among them"
        if of_all
        else "people in the job group whose group is known"
    )


def _people_in(job_group: str) -> str:
    """Name the people of a job group: some of the form's names are names of people, some of work."""
    label = job_group.lower()
    return f"people in {label}" if label.endswith(("support", "maintenance")) else label


def _gaps(table: CountTable, level: str) -> Iterator[_Gap]:
    here, everyone = _level(table, level), _level(table)
    if not (here.whole.comparable and everyone.whole.comparable):
        return
    for code in everyone.known():
        at_level, of_all = rate(here.get(code), here.whole.n), rate(everyone.get(code), everyone.whole.n)
        if at_level is not None and of_all is not None:
            yield _Gap(table, level, code, at_level, of_all)


def _some_hidden(race: CountTable, sex: CountTable, level: str) -> bool:
    return any(by_row(table, level).left_out() for table in (race, sex))


def _title(table: CountTable) -> str:
    return table.rows.title.lower()


def _drawn(table: CountTable, levels: list[str]) -> list[str]:
    """Give the levels with a bar: enough people, and a share that is there."""
    return [level for level in levels if _level(table, level).whole.comparable and _level(table, level).known()]


def _not_drawn(table: CountTable, levels: list[str]) -> str:
    """Name the job groups that have no bar, and why; nothing where all have one."""
    drawn = _drawn(table, levels)
    gone = [level for level in levels if level not in drawn]
    if not gone:
        return ""
    unknown = "" if all(by_row(table, level).whole.mostly_known for level in gone) else ", or many whose is not"
    hidden = ", or numbers that are not shown" if any(by_row(table, level).left_out() for level in gone) else ""
    why = f"fewer than {in_words(MIN_DENOMINATOR)} people whose {_title(table)} is known{hidden}{unknown}"
    return f"Not in the picture ({why}): {listing(table.columns.label(level).lower() for level in gone)}."


def _other_grouping(race: CountTable, sex: CountTable, told_of: CountTable, chart: Chart | None) -> tuple[str, ...]:
    other = sex if told_of is race else race
    return (f"The picture shows {_title(told_of)}; {_title(other)} is in the table.",) if chart else ()


def _not_on_record(race: CountTable, sex: CountTable) -> tuple[str, ...]:
    """Say who is in no share for want of a record: of the job group, and of each grouping; or that they are in all of them."""
    kept_out = [one for one in (race, sex) if not _of_all(one)]
    lacking = [("job group", race.at(column=UNKNOWN)), *((_title(one), one.at(UNKNOWN)) for one in kept_out)]
    said = [_have_none(what, n) for what, n in lacking if n]
    counted_in = tuple(
        f"{f'{_have_none(_title(one), n)}. ' if (n := one.at(UNKNOWN)) else ''}How many in each job group have no {_title(one)} on record is not "
        f"shown, so shares by {_title(one)} are of all people, {_unknowns_among(one)}."
        for one in (race, sex)
        if one not in kept_out
    )
    return ((f"{listing(said)}. They are in no share that needs it.",) if said else ()) + counted_in


def _have_none(what: str, n: float) -> str:
    return f"{people(n)} {'has' if n == 1 else 'have'} no {what} on record"


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
            f"People, and where ten or more are counted, their share. It is of: {_whose(race, sex)}.",
            *((NOT_SHOWN,) if hidden else ()),
            *dict.fromkeys(by_row(race).left_out() + by_row(sex).left_out()),
        ),
    )


def _row(label: str, n: float | None, columns: list[tuple[CountTable, str]], level: str) -> tuple[str, ...]:
    return (label, number(n), *(_cell(_level(table, level), code) for table, code in columns))


def _cell(groups: Margin, code: str) -> str:
    share = rate(groups.get(code), groups.whole.n) if groups.whole.comparable else None
    return number(groups.get(code)) if share is None else f"{number(groups.get(code))} ({percent(share)})"


def _chart(table: CountTable, levels: list[str]) -> Chart | None:
    rows = []
    for level in _drawn(table, [*levels, TOTAL]):
        groups = _level(table, level)
        shares = {
            table.rows.label(code): rate(groups.get(code), groups.whole.n) for code in by_row(table).known() if table.at(code)
        }
        rows.append(Shares("All staff" if level == TOTAL else table.columns.label(level), groups.whole.n, shares))
    if len(rows) < 2:  # noqa: PLR2004 - one bar compares nothing
        return None
    among = f"Shares are of all people, {_unknowns_among(table)}." if _of_all(table) else ""
    note = " ".join(filter(None, (among, _not_drawn(table, levels))))
    return stacked_shares(rows, title=f"Share of each {_title(table)} at each level", note=note)
