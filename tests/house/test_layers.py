"""Imports point one way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[2]


def test_imports_follow_the_floors_of_the_house():
    run = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_an_outcome_is_pure():
    """No outcome reads a clock, a file (but its own words) or the environment while it measures."""
    forbidden = ("datetime.now(", "date.today(", "os.environ", "open(")
    rooms = (HOUSE / "lib/equitybook/outcomes").rglob("*.py")
    assert [
        f"{path.name}: {word}" for path in rooms if path.name != "content.py" for word in forbidden if word in path.read_text()
    ] == []
