"""The official category lists: exact words and codes (specification 1.1).

Codes are stored; words are shown. Hispanic comes first because it overrides race.
"""

from __future__ import annotations

from equitybook.codebook.columns import Vocabulary

RACE7: dict[str, str] = {
    "HISP": "Hispanic or Latino",
    "WHITE": "White",
    "BLACK": "Black or African American",
    "NHPI": "Native Hawaiian or Other Pacific Islander",
    "ASIAN": "Asian",
    "AIAN": "American Indian or Alaska Native",
    "TWO": "Two or More Races",
}
"""The seven of the EEO-4 report, in its column order."""

LOCAL_RACE: dict[str, str] = {
    "MENA": "Middle Eastern or North African",
    "ASIAN_PI": "Asian or Pacific Islander (not told apart)",
    "OTHER": "Another group, as recorded",
}
"""Kept in the workbook where a town's records have them; none has a column in the EEO-4 report."""

RACE = Vocabulary("Race or ethnicity", {**RACE7, **LOCAL_RACE, "UNK": "Unknown or declined"})
SEX = Vocabulary("Sex", {"F": "Female", "M": "Male", "NONBINARY": "Non-binary", "UNK": "Unknown or declined"})

JOBCAT = Vocabulary(
    "Job group",
    {
        "1": "Officials and Administrators",
        "2": "Professionals",
        "3": "Technicians",
        "4": "Protective Service Workers",
        "5": "Paraprofessionals",
        "6": "Administrative Support",
        "7": "Skilled Craft Workers",
        "8": "Service-Maintenance",
    },
)

SALARY_BAND = Vocabulary(
    "Salary band",
    {
        "1": "$0.1–15.9 thousand",
        "2": "$16.0–19.9 thousand",
        "3": "$20.0–24.9 thousand",
        "4": "$25.0–32.9 thousand",
        "5": "$33.0–42.9 thousand",
        "6": "$43.0–54.9 thousand",
        "7": "$55.0–69.9 thousand",
        "8": "$70.0 thousand and over",
    },
)

EEO_FUNCTION = Vocabulary(
    "EEO-4 function",
    {
        "1": "Financial Administration / General Control",
        "2": "Streets and Highways",
        "3": "Public Welfare",
        "4": "Police Protection",
        "5": "Fire Protection",
        "6": "Natural Resources / Parks and Recreation",
        "7": "Hospitals and Sanatoriums",
        "8": "Health",
        "9": "Housing",
        "10": "Community Development",
        "11": "Corrections",
        "12": "Utilities and Transportation",
        "13": "Sanitation and Sewage",
        "14": "Employment Security (State only)",
        "15": "Other",
    },
)
"""14 is in the list so that a file that carries it gets a message; it is never valid for a municipality."""

STATUS = Vocabulary("Employment status", {"FT": "Full-time", "OTFT": "Other than full-time", "SEASONAL": "Seasonal or temporary"})
GRID_STATUS = Vocabulary(
    "Employment status", {"FT": "Full-time", "OTFT": "Other than full-time", "NEW_HIRE": "New hire (already counted in full-time)"}
)
SEPARATION = Vocabulary(
    "Reason for leaving",
    {
        "VOLUNTARY": "Resigned",
        "RETIREMENT": "Retired",
        "INVOLUNTARY": "Dismissed",
        "LAYOFF": "Laid off",
        "END_OF_TERM": "End of term",
        "DEATH": "Died",
        "TRANSFER_OUT": "Moved to another public employer",
    },
)
MOVE = Vocabulary(
    "Kind of move",
    {
        "PROMOTION": "Promotion",
        "RECLASS": "Reclassification",
        "LATERAL": "Lateral move",
        "DEMOTION": "Demotion",
        "ACTING": "Acting",
    },
)
GROUP = Vocabulary("Group", {"ALL": "All staff", **RACE.labels, "F": "Female", "M": "Male"})

DEPARTMENT = Vocabulary(
    "Department",
    {
        name: name
        for name in (
            "Administration/Manager",
            "Clerk",
            "Finance",
            "HR",
            "Legal",
            "IT",
            "Police",
            "Fire/EMS",
            "Public Works",
            "Water/Utilities",
            "Community Development/Planning",
            "Building/Code",
            "Parks & Recreation",
            "Library",
            "Human/Social Services",
            "Economic Development",
            "Communications",
            "Township",
            "School District",
            "Other",
        )
    },
    open_ended=True,
)


def salary_band(annual: float) -> str:
    """The EEO-4 band (1 to 8) of an annual salary in US dollars; the published bounds are in thousands with one decimal."""
    upper_bounds = (16_000, 20_000, 25_000, 33_000, 43_000, 55_000, 70_000)
    return str(1 + sum(annual >= bound for bound in upper_bounds))


def bridge(selected: set[str]) -> str:
    """Bridge a select-all answer to the seven: Hispanic overrides; MENA counts as White; several are Two or More (1.2)."""
    if "HISP" in selected:
        return "HISP"
    races = {"WHITE" if code == "MENA" else code for code in selected} - {"UNK"}
    if not races:
        return "UNK"
    return races.pop() if len(races) == 1 else "TWO"
