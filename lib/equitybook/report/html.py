"""A report as one HTML file that opens anywhere: its style and pictures inside, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from equitybook.house import templates
from equitybook.report.fragments import finding_html
from equitybook.report.model import Block, FindingBlock, Notice, Report, Words
from equitybook.report.wording import date_words, made_lines, time_words


@dataclass(frozen=True, slots=True)
class Beside:
    """What a server's page shows beside a report, as HTML that is escaped already. None of it is part of the report.

    ``head`` goes into the page's head, ``top`` before the first section, ``sections`` at the end of the section of that id, ``end`` after
    the last one. ``notes`` are a column beside the steps' states, by section id, under ``noted``.
    """

    head: str = ""
    top: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)
    end: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    noted: str = ""


def render_html(report: Report, *, beside: Beside | None = None) -> str:
    """Write the report as a self-contained page.

    Parameters
    ----------
    report
        What to write. All words are escaped. In a file the tables behind pictures are unfolded, for paper.
    beside
        What a page of the server adds, which is read on a screen; None for a file.
    """
    style = Markup((templates() / "report" / "report.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file
    return (
        _environment()
        .get_template("report.html")
        .render(report=report, style=style, beside=beside or Beside(), unfolded=beside is None)
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates() / "report"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"date": date_words, "time": time_words, "block": _kind, "finding": _finding, "made": made_lines}
    return environment


def _kind(block: Block) -> str:
    return {FindingBlock: "finding", Words: "words", Notice: "notice"}[type(block)]


def _finding(block: FindingBlock, *, unfolded: bool) -> Markup:
    return Markup(finding_html(block.finding, chart="svg", level=3, unfolded=unfolded, show=block.show))  # noqa: S704 - escapes all it is given
