"""What the zygote does once, so that no kernel has to: the imports of every workbook, and the worked examples counted and drawn.

Nothing is opened here: no store, no connection, no widget (one would leave an open comm behind, and no page of a kernel forked
after it would draw its widgets).
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from equitybook.importing import import_jsonschema

if TYPE_CHECKING:
    from equitybook.outcomes.registry import Outcome

_OF_EVERY_KERNEL = (
    "ipykernel_launcher",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "psutil",  # ipykernel looks for what a kernel has started when it ends
    "equitybook.workbook",
    "equitybook.store",
    "equitybook.store.remote",
    "equitybook.program.start_now",
)
_OF_MOST = ("altair", "scipy.stats", "vl_convert")
"""Imported where a page first needs them; here after the first kernel may be forked, because they take as long as all the rest."""


def import_everything() -> None:
    """Import what every kernel needs, and find the outcomes."""
    import_jsonschema()
    for name in _OF_EVERY_KERNEL:
        importlib.import_module(name)
    from equitybook.outcomes.registry import all_outcomes

    all_outcomes()


def steps() -> Iterator[Callable[[], object]]:
    """Give what is to be done once besides, in pieces of up to a second, the most useful first."""
    from equitybook.outcomes.registry import all_outcomes

    yield from (partial(importlib.import_module, name) for name in _OF_MOST)
    outcomes = tuple(all_outcomes().values())
    yield from (partial(_work_through, one, outcomes) for one in outcomes)


def _work_through(one: Outcome, outcomes: tuple[Outcome, ...]) -> None:
    """Count, check, word and draw what the invented town entered, as a page does."""
    from equitybook.analysis import Answers
    from equitybook.report.fragments import finding_html, sources_html
    from equitybook.widgets.entry import form_html, grid_html

    entered: dict[str, tuple[Mapping[str, Any], ...]] = {}
    for other in outcomes:
        entered |= other.example
    tables = {
        row.table.id: tuple((f"row-{at}", values) for at, values in enumerate(entered.get(row.table.id, ())))
        for row in one.looked_at
    }
    answers = Answers(one, tables)
    answers.messages()
    for found in one.present(answers.measure("Prairie Glen", today=dt.datetime.now(dt.UTC).date())):
        finding_html(found, chart="slot")
    sources_html(one.guide, None)
    for row in one.tables:
        for values in answers.values(row.table.id)[:1]:
            form_html(row.table, values) if row.table.single else grid_html(row.table, [values], caption=row.table.title)
