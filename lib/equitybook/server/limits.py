"""How much the server takes at once."""

from __future__ import annotations

LIMIT_MEGABYTES = 25
"""Of an uploaded file."""
