"""Whether the place of a census file is the town: "Prairie Glen village, Illinois" is Prairie Glen, Cook County is not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equitybook.intake.census.table import Geography

_KIND_AFTER = re.compile(r" (?:charter township|urban county|village|city|town|township|borough|municipality|CDP)$")
_KIND_BEFORE = re.compile(r"^(?:incorporated )?(?:village|city|town|township) of ", re.IGNORECASE)
_SAME = ((r"\bst\b", "saint"), (r"\bste\b", "sainte"), (r"\bmt\b", "mount"), (r"\bft\b", "fort"))


def is_town(name: str, town: str) -> bool:
    """Whether a census name may mean this town. A state after a comma counts where both have one."""
    place, *of_place = (part.strip() for part in re.split(r"[,;]", name))
    own, *of_own = (part.strip() for part in re.split(r"[,;]", town))
    if of_place and of_own and _plain(of_place[-1]) != _plain(of_own[-1]):
        return False
    return bool(own) and _core(place) in {_core(own), _plain(own)}


def towns_among(geographies: Sequence[Geography], town: str) -> tuple[Geography, ...]:
    """Give the places that may be the town: a village and a township of one name are two."""
    return tuple(one for one in geographies if is_town(one.name, town))


def _core(name: str) -> str:
    """Take off what kind of place it is. The Census writes the kind in small letters: "Calumet City city" is Calumet City."""
    return _plain(_KIND_BEFORE.sub("", _KIND_AFTER.sub("", name, count=1)))


def _plain(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", name.lower().replace("&", " and ").replace("'", "")).strip()
    for short, full in _SAME:
        words = re.sub(short, full, words)
    return words
