"""One cycle's workbook for every community: the notebook of the house, run with the community's own answers.

Generating never touches answers, so it can be repeated at any time. A community that fails costs nobody else anything: its
earlier workbook stays, what came of the new one is kept beside it as ``….failed.ipynb``, and the manifest names the cell.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equitybook import house
from equitybook.batch.execute import Job, where_it_stopped
from equitybook.batch.fingerprint import file_hash, input_hash
from equitybook.batch.manifest import Entry, Manifest
from equitybook.batch.parameters import check_parameters
from equitybook.batch.tidy import notebook_bytes, read_notebook, source_hash, tidy, write_private
from equitybook.batch.workers import forked_kernels, processors, run_jobs
from equitybook.errors import GenerateError
from equitybook.program import Cohort, Community, Cycle
from equitybook.reviews import said_before

if TYPE_CHECKING:
    from equitybook.store import Store

log = logging.getLogger(__name__)

AUTHOR = "generate"
"""Who reads the answers while a workbook is generated; no person has this name."""

Progress = Callable[[Entry, int, int], None]
"""Called after each community with its entry, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What one community's workbook is to be made from, and what is there already."""

    entry: Entry
    target: Path
    earlier: Entry | None

    @property
    def unfinished(self) -> Path:
        return self.target.with_name(f".{self.target.stem}.running.ipynb")

    @property
    def failed(self) -> Path:
        return self.target.with_name(f"{self.target.stem}.failed.ipynb")

    @property
    def adapted(self) -> Path:
        return self.target.with_name(f"{self.target.stem}.adapted.ipynb")


def generate(
    cohort: Cohort,
    store: Store,
    *,
    cycle: int,
    communities: Sequence[str] | None = None,
    force: bool = False,
    on_progress: Progress | None = None,
    template: Path | None = None,
    workers: int | None = None,
    cell_timeout: int = 120,
    timeout: float = 300,
) -> Manifest:
    """Generate a cycle's workbook for the communities named, or for all.

    Skips a community where nothing has changed since its workbook was made, and one whose workbook somebody has adapted by
    hand; ``force`` generates both again and keeps the adapted one as ``….adapted.ipynb``. ``template`` is the house's notebook
    of that cycle unless given. Timeouts are in seconds, per cell and per workbook.

    Returns
    -------
    Manifest
        What became of each of these communities. The cohort's ``workbooks/manifest.json`` holds the same for all of them.

    Raises
    ------
    ConfigError
        If there is no such cycle or community.
    GenerateError
        If there is no notebook for the cycle, or its parameters are not the ones passed.
    """
    this = cohort.cycle(cycle)
    towns = [cohort.community(slug) for slug in communities] if communities else list(cohort.communities)
    source = template or _template_of(this)
    record = Manifest.read(cohort.workbooks / "manifest.json")
    plans = [_plan(cohort, this, town, source, store=store, record=record) for town in towns]
    run = _Run(cohort, record, len(plans), on_progress)
    to_do: dict[str, _Plan] = {}
    for plan in plans:
        if not force and _up_to_date(plan):
            run.note(dataclasses.replace(plan.earlier or plan.entry, outcome="unchanged"), keep=False)
        elif not force and _adapted(plan):
            run.note(dataclasses.replace(plan.earlier or plan.entry, outcome="kept"), keep=False)
        else:
            to_do[plan.entry.community] = plan
    if to_do:
        workers = workers or processors()
        with forked_kernels(len(to_do), workers=workers) as forks:  # begun before the check, which imports papermill
            check_parameters(source, next(iter(to_do.values())).entry.parameters)
            jobs = [_job(cohort, plan, source, cell_timeout=cell_timeout, timeout=timeout) for plan in to_do.values()]
            run_jobs(
                jobs,
                workers=workers,
                done=lambda job, error: run.note(_finish(cohort, to_do[job.community], error)),
                forks=forks,
            )
    return run.result


def outdated(cohort: Cohort) -> dict[int, list[str]]:
    """List, by cycle, the communities whose page cannot be shown as the house has it now.

    Those are the ones without a workbook, or with one made from an earlier notebook. Answers do not count: a page shows today's
    answers whenever its workbook was made. Cycles without a notebook are left out.
    """
    record = Manifest.read(cohort.workbooks / "manifest.json")
    found: dict[int, list[str]] = {}
    for cycle in cohort.cycles:
        template = house.workbooks() / f"{cycle.slug}.ipynb"
        if not template.is_file():
            continue
        made_from = file_hash(template)
        towns = [town.slug for town in cohort.communities if not _has(cohort, record, cycle, town.slug, made_from)]
        if towns:
            found[cycle.number] = towns
    return found


def _has(cohort: Cohort, record: Manifest, cycle: Cycle, slug: str, made_from: str) -> bool:
    entry = record.entry(slug, cycle.number)
    return bool(
        entry and entry.outcome == "generated" and entry.template_hash == made_from and cohort.workbook_path(slug, cycle).is_file()
    )


