"""From nothing to a cohort that can be served: what ``equitybook start`` does before it serves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
    """A cohort ready to be served. ``sign_ins`` are the few to show; none where it is no demonstration."""

    cohort: Cohort
    created: bool
    generated: Manifest
    sign_ins: tuple[SignIn, ...]


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
        for cycle, towns in outdated(cohort).items():
            done = generate(cohort, store, cycle=cycle, communities=towns, on_progress=on_workbook)
            for entry in done.entries:
                manifest = manifest.with_entry(entry)
    return Prepared(cohort, created, manifest, worth_showing(cohort, sign_ins))
