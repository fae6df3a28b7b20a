"""What a data set, a measure or a request is called, and how its numbers are written. The public sees numbers and no names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any

from equitybook.charts import percent
from equitybook.findings import Measured
from equitybook.outcomes.performance_management.data_systems.measure.scores import DataSet
from equitybook.outcomes.wording import DASH, listing

SOURCE = "Your data inventory"
NOT_ASKED, NOT_KNOWN = "not asked", "not filled in"
INVENTORY_FIRST = "Add your data sets above: one row for each place where records about people are kept."


def words_of(measured: Measured, what: str) -> Sequence[Mapping[str, Any]]:
    """Give what was typed about each data set, measure or request; nothing for each where words are not shown."""
    numbered = {"datasets": "datasets", "measures": "links", "requests": "requests"}[what]
    return measured.words.get(what) or [{} for _ in measured.facts[numbered]]


def set_labels(measured: Measured) -> tuple[str, ...]:
    """Name each data set, all differently: "Permit log (D1)"; "Data set 1" where names are not shown."""
    said = words_of(measured, "datasets")
    labels: list[str] = []
    for number, one in enumerate(said, start=1):
        name, code = one.get("name"), one.get("dataset_id")
        label = f"{name} ({code})" if name and code else str(name or code or f"Data set {number}")
        labels.append(f"{label}, row {number}" if label in labels else label)
    return tuple(labels)


def measure_labels(measured: Measured) -> tuple[str, ...]:
    """Name each measure: "M1 Median days to a permit"; "Measure 1" where names are not shown."""
    said = words_of(measured, "measures")
    pairs = [(one.get("measure_id"), one.get("name")) for one in said]
    return tuple(" ".join(str(part) for part in pair if part) or f"Measure {at}" for at, pair in enumerate(pairs, start=1))


def share(rate: Fraction | None) -> str:
    """Write a rate as percent with up to one decimal, or a dash."""
    return DASH if rate is None else percent(float(100 * rate))


def why_no_share(one: DataSet, name: str) -> tuple[str, str]:
    """Say why a field of a data set has no usable share to show, in full and in a letter or two for a phone."""
    cell = one.cell(name)
    if cell.asked is False:
        return NOT_ASKED, "no"
    if one.records == 0:
        return "no records", "–"
    return (NOT_KNOWN, "?") if cell.n_usable is None else ("to check", "≠")


def score(one: DataSet) -> str:
    """Write a score with two decimals, cut and not rounded: 0.698 must not read as 0.70 and "partial"."""
    if one.score is None:
        return DASH
    exact = Decimal(one.score.numerator) / Decimal(one.score.denominator)
    return str(exact.quantize(Decimal("0.01"), rounding=ROUND_FLOOR))


def standing(one: DataSet) -> str:
    """Write the class of a data set, or why it has none."""
    if one.standing is not None:
        return str(one.standing)
    if not one.records:
        return "no records" if one.records == 0 else "records not entered"
    return f"{one.unknown_core} of 5 fields to fill in"


def quoted(words: Iterable[str]) -> str:
    """Join names in quotation marks."""
    return listing(f"“{word}”" for word in words)
