"""From nothing to a cohort that can be served: what ``equitybook start`` does before it serves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from equitybook.batch.generate import Progress, generate, outdated
from equitybook.batch.manifest import Manifest
from equitybook.demo.create import create_demo
from equitybook.demo.sign_ins import SignIn, open_accounts, read_sign_ins, worth_showing
from equitybook.program import Cohort
from equitybook.program.reading import FILE
from equitybook.store import Store


@dataclass(frozen=True, slots=True)
class Prepared:
    """A cohort ready to be served. ``sign_ins`` are the few to show; none where it is no demonstration.

    ``later`` are the workbooks left for later, as towns by cycle (see ``to_generate``).
    """

    cohort: Cohort
    created: bool
    generated: Manifest
    sign_ins: tuple[SignIn, ...]
    later: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def prepare(
    folder: Path,
    *,
    on_town: Callable[[str, int, int], None] | None = None,
    on_workbook: Progress | None = None,
) -> Prepared:
    """Create the demonstration where there is no cohort, bring the store up to date, generate the workbooks that are missing.

    A workbook is made again only where the notebook it comes from has changed: pages show today's answers anyway.
    """
    created = not (folder / FILE).exists()
    cohort = create_demo(folder, on_progress=on_town) if created else Cohort.read(folder)
    sign_ins = read_sign_ins(cohort.folder)
    with Store.of(cohort.folder, cohort.database_url) as store:
        store.migrate()
        open_accounts(store, sign_ins)
        manifest = Manifest()
        wanted = outdated(cohort)
        now = to_generate(cohort, wanted) if sign_ins else wanted
        for cycle, towns in now.items():
            done = generate(cohort, store, cycle=cycle, communities=towns, on_progress=on_workbook)
            for entry in done.entries:
                manifest = manifest.with_entry(entry)
    left = {cycle: tuple(town for town in towns if town not in now.get(cycle, ())) for cycle, towns in wanted.items()}
    later = {cycle: towns for cycle, towns in left.items() if towns}
    return Prepared(cohort, created, manifest, worth_showing(cohort, sign_ins), later)


def to_generate(cohort: Cohort, wanted: Mapping[int, Sequence[str]]) -> dict[int, list[str]]:
    """Choose which of a demonstration's workbooks to generate before it is served.

    A workbook takes seconds, and the first start of a demonstration is somebody waiting. Of cycles that are over, the first town's is enough to
    look around in; a workbook that is there already is always made anew.
    """
    open_cycle = cohort.cycle_on(cohort.today()).number
    first = cohort.communities[0].slug
    chosen = {
        number: [
            slug
            for slug in towns
            if number >= open_cycle or slug == first or cohort.workbook_path(slug, cohort.cycle(number)).is_file()
        ]
        for number, towns in wanted.items()
    }
    return {number: towns for number, towns in chosen.items() if towns}
