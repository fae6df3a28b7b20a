"""The web server: Voilà, standalone, with this house's sign-in, addresses and rules in place of its own."""

from __future__ import annotations

import datetime as dt
import errno
import logging
import os
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Any

import tornado.ioloop
from jupyter_server import DEFAULT_STATIC_FILES_PATH
from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyterlab_server.themes_handler import ThemesHandler
from traitlets.config import Config
from voila.app import Voila
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.utils import get_data_dir, get_voila_labextensions_path

from equitybook.errors import ConfigError
from equitybook.house import templates
from equitybook.kernels.fork_server import ForkServer
from equitybook.kernels.provisioner import provisioning
from equitybook.kernels.tally import TALLY
from equitybook.outcomes import registry
from equitybook.program import Cohort
from equitybook.server import vega
from equitybook.server.access import NothingHere
from equitybook.server.charter_leave import CharterLeave
from equitybook.server.home import Home
from equitybook.server.identity import CohortIdentity
from equitybook.server.kernel_store import KernelStore
from equitybook.server.kernels import KernelOwners, LeaveKernel, OwnedKernels
from equitybook.server.keys import read_keys
from equitybook.server.reviews import ReviewDraft, ReviewRelease
from equitybook.server.routes import API, Answer, mount
from equitybook.server.shared import SETTING, Shared
from equitybook.server.sign_in import Password, SignIn, SignOut
from equitybook.server.summaries import OwnSummary, TownSummary
from equitybook.server.workbook_page import WorkbookPage, add_facts, check_before_kernel
from equitybook.store import Store

_log = logging.getLogger(__name__)

TEMPLATE = "equitybook"
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget")
"""The only JupyterLab extensions a page loads, whatever else is installed on the machine."""

MAX_BODY = 16 * 1024 * 1024
"""Bytes of an ordinary request; uploads have a limit of their own."""

CULL_AFTER = 30 * 60
"""Seconds after which an idle kernel is shut down, page open or not: everything is in the store, and the page says how to go on."""

_STAGED_FOR = dt.timedelta(days=1)
_LONGEST_SOCKET = 60  # characters left for "/kernel-<id>.json-ipc-<n>" below the 107 an ipc address may have


class Workbooks(Voila):
    """A cohort's workbooks on the web."""

    name = "equitybook"

    def __init__(self, shared: Shared, forks: ForkServer, **kwargs: Any) -> None:  # noqa: ANN401 - traitlets' own
        super().__init__(**kwargs)
        self.shared = shared
        self.forks = forks
        self.share_folder = Path(tempfile.mkdtemp(prefix="eb_"))
        self._voila_folder: str = get_data_dir()  # before our own folder, which has a theme and nothing else, comes first

    @property
    def store_url(self) -> str:
        """Where this machine's kernels reach the store: never over the network, whatever address people use."""
        return f"http://127.0.0.1:{self.port}{self.base_url}equitybook/kernel/store"

    @property
    def data_dir(self) -> str:
        """Where Voilà's own themes and schemas are."""
        return self._voila_folder

    def _addresses(self) -> tuple[str, ...]:
        covered = self.ip in {"", "0.0.0.0", "127.0.0.1", "localhost"}  # noqa: S104 - compared, not chosen
        return (self.ip,) if covered else (self.ip, "127.0.0.1")

    def setup_template_dirs(self) -> None:
        """Make this house's page theme findable under the name Voilà looks for."""
        home = self.share_folder / "voila" / "templates"
        home.parent.mkdir(parents=True)
        try:
            home.symlink_to(templates() / "voila", target_is_directory=True)
        except OSError:  # Windows gives symbolic links to few
            shutil.copytree(templates() / "voila", home)
        os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, (str(self.share_folder), os.environ.get("JUPYTER_PATH"))))
        super().setup_template_dirs()

    def init_settings(self) -> dict[str, Any]:
        """Voilà's settings, with this house's sign-in page, cookies and headers."""
        settings: dict[str, Any] = super().init_settings()
        return settings | {
            SETTING: self.shared,
            "login_url": f"{self.base_url}sign-in",
            "cookie_secret": self.shared.keys.cookie,
            "xsrf_cookie_kwargs": {"samesite": "Lax", "path": self.base_url, "secure": self.shared.https},
        }

    def init_handlers(self) -> list[tuple[Any, ...]]:
        """Every address of the server, each behind its rule. Voilà's own list is not used: tree, contents and files are gone."""
        return mount(self.base_url, {**API, **self._pages(), **self._kernels(), **self._assets()})

    def _pages(self) -> dict[str, Answer]:
        voila = {"template_paths": self.template_paths, "config": self.config, "voila_configuration": self.voila_configuration}
        return {
            "home": (Home, {}),
            "sign-in": (SignIn, {}),
            "sign-out": (SignOut, {}),
            "password": (Password, {}),
            "workbook": (WorkbookPage, voila),
            "own summary": (OwnSummary, {}),
            "town summary": (TownSummary, {}),
            "review draft": (ReviewDraft, {}),
            "review release": (ReviewRelease, {}),
            "charter leave": (CharterLeave, {}),
            "nothing here": (NothingHere, {}),
        }

    def _kernels(self) -> dict[str, Answer]:
        return {
            "kernel": (KernelHandler, {}),
            "kernel channels": (VoilaKernelWebsocketHandler, {}),
            "kernel leaving": (LeaveKernel, {}),
            "kernel store": (KernelStore, {}),
        }

    def _assets(self) -> dict[str, Answer]:
        themes = {
            "themes_url": f"{self.base_url}voila/api/themes",
            "path": self.themes_dir,
            "labextensions_path": get_voila_labextensions_path(self.voila_configuration.extra_labextensions_path),
            "no_cache_paths": ["/"],
        }
        return {
            "theme files": (TemplateStaticFileHandler, {}),
            "page files": (MultiStaticFileHandler, {"paths": self.static_paths, "default_filename": "index.html"}),
            "lab themes": (ThemesHandler, themes),
            "lab extensions": (FileFindHandler, {"path": self.labextensions_path, "no_cache_paths": ["/"]}),
        }

    def listen(self) -> None:
        """Listen at the one port that was asked for, and run until stopped."""
        self.forks.start()
        try:
            for address in self._addresses():
                self.app.listen(self.port, address, xheaders=self.shared.https, max_body_size=MAX_BODY, body_timeout=600)
        except OSError as error:
            self.stop()
            raise _no_port(error, self.port) from error
        _log.info("%s is at %s", self.shared.cohort.title, self.connection_url)
        self.ioloop = tornado.ioloop.IOLoop.current()
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            _log.info("Stopping.")
        finally:
            self.stop()

    def stop(self) -> None:
        """Shut the kernels down, close the store, take away what was made for this run."""
        super().stop()
        self.forks.stop()
        _log.info("%s", TALLY)
        self.shared.pool.shutdown(wait=True)
        self.shared.store.close()
        shutil.rmtree(self.share_folder, ignore_errors=True)


