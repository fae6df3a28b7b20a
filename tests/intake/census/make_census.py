"""Census downloads of both layouts, written on the spot. Labels and line numbers are typed from the published variable lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.intake.make_files import csv_of, zip_of

NBSP = "\xa0"

RACE_LINES = """
Total:
|Not Hispanic or Latino:
||White alone
||Black or African American alone
||American Indian and Alaska Native alone
||Asian alone
||Native Hawaiian and Other Pacific Islander alone
||Some other race alone
||Two or more races:
|||Two races including Some other race
|||Two races excluding Some other race, and three or more races
|Hispanic or Latino:
||White alone
||Black or African American alone
||American Indian and Alaska Native alone
||Asian alone
||Native Hawaiian and Other Pacific Islander alone
||Some other race alone
||Two or more races:
|||Two races including Some other race
|||Two races excluding Some other race, and three or more races
""".strip().splitlines()

_GROUPS = [
    "Spanish:",
    "French, Haitian, or Cajun:",
    "German or other West Germanic languages:",
    "Russian, Polish, or other Slavic languages:",
    "Other Indo-European languages:",
    "Korean:",
    "Chinese (incl. Mandarin, Cantonese):",
    "Vietnamese:",
    "Tagalog (incl. Filipino):",
    "Other Asian and Pacific Island languages:",
    "Arabic:",
    "Other and unspecified languages:",
]
_WELL = ['||Speak English "very well"', '||Speak English less than "very well"']
LANGUAGE_LINES = ["Total:", "|Speak only English", *(line for group in _GROUPS for line in (f"|{group}", *_WELL))]

_AGES = ["Under 5 years:", "5 to 17 years:", "18 to 34 years:", "35 to 64 years:", "65 to 74 years:", "75 years and over:"]
DISABILITY_LINES = ["Total:"]
for _sex in ("Male:", "Female:"):
    DISABILITY_LINES.append(f"|{_sex}")
    for _age in _AGES:
        DISABILITY_LINES += [f"||{_age}", "|||With a disability", "|||No disability"]

LINES: Mapping[str, Sequence[str]] = {"B03002": RACE_LINES, "C16001": LANGUAGE_LINES, "B18101": DISABILITY_LINES}

TOWN = "Prairie Glen village, Illinois"
Figures = Sequence[tuple[str, str]]

# 18,400 residents: White 9,936, Black 2,024, AIAN 0, Asian 1,288, NHPI 0, other 184, two or more 552, Hispanic 4,416.
RACE: Figures = [
    ("18,400", "*****"), ("13,984", "±412"), ("9,936", "±395"), ("2,024", "±280"), ("0", "±22"), ("1,288", "±201"), ("0", "±22"),
    ("184", "±95"), ("552", "±160"), ("112", "±60"), ("440", "±148"), ("4,416", "±410"), ("1,500", "±300"), ("60", "±50"),
    ("90", "±70"), ("6", "±9"), ("0", "±22"), ("1,760", "±330"), ("1,000", "±240"), ("900", "±230"), ("100", "±70"),
]  # fmt: skip

# Less than very well: Spanish 1,020 ± 260, Slavic 310 ± 140, Chinese 60 ± 55; population 5 and over 17,250.
_LESS = {0: ("1,020", "±260"), 3: ("310", "±140"), 6: ("60", "±55"), 8: ("25", "±30"), 11: ("15", "±20")}
_VERY = {0: 2400, 3: 500, 6: 140, 8: 75, 11: 30}


def language() -> Figures:
    """Figures of C16001 for Prairie Glen."""
    rows, others = [], 0
    for group in range(12):
        less = _LESS.get(group, ("0", "±22"))
        very = _VERY.get(group, 0)
        both = very + int(less[0].replace(",", ""))
        others += both
        rows += [(f"{both:,}", "±150"), (f"{very:,}", "±120"), less]
    return [("17,250", "±60"), (f"{17_250 - others:,}", "±420"), *rows]


def disability() -> Figures:
    """Figures of B18101 for Prairie Glen: 100 people with a disability of 1,000 in each age, none under five."""
    rows: list[tuple[str, str]] = []
    for _ in ("Male", "Female"):
        ages = [(1000, 0 if age == 0 else 100) for age in range(6)]
        rows.append(("6,000", "±200"))
        for all_of_age, with_it in ages:
            rows += [
                (f"{all_of_age:,}", "±120"),
                (str(with_it), "±22" if with_it == 0 else "±30"),
                (f"{all_of_age - with_it:,}", "±90"),
            ]
    return [("12,000", "±150"), *rows]


FIGURES: Mapping[str, Figures] = {"B03002": RACE, "C16001": language(), "B18101": disability()}


def paths(table: str) -> list[str]:
    """Give the labels of the layout with codes: ``Total:!!Not Hispanic or Latino:!!White alone``."""
    made, stack = [], []
    for line in LINES[table]:
        depth = len(line) - len(line.lstrip("|"))
        stack[depth:] = [line.lstrip("|")]
        made.append("!!".join(stack))
    return made


def with_codes(table: str, places: Mapping[tuple[str, str], Figures], *, labels: bool = True) -> list[list[str]]:
    """Write the rows of layout A: codes, labels, one row for each place, and the empty column at the end of each."""
    numbers = [f"{at:03d}" for at in range(1, len(LINES[table]) + 1)]
    rows = [["GEO_ID", "NAME", *(f"{table}_{number}{kind}" for number in numbers for kind in "EM"), ""]]
    if labels:
        words = (f"{what}!!{path}" for path in paths(table) for what in ("Estimate", "Margin of Error"))
        rows.append(["Geography", "Geographic Area Name", *words, ""])
    for (geo_id, name), figures in places.items():
        cells = (cell.replace(",", "").lstrip("±") for figure in figures for cell in figure)
        rows.append([geo_id, name, *cells, ""])
    return rows


def on_screen(table: str, places: Mapping[str, Figures], *, indent: str = NBSP * 4) -> list[list[str]]:
    """Write the rows of layout B: one for each line, its heading shown by blanks before it."""
    rows = [["Label (Grouping)", *(f"{name}!!{what}" for name in places for what in ("Estimate", "Margin of Error"))]]
    for at, line in enumerate(LINES[table]):
        label = line.lstrip("|")
        depth = len(line) - len(label)
        rows.append([indent * depth + label, *(cell for figures in places.values() for cell in figures[at])])
    return rows


def csv_a(table: str, places: Mapping[tuple[str, str], Figures] | None = None) -> bytes:
    """Layout A as data.census.gov writes it, with the mark at its beginning."""
    return b"\xef\xbb\xbf" + csv_of(with_codes(table, places or {("1600000US1761000", TOWN): FIGURES[table]}))


def csv_b(table: str, places: Mapping[str, Figures] | None = None) -> bytes:
    """Layout B as data.census.gov writes it."""
    return b"\xef\xbb\xbf" + csv_of(on_screen(table, places or {TOWN: FIGURES[table]}))


def packed(*tables: str, year: int = 2023) -> bytes:
    """The ZIP with data, columns and notes of each table."""
    parts: dict[str, str | bytes] = {}
    for table in tables:
        stem = f"ACSDT5Y{year}.{table}"
        parts[f"{stem}-Data.csv"] = csv_a(table)
        parts[f"{stem}-Column-Metadata.csv"] = "Column Name,Label\nGEO_ID,Geography\n"
        parts[f"{stem}-Table-Notes.txt"] = (
            f"Source: U.S. Census Bureau, {year - 4}-{year} American Community Survey 5-Year Estimates"
        )
    return zip_of(parts)
