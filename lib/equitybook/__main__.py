"""``python -m equitybook``: the command line."""

from __future__ import annotations

from equitybook.cli import main

main()
