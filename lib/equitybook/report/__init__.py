"""Reports: one model, one small renderer per format."""

from __future__ import annotations

from collections.abc import Callable

from equitybook.report.html import Beside, render_html
from equitybook.report.model import Block, FindingBlock, Made, Notice, Report, Section, Show, Stands, Words
from equitybook.report.pdf import render_pdf

EXPORTS: dict[str, Callable[[Report], bytes]] = {"html": lambda report: render_html(report).encode(), "pdf": render_pdf}
"""What a report can be written as, by file ending. A new format is a function and a line here."""

__all__ = [
    "EXPORTS",
    "Beside",
    "Block",
    "FindingBlock",
    "Made",
    "Notice",
    "Report",
    "Section",
    "Show",
    "Stands",
    "Words",
    "render_html",
    "render_pdf",
]
