"""What the zygote does once, so that no kernel has to: the imports of every workbook, and the worked examples counted and drawn.

Nothing is opened here: no store, no connection, no widget (one would leave an open comm behind, and no page of a kernel forked
after it would draw its widgets).
"""

from __future__ import annotations

import datetime as dt
import importlib
import traceback
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equitybook.importing import import_jsonschema

if TYPE_CHECKING:
    from equitybook.outcomes.registry import Outcome

_OF_A_KERNEL = (
    "ipykernel_launcher",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.debugger",
    "IPython.core.completerlib",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "IPython.utils.wildcard",
    "faulthandler",
    "pdb",
    "psutil",  # ipykernel looks for what a kernel has started when it ends
    "tornado.platform.asyncio",
)
_OF_A_WORKBOOK = ("equitybook.workbook", "equitybook.store.remote", "altair", "scipy.stats", "vl_convert")
_OF_GENERATING = ("equitybook.store.opening", "sqlalchemy.dialects.sqlite", "equitybook.program.start_now")
"""A page reaches the store through the server; papermill's kernels open it themselves."""


def warm_up() -> None:
    """Import and work through everything. Takes as long as two ordinary kernels need to start."""
    import_jsonschema()
    for name in (*_OF_A_KERNEL, *_OF_A_WORKBOOK, *_OF_GENERATING):
        importlib.import_module(name)
    from equitybook.outcomes.registry import all_outcomes

    outcomes = tuple(all_outcomes().values())
    for one in outcomes:
        try:
            _work_through(one, outcomes)
        except Exception:  # whoever opens a page with this outcome meets the same, and is told there
            traceback.print_exc()


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
