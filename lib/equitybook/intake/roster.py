"""The staff list of a personnel system, to rows without names or numbers, each under a random key made here."""

from __future__ import annotations

import secrets
from typing import Any

from equitybook.codebook import Column, Kind, Vocabulary
from equitybook.intake.assign import Form
from equitybook.intake.blank import example_as_stored
from equitybook.intake.codes import (
    Reader,
    read_active,
    read_hispanic,
    read_race,
    read_separation,
    read_sex,
    read_status,
    read_vocabulary,
)
from equitybook.intake.make_rows import Finish
from equitybook.intake.proposal import Imported, Mapping, Proposal
from equitybook.intake.settle import apply_for, fingerprint, propose_for
from equitybook.intake.sheet import Sheet
from equitybook.outcomes.human_resources.staff_statistics.tables import Roster

__all__ = ["FORM", "apply", "fingerprint", "propose"]

_ACTIVE = Column(
    "active", "Still here or not", Kind.CHOICE, help="Only read on the way: people who have left need a leaving date to be counted.",
    vocabulary=Vocabulary("Still here", {"here": "Still on staff, also when on leave", "left": "Has left", "leave_out": "Leave these rows out"}),
    also=("employment status", "employee status", "active", "active inactive", "emp status", "work status"),
)  # fmt: skip
_HISPANIC = Column(
    "hispanic", "Hispanic or Latino, asked apart", Kind.CHOICE, help="Only read on the way: yes overrides race, as the EEO-4 report counts.",
    vocabulary=Vocabulary("Hispanic or Latino", {"yes": "Hispanic or Latino", "no": "Not Hispanic or Latino", "unknown": "Unknown or declined"}),
    also=("hispanic", "hispanic or latino", "latino", "hispanic latino", "hispanic origin", "hispanic ethnicity", "is hispanic"),
)  # fmt: skip
_READERS: dict[str, Reader] = {
    "race": read_race,
    "sex": read_sex,
    "status": read_status,
    "sep_type": read_separation,
    "jobcat": read_vocabulary(Roster.table.column("jobcat")),
    "active": read_active,
    "hispanic": read_hispanic,
}
FORM = Form(
    table=Roster.table,
    columns=(*(one for one in Roster.table.columns if one.name != "emp_key"), _ACTIVE, _HISPANIC),
    readers=_READERS,
    lists={"race": "race", "sex": "sex", "status": "status", "sep_type": "separation", "active": "active", "hispanic": "hispanic"},
    heading_words={
        "annual_salary": tuple(
            map(frozenset, ({"salary"}, {"annual", "pay"}, {"annual", "wage"}, {"base", "rate"}, {"pay", "rate"}, {"hourly"}))
        ),
        "hire_date": tuple(map(frozenset, ({"hire"}, {"hired"}, {"employment", "date"}, {"service", "date"}))),
        "sep_date": tuple(
            map(
                frozenset,
                ({"separation", "date"}, {"termination", "date"}, {"term", "date"}, {"retirement", "date"}, {"left", "on"}),
            )
        ),
        "hispanic": (frozenset({"hispanic"}), frozenset({"latino"})),
    },
    example=example_as_stored(Roster.table),
    strict=True,
)
_NO_DATE = "The person has left, but there is no leaving date. Add one to count the leaver."
_CHOSEN = "Left out as you chose."
_KEY_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_KEY_LENGTH = 8


def propose(sheet: Sheet, remembered: object = None) -> Proposal:
    """Propose what the columns and codes of a staff list mean.

    Parameters
    ----------
    sheet
        The sheet as it was read; it is screened here if it was not.
    remembered
        The mapping this town settled for a file with the same ``fingerprint``, as JSON, or None. Also the mapping as the user is
        changing it, to see what follows from another choice of columns.

    Returns
    -------
    Proposal
        Words of one meaning have a code; words of several (``"M"``, ``"Asian/Pacific Islander"``, ``"Inactive"``) are asked.
    """
    return propose_for(FORM, sheet, remembered, _finisher())


def apply(sheet: Sheet, mapping: Mapping | object) -> Imported:
    """Make the rows of the staff list as the user settled them.

    Blank race and sex become unknown, and are counted as such. "Hispanic" asked apart overrides race. Keys are random.

    Raises
    ------
    DataError
        If the mapping does not fit the sheet or leaves something open: the sentence lists all that is to be settled.
    """
    return apply_for(FORM, sheet, mapping if isinstance(mapping, Mapping) else Mapping.read(mapping), _finisher())


def _finisher() -> Finish:
    keys: set[str] = set()

    def finish(values: dict[str, Any]) -> str:
        hispanic, active = values.pop("hispanic", None), values.pop("active", None)
        if active == "leave_out":
            return _CHOSEN
        if active == "left" and not values.get("sep_date"):
            return _NO_DATE
        if hispanic == "yes":
            values["race"] = "HISP"
        for name in ("race", "sex"):
            values[name] = values.get(name) or "UNK"
        values["emp_key"] = _new_key(keys)
        return ""

    return finish


def new_key() -> str:
    """Make a key for one person: random, so that it says nothing."""
    return _new_key(set())


def _new_key(taken: set[str]) -> str:
    """Make a random key that no other row of this file has; it says nothing about the person."""
    while True:
        key = "".join(secrets.choice(_KEY_LETTERS) for _ in range(_KEY_LENGTH))
        if key not in taken:
            taken.add(key)
            return key
