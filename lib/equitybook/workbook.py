"""The only glue a notebook talks to: forms, tables, uploads, findings, words, submitting. One line a cell."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from functools import partial, wraps
from html import escape
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from IPython.display import HTML

from equitybook.analysis import Answers
from equitybook.charter.carried import Carried, carried
from equitybook.charter.tables import Charter, Decisions, Evidence, Measures, Profile
from equitybook.charter.versions import charter_changes
from equitybook.errors import ConfigError, EquitybookError
from equitybook.findings import Finding
from equitybook.outcomes import gate, requests
from equitybook.outcomes.registry import all_outcomes, outcome, table
from equitybook.outcomes.wording import step_address
from equitybook.place import Place, arrive
from equitybook.recap import carried_html, recap_html
from equitybook.report.fragments import finding_html, sources_html
from equitybook.reviews import comment_html, said_before, worked_at
from equitybook.standing import Standing, statuses
from equitybook.store.handle import changed_since
from equitybook.widgets import ChangesPanel, Check, EntryForm, EntryGrid, FileImport, FindingView, MatrixEntry, SubmitPanel
from equitybook.widgets.entry import Layout, form_html, grid_html

if TYPE_CHECKING:
    from equitybook.outcomes.content import Step
    from equitybook.outcomes.registry import Outcome
    from equitybook.reviews import Comment
    from equitybook.store.handle import Handle

_log = logging.getLogger(__name__)
_P = ParamSpec("_P")

_REQUESTED = "Counts as done: the data are asked for."
CHARTER = "CHARTER"

Shown = ChangesPanel | EntryForm | EntryGrid | FileImport | FindingView | MatrixEntry | SubmitPanel | HTML


def open_workbook(community: str = "", cycle: int = 1) -> Workbook:
    """Open one town's workbook of one cycle.

    Parameters
    ----------
    community
        The town's folder name; empty is the signed-in team's (or, in JupyterLab, the one it was started with).
    cycle
        Which of the programme's cycles, from 1.

    Raises
    ------
    AccessError
        If the page was opened for another town or cycle.
    ConfigError
        If the cohort, the town or the cycle cannot be found.
    """
    place, handle = arrive(community, cycle)
    return Workbook(place, handle)


def _part(make: Callable[Concatenate[Workbook, _P], Shown]) -> Callable[Concatenate[Workbook, _P], Shown]:
    """Let one part of the page fail by itself where somebody is reading it.

    A notebook that raises stops, and everything below stays empty. Where coaches generate workbooks, an error is an error.
    """

    @wraps(make)
    def shown(self: Workbook, /, *args: _P.args, **kwargs: _P.kwargs) -> Shown:
        try:
            return make(self, *args, **kwargs)
        except Exception as error:
            if not self.place.served:
                raise
            _log.exception("A part of the workbook could not be shown.")
            said = str(error) if isinstance(error, EquitybookError) else "Your coach can find out why from the server's log."
            return HTML(
                f'<div class="eq-alert" role="alert"><p>This part could not be shown. What you typed is saved. {escape(said)}</p></div>'
            )

    return shown


def _line(check: gate.Check, step: Step | None) -> Check:
    where = step_address(step.title) if step else ""
    return Check(text=check.text, done=check.done, where=where, detail=_REQUESTED if check.requested else "")


def _name_column(table_id: str, key: str) -> str:
    """The column that names a row for people: the one after its code."""
    names = [column.name for column in table(table_id).columns]
    return names[names.index(key) + 1]


class Workbook:
    """One town's workbook of one cycle: every method is one cell's last line and returns what is shown there.

    It holds nothing that is not in the store: closing the page loses nothing.
    """

    def __init__(self, place: Place, handle: Handle, *, today: dt.date | None = None) -> None:
        self.place = place
        self._handle = handle
        self._today = today or dt.datetime.now(tz=dt.UTC).astimezone().date()
        self._panel: SubmitPanel | None = None
        self._known: dict[str, tuple[int, Answers, tuple[Finding, ...]]] = {}
        self._stands: tuple[int, list[Standing]] | None = None

    def __repr__(self) -> str:
        return f"{self.place.town}, cycle {self.place.cycle}: {self.place.title}"

    @_part
    def recap(self) -> Shown:
        """What is carried in, what is done, what is still to check, and what was submitted."""

        def draw(view: FindingView) -> None:
            submissions = self._handle.submissions(self.place.cycle)
            changed = bool(submissions) and changed_since(self._handle, submissions[-1])
            said = said_before(self._handle, self.place.cycle)
            html = recap_html(
                self.place,
                list(statuses(self._standings(), [one for one in said if one.id.cycle == self.place.cycle]).values()),
                submissions,
                today=self._today,
                changed=changed,
                carried=carried_html(self._carried(), first=CHARTER in self.place.outcomes) + self._comments(said),
            )
            view.show(html)

        return self._live(draw)

    @_part
    def form(self, table_id: str) -> Shown:
        """The form of a table with one record."""
        declared = table(table_id)
        [values] = [record.values() for record in self._handle.read(table_id)] or [{}]
        return EntryForm(declared, values=values, example=self._example(table_id))

    @_part
    def table(self, table_id: str, *, step: str = "", layout: Layout = "grid") -> Shown:
        """The entry grid of a table.

        With ``step="PM2.cards"`` it shows the columns that step is about; with ``layout="cards"`` each row is a card, for tables
        with many columns.
        """
        declared = table(table_id)
        fields = self._fields(table_id, step)
        rows = [] if self.place.served else [record.values() for record in self._handle.read(table_id)]
        example = self._example(table_id, fields)
        return EntryGrid(declared, empty=declared.empty, rows=rows, fields=fields, layout=layout, example=example)

    @_part
    def matrix(self, table_id: str) -> Shown:
        """A table that pairs the rows of two others, as a grid: its first two columns say which, its third is the choice."""
        declared = table(table_id)
        down, across, choice = declared.columns[:3]
        tables = {one.name: one.refers.split(".")[0] for one in (down, across)}
        still = (*tables.values(), table_id)
        return MatrixEntry(
            declared,
            rows=tables[down.name],
            row_key=down.name,
            row_label=_name_column(tables[down.name], down.name),
            columns=tables[across.name],
            column_key=across.name,
            column_label=_name_column(tables[across.name], across.name),
            value=choice.name,
            empty=declared.empty,
            still={} if self.place.served else {one: [record.values() for record in self._handle.read(one)] for one in still},
        )

    @_part
    def changes(self, table_id: str) -> Shown:
        """The buttons that change what others build upon, with a reason: ``"charter"`` or ``"measures"``."""
        return ChangesPanel(table_id)

    @_part
    def upload(self, kind: str = "roster") -> Shown:
        """The place to upload a file: ``"roster"``, ``"census"``, or ``"table:<id>"`` for a table's own file."""
        return FileImport(kind)

    @_part
    def words(self, code: str, *, step: str) -> Shown:
        """The questions of one step, answered in words."""
        guide = outcome(code).guide
        prompts = [one.id for one in guide.prompts_of(step)]
        [values] = [record.values() for record in self._handle.read(guide.words_table)] or [{}]
        return EntryForm(table(guide.words_table), fields=prompts, label=guide.step(step).title, values=values)

    @_part
    def finding(self, finding_id: str) -> Shown:
        """One thing the data say, brought up to date whenever something is saved."""
        code = finding_id.split(".")[0]
        one = outcome(code)
        tables = [row.table.id for row in one.looked_at if row.table.id != one.guide.words_table]

        def draw(view: FindingView) -> None:
            found = self._finding(code, finding_id)
            charts = {found.id: dict(found.chart.spec)} if found.chart else {}
            view.show(finding_html(found, chart="slot"), charts, still=partial(finding_html, found, chart="svg"))

        return self._live(draw, tables=tables)

    @_part
    def eeo4(self) -> Shown:
        """The EEO-4 form as a spreadsheet, made from the staff list or the table of counts when it is fetched."""
        if not self.place.served:
            return HTML("<p>Open this workbook on its page to fetch the EEO-4 form.</p>")
        address = f"{self.place.base}equitybook/api/downloads/eeo4.xlsx"
        return HTML(f'<p><a class="eq-button" href="{escape(address)}" download>Fetch your EEO-4 form (Excel)</a></p>')

    @_part
    def sources(self, *codes: str) -> Shown:
        """Where the outcomes' rules, figures and wordings come from, with the dates they were looked at, and the law around them."""
        [profile] = [record.values() for record in self._handle.read(Profile.table.id)] or [{}]
        employees = profile.get("employees_total")
        return HTML("".join(sources_html(outcome(code).guide, employees if isinstance(employees, int) else None) for code in codes))

    @_part
    def for_coach(self, *codes: str) -> Shown:
        """The coach's question on each outcome, and where to see what the coach will see."""
        address = f"{self.place.base}towns/{self.place.community}/{self.place.slug}.html"
        link = (
            f'<p><a href="{address}" target="_blank" rel="noopener">See the page your coach sees (opens in a new tab)</a></p>'
            if self.place.served
            else ""
        )
        guides = [outcome(code).guide for code in codes]
        questions = "".join(f"<li>{escape(guide.title)}: <strong>{escape(guide.coach_question)}</strong></li>" for guide in guides)
        return HTML(f'<div class="eq-coach"><p>Your coach will ask:</p><ul>{questions}</ul>{link}</div>')

    @_part
    def deliverable(self) -> Shown:
        """The cycle's one page, filled in from what is there, and the way to print it."""
        address = f"{self.place.base}summary/{self.place.slug}-one-page.pdf"
        link = f'<p><a class="eq-button" href="{escape(address)}" download>Print it (PDF)</a></p>' if self.place.served else ""

        def draw(view: FindingView) -> None:
            pieces = [(one.code, piece) for one in self._outcomes() for piece in one.guide.deliverable]
            found = [(self._finding(code, piece.finding), piece.show) for code, piece in pieces]
            charts = {one.id: dict(one.chart.spec) for one, show in found if one.chart and show == "chart"}
            write = [partial(finding_html, one, level=4, show=show) for one, show in found]
            view.show(
                link + "".join(one(chart="slot") for one in write), charts, still=lambda: "".join(one(chart="svg") for one in write)
            )

        return self._live(draw)

    @_part
    def submit(self) -> Shown:
        """The self-check and the button."""
        done = self._handle.submissions(self.place.cycle)
        self._panel = SubmitPanel(self.place.cycle, checks=self._checks(), submitted_at=done[-1].at if done else None)
        return self._panel

    def _live(self, draw: Callable[[FindingView], None], *, tables: Sequence[str] = ()) -> FindingView:
        """Draw now, and again whenever the page says that something was saved."""

        def redraw(_tables: tuple[str, ...]) -> None:
            draw(view)
            if self._panel is not None:
                self._panel.set_checks(self._checks())

        view = FindingView(redraw, tables=tables)
        draw(view)
        return view

    def _finding(self, code: str, finding_id: str) -> Finding:
        found = self._findings(outcome(code))[1]
        for one in found:
            if one.id == finding_id:
                return one
        message = f"There is no finding {finding_id}."
        raise ConfigError(message, fix=f"It is one of: {', '.join(one.id for one in found)}.")

    def _findings(self, one: Outcome) -> tuple[Answers, tuple[Finding, ...]]:
        """Answers and findings of an outcome, computed once for each state of the store."""
        seq = self._handle.last_seq()
        known = self._known.get(one.code)
        if known is None or known[0] != seq:
            answers = Answers.read(self._handle, one, roles=self.place.roles)
            known = (seq, answers, one.present(answers.measure(self.place.town, today=self._today)))
            self._known[one.code] = known
        return known[1], known[2]

    def _outcomes(self) -> list[Outcome]:
        return [outcome(code) for code in self.place.outcomes]

    def _checks(self) -> list[Check]:
        guides = [(one.answers.outcome.guide, one.checks) for one in self._standings()]
        return [_line(line, worked_at(guide, line)) for guide, checks in guides for line in checks]

    def _standings(self) -> list[Standing]:
        """How it stands with each outcome, computed once for each state of the store: every finding on the page asks for it after a save."""
        seq = self._handle.last_seq()
        if self._stands is None or self._stands[0] != seq:
            log = [record.values() for record in self._handle.read(requests.TABLE)]
            self._stands = (
                seq,
                [self._standing(one, requests.requested_steps(log, one.code, today=self._today)) for one in self._outcomes()],
            )
        return self._stands[1]

    def _standing(self, one: Outcome, requested: frozenset[str]) -> Standing:
        answers, findings = self._findings(one)
        return Standing(answers, answers.self_check(findings, requested=requested), requested)

    def _comments(self, said: Sequence[Comment]) -> str:
        """What the coach released about the cycle before and this one, the newest cycle first."""
        if not said:
            return ""
        comments = "".join(self._comment(one) for one in said)
        return f'<h3 class="eq-title">What your coach said</h3>{comments}'

    def _comment(self, one: Comment) -> str:
        # A comment on the cycle before is about a step of another page.
        address = step_address(one.section) if one.id.cycle == self.place.cycle else ""
        return comment_html(one, level=4, served=self.place.served, address=address)

    def _carried(self) -> Carried:
        answers = self._findings(outcome(CHARTER))[0]
        read = (answers.values(row.table.id) for row in (Charter, Measures, Evidence, Decisions))
        return carried(*read, changes=charter_changes(answers.revisions, answers.roles))

    @staticmethod
    def _fields(table_id: str, step: str) -> tuple[str, ...]:
        code, _, step_id = step.partition(".")
        return outcome(code).guide.step(step_id).fields_of(table_id) if step else ()

    @staticmethod
    def _example(table_id: str, fields: Sequence[str] = ()) -> str:
        """What Prairie Glen entered, as a table to read."""
        rows = next((found for one in all_outcomes().values() if (found := one.example.get(table_id))), ())
        declared = table(table_id)
        if not rows:
            return ""
        return (
            form_html(declared, rows[0])
            if declared.single
            else grid_html(declared, rows, caption=f"{declared.title}, as Prairie Glen filled it in", fields=fields)
        )
