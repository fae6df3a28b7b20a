"""The front doors agree: pyproject, environment.yml and the lock."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pandas as pd
import yaml

HOUSE = Path(__file__).parents[2]


def project() -> dict:
    return tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))


def test_environment_yml_names_exactly_what_pyproject_names():
    pip = next(
        part["pip"] for part in yaml.safe_load((HOUSE / "environment.yml").read_text())["dependencies"] if isinstance(part, dict)
    )
    assert [one for one in pip if not one.startswith("-e")] == project()["project"]["dependencies"]


def test_the_lock_has_a_hash_for_every_package_and_no_address():
    lock = (HOUSE / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    pins = re.findall(r"^([a-z0-9.\-\[\]]+)==[^\\]*\\\n( +--hash=sha256:[0-9a-f]{64})", lock, flags=re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z0-9.\-\[\]]+==", lock, flags=re.MULTILINE)) > 100


def test_every_dependency_is_in_the_lock():
    lock = (HOUSE / "requirements.lock").read_text(encoding="utf-8")
    names = [re.split(r"[\[<>=,; ]", one)[0].lower() for one in project()["project"]["dependencies"]]
    assert [name for name in names if not re.search(rf"^{re.escape(name)}(\[.*\])?==", lock, flags=re.MULTILINE)] == []


def test_pandas_is_still_version_3():
    assert pd.__version__.startswith("3.")


def test_no_proprietary_solver_and_no_pandas_downgrader_is_locked():
    lock = (HOUSE / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"^(gurobipy|acro|lifelines|pabutools)==", lock, flags=re.MULTILINE)


def test_no_file_with_download_addresses_is_in_the_project():
    assert not (HOUSE / "uv.lock").exists() or "uv.lock" in (HOUSE / ".gitignore").read_text()
