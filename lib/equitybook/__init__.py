"""Equitybook: what a workbook notebook may use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from equitybook.workbook import Workbook, open_workbook

__version__ = "0.1.0"

__all__ = ["Workbook", "__version__", "open_workbook"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the module's own names
    """Load the workbook only where it is asked for: the command line and the server start without pandas."""
    if name in {"Workbook", "open_workbook"}:
        from equitybook import workbook

        return getattr(workbook, name)
    raise AttributeError(name)
