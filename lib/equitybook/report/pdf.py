"""A report as a tagged PDF (PDF/UA-1), typeset by Typst. Words and numbers go in as data, never as markup."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from equitybook.charts import svg
from equitybook.errors import ExportError
from equitybook.findings import Chart, Finding, Shown
from equitybook.flags import Flagged
from equitybook.house import templates
from equitybook.report.model import FindingBlock, Notice, Report, Show
from equitybook.report.wording import FLAG_LOOKS, counted_words, flag_words, group_words, made_lines, meta_words

_FONT = "Libertinus Serif"
"""The typesetter brings it along, so that every machine prints the same."""

_PIXELS, _BRIEF_PIXELS = 640, 400
"""How wide a picture is drawn: as in the HTML summary, or for one of two columns. The template says how large a pixel is."""


@dataclass(slots=True)
class _Pictures:
    """The pictures of a report, in the order they are printed, all drawn equally wide."""

    pixels: int
    drawn: list[bytes] = field(default_factory=list)

    def draw(self, chart: Chart) -> dict[str, Any]:
        """Draw one and say where it lies, what it shows and how wide it is."""
        self.drawn.append(svg(chart, width=self.pixels, font=_FONT).encode())
        return {"file": f"chart-{len(self.drawn) - 1}.svg", "alt": chart.alt, "pixels": self.pixels}


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

    pictures = _Pictures(_BRIEF_PIXELS if report.brief else _PIXELS)
    data = _report(report, pictures)
    with tempfile.TemporaryDirectory(prefix="equitybook-") as made:
        folder = Path(made)
        shutil.copyfile(templates() / "report" / "report.typ", folder / "report.typ")
        for at, picture in enumerate(pictures.drawn):
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


def _report(report: Report, pictures: _Pictures) -> dict[str, Any]:
    return {
        "language": report.language,
        "brief": report.brief,
        "title": report.title,
        "subtitle": report.subtitle,
        "for": report.tier_words,
        "notices": list(report.notices),
        "steps": _steps(report),
        "sections": [
            {
                "title": one.title,
                "state": one.stands.state if one.stands else "",
                "lead": one.lead,
                "blocks": [_block(block, pictures) for block in one.blocks],
            }
            for one in report.sections
        ],
        "made": _made(report),
    }


def _steps(report: Report) -> dict[str, Any] | None:
    rows = tuple((one.title, stands.state, "\n".join(stands.open)) for one, stands in report.steps)
    return _table(Shown("What is still open at each step", ("Step", "State", "Still open"), rows, "lll")) if rows else None


def _made(report: Report) -> list[tuple[str, str]]:
    """Say how it was made; on one page without what stands on the page already: who may see it, and every finding's source and date."""
    above = {"Who may see it", "Sources", "Data as of"} if report.brief else set()
    return [(name, value) for name, value in made_lines(report) if name not in above]


def _block(block: object, pictures: _Pictures) -> dict[str, Any]:
    if isinstance(block, FindingBlock):
        return {"kind": "finding", **_finding(block.finding, pictures, block.show)}
    if isinstance(block, Notice):
        return {"kind": "notice", "title": block.title, "lines": list(block.lines)}
    return {"kind": "words", "label": getattr(block, "label", ""), "text": getattr(block, "text", "")}


def _finding(finding: Finding, pictures: _Pictures, show: Show) -> dict[str, Any]:
    table = finding.table if show in ("all", "table") else None
    counted = counted_words(finding)
    return {
        "title": finding.title,
        "empty": finding.empty,
        "sentence": finding.sentence,
        "meta": " · ".join(meta_words(finding)),
        "flags": [_flag(flag) for flag in finding.flags] if show == "all" else _flags_together(finding.flags),
        "chart": pictures.draw(finding.chart) if finding.chart and show in ("all", "chart") else None,
        "table": None if table is None else _table(table),
        "care": [*finding.notices, *([counted] if counted and not finding.empty else [])] if show == "all" else [],
    }


def _table(table: Shown) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": list(table.columns),
        "rows": [list(row) for row in table.rows],
        "align": ["right" if letter == "r" else "left" for letter in table.align],
        "notes": list(table.notes),
    }


def _flag(flag: Flagged) -> dict[str, str]:
    return {"label": flag.label, "look": FLAG_LOOKS[flag.flag], "text": flag_words(flag)}


def _flags_together(flags: Sequence[Flagged]) -> list[dict[str, str]]:
    """Say on one page once what several groups have in common: the label, the next step, and of the reason what is the same."""
    alike: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    for flag in flags:
        reasons = alike.setdefault((flag.label, FLAG_LOOKS[flag.flag], flag.next_step), {})
        reasons.setdefault(flag.reason, []).append(group_words(flag.group))
    return [
        {"label": label, "look": look, "text": " ".join([*_reasons(reasons), step]).strip()}
        for (label, look, step), reasons in alike.items()
    ]


def _reasons(reasons: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Write each reason after the groups it is given for; the sentences all of them end with come once, at the end."""
    said = [(re.split(r"(?<=\.) ", reason), "; ".join(filter(None, groups))) for reason, groups in reasons.items()]
    common: list[str] = []
    if len(said) > 1:
        # Each keeps a sentence of its own.
        while all(len(sentences) > 1 for sentences, _ in said) and len({sentences[-1] for sentences, _ in said}) == 1:
            common.insert(0, said[0][0][-1])
            for sentences, _ in said:
                del sentences[-1]
    for sentences, named in said:
        yield ": ".join(filter(None, (named, " ".join(sentences))))
    yield from common
