"""Residents by race and ethnicity, language and disability, with margins of error and how far to trust them (specification 1.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equitybook.charter.present.figures import disagreements
from equitybook.charts import RateBar, rate_bars
from equitybook.findings import TOTAL, Finding, Measured, Provenance, Shown
from equitybook.flags import FLAG_TEXTS, Flag, Flagged
from equitybook.outcomes.wording import listing
from equitybook.statistics.census import Estimate, Reliability, proportion, total

_EMPTY = "Upload the Census table above, or type its figures with a row for everybody (code TOTAL), and the picture appears here."
_TOO_MANY = "A group has more people than everybody together. Check the figures."
_RELIABILITY = {Reliability.HIGH: "High", Reliability.MEDIUM: "Medium, use with caution", Reliability.LOW: "Low, a hint only"}


@dataclass(frozen=True, slots=True)
class _Topic:
    """One of the three questions. ``whole``: the groups make up all residents; else their sum is what the sentence is about."""

    code: str
    finding: str
    metric: str
    title: str
    people: str
    whole: bool = False


_TOPICS = (
    _Topic("RACE", "CHARTER.residents.race", "CTX.race_share", "Who lives here, by race and ethnicity", "residents", whole=True),
    _Topic(
        "LANGUAGE",
        "CHARTER.residents.language",
        "CTX.lep_share",
        "Who speaks English less than very well",
        "residents aged 5 and over speak English less than very well",
    ),
    _Topic(
        "DISABILITY",
        "CHARTER.residents.disability",
        "CTX.disability_share",
        "Who lives with a disability",
        "residents live with a disability",
    ),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One group: its figure, and its share of everybody, in shares of 1 with the margin."""

    label: str
    figure: Estimate
    share: Estimate


def residents(measured: Measured) -> tuple[Finding, ...]:
    """Say each topic's shares. Census figures are published, so nothing here is hidden from anybody."""
    return tuple(_topic(topic, [row for row in measured.facts["residents"] if row.get("topic") == topic.code]) for topic in _TOPICS)


def _topic(topic: _Topic, rows: Sequence[Mapping[str, Any]]) -> Finding:
    whole = next((_estimate(row) for row in rows if row.get("group") == TOTAL), None)
    groups = [row for row in rows if row.get("group") != TOTAL and row.get("label")]
    if whole is None or not whole.value or not groups:
        return Finding(topic.finding, topic.metric, topic.title, empty=_EMPTY)
    lines = sorted((_line(row, whole) for row in groups), key=lambda one: -(one.figure.value or 0))
    return Finding(
        topic.finding,
        topic.metric,
        topic.title,
        sentence=_sentence(topic, lines, whole),
        table=_table(topic, lines, whole),
        chart=_chart(topic, lines),
        flags=_flags(topic, rows, lines, whole),
        notices=_notices(topic, lines),
        provenance=Provenance(
            source=_sources(rows), n=whole.value, numerator="residents of the group", denominator="all residents the table counts"
        ),
    )


def _estimate(row: Mapping[str, Any]) -> Estimate:
    value, moe = row.get("estimate"), row.get("moe")
    return Estimate(None if value is None else float(value), None if moe is None else float(moe))


def _line(row: Mapping[str, Any], whole: Estimate) -> _Line:
    figure = _estimate(row)
    return _Line(str(row["label"]), figure, proportion(figure, whole))


def _sentence(topic: _Topic, lines: Sequence[_Line], whole: Estimate) -> str:
    published = [one for one in lines if one.figure.value is not None]
    if not published:
        return "None of these figures is published for your town."
    if topic.whole:
        most = [f"{_percent(one.share)} {one.label}" for one in published if one.share.value is not None]
        return f"Of {whole.value:,.0f} {topic.people}, {listing(most[:4])}." if most else _TOO_MANY
    added = total([one.figure for one in published])
    share = proportion(added, whole)
    if share.value is None:
        return _TOO_MANY
    said = f"{added.value:,.0f} of {whole.value:,.0f} {topic.people}: {_percent(share)}"
    if len(published) < len(lines):
        # What is not published is not nobody: the share can only be larger.
        return f"At least {said} or more, because not every group is published."
    said += ". Their margin of error is not known." if share.moe is None else f", give or take {100 * share.moe:.1f} points."
    return said if len(published) == 1 else f"{said} The largest group is {published[0].label}."