def make_app(
    cohort_folder: Path,
    *,
    port: int,
    ip: str = "127.0.0.1",
    https: bool = False,
    template: str = TEMPLATE,
    forks: ForkServer | None = None,
) -> Workbooks:
    """Make a server for a cohort, ready to start. Everything is set here: no configuration file of the machine has a say.

    Parameters
    ----------
    cohort_folder
        The folder with cohort.toml. The store in it is brought up to date first.
    port, ip
        Where to listen. The port is this one or none.
    https
        Set it where people reach the server by https through a proxy: cookies are then sent by https only, and the proxy's
        word on addresses is believed.
    template
        The page's theme.
    forks
        Where kernels come from, if it has been started already; the server ends it.

    Raises
    ------
    ConfigError, StoreError
        If cohort.toml, the keys or the store are not as they should be.
    """
    cohort = Cohort.read(cohort_folder)
    store = Store.of(cohort.folder, cohort.database_url)
    store.migrate()
    store.forget_staged(_STAGED_FOR)
    cohort.workbooks.mkdir(exist_ok=True)
    # Now rather than while the first person waits: pandas, and the browser's charts.
    registry.all_outcomes()
    vega.bundle()
    shared = Shared(cohort=cohort, store=store, keys=read_keys(cohort.folder), https=https)
    forks = forks or ForkServer()
    settings = _settings(cohort, template=template)
    settings.merge(provisioning(forks.address))
    app = Workbooks(shared, forks, port=port, ip=ip, config=settings, config_file_paths=[])
    app.initialize([])
    return app


def _settings(cohort: Cohort, *, template: str) -> Config:
    config = Config()
    config.Voila.root_dir = str(cohort.workbooks)
    config.Voila.open_browser = False
    config.Voila.port_retries = 0
    # Given late, so that tornado mounts no handlers of its own for it; jupyter_server's pages ask for the path.
    config.Voila.tornado_settings = {"static_path": DEFAULT_STATIC_FILES_PATH}
    config.Voila.identity_provider_class = CohortIdentity
    config.Voila.authorizer_class = KernelOwners
    config.VoilaConfiguration.template = template
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.show_tracebacks = False
    config.VoilaConfiguration.strip_sources = True
    config.VoilaConfiguration.file_allowlist = []
    config.VoilaConfiguration.preheat_kernel = False
    config.VoilaConfiguration.extension_allowlist = list(EXTENSIONS)
    config.VoilaConfiguration.multi_kernel_manager_class = OwnedKernels
    config.VoilaConfiguration.prelaunch_hook = check_before_kernel
    config.VoilaConfiguration.page_config_hook = add_facts
    config.MappingKernelManager.cull_idle_timeout = CULL_AFTER
    config.MappingKernelManager.cull_interval = 60
    config.MappingKernelManager.cull_connected = True
    # No notebook is trusted for having been seen, and nothing is written to the home folder.
    config.NotebookNotary.db_file = ":memory:"
    config.NotebookNotary.secret = secrets.token_bytes(32)
    if os.name == "posix" and len(tempfile.gettempdir()) < _LONGEST_SOCKET:
        config.KernelManager.transport = "ipc"
    return config


def _no_port(error: OSError, port: int) -> Exception:
    if error.errno == errno.EADDRINUSE:
        return ConfigError(
            f"Port {port} is in use, perhaps by a server started earlier.",
            key="--port",
            fix=f"Stop that one, or choose another: equitybook serve --port {port + 1}.",
        )
    if error.errno == errno.EACCES:
        return ConfigError(f"This user may not listen at port {port}.", key="--port", fix="Choose a port above 1023.")
    return error
