"""The ways staff are sorted here: codes, words and order, the same in every table."""

from __future__ import annotations

from equitybook.codebook.categories import JOBCAT, LOCAL_RACE, RACE, RACE7, SEX, STATUS
from equitybook.findings import UNKNOWN, Dimension

# Local codes always stand in the dimension, present or not: that a code is listed then says nothing about who works here.
RACES = Dimension("race", "Race or ethnicity", dict(RACE.labels))
SEXES = Dimension("sex", "Sex", dict(SEX.labels))
JOB_GROUPS = Dimension("jobcat", "Job group", {**JOBCAT.labels, UNKNOWN: "Job group not recorded"})
STATUSES = Dimension("status", "Status", {**STATUS.labels, UNKNOWN: "Status not recorded"})
FILLED = Dimension("filled", "Filled in", {"KNOWN": "Filled in", "BLANK": "Blank"})
KINDS = Dimension(
    "kind",
    "Reason for leaving",
    {
        "RESIGNED": "Resigned",
        "RETIRED": "Retired",
        "DISMISSED": "Dismissed or laid off",
        "OTHER": "Left otherwise",
        UNKNOWN: "Reason not recorded",
    },
)
STAYED = Dimension("stayed", "Still here", {"STAYED": "Still here", "LEFT": "Left"})

KIND_OF: dict[str, str] = {
    "VOLUNTARY": "RESIGNED",
    "RETIREMENT": "RETIRED",
    "INVOLUNTARY": "DISMISSED",
    "LAYOFF": "DISMISSED",
    "END_OF_TERM": "OTHER",
    "DEATH": "OTHER",
    "TRANSFER_OUT": "OTHER",
}
"""The reason on the staff list to the column of the turnover tables; the counted table joins dismissals and layoffs too."""

ALWAYS_LISTED: frozenset[str] = frozenset({*RACE7, "F", "M"})
"""Groups that keep their row at 0. The others (local codes, non-binary, unknown) are listed where people are counted in them."""

LOCAL: frozenset[str] = frozenset({*LOCAL_RACE, "NONBINARY"})
"""Groups of the town's own records, without a column in the EEO-4 report."""

GROUP_DIMENSIONS: dict[str, Dimension] = {"race": RACES, "sex": SEXES}
