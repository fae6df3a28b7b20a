"""A finding as HTML: the same on the page, in a saved notebook and in a document."""

from __future__ import annotations

import datetime as dt
import re
from html import escape
from typing import Literal

from equitybook.charts import svg
from equitybook.charts.theme import paper_colours
from equitybook.findings import Chart, Finding, Shown
from equitybook.flags import Flagged
from equitybook.outcomes.content import Content
from equitybook.report.model import Show
from equitybook.report.wording import FLAG_LOOKS, counted_words, date_words, flag_words, meta_words

ChartAs = Literal["svg", "slot"]


def finding_html(finding: Finding, *, chart: ChartAs = "svg", level: int = 3, unfolded: bool = False, show: Show = "all") -> str:
    """Write one finding: the sentence first, then the picture, the table and the cautions.

    Parameters
    ----------
    finding
        What to show. Everything in it is escaped.
    chart
        ``"svg"`` puts the picture in; ``"slot"`` leaves ``<div class="eq-chart" data-chart="<id>">`` for the page to draw in.
    level
        The level of its heading, 2 to 6.
    unfolded
        Whether the table and the cautions stand open, as on paper.
    show
        How much of it: all, or for one page without its cautions.
    """
    # On a page of its own a finding stands besides: it is named apart, and nothing is done with it there.
    anchor, of = (
        (_anchor(finding.id), f' data-finding="{escape(finding.id)}"') if show == "all" else (_anchor(f"{finding.id}-{show}"), "")
    )
    heading = f'<h{level} class="eq-title" id="{anchor}-title">{escape(finding.title)}</h{level}>'
    # Without a picture the table is what there is to see: only beside the grid it was typed into is it folded away.
    alone = show == "table" or (chart == "svg" and finding.chart is None)
    if finding.empty:
        body = f'<p class="eq-nothing">{escape(finding.empty)}</p>'
    else:
        body = "".join(
            (
                f'<p class="eq-say">{_unbroken(escape(finding.sentence))}</p>' if finding.sentence else "",
                _meta(finding),
                _flags(finding.flags),
                _figure(finding.id, finding.chart, chart) if finding.chart and show in ("all", "chart") else "",
                _table(finding.table, unfolded=unfolded, alone=alone) if finding.table and show in ("all", "table") else "",
            )
        )
    care = _care(finding, unfolded=unfolded) if show == "all" else ""
    return f'<article class="eq-finding"{of} aria-labelledby="{anchor}-title">{heading}{body}{care}</article>'


def sources_html(guide: Content, employees: int | None = None) -> str:
    """Write an outcome's sources and the law around it, folded, each with the date it was looked at.

    ``employees`` leaves out what does not concern a town of that many staff.
    """
    notes = [one for one in guide.legal if one.fits(employees)]
    lines = [
        f'<li>{escape(one.text)} <span class="eq-meta">{escape(_dated(one.source, one.as_of))}'
        f"{escape(f' Check with counsel: {one.verify}') if one.verify else ''}</span></li>"
        for one in notes
    ]
    lines += [
        f'<li>{escape(one.title)} <span class="eq-meta">Looked at on {date_words(one.as_of)}.</span></li>' for one in guide.sources
    ]
    if not lines:
        return ""
    advice = "<p>This is information as of the dates given. It is not legal advice; ask your counsel.</p>" if notes else ""
    title = "Sources and the law" if notes else "Sources"
    return f'<details class="eq-care"><summary>{title}: {escape(guide.title)}</summary>{advice}<ul>{"".join(lines)}</ul></details>'


def _unbroken(text: str) -> str:
    """Keep a number and its percent sign on one line."""
    return re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", text)


def _dated(source: str, as_of: dt.date) -> str:
    return f"{source}, as of {date_words(as_of)}."


def table_html(table: Shown) -> str:
    """Write a table with its caption, a header row, and row headers in the first column."""
    aligned = [' class="n"' if letter == "r" else "" for letter in table.align]
    heads = "".join(
        f'<th scope="col"{look}>{escape(name)}</th>' if name else "<td></td>"  # a header that says nothing is none
        for name, look in zip(table.columns, aligned, strict=True)
    )
    rows = "".join(f"<tr>{_row(row, aligned)}</tr>" for row in table.rows)
    notes = "".join(f'<p class="eq-note">{escape(note)}</p>' for note in table.notes)
    # A wide table scrolls by itself; the region can be reached by keyboard and says what it is.
    region = f'<div class="eq-scroll" role="region" tabindex="0" aria-label="{escape(table.caption)}">'
    head = f"<thead><tr>{heads}</tr></thead>"
    return f'{region}<table class="eq-table"><caption>{escape(table.caption)}</caption>{head}<tbody>{rows}</tbody></table></div>{notes}'


def _row(row: tuple[str, ...], aligned: list[str]) -> str:
    first, *rest = zip(row, aligned, strict=True)
    cells = "".join(f"<td{look}>{escape(value)}</td>" for value, look in rest)
    return f'<th scope="row">{escape(first[0])}</th>{cells}'


def _meta(finding: Finding) -> str:
    parts = meta_words(finding)
    return f'<p class="eq-meta">{escape(" · ".join(parts))}</p>' if parts else ""


def _flags(flags: tuple[Flagged, ...]) -> str:
    if not flags:
        return ""
    lines = "".join(f'<li>{_pill(flag)} <span class="eq-why">{escape(flag_words(flag))}</span></li>' for flag in flags)
    return f'<ul class="eq-flags">{lines}</ul>'


def _pill(flag: Flagged) -> str:
    return f'<span class="eq-flag eq-flag-{FLAG_LOOKS[flag.flag]}">{escape(flag.label)}</span>'


def _figure(finding_id: str, chart: Chart, how: ChartAs) -> str:
    if how == "slot":
        name = escape(finding_id)
        inside = f'<div class="eq-chart" data-chart="{name}" role="img" aria-label="{escape(chart.alt)}"></div>'
    else:
        inside = _themed(svg(chart, id=f"{_anchor(finding_id)}-chart"))
    return f'<figure class="eq-figure">{inside}</figure>'


def _table(table: Shown, *, unfolded: bool, alone: bool) -> str:
    if alone:
        return table_html(table)
    opened = " open" if unfolded else ""
    return f'<details class="eq-as-table"{opened}><summary>Show as a table</summary>{table_html(table)}</details>'


def _care(finding: Finding, *, unfolded: bool) -> str:
    lines = [*finding.notices, *([counted] if (counted := counted_words(finding)) and not finding.empty else [])]
    if not lines:
        return ""
    listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
    opened = " open" if unfolded else ""
    return f'<details class="eq-care"{opened}><summary>Read with care</summary><ul>{listed}</ul></details>'


def _themed(picture: str) -> str:
    """Let ink and lines follow the page from light to dark; the colours of the data stay."""
    for colour, token in paper_colours().items():
        picture = picture.replace(f'="{colour}"', f'="var(--eq-{token}, {colour})"')
    return picture


def _anchor(finding_id: str) -> str:
    return "f-" + re.sub(r"[^A-Za-z0-9]+", "-", finding_id)
