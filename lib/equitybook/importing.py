"""An import that would cost more than the work it is for."""

from __future__ import annotations

import importlib
import sys

_ADDRESS_GRAMMAR = "rfc3987_syntax"


def import_jsonschema() -> None:
    """Import jsonschema without its grammar of internationalised addresses; whoever imports it later gets this one.

    jsonschema builds that grammar where the package for it is installed (JupyterLab brings it), which takes a second: longer than all
    the rest of a page. Altair, nbformat and Jupyter's events stand on jsonschema, and nothing they check here is such an address.
    """
    absent = _ADDRESS_GRAMMAR not in sys.modules
    if absent:
        sys.modules[_ADDRESS_GRAMMAR] = None  # type: ignore[assignment] # Python's own way to say "not to be found"
    try:
        importlib.import_module("jsonschema")
    finally:
        if absent:
            del sys.modules[_ADDRESS_GRAMMAR]
