"""Residents by race and ethnicity, language and disability, with margins of error and how far to trust them."""

from __future__ import annotations

from equitybook.findings import Finding, Measured

TITLES = {
    "RACE": ("CHARTER.residents.race", "CTX.race_share", "Who lives here, by race and ethnicity"),
    "LANGUAGE": ("CHARTER.residents.language", "CTX.lep_share", "Who speaks English less than very well"),
    "DISABILITY": ("CHARTER.residents.disability", "CTX.disability_share", "Who lives with a disability"),
}
_EMPTY = "Upload the Census table above, or type its figures, and the picture appears here."


def residents(measured: Measured) -> tuple[Finding, ...]:
    """Say each topic's shares."""
    return tuple(Finding(found_id, metric, title, empty=_EMPTY) for found_id, metric, title in TITLES.values())
