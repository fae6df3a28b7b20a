"""A report as a tagged PDF (PDF/UA-1), typeset by Typst. Words and numbers go in as data, never as markup."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from equitybook.charts import svg
from equitybook.errors import ExportError
from equitybook.findings import Finding
from equitybook.flags import Flagged
from equitybook.house import templates
from equitybook.report.model import FindingBlock, Notice, Report, Show
from equitybook.report.wording import FLAG_LOOKS, counted_words, flag_words, made_lines, meta_words

_FONT = "Libertinus Serif"
"""The typesetter brings it along, so that every machine prints the same."""


def render_pdf(report: Report) -> bytes:
    """Typeset the report.

    Parameters
    ----------
    report
        What to print. The file's date is the report's own, so that the same report gives the same bytes.

    Raises
    ------
    ExportError
        If the typesetter refuses; the message names the community and what it said.
    """
    import typst

    pictures: list[bytes] = []
    data = _report(report, pictures)
    with tempfile.TemporaryDirectory(prefix="equitybook-") as made:
        folder = Path(made)
        shutil.copyfile(templates() / "report" / "report.typ", folder / "report.typ")
        for at, picture in enumerate(pictures):
            (folder / f"chart-{at}.svg").write_bytes(picture)
        try:
            written = typst.compile(
                folder / "report.typ",
                root=folder,
                format="pdf",
                ignore_system_fonts=True,  # the same fonts, and so the same pages, on every machine
                pdf_standards=["ua-1"],
                sys_inputs={"report": json.dumps(data, ensure_ascii=False)},
                timestamp=report.made.at,
            )
        except typst.TypstError as error:
            message = f"{report.community}: the PDF could not be typeset ({error}). The HTML summary holds the same."
            raise ExportError(message) from error
    return bytes(written)


def _report(report: Report, pictures: list[bytes]) -> dict[str, Any]:
    return {
        "language": report.language,
        "brief": report.brief,
        "title": report.title,
        "subtitle": report.subtitle,
        "for": report.tier_words,
        "notices": list(report.notices),
        "sections": [
            {"title": one.title, "lead": one.lead, "blocks": [_block(block, pictures) for block in one.blocks]}
            for one in report.sections
        ],
        "made": made_lines(report),
    }


def _block(block: object, pictures: list[bytes]) -> dict[str, Any]:
    if isinstance(block, FindingBlock):
        return {"kind": "finding", **_finding(block.finding, pictures, block.show)}
    if isinstance(block, Notice):
        return {"kind": "notice", "title": block.title, "lines": list(block.lines)}
    return {"kind": "words", "label": getattr(block, "label", ""), "text": getattr(block, "text", "")}


def _finding(finding: Finding, pictures: list[bytes], show: Show) -> dict[str, Any]:
    table = finding.table if show in ("all", "table") else None
    counted = counted_words(finding)
    return {
        "title": finding.title,
        "empty": finding.empty,
        "sentence": finding.sentence,
        "meta": " · ".join(meta_words(finding)),
        "flags": [_flag(flag) for flag in finding.flags],
        "chart": _chart(finding, pictures) if show in ("all", "chart") else None,
        "table": None
        if table is None
        else {
            "caption": table.caption,
            "columns": list(table.columns),
            "rows": [list(row) for row in table.rows],
            "align": ["right" if letter == "r" else "left" for letter in table.align],
            "notes": list(table.notes),
        },
        "care": [*finding.notices, *([counted] if counted and not finding.empty else [])] if show == "all" else [],
    }


def _flag(flag: Flagged) -> dict[str, str]:
    return {"label": flag.label, "look": FLAG_LOOKS[flag.flag], "text": flag_words(flag)}


def _chart(finding: Finding, pictures: list[bytes]) -> dict[str, str] | None:
    if finding.chart is None:
        return None
    pictures.append(svg(finding.chart, font=_FONT).encode())
    return {"file": f"chart-{len(pictures) - 1}.svg", "alt": finding.chart.alt}
