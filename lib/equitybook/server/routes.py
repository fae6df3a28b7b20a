"""Which handler answers which rule of the policy. A rule without a handler, or a handler without a rule, stops the server."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tornado.web import RequestHandler

from equitybook.server import policy
from equitybook.server.access import guarded
from equitybook.server.acts import AgreementsHandler, BaselinesHandler, RedefinitionsHandler, StartersHandler
from equitybook.server.downloads import BlankSpreadsheet, Eeo4, TableDownload
from equitybook.server.edits import EditsHandler, UndoHandler
from equitybook.server.imports import ImportsHandler
from equitybook.server.keeping import EvidenceHandler
from equitybook.server.restoring import RestoreHandler, TableHistoryHandler
from equitybook.server.reviews import ReviewResolve
from equitybook.server.revising import RevisionsHandler
from equitybook.server.static import StaticFiles
from equitybook.server.submit import SubmitHandler
from equitybook.server.tables import ChangesHandler, HistoryHandler, TableHandler
from equitybook.server.uploads import UploadsHandler
from equitybook.widgets.static_files import STATIC

Answer = tuple[type[RequestHandler], dict[str, Any]]

API: Mapping[str, Answer] = {
    "table": (TableHandler, {}),
    "edits": (EditsHandler, {}),
    "changes": (ChangesHandler, {}),
    "history": (HistoryHandler, {}),
    "table history": (TableHistoryHandler, {}),
    "undo": (UndoHandler, {}),
    "restore": (RestoreHandler, {}),
    "uploads": (UploadsHandler, {}),
    "imports": (ImportsHandler, {}),
    "starters": (StartersHandler, {}),
    "revisions": (RevisionsHandler, {}),
    "agreements": (AgreementsHandler, {}),
    "baselines": (BaselinesHandler, {}),
    "redefinitions": (RedefinitionsHandler, {}),
    "evidence": (EvidenceHandler, {}),
    "submit": (SubmitHandler, {}),
    "review resolved": (ReviewResolve, {}),
    "eeo4": (Eeo4, {}),
    "blank": (BlankSpreadsheet, {}),
    "download": (TableDownload, {}),
    "static": (StaticFiles, {"path": str(STATIC)}),
}
"""What the page's script asks for: mounted by the web server and by JupyterLab alike."""


def mount(base: str, answers: Mapping[str, Answer], *, names: Sequence[str] = tuple(policy.RULES)) -> list[tuple[Any, ...]]:
    """Tornado's list of addresses for these rules, in the policy's order, every handler behind its guard.

    Raises
    ------
    RuntimeError
        If a rule has no handler or a handler no rule.
    """
    if missing := set(names) ^ set(answers):
        message = f"These addresses have a rule or a handler, but not both: {', '.join(sorted(missing))}. See server/policy.py."
        raise RuntimeError(message)
    mounted = []
    for name in names:
        rule = policy.RULES[name]
        handler, settings = answers[name]
        mounted.append((f"{re.escape(base)}{rule.pattern}", guarded(handler, rule), settings))
    return mounted
