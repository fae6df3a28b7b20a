"""The command line: it says what it did, and what it refuses is one line and exit code 1."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
import typer

from equitybook import cli, house
from equitybook.program import Cohort
from equitybook.store import Store

NOTEBOOKS = Path(__file__).parent / "batch" / "notebooks"


@pytest.fixture
def run(monkeypatch, capsys):
    """Run a command as the shell would; return its exit code, what it printed, and what it printed as an error."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("EQUITYBOOK_COHORT", raising=False)

    def command(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["equitybook", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return command


@pytest.fixture
def three(tmp_path) -> Path:
    """A cohort of three towns."""
    from tests.batch.conftest import cohort_toml

    folder = tmp_path / "three"
    folder.mkdir()
    (folder / "cohort.toml").write_text(cohort_toml(), encoding="utf-8")
    return folder


def commands() -> dict[str, typer.models.CommandInfo]:
    own = {info.name or info.callback.__name__: info for info in cli.app.registered_commands}
    return own | {f"accounts {info.name}": info for info in cli.accounts.registered_commands}


@pytest.mark.parametrize("name", commands())
def test_every_command_has_one_sentence_and_an_example(name):
    info = commands()[name]
    sentence = (info.callback.__doc__ or "").strip()
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert info.epilog.startswith(f"Example: equitybook {name}")


def test_every_command_of_the_programme_is_there():
    wanted = {"init", "check", "generate", "serve", "start", "lab", "export", "accounts password", "accounts list"}
    assert set(commands()) == wanted


def test_help_is_there_without_loading_what_it_does_not_need():
    code = "import sys; from equitybook import cli; print(*sorted(m for m in sys.modules if m in {'pandas','papermill','voila','sqlalchemy','pydantic'}))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""


def test_a_new_cohort_is_checked_until_its_people_are_confirmed(run, tmp_path):
    folder = tmp_path / "Spring 2027"
    code, said, _ = run("init", folder, "--title", "Spring Cohort", "--first-training", "2027-03-02")
    assert (code, "equitybook check" in said) == (0, True)
    cohort = Cohort.read(folder)
    assert (cohort.name, cohort.title, str(cohort.cycle(1).training_day)) == ("spring-2027", "Spring Cohort", "2027-03-02")
    code, _, errors = run("check", "--cohort", folder)
    assert code == 1
    assert "without decision-making authority" in errors
    path = folder / "cohort.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("senior = false", "senior = true"), encoding="utf-8")
    code, said, _ = run("check", "--cohort", folder)
    assert code == 0
    assert "2 senior staff from separate departments, HR and Police" in said


def test_checking_lists_everything_that_is_wrong_in_the_file(run, three):
    path = three / "cohort.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("population = 9000", "populaton = 9000", 2), encoding="utf-8")
    code, _, errors = run("check", "--cohort", three)
    assert code == 1
    assert errors.count('Did you mean "population"?') == 2


def test_what_is_refused_is_one_line_and_exit_code_one(run, tmp_path):
    code, said, errors = run("accounts", "list", "--cohort", tmp_path / "nowhere")
    assert (code, said) == (1, "")
    assert len(errors.strip().splitlines()) == 1
    assert "equitybook init" in errors


def test_a_cohort_is_never_created_twice(run, tmp_path):
    assert run("init", tmp_path / "autumn")[0] == 0
    code, _, errors = run("init", tmp_path / "autumn")
    assert code == 1
    assert "already holds a cohort" in errors


def test_a_generated_password_works_and_is_listed(run, three):
    toml = three / "cohort.toml"
    lead = '[[leads]]\nusername = "lena"\nname = "Lena Fairbanks"\n'
    toml.write_text(toml.read_text(encoding="utf-8") + "\n" + lead, encoding="utf-8")
    code, said, _ = run("accounts", "password", "lena", "--generate", "--cohort", three)
    assert code == 0
    password = re.search(r": ([a-z-]+)$", said.strip()).group(1)
    with Store.of(three) as store:
        assert store.accounts.verify("lena", password)
        store.accounts.set_password("stranger", "no longer of this cohort")
    code, said, _ = run("accounts", "list", "--cohort", three)
    assert re.search(r"lena .*Lena Fairbanks .*lead .*3 communities .*yes", said)
    assert '"stranger" has a password but is not in cohort.toml' in said


def test_nobody_outside_the_cohort_gets_a_password(run, three):
    code, _, errors = run("accounts", "password", "mallory", "--generate", "--cohort", three)
    assert code == 1
    assert 'no person "mallory"' in errors


def test_a_cycle_nobody_has_written_a_notebook_for_is_told(run, three, tmp_path, monkeypatch):
    monkeypatch.setattr(house, "workbooks", lambda: tmp_path)
    code, _, errors = run("generate", "--cycle", "1", "--cohort", three)
    assert code == 1
    assert "There is no notebook cycle_1_charter_team_data.ipynb" in errors


@pytest.mark.slow
def test_generating_says_what_became_of_each_town_and_fails_if_one_failed(run, three, tmp_path, monkeypatch):
    shelf = tmp_path / "workbooks"
    shelf.mkdir()
    shutil.copy(NOTEBOOKS / "fails_for_bluestem.ipynb", shelf / "cycle_2_measures_workforce.ipynb")
    monkeypatch.setattr(house, "workbooks", lambda: shelf)
    code, said, errors = run("generate", "--cycle", "2", "--cohort", three)
    assert code == 1
    assert "2 generated, 1 failed" in said
    assert "bluestem: KeyError: 'Bluestem' (code cell 4" in errors
    assert (three / "workbooks/bluestem/cycle_2_measures_workforce.failed.ipynb").is_file()
    code, said, _ = run("generate", "--cycle", "2", "--cohort", three, "--community", "prairie-glen")
    assert (code, said.strip()) == (0, "Workbooks: 1 unchanged.")


def test_summaries_are_written_for_the_towns_named_and_never_over_others(run, three, tmp_path):
    with Store.of(three) as store:
        store.migrate()
    words = ("export", "--cycle", "2", "--cohort", three, "--community", "bluestem", "--format", "html", "--to", tmp_path / "out")
    code, said, _ = run(*words)
    assert (code, "1 of 1 summaries written to" in said) == (0, True)
    assert (tmp_path / "out/bluestem/summary-cycle-2.html").is_file()
    code, _, errors = run(*words)
    assert code == 1
    assert "an export never overwrites" in errors


def test_exact_numbers_are_not_exported(run, three):
    code, _, errors = run("export", "--cycle", "2", "--cohort", three, "--tier", "T1")
    assert code == 1
    assert "Exact numbers stay with the town" in errors


def test_a_workbook_that_is_not_there_cannot_be_opened_in_the_lab(run, three):
    code, _, errors = run("lab", "--cohort", three, "--community", "bluestem", "--cycle", "2", "--no-browser")
    assert code == 1
    assert "equitybook generate --cycle 2 --community bluestem" in errors


@pytest.mark.slow
def test_one_command_creates_the_demonstration_and_serves_it_and_a_second_start_keeps_it(tmp_path):
    folder, port = tmp_path / "demo", _free_port()
    first, said = _start_and_ask(folder, port, within=500)
    assert first == 200
    assert "maria" in said
    made = _when_made(folder)
    assert len(made) == 14
    with Store.of(folder) as store:
        store.community("hazel-fork", author="nell").add_rows("hr1_grid", [{"n": 4}], replace=False, source="typed", batch="kept")
    again, said = _start_and_ask(folder, port, within=120)
    assert again == 200
    assert "maria" in said
    assert _when_made(folder) == made, "what is there is served, not generated again"
    with Store.of(folder) as store:
        assert len(store.community("hazel-fork", author="nell").read("hr1_grid")) == 1


def _when_made(folder: Path) -> dict[str, int]:
    """When each town's workbook of the second cycle was written, in nanoseconds."""
    found = (folder / "workbooks").glob("*/cycle_2_measures_workforce.ipynb")
    return {path.parent.name: path.stat().st_mtime_ns for path in found}


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def _start_and_ask(folder: Path, port: str, *, within: float) -> tuple[int, str]:
    """Start, ask for the first page, stop. Returns the status and what was printed."""
    command = [sys.executable, "-m", "equitybook", "start", "--cohort", str(folder), "--port", port]
    began = time.monotonic()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, "COLUMNS": "120"}
    ) as server:
        try:
            status = 0
            while not status and server.poll() is None and time.monotonic() - began < within:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                        status = page.status
                except OSError:
                    time.sleep(0.5)
        finally:
            server.terminate()
        said = server.communicate(timeout=30)[0]
    assert status, said
    return status, said


@pytest.mark.parametrize(
    "module", ["equitybook.server.app", "equitybook.batch.execute, papermill", "equitybook.charts.layout as c; c.altair()"]
)
def test_no_process_builds_the_grammar_of_addresses_which_takes_longer_than_a_page(module):
    code = f"import {module}\nimport sys\nassert 'jsonschema' in sys.modules\nprint('rfc3987_syntax' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"