def _table(topic: _Topic, lines: Sequence[_Line], whole: Estimate) -> Shown:
    rows = [
        (one.label, _people(one.figure), _margin(one.figure), _percent(one.share), _points(one.share), _trust(one.figure))
        for one in lines
    ]
    everybody = ("Everybody", _people(whole), _margin(whole), "100 %", "", _trust(whole))
    return Shown(
        caption=f"{topic.title}: shares with margins of error at 90 percent",
        columns=("Group", "People", "Margin of error (people)", "Share", "Margin (points)", "How reliable"),
        rows=(*rows, everybody),
        align="lrrrrl",
        notes=(
            "Reliability by coefficient of variation: up to 12 % high, up to 40 % medium, above that low. There is no official border.",
        ),
    )


def _chart(topic: _Topic, lines: Sequence[_Line]) -> Any:  # noqa: ANN401 - a chart, or nothing to draw
    bars = [
        RateBar(
            one.label,
            100 * one.share.value,
            None if one.share.interval is None else 100 * max(0.0, one.share.interval[0]),
            None if one.share.interval is None else 100 * min(1.0, one.share.interval[1]),
            one.figure.value,
        )
        for one in lines
        if one.share.value is not None
    ]
    if not bars:
        return None
    return rate_bars(bars, title=topic.title, x_label="Share of residents", interval="Within the margin of error (90 %)")


def _flags(topic: _Topic, rows: Sequence[Mapping[str, Any]], lines: Sequence[_Line], whole: Estimate) -> tuple[Flagged, ...]:
    return tuple(
        Flagged(
            Flag.DATA_QUALITY,
            topic.metric,
            group=TOTAL,
            reference=whole.value,
            reason=FLAG_TEXTS[Flag.DATA_QUALITY].format(rule=rule),
            next_step=advice,
        )
        for rule, advice in disagreements(rows, [one.figure.value for one in lines], whole.value or 0, parts=topic.whole)
    )


def _notices(topic: _Topic, lines: Sequence[_Line]) -> tuple[str, ...]:
    low = [one.label for one in lines if one.figure.reliability is Reliability.LOW]
    said = [f"Too uncertain to lean on: {listing(low)}."] if low else []
    if topic.code == "LANGUAGE":
        said.append("A language group is not a language: ask at your counter or your schools which languages are meant.")
    unpublished = [one.label for one in lines if one.figure.value is None]
    if unpublished:
        said.append(f"Not published for your town: {listing(unpublished)}.")
    return tuple(said)


def _sources(rows: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(
        dict.fromkeys(f"{row.get('source') or 'no source given'}, {row.get('geography') or 'no place given'}" for row in rows)
    )


def _people(figure: Estimate) -> str:
    return "—" if figure.value is None else f"{figure.value:,.0f}"


def _margin(figure: Estimate) -> str:
    return "—" if figure.moe is None else f"±{figure.moe:,.0f}"


def _percent(share: Estimate) -> str:
    return "—" if share.value is None else f"{100 * share.value:.1f} %"


def _points(share: Estimate) -> str:
    return "—" if share.moe is None else f"±{100 * share.moe:.1f}"


def _trust(figure: Estimate) -> str:
    if figure.controlled:
        return "Exact: set to a known total"
    if figure.reliability is None or figure.cv is None:
        return "Not known"
    return f"{_RELIABILITY[figure.reliability]} ({figure.cv:.0f} %)"
