"""The command line: it prints and calls, and decides nothing.

Everything heavy is imported inside the command that needs it, so that ``--help`` is there at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from equitybook import __version__
from equitybook.errors import EquitybookError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from equitybook.batch import Entry, Manifest
    from equitybook.demo.start import Prepared
    from equitybook.program import Cohort
    from equitybook.store import Store

HERE = Path("cohorts/demo")

app = typer.Typer(
    help="A coaching workbook for municipalities: enter your data, see what it says, decide something.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    add_completion=False,
)
accounts = typer.Typer(help="Who may sign in.", no_args_is_help=True)
app.add_typer(accounts, name="accounts")

CohortFolder = Annotated[Path, typer.Option("--cohort", envvar="EQUITYBOOK_COHORT", help="The cohort's folder.", show_default=True)]
CycleNumber = Annotated[int, typer.Option("--cycle", help="The cycle's number.", min=1)]
Communities = Annotated[
    list[str] | None, typer.Option("--community", help="One community's slug; may be repeated. All of them if left out.")
]
Port = Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)]


@app.command(epilog="Example: equitybook init cohorts/autumn --title 'Autumn Cohort 2027' --first-training 2027-09-07")
def init(
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    title: Annotated[str, typer.Option(help="The cohort's name as people read it.")] = "New Cohort",
    first_training: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first training day; six monthly cycles follow from it.")
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Fourteen invented towns instead.")] = False,
) -> None:
    """Create a cohort's folder with a cohort.toml to fill in."""
    from equitybook.program.scaffold import new_cohort

    if demo:
        from equitybook.demo.create import create_demo

        with _progress("Creating the demonstration") as step:
            create_demo(folder, on_progress=lambda town, done, total: step(town, done, total))
        _say(f"Created {folder}. Serve it: equitybook start --cohort {folder}")
        return
    path = new_cohort(folder, title=title, first_training=first_training.date() if first_training else None)
    _say(f"Created {path}. Fill it in, then: equitybook check --cohort {folder}")


@app.command(epilog="Example: equitybook check --cohort cohorts/autumn")
def check(cohort: CohortFolder = HERE) -> None:
    """Check cohort.toml: names, dates, and whether every community may take part."""
    from equitybook.program import Cohort, Level, read_problems, remarks

    problems = read_problems(cohort / "cohort.toml")
    if problems:
        for problem in problems:
            _say(str(problem), "red")
        raise typer.Exit(1)
    found = remarks(Cohort.read(cohort))
    marks = {Level.FINE: ("fine ", "green"), Level.ASK: ("ask  ", "yellow"), Level.ERROR: ("error", "red")}
    for one in found:
        word, colour = marks[one.level]
        _say(f"{word}  {one.text}", colour)
    if any(one.level is Level.ERROR for one in found):
        raise typer.Exit(1)


@app.command(epilog="Example: equitybook generate --cycle 2 --community prairie-glen")
def generate(
    cycle: CycleNumber,
    cohort: CohortFolder = HERE,
    community: Communities = None,
    force: Annotated[bool, typer.Option("--force", help="Also what has not changed, and what was adapted by hand.")] = False,
) -> None:
    """Generate a cycle's workbook for every community, or for the ones named."""
    from equitybook.batch import generate as run

    with _opened(cohort) as (opened, store), _progress(f"Workbooks of cycle {cycle}") as step:
        manifest = run(opened, store, cycle=cycle, communities=community, force=force, on_progress=_by_entry(step))
    _report(manifest)
    if manifest.failed:
        raise typer.Exit(1)


@app.command(epilog="Example: equitybook serve --cohort cohorts/autumn --port 8866")
def serve(
    cohort: CohortFolder = HERE,
    port: Port = 8866,
    ip: Annotated[str, typer.Option(help="The address to listen on. Keep it, and put a proxy with https in front.")] = "127.0.0.1",
    https: Annotated[bool, typer.Option("--https", help="People reach the server by https, through a proxy.")] = False,
) -> None:
    """Serve a cohort's workbooks to the people in it, until stopped with Ctrl-C."""
    from equitybook.server import serve as run

    _say(f"Serving {cohort} at http://{ip}:{port}/ (stop with Ctrl-C)")
    run(cohort, port=port, ip=ip, https=https)


