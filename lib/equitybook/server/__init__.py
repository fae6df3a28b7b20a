"""The web server: sign-in, roles, the workbook pages, and everything they ask for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from equitybook.importing import import_jsonschema

if TYPE_CHECKING:
    from equitybook.server.lab_extension import lab

__all__ = ["lab", "serve"]

import_jsonschema()  # before Jupyter does


def serve(cohort_folder: Path | str, *, port: int = 8866, ip: str = "127.0.0.1", https: bool = False) -> None:
    """Serve a cohort's workbooks until interrupted. The arguments are ``make_app``'s.

    Raises
    ------
    ConfigError
        If the port is taken, or cohort.toml is not as it should be.
    """
    from equitybook.kernels.fork_server import ForkServer

    with ForkServer() as forks:  # it imports for the kernels while this process imports Jupyter
        from equitybook.server.app import make_app

        make_app(Path(cohort_folder), port=port, ip=ip, https=https, forks=forks).start()


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the module's own names
    # Reading the policy or the keys must not start Jupyter.
    if name == "lab":
        from equitybook.server.lab_extension import lab

        return lab
    raise AttributeError(name)
