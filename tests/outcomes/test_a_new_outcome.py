"""A second, tiny outcome is one new folder: everything else follows from it, as CONTRIBUTING says."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pandas as pd
import pytest

import equitybook.outcomes
from equitybook.codebook.frames import frame
from equitybook.disclosure import Tier, release
from equitybook.intake.blank import blank_workbook
from equitybook.outcomes import Context, all_outcomes, outcome, table

TABLES = '''
from collections.abc import Iterator, Mapping
from typing import Any
from equitybook.codebook import Message, Row, column

class Waits(Row, id="pm9_waits", name="Waiting at the counter", one_row="one counter"):
    """Counters and waits."""

    counter: str = column("Counter", required=True, example="Clerk")
    people: int = column("People served", unit="people", minimum=0, required=True, example=120)
    over_20: int = column("Waited over 20 minutes", unit="people", minimum=0, example=18)

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        if (row.get("over_20") or 0) > (row.get("people") or 0):
            yield Message("More people waited long than were served. Check the two counts.", field="over_20")
'''

FINDINGS = """
from equitybook.findings import TOTAL, CountTable, Dimension, Finding, Measured, Shown

def measure(tables, context):
    waits = tables["pm9_waits"]
    counters = Dimension("counter", "Counter", {name: name for name in waits["counter"]})
    wait = Dimension("wait", "Wait", {"LONG": "Over 20 minutes", "SHORT": "Up to 20 minutes"})
    cells = {}
    for _, row in waits.iterrows():
        cells[row["counter"], "LONG"] = int(row["over_20"])
        cells[row["counter"], "SHORT"] = int(row["people"] - row["over_20"])
        cells[row["counter"], TOTAL] = int(row["people"])
    for column in ("LONG", "SHORT", TOTAL):
        cells[TOTAL, column] = sum(cells[name, column] for name in counters.labels)
    return Measured(counts={"waits": CountTable("waits", "Waits", "people served", counters, wait, cells)})

def present(measured):
    table = measured.counts["waits"]
    long, people = table.at(column="LONG"), table.at()
    if not long or not people:
        return (Finding("PM9.long_waits", "PM9.long_waits", "Long waits", empty="Add the first counter."),)
    rows = tuple((table.rows.label(code), str(table.at(code, "LONG") or "not shown")) for code in table.row_codes())
    shown = Shown("Long waits", ("Counter", "Over 20 minutes"), rows, "lr")
    return (Finding("PM9.long_waits", "PM9.long_waits", "Long waits", f"{long:.0f} of {people:.0f} people waited over 20 minutes.", shown),)
"""

INIT = """
from pathlib import Path
from equitybook.outcomes.registry import Outcome
from .findings import measure, present
from .tables import Waits

OUTCOME = Outcome(code="PM9", name="counter_waits", area="example_area", title="Waiting at the counter",
                  tables=(Waits,), measure=measure, present=present, content=Path(__file__).with_name("content.yml"))
"""


@pytest.fixture
def counter_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    room = tmp_path / "example_area" / "counter_waits"
    room.mkdir(parents=True)
    (tmp_path / "example_area" / "__init__.py").write_text('"""An area."""\n')
    for name, text in {"__init__.py": INIT, "tables.py": TABLES, "findings.py": FINDINGS}.items():
        (room / name).write_text(text)
    source = Path(equitybook.outcomes.__file__).parent / "human_resources" / "staff_statistics" / "content.yml"
    (room / "content.yml").write_text(source.read_text(encoding="utf-8").replace("HR1", "PM9").replace("hr1_", "pm9_"))
    monkeypatch.setattr(equitybook.outcomes, "__path__", [*equitybook.outcomes.__path__, str(tmp_path)])
    all_outcomes.cache_clear()
    yield outcome("PM9")
    all_outcomes.cache_clear()
    for name in [name for name in sys.modules if "example_area" in name]:
        del sys.modules[name]


def test_a_new_folder_is_found_beside_the_others(counter_waits):
    assert {"HR1", "PM9"} <= set(all_outcomes())
    assert table("pm9_waits").title == "Waiting at the counter"


def test_its_table_has_a_blank_spreadsheet_without_another_line(counter_waits):
    assert blank_workbook(table("pm9_waits"))[:2] == b"PK"


def test_it_says_something_to_the_town_and_hides_small_groups_from_the_coach(counter_waits):
    rows = [("a", {"counter": "Clerk", "people": 120, "over_20": 18}), ("b", {"counter": "Permits", "people": 60, "over_20": 3})]
    frames = {"pm9_waits": frame(table("pm9_waits"), rows)}
    assert isinstance(frames["pm9_waits"], pd.DataFrame)
    measured = counter_waits.measure(frames, Context("Prairie Glen", dt.date(2026, 11, 22)))
    [own] = counter_waits.present(measured)
    assert own.sentence == "21 of 180 people waited over 20 minutes."
    assert ("Permits", "3") in own.table.rows
    [coach] = release(measured, counter_waits.present, Tier.T2).findings
    assert "3" not in [value for row in coach.table.rows for value in row] if coach.table else True