@app.command(epilog="Example: equitybook start --cohort cohorts/demo")
def start(cohort: CohortFolder = HERE, port: Port = 8866) -> None:
    """Create the demonstration if there is no cohort yet, generate what is missing, and serve it."""
    from equitybook.demo.start import prepare

    with _progress("Getting ready") as step:
        ready = prepare(cohort, on_town=lambda town, done, total: step(town, done, total), on_workbook=_by_entry(step))
    if ready.generated.failed:
        _report(ready.generated)
    _welcome(ready, port)
    from equitybook.server import serve as run

    run(ready.cohort.folder, port=port)


@app.command(epilog="Example: equitybook lab --community prairie-glen --cycle 2")
def lab(
    cohort: CohortFolder = HERE,
    community: Annotated[str, typer.Option(help="The community's slug. The first one if left out.")] = "",
    cycle: Annotated[int, typer.Option(help="The cycle's number. The current one if 0.", min=0)] = 0,
    port: Port = 8888,
    browser: Annotated[bool, typer.Option(help="Open it in the browser at once.")] = True,
) -> None:
    """Open one community's workbook in JupyterLab, on this machine."""
    from equitybook.program import Cohort
    from equitybook.server import lab as run

    opened = Cohort.read(cohort)
    number = cycle or opened.cycle_on(opened.today()).number
    run(opened.folder, community or opened.communities[0].slug, number, port=port, open_browser=browser)


@app.command(epilog="Example: equitybook export --cycle 2 --community prairie-glen --format pdf --to exports/october")
def export(
    *,
    cycle: CycleNumber,
    cohort: CohortFolder = HERE,
    community: Communities = None,
    to: Annotated[Path | None, typer.Option("--to", help="A new folder. One under exports/ if left out.")] = None,
    formats: Annotated[list[str] | None, typer.Option("--format", help="pdf or html; may be repeated. Both if left out.")] = None,
    tier: Annotated[str, typer.Option(help="Who will read it: coach, or cohort (more is hidden).")] = "coach",
) -> None:
    """Write the communities' summaries, with small groups hidden, and a manifest."""
    from equitybook.batch.export import export as run

    with _opened(cohort) as (opened, store), _progress(f"Summaries of cycle {cycle}") as step:
        made = run(
            opened,
            store,
            cycle=cycle,
            communities=community,
            folder=to,
            formats=tuple(formats or ("pdf", "html")),
            tier=tier,
            on_progress=step,
        )
    _say(f"{len(made.communities) - len(made.failed)} of {len(made.communities)} summaries written to {made.folder}")
    for one in made.failed:
        _say(f"{one.community}: {one.error}", "red")
    if made.failed:
        raise typer.Exit(1)


@accounts.command("password", epilog="Example: equitybook accounts password maria --generate")
def password(
    username: Annotated[str, typer.Argument(help="The user name in cohort.toml.")],
    cohort: CohortFolder = HERE,
    generated: Annotated[bool, typer.Option("--generate", help="Make one and print it once, instead of asking.")] = False,
) -> None:
    """Set somebody's password; whoever is signed in under that name is signed out."""
    from equitybook.passphrase import passphrase

    with _opened(cohort) as (opened, store):
        person = opened.person(username)
        chosen = (
            passphrase() if generated else typer.prompt(f"New password of {person.name}", hide_input=True, confirmation_prompt=True)
        )
        store.accounts.set_password(person.username, chosen)
    _say(f"The password of {person.name} is now: {chosen}" if generated else f"The password of {person.name} is set.")


