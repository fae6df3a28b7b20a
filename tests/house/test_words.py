"""The project's own words: no verdicts, no machine paths, no registry hosts, no download addresses."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

HOUSE = Path(__file__).parents[2]


def tracked(*patterns: str) -> list[Path]:
    names = subprocess.run(["git", "ls-files", *patterns], cwd=HOUSE, capture_output=True, text=True, check=True).stdout.split("\n")
    return [HOUSE / name for name in names if name and (HOUSE / name).is_file()]


def test_no_page_speaks_of_violations():
    pages = tracked("lib/*.py", "lib/**/*.py", "lib/**/*.js", "lib/**/*.yml", "workbooks/*.ipynb", "templates/**")
    found = [
        path.name
        for path in pages
        if re.search(r"\bviolat(ion|es|ed)\b", path.read_text(encoding="utf-8", errors="ignore"), re.IGNORECASE)
    ]
    assert found == []


def test_no_file_names_a_registry_or_a_machine_path():
    words = ["pypi" + ".org", "python" + "hosted", "registry.npm" + "js", "deb." + "debian", "/ro" + "ot/", "/wo" + "rk/"]
    found = [(path.name, word) for path in tracked() for word in words if word in path.read_text(encoding="utf-8", errors="ignore")]
    assert found == []
