"""The web server: sign-in, roles, the workbook pages, and everything they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equitybook.importing import import_jsonschema

if TYPE_CHECKING:
    from equitybook.server.app import serve
    from equitybook.server.lab_extension import lab

__all__ = ["lab", "serve"]

import_jsonschema()  # before Jupyter does


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the module's own names
    # Reading the policy or the keys must not start Jupyter.
    if name == "serve":
        from equitybook.server.app import serve

        return serve
    if name == "lab":
        from equitybook.server.lab_extension import lab

        return lab
    raise AttributeError(name)