@accounts.command("list", epilog="Example: equitybook accounts list --cohort cohorts/autumn")
def list_accounts(cohort: CohortFolder = HERE) -> None:
    """List the people of cohort.toml, and who of them has a password."""
    with _opened(cohort) as (opened, store):
        there = set(store.accounts.usernames())
        rows = [
            (
                person.username,
                person.name,
                person.role,
                _where(opened, person.communities),
                "yes" if person.username in there else "no",
            )
            for person in opened.people
        ]
        strangers = sorted(there - {person.username for person in opened.people})
    _table(("User name", "Name", "Role", "Communities", "Password"), rows)
    for name in strangers:
        _say(f'"{name}" has a password but is not in cohort.toml, and so cannot sign in.', "yellow")


def _version(wanted: bool) -> None:
    if wanted:
        _say(f"equitybook {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)] = False,
) -> None:
    # What it is stands in the help of ``app``.
    pass


@contextmanager
def _opened(folder: Path) -> Iterator[tuple[Cohort, Store]]:
    from equitybook.program import Cohort
    from equitybook.store import Store

    cohort = Cohort.read(folder)
    with Store.of(cohort.folder, cohort.database_url) as store:
        store.migrate()
        yield cohort, store


class _Step:
    """One line of progress that other code reports to."""

    def __init__(self, bars: Progress, task: TaskID) -> None:
        self._bars, self._task = bars, task

    def __call__(self, what: str, done: int, total: int) -> None:
        self._bars.update(self._task, description=what, completed=done, total=total)


@contextmanager
def _progress(title: str) -> Iterator[_Step]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<36}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_console(), transient=True) as bars:
        yield _Step(bars, bars.add_task(title, total=None))


def _by_entry(step: _Step) -> Any:  # noqa: ANN401 - a callback of the shape batch declares
    def report(entry: Entry, done: int, total: int) -> None:
        step(f"Workbook of {entry.community}", done, total)

    return report


def _report(manifest: Manifest) -> None:
    words = {
        "generated": "generated",
        "unchanged": "unchanged",
        "kept": "kept as adapted by hand (--force replaces them)",
        "failed": "failed",
    }
    counts = [f"{manifest.count(outcome)} {text}" for outcome, text in words.items() if manifest.count(outcome)]  # type: ignore[arg-type]
    _say(f"Workbooks: {', '.join(counts) or 'none'}.")
    alike: dict[tuple[str, str], list[Entry]] = {}
    for entry in manifest.failed:
        alike.setdefault((entry.error, entry.cell), []).append(entry)
    for (error, cell), entries in alike.items():
        towns = ", ".join(entry.community for entry in entries)
        _say(f"{towns}: {error} ({cell}). See {entries[0].workbook.removesuffix('.ipynb')}.failed.ipynb", "red")


def _welcome(ready: Prepared, port: int) -> None:
    _say(f"{ready.cohort.title} is at http://127.0.0.1:{port}/ (stop with Ctrl-C)")
    if ready.sign_ins:
        _table(("User name", "Password", "Who"), [(one.username, one.password, one.who) for one in ready.sign_ins])
        _say(f"Everybody else is in {ready.cohort.folder / 'demo-sign-ins.txt'}.")
        _say(f"A staff list to try the upload with: {ready.cohort.folder / 'try-this-roster.xlsx'}")
    for cycle, towns in ready.later.items():
        _say(
            f"Cycle {cycle} of {len(towns)} more towns, if you want it: equitybook generate --cohort {ready.cohort.folder} --cycle {cycle}"
        )


def _where(cohort: Cohort, slugs: tuple[str, ...]) -> str:
    names = [cohort.community(slug).name for slug in slugs]
    return names[0] if len(names) == 1 else f"{len(names)} communities"


def _table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(*headings)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    _console().print(table)


def _console(*, errors: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=errors, highlight=False)


def _say(text: str, colour: str = "") -> None:
    # Not rich's own markup: a town may have square brackets in its name.
    _console(errors=colour == "red").print(text, style=colour or None, markup=False, soft_wrap=True)


def main() -> None:
    """Run the command line. What Equitybook refuses is one line in red, and exit code 1."""
    try:
        app()
    except EquitybookError as error:
        _say(" ".join(str(error).split()), "red")
        raise SystemExit(1) from None
