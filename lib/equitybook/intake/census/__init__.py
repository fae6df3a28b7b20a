"""Census downloads to figures: a file of data.census.gov, in either of its layouts, to estimates with margins of error.

``read_census`` turns bytes into tables; ``propose`` says what a file holds and asks which place is the town; ``rows`` makes the rows
of the benchmark once that is settled. Nothing of a file is kept but its figures.
"""

from __future__ import annotations

from equitybook.intake.census.benchmark import TOPICS, benchmark_rows, clashes, remarks
from equitybook.intake.census.propose import MEDIA_TYPE, CensusProposal, propose, propose_again, rows
from equitybook.intake.census.read import read_census
from equitybook.intake.census.table import CensusTable, Geography, pack, unpack

__all__ = [
    "MEDIA_TYPE",
    "TOPICS",
    "CensusProposal",
    "CensusTable",
    "Geography",
    "benchmark_rows",
    "clashes",
    "pack",
    "propose",
    "propose_again",
    "read_census",
    "remarks",
    "rows",
    "unpack",
]
