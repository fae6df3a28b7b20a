"""Many communities at once: generating their workbooks."""

from __future__ import annotations

from equitybook.batch.generate import generate
from equitybook.batch.manifest import Entry, Manifest

__all__ = ["Entry", "Manifest", "generate"]
