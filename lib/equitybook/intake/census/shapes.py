"""The lines of the tables that are needed, as published: line k of a table is its variable ``_00k``.

The on-screen download has labels and no variable numbers, and its labels repeat ("White alone" stands under two headings). The whole
list is therefore compared, line by line; a table that was collapsed, sorted or cut does not fit and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Path = tuple[str, ...]
"""A line's label with the headings it stands under, the outermost first."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A published table: its id, what it counts, and the path of every line."""

    table_id: str
    counts: str
    lines: tuple[Path, ...]

    def parts(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Give every line that is the sum of others: its index, and theirs."""
        for index, path in enumerate(self.lines):
            inner = tuple(at for at, other in enumerate(self.lines) if other[:-1] == path)
            if inner:
                yield index, inner


def _race() -> tuple[Path, ...]:
    races = (
        "White alone",
        "Black or African American alone",
        "American Indian and Alaska Native alone",
        "Asian alone",
        "Native Hawaiian and Other Pacific Islander alone",
        "Some other race alone",
    )
    several = "Two or more races"
    mixed = ("Two races including Some other race", "Two races excluding Some other race, and three or more races")
    lines: list[Path] = [("Total",)]
    for origin in ("Not Hispanic or Latino", "Hispanic or Latino"):
        top = ("Total", origin)
        lines += [top, *((*top, race) for race in races), (*top, several), *((*top, several, one) for one in mixed)]
    return tuple(lines)


def _language() -> tuple[Path, ...]:
    groups = (
        "Spanish",
        "French, Haitian, or Cajun",
        "German or other West Germanic languages",
        "Russian, Polish, or other Slavic languages",
        "Other Indo-European languages",
        "Korean",
        "Chinese (incl. Mandarin, Cantonese)",
        "Vietnamese",
        "Tagalog (incl. Filipino)",
        "Other Asian and Pacific Island languages",
        "Arabic",
        "Other and unspecified languages",
    )
    speak = ('Speak English "very well"', 'Speak English less than "very well"')
    lines: list[Path] = [("Total",), ("Total", "Speak only English")]
    for group in groups:
        lines += [("Total", group), *(("Total", group, well) for well in speak)]
    return tuple(lines)


def _disability() -> tuple[Path, ...]:
    ages = ("Under 5 years", "5 to 17 years", "18 to 34 years", "35 to 64 years", "65 to 74 years", "75 years and over")
    lines: list[Path] = [("Total",)]
    for sex in ("Male", "Female"):
        lines.append(("Total", sex))
        for age in ages:
            top = ("Total", sex, age)
            lines += [top, (*top, "With a disability"), (*top, "No disability")]
    return tuple(lines)


SHAPES: Mapping[str, Shape] = {
    "B03002": Shape("B03002", "Hispanic or Latino origin by race", _race()),
    "C16001": Shape("C16001", "language spoken at home, population 5 years and over", _language()),
    "B18101": Shape("B18101", "sex by age by disability, civilian population outside institutions", _disability()),
}
"""The tables a benchmark is made of. Source: the variable lists of the American Community Survey since 2016."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """The first line where a table is not as published: its number, what stands there and what should."""

    line: int
    found: str
    expected: str


def misfit(shape: Shape, paths: Sequence[Path]) -> Misfit | None:
    """Compare labels with the published ones; None where all fit. Paths of one label each (no indentation left) are compared by it."""
    flat = all(len(path) == 1 for path in paths)
    for index in range(max(len(shape.lines), len(paths))):
        wanted = shape.lines[index] if index < len(shape.lines) else ()
        found = paths[index] if index < len(paths) else ()
        fits = _same(wanted[-1:], found[-1:]) if flat else _same(wanted, found)
        if not fits:
            return Misfit(index + 1, found[-1] if found else "", wanted[-1] if wanted else "")
    return None


def fits(shape: Shape, index: int, path: Path) -> bool:
    """Whether a path is that of the line with this index, from 0."""
    return 0 <= index < len(shape.lines) and _same(shape.lines[index], path)


def shape_of(paths: Sequence[Path]) -> Shape | None:
    """Recognise a table by all of its labels."""
    return next((shape for shape in SHAPES.values() if misfit(shape, paths) is None), None)


def _same(wanted: Path, found: Path) -> bool:
    return len(wanted) == len(found) and all(_words(one) == _words(other) for one, other in zip(wanted, found, strict=True))


def _words(label: str) -> str:
    """Reduce a label to its letters and digits: colons, quotation marks and capitals differ between years."""
    return re.sub(r"[^a-z0-9]+", " ", label.lower()).strip()
