"""JupyterLab on the cohort's own machine: the same workbook, the same saving, one person and one town.

The module is a Jupyter server extension. It mounts the page's addresses, and nothing else of the web server, for the town that
``lab`` was asked for.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equitybook.errors import ConfigError
from equitybook.program import Cohort, Person
from equitybook.server import policy, vega
from equitybook.server.keys import Keys
from equitybook.server.routes import API, mount
from equitybook.server.shared import SETTING, Shared
from equitybook.store import Store

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

USER = "local"
"""Who writes here: whoever sits at the machine."""

_QUIET = (
    "--LabApp.news_url=",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
    "--ServerApp.jpserver_extensions=equitybook.server.lab_extension=True",
    "--ServerApp.jpserver_extensions=voila.server_extension=False",
    "--ServerApp.allow_root=True",  # in a container there is often nobody else; only this machine is listened to
)
"""No news, no look for updates, no list of extensions: nothing leaves the machine."""

_ANNOUNCEMENTS = "@jupyterlab/apputils-extension:announcements"


def lab(cohort_folder: Path | str, community: str, cycle: int, *, port: int = 8888, open_browser: bool = True) -> None:
    """Open a town's generated workbook in JupyterLab, until it is stopped.

    Raises
    ------
    ConfigError
        If there is no such town or cycle, or its workbook has not been generated.
    """
    cohort = Cohort.read(cohort_folder)
    workbook = cohort.workbook_path(community, cycle)
    if not workbook.is_file():
        problem = f"The workbook of cycle {cycle} for {cohort.community(community).name} has not been generated."
        raise ConfigError(problem, fix=f"Run: equitybook generate --cycle {cycle} --community {community}.")
    # The notebook's kernel and the extension below both read these.
    os.environ |= {
        "EQUITYBOOK_COHORT": str(cohort.folder),
        "EQUITYBOOK_COMMUNITY": community,
        "EQUITYBOOK_USER": USER,
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    from jupyterlab.labapp import LabApp

    place = [
        f"--ServerApp.root_dir={workbook.parent}",
        f"--LabApp.default_url=/lab/tree/{workbook.name}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        f"--ServerApp.open_browser={open_browser}",
    ]
    LabApp.launch_instance(argv=[*place, *_QUIET])


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "equitybook.server.lab_extension"}]


def _load_jupyter_server_extension(serverapp: ServerApp) -> None:
    """Mount the page's addresses for the one town named in the environment."""
    cohort = Cohort.read(os.environ["EQUITYBOOK_COHORT"])
    town = cohort.community(os.environ["EQUITYBOOK_COMMUNITY"])
    store = Store.of(cohort.folder, cohort.database_url)
    store.migrate()
    alone = Person(username=USER, name="This machine", role="participant", community=town.slug, communities=(town.slug,))
    vega.bundle()
    # JupyterLab would ask whether to fetch news. Nothing leaves the machine, so there is nothing to ask.
    serverapp.web_app.settings["page_config_hook"] = _without_announcements
    # No page of the web server is mounted, so nothing is signed here.
    serverapp.web_app.settings[SETTING] = Shared(cohort=cohort, store=store, keys=Keys(cookie=b"", kernel=b""), alone=alone)
    serverapp.web_app.add_handlers(".*$", mount(serverapp.base_url, API, names=policy.API))


def _without_announcements(_handler: object, settings: dict[str, Any]) -> dict[str, Any]:
    return {**settings, "disabledExtensions": [*settings.get("disabledExtensions", ()), _ANNOUNCEMENTS]}
