"""The community's own project: what is carried from cycle to cycle.

The charter says which problem this town works on. Its measures, evidence and decisions are shown at the top of every later
workbook; the learning outcomes read them and never copy them.
"""

from __future__ import annotations

from pathlib import Path

from equitybook.charter.measure import measure_charter
from equitybook.charter.present import present_charter
from equitybook.charter.tables import TABLES, Charter
from equitybook.outcomes.registry import Outcome

OUTCOME = Outcome(
    code="CHARTER",
    name="charter",
    area="charter",
    title="Your project",
    tables=TABLES,
    measure=measure_charter,
    present=present_charter,
    content=Path(__file__).with_name("content.yml"),
    history=(Charter,),
)
