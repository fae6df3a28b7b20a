"""The page's modules and styles, and Vega, which draws the charts: all from this server."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from tornado.web import HTTPError, StaticFileHandler

from equitybook.house import templates
from equitybook.server import vega
from equitybook.widgets.static_files import static_version

PAGES_STYLE = "pages.css"
"""The style of the server's own pages; it lies beside them."""

_YEAR = 365 * 24 * 3600


@cache
def style_version() -> str:
    """Hash the pages' style, for ``?v=``."""
    return hashlib.sha256((templates() / "pages" / PAGES_STYLE).read_bytes()).hexdigest()[:12]


class StaticFiles(StaticFileHandler):
    """Files of ``widgets/static``, and two that lie elsewhere."""

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 - tornado's signature
        """Keep for a year what was asked for by its version; ask again for anything else."""
        versioned = self.get_argument("v", "") in {static_version(), style_version()}
        self.set_header("Cache-Control", f"public, max-age={_YEAR}, immutable" if versioned else "no-cache")

    @classmethod
    def get_absolute_path(cls, root: str, path: str) -> str:
        """Find the file."""
        elsewhere = {PAGES_STYLE: templates() / "pages" / PAGES_STYLE, vega.NAME: vega.bundle()}
        return str(elsewhere[path]) if path in elsewhere else super().get_absolute_path(root, path)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Nothing outside the folder, nothing hidden."""
        if self.path in {PAGES_STYLE, vega.NAME}:
            return absolute_path
        found = super().validate_absolute_path(root, absolute_path)
        if found and any(part.startswith(".") for part in Path(found).relative_to(root).parts):
            raise HTTPError(404)
        return found
