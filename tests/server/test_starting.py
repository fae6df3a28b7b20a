"""Starting: one port or none, no configuration of the machine, and JupyterLab with the same saving."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from equitybook.errors import ConfigError
from equitybook.server import lab
from equitybook.server.app import make_app
from tests.serving import CYCLE, MARIA, Server, Visitor, free_port


@pytest.mark.slow
def test_a_busy_port_is_said_and_no_other_one_is_taken(running_server: Server, tmp_path: Path):
    code = (
        "import sys\nfrom equitybook.server import serve\nfrom equitybook.errors import ConfigError\n"
        "try:\n    serve(sys.argv[1], port=int(sys.argv[2]))\nexcept ConfigError as error:\n    print(error)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(running_server.folder), str(running_server.port)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert f"Port {running_server.port} is in use" in run.stdout
    assert running_server.sign_in(MARIA).get("").status == 200


def test_a_stray_configuration_file_changes_nothing(cohort_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    stray = {
        "VoilaConfiguration": {"file_allowlist": [".*"], "show_tracebacks": True, "template": "lab"},
        "Voila": {"port_retries": 50, "ip": "0.0.0.0"},
    }
    for folder in (tmp_path, tmp_path / "config"):
        folder.mkdir(exist_ok=True)
        (folder / "voila.json").write_text(json.dumps(stray))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("JUPYTER_PATH", "")
    app = make_app(cohort_folder, port=free_port())
    app.shared.store.close()
    chosen = app.voila_configuration
    assert (chosen.file_allowlist, chosen.show_tracebacks, chosen.template) == ([], False, "equitybook")
    assert (chosen.allow_template_override, chosen.allow_theme_override) == ("NO", "NO")
    assert (app.port_retries, app.ip) == (0, "127.0.0.1")
    kernels = app.config.MappingKernelManager
    assert (kernels.cull_idle_timeout, kernels.cull_connected) == (30 * 60, True)


def test_a_kernel_reaches_the_store_on_this_machine_whatever_address_people_use(
    cohort_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("JUPYTER_PATH", "")
    app = make_app(cohort_folder, port=8866, ip="192.0.2.7", https=True)
    app.shared.store.close()
    assert app.store_url == "http://127.0.0.1:8866/equitybook/kernel/store"
    assert app.init_settings()["xsrf_cookie_kwargs"]["secure"]


def test_lab_asks_for_the_workbook_to_be_generated_first(cohort_folder: Path):
    with pytest.raises(ConfigError, match="equitybook generate --cycle 1 --community prairie-glen"):
        lab(cohort_folder, "prairie-glen", 1)


@pytest.mark.slow
def test_jupyterlab_saves_to_the_same_store_for_one_town_and_asks_nobody_outside(cohort_folder: Path):
    port = free_port()
    code = "import sys\nfrom equitybook.server import lab\nlab(sys.argv[1], 'prairie-glen', 2, port=int(sys.argv[2]), open_browser=False)"
    with (cohort_folder / "lab.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(cohort_folder), str(port)],
            stdout=log,
            stderr=log,
            env={**os.environ, "JUPYTER_TOKEN": "a-token"},
        )
    try:
        visitor = Visitor(f"http://127.0.0.1:{port}/")
        token = {"Authorization": "token a-token"}
        wait_for(visitor, process, cohort_folder / "lab.log")
        assert visitor.get("equitybook/api/tables/hr1_setup").status == 401
        edit = {
            "table": "hr1_setup",
            "row": "one",
            "field": "payroll_headcount",
            "value": "12",
            "expected": 0,
            "key": "lab",
            "source": "typed",
        }
        assert visitor.post("equitybook/api/edits", {"edits": [edit]}, token).json["results"][0]["status"] == "saved"
        rows = visitor.get("equitybook/api/tables/hr1_setup", token).json["rows"]
        assert rows[0]["cells"]["payroll_headcount"]["author"] == "local"
        assert visitor.get("equitybook/static/pages.css").status == 200
        assert visitor.get(f"api/contents/{CYCLE}.ipynb?content=0", token).status == 200
        page = visitor.get("lab", token).text
        settings = json.loads(page.split('<script id="jupyter-config-data" type="application/json">')[1].split("</script>")[0])
        assert settings["news"]["disabled"] or not settings["news"].get("url")
        assert not settings["extensionManager"]["can_install"]
        assert "@jupyterlab/apputils-extension:announcements" in settings["disabledExtensions"], "it asks about Jupyter's news"
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for(visitor: Visitor, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline and process.poll() is None:
        try:
            visitor.get("api")
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise AssertionError(log.read_text())
