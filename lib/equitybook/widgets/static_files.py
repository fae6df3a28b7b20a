"""The page's modules: where they are, and the hash under which a browser keeps them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static"
"""The folder served at ``{base}equitybook/static/``."""


@cache
def static_version() -> str:
    """Return a short hash of everything in the folder, for ``?v=``: a changed file is fetched, an unchanged one is not."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def loader(module: str) -> str:
    """Return the few lines a widget carries as its ``_esm``: they find the server and import the real module from it.

    Parameters
    ----------
    module
        File name in ``static/``, for example ``"grid.js"``.
    """
    return _LOADER.replace("MODULE", module).replace("VERSION", static_version())


# Voilà and JupyterLab both print the server's base address into the page; a widget's own code runs from a blob without one.
_LOADER = """\
async function render({ model, el }) {
  const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
  const base = new URL(config.baseUrl || "/", document.location.href).href.replace(/\\/?$/, "/");
  const view = await import(`${base}equitybook/static/MODULE?v=VERSION`);
  return view.render({ model, el });
}
export default { render };
"""