class _Run:
    """Gathers entries as they come; the manifest on disk is complete after each, so a run that is cut off can go on."""

    def __init__(self, cohort: Cohort, record: Manifest, total: int, on_progress: Progress | None) -> None:
        self._path = cohort.workbooks / "manifest.json"
        self._record = record
        self._total = total
        self._on_progress = on_progress
        self.result = Manifest()

    def note(self, entry: Entry, *, keep: bool = True) -> None:
        self.result = self.result.with_entry(entry)
        if keep:
            self._record = self._record.with_entry(entry)
            self._record.write(self._path)
        if entry.outcome == "failed":
            log.info("%s, cycle %s: %s (%s)", entry.community, entry.cycle, entry.error, entry.cell)
        if self._on_progress:
            self._on_progress(entry, len(self.result.entries), self._total)


def _template_of(cycle: Cycle) -> Path:
    path = house.workbooks() / f"{cycle.slug}.ipynb"
    if not path.is_file():
        there = ", ".join(sorted(one.name for one in path.parent.glob("*.ipynb"))) or "none"
        message = f"There is no notebook {path.name} for cycle {cycle.number}. The folder workbooks has: {there}."
        raise GenerateError(message)
    return path


def _plan(cohort: Cohort, cycle: Cycle, town: Community, template: Path, *, store: Store, record: Manifest) -> _Plan:
    parameters: dict[str, Any] = {"community": town.slug, "cycle": cycle.number}
    target = cohort.workbook_path(town.slug, cycle)
    made_from = file_hash(template)
    answers = store.community(town.slug, author=AUTHOR)
    entry = Entry(
        community=town.slug,
        cycle=cycle.number,
        outcome="generated",
        workbook=target.relative_to(cohort.folder).as_posix(),
        template=template.name,
        template_hash=made_from,
        parameters=parameters,
        input_hash=input_hash(
            template_hash=made_from,
            parameters=parameters,
            last_seq=answers.last_seq(),
            comments=said_before(answers, cycle.number),
            community=town,
            cycle=cycle,
            cycles=len(cohort.cycles),
        ),
        at="",
    )
    return _Plan(entry, target, record.entry(town.slug, cycle.number))


def _up_to_date(plan: _Plan) -> bool:
    earlier = plan.earlier
    return bool(
        earlier and earlier.outcome == "generated" and earlier.input_hash == plan.entry.input_hash and plan.target.is_file()
    )


def _adapted(plan: _Plan) -> bool:
    """Whether the workbook's cells say something else than what was generated; outputs do not count."""
    earlier = plan.earlier
    if not earlier or not earlier.source_hash or not plan.target.is_file():
        return False
    try:
        return source_hash(read_notebook(plan.target)) != earlier.source_hash
    except ValueError:  # a damaged file is nobody's work
        return False


def _job(cohort: Cohort, plan: _Plan, template: Path, *, cell_timeout: int, timeout: float) -> Job:
    plan.target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Job(
        community=plan.entry.community,
        template=template.resolve(),
        output=plan.unfinished,
        parameters=plan.entry.parameters,
        environment={
            "EQUITYBOOK_COHORT": str(cohort.folder),
            "EQUITYBOOK_COMMUNITY": plan.entry.community,
            "EQUITYBOOK_USER": AUTHOR,
            # a page's variables, if there are any, are not for this kernel
            "EQUITYBOOK_KERNEL_TOKEN": None,
            "EQUITYBOOK_STORE_URL": None,
            "EQUITYBOOK_PLACE": None,
        },
        cell_timeout=cell_timeout,
        timeout=timeout,
    )


def _finish(cohort: Cohort, plan: _Plan, error: str) -> Entry:
    """Put the notebook in its place, or beside it where it failed."""
    at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    notebook = read_notebook(plan.unfinished) if plan.unfinished.is_file() else None
    if notebook is None or error:
        stopped = where_it_stopped(notebook, error) if notebook is not None else None
        if notebook is not None:
            write_private(plan.failed, notebook_bytes(_tidied(notebook, cohort)))
        plan.unfinished.unlink(missing_ok=True)
        earlier = plan.earlier
        return dataclasses.replace(
            plan.entry,
            outcome="failed",
            at=at,
            cell=stopped.cell if stopped else "the cell is not known",
            error=error or "Nothing was written.",
            output_hash=earlier.output_hash if earlier else "",
            source_hash=earlier.source_hash if earlier else "",
        )
    content = notebook_bytes(_tidied(notebook, cohort))
    if _adapted(plan):
        plan.target.replace(plan.adapted)
    write_private(plan.target, content)
    plan.unfinished.unlink()
    plan.failed.unlink(missing_ok=True)
    return dataclasses.replace(
        plan.entry, at=at, output_hash=hashlib.sha256(content).hexdigest(), source_hash=source_hash(notebook)
    )


def _tidied(notebook: Any, cohort: Cohort) -> Any:  # noqa: ANN401 - nbformat is not typed
    tidy(notebook, hide=(str(cohort.folder), sys.prefix, str(Path.home())))
    return notebook
