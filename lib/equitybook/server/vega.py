"""Vega for the browser, as one module: made once from the chart compiler's own copy, so that page and paper agree."""

from __future__ import annotations

import importlib.metadata
import os
import tempfile
from functools import cache
from pathlib import Path

import vl_convert

NAME = "vega.js"
_SNIPPET = "export { vegaEmbed };"


@cache
def bundle() -> Path:
    """Return the module's path, ``…/vega-<version>.js`` in the user's cache folder; it is made when absent, which takes two seconds."""
    version = importlib.metadata.version("vl-convert-python")
    path = _cache_folder() / f"vega-{version}.js"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=path.parent, suffix=".js")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(vl_convert.javascript_bundle(_SNIPPET))
        Path(unfinished).replace(path)
    return path


def _cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "equitybook"
