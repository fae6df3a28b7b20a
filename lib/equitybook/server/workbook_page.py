"""The workbook itself: Voilà's page, opened only for the town it belongs to, with the facts its script needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_server.base.call_context import CallContext
from jupyter_server.base.handlers import JupyterHandler
from nbformat import NotebookNode
from voila.tornado.handler import TornadoVoilaHandler

from equitybook.errors import AccessError
from equitybook.server.access import Refusal
from equitybook.server.headers import WORKBOOK_POLICY
from equitybook.server.pages import day
from equitybook.server.policy import may_open
from equitybook.server.shared import Shared, shared_of
from equitybook.widgets.static_files import static_version

if TYPE_CHECKING:
    from equitybook.program import Cycle, Person


class WorkbookPage(TornadoVoilaHandler):
    """One community's workbook of one cycle."""

    content_policy = WORKBOOK_POLICY

    async def get(self, community: str, workbook: str) -> None:
        """Run the notebook in a kernel of its own and send its page."""
        shared = shared_of(self)
        cycle = cycle_of(shared, workbook)
        if not shared.cohort.workbook_path(community, cycle).is_file():
            raise Refusal(
                404,
                f"Your coach has not generated the workbook of cycle {cycle.number} yet. Your home page shows when it is there.",
            )
        _ = self.xsrf_token  # sets the cookie the page saves with
        await super().get(path=f"{community}/{workbook}.ipynb")


def check_before_kernel(req: JupyterHandler, *, notebook: NotebookNode, cwd: str) -> None:  # noqa: ARG001 - Voilà's signature
    """Ask once more, right before a kernel starts, whether this person may open this notebook.

    Raises
    ------
    AccessError
        If not.
    """
    person = shared_of(req).person_of(req)
    if person is None or not may_open(person, f"{cwd}/{req.path_kwargs['workbook']}.ipynb"):
        message = "This workbook belongs to another town."
        raise AccessError(message)


def add_facts(page_config: dict[str, Any], **_: Any) -> dict[str, Any]:  # noqa: ANN401 - Voilà's signature
    """Put ``page_config["equitybook"]`` into the page: what its header says and where its script saves."""
    handler = CallContext.get(CallContext.JUPYTER_HANDLER)
    shared = shared_of(handler)
    person = shared.person_of(handler)
    if person is not None:
        cycle = cycle_of(shared, handler.path_kwargs["workbook"])
        page_config["equitybook"] = facts(shared, person, cycle, handler.base_url)
    return page_config


def facts(shared: Shared, person: Person, cycle: Cycle, base: str) -> dict[str, Any]:
    """Say what the page's script knows about where it is."""
    cohort = shared.cohort
    town = cohort.community(person.community or "")
    return {
        "town": town.name,
        "community": town.slug,
        "cohort": cohort.title,
        "cycle": cycle.number,
        "cycles": len(cohort.cycles),
        "cycle_title": cycle.title,
        "due": cycle.due.isoformat(),
        "due_words": f"due {day(cycle.due)}",
        "person": person.name,
        "username": person.username,
        "names": {one.username: one.name for one in shared.people.values() if one.community == town.slug},
        "base": base,
        "static_version": static_version(),
        "home_url": base,
        "sign_in_url": f"{base}sign-in",
        "sign_out_url": f"{base}sign-out",
    }


def cycle_of(shared: Shared, workbook: str) -> Cycle:
    """Find the cycle whose workbook has that name.

    Raises
    ------
    Refusal
        404 where there is none.
    """
    for cycle in shared.cohort.cycles:
        if cycle.slug == workbook:
            return cycle
    raise Refusal(404, "This cohort has no such workbook. Your home page lists the ones there are.")
