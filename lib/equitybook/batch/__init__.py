"""Many communities at once: generating their workbooks."""

from __future__ import annotations

from equitybook.importing import import_jsonschema

import_jsonschema()  # before papermill does

from equitybook.batch.generate import generate  # noqa: E402
from equitybook.batch.manifest import Entry, Manifest  # noqa: E402

__all__ = ["Entry", "Manifest", "generate"]
