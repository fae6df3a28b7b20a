"""A real cohort, a real server, real requests: what tests of the server and of the browser page stand on.

``small_cohort`` makes two towns in a folder; ``Server`` runs them in a process of its own; ``Visitor`` is one person's browser,
without the browser: cookies are kept, redirects are not followed.
"""

from __future__ import annotations

import atexit
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

import nbformat

from equitybook.kernels.fork_server import SWITCH
from equitybook.store import Store

CYCLE = "cycle_2_measures_workforce"
PASSWORD = "three plain words"
OTHER_WORDS = "not these words"

MARIA, KEN, OTIS, PIA, SAM, JOY, DANA = "maria", "ken", "otis", "pia", "sam", "joy", "dana"
"""Maria and Ken are of Prairie Glen, which Sam coaches; Otis and Pia of Oak Bluff, which Joy coaches; Dana leads the cohort."""

PEOPLE = (MARIA, KEN, OTIS, PIA, SAM, JOY, DANA)

COHORT = """
[cohort]
name = "test"
title = "Test cohort"

[[communities]]
slug = "prairie-glen"
name = "Prairie Glen"
county = "Cook"
population = 18400
employees = 112
  [[communities.participants]]
  username = "maria"
  name = "Maria Ruiz"
  title = "Assistant village manager"
  department = "Administration"
  entity = "Village of Prairie Glen"
  senior = true
  [[communities.participants]]
  username = "ken"
  name = "Ken Abara"
  title = "Director"
  department = "Library"
  entity = "Prairie Glen Library"
  entity_type = "Library"
  senior = true

[[communities]]
slug = "oak-bluff"
name = "Oak Bluff"
county = "Will"
population = 9100
employees = 64
  [[communities.participants]]
  username = "otis"
  name = "Otis Bell"
  title = "Finance director"
  department = "Finance"
  entity = "City of Oak Bluff"
  senior = true
  [[communities.participants]]
  username = "pia"
  name = "Pia Novak"
  title = "Chief of police"
  department = "Police"
  entity = "City of Oak Bluff"
  senior = true

[[coaches]]
username = "sam"
name = "Sam Coach"
communities = ["prairie-glen"]

[[coaches]]
username = "joy"
name = "Joy Coach"
communities = ["oak-bluff"]

[[leads]]
username = "dana"
name = "Dana Lead"
"""

CYCLES = """
[[cycles]]
number = {number}
slug = "{slug}"
title = "{title}"
outcomes = {outcomes}
training_day = 2026-{month}-03
work_from = 2026-{month}-04
due = 2026-{month}-17
coaching_from = 2026-{month}-23
coaching_to = 2026-{month}-27
"""

# Says what the kernel was told, so that a test can read it off the page.
TINY_NOTEBOOK = (
    "import json, os\nprint('<<<' + json.dumps(dict(os.environ)) + '>>>')",
    "import ipywidgets\nipywidgets.Text(description='Town')",
)


def small_cohort(folder: Path, *, notebook: tuple[str, ...] = TINY_NOTEBOOK) -> Path:
    """Make a cohort of two towns with passwords for everybody and a small workbook each."""
    folder.mkdir(parents=True, exist_ok=True)
    one = CYCLES.format(
        number=1, slug="cycle_1_charter_team_data", title="Charter, Team and Data", outcomes='["IC1", "PM1"]', month="10"
    )
    two = CYCLES.format(number=2, slug=CYCLE, title="Measures and Workforce", outcomes='["PM2", "HR1"]', month="11")
    (folder / "cohort.toml").write_text(COHORT + one + two, encoding="utf-8")
    for town in ("prairie-glen", "oak-bluff"):
        write_notebook(folder / "workbooks" / town / f"{CYCLE}.ipynb", notebook)
    shutil.copytree(_accounts(), folder, dirs_exist_ok=True)
    return folder


@cache
def _accounts() -> Path:
    """A store in which everybody has a password, made once in each process: a good hash of a password takes its time."""
    folder = Path(tempfile.mkdtemp(prefix="accounts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with Store.of(folder) as store:
        store.migrate()
        for name in PEOPLE:
            store.accounts.set_password(name, PASSWORD)
    return folder


def write_notebook(path: Path, sources: tuple[str, ...]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, path)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


_RUN = """
import json, logging, sys
from pathlib import Path
from equitybook.kernels.fork_server import ForkServer
forks = ForkServer().start()  # before the imports, as serve does
from equitybook.server import app, kernels
logging.basicConfig(level=logging.INFO)
options = json.loads(sys.argv[2])
kernels.OwnedKernels.grace = options.pop("grace", 60.0)
app.make_app(Path(sys.argv[1]), forks=forks, **options).start()
"""


NO_KERNELS = {SWITCH: "0"}
"""The environment of a server that forks no kernels: most tests open no page that has one, and warming up costs seconds."""


@dataclass
class Server:
    """A server process. ``options`` go to ``make_app``; ``grace`` shortens the time a left page's kernel is kept."""

    folder: Path
    port: int = field(default_factory=free_port)
    environment: Mapping[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    cookies: dict[str, Any] = field(default_factory=dict)
    """By username: the cookies of a browser in which that person has signed in, for further browsers of the same person."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def start(self) -> Self:
        with self.log.open("ab") as log:
            command = [sys.executable, "-c", _RUN, str(self.folder), json.dumps({"port": self.port, **self.options})]
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, env={**os.environ, **self.environment}, start_new_session=True
            )
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                if Visitor(self.url).get("sign-in").status == 200:
                    return self
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"The server did not start:\n{self.log.read_text()}")

    def kill(self) -> None:
        """As a power cut would: no handler runs."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
            self.process = None

    def visitor(self) -> Visitor:
        return Visitor(self.url)

    def sign_in(self, username: str, password: str = PASSWORD) -> Visitor:
        return Visitor(self.url).sign_in(username, password)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Visitor:
    """One browser's worth of cookies."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    patience: float = 120
    """Seconds an answer may take."""

    def request(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        parts = urlsplit(self.url)
        line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=self.patience)
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        try:
            line.request(
                method, parts.path + path.lstrip("/") if not path.startswith("//") else path, body, {**cookies, **(headers or {})}
            )
            got = line.getresponse()
            answer = Answer(got.status, got.headers, got.read())
        finally:
            line.close()
        for header in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                if morsel.value:
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
        return answer

    def get(self, path: str = "", headers: Mapping[str, str] | None = None) -> Answer:
        return self.request("GET", path, headers=headers)

    def form(self, path: str, **fields: str) -> Answer:
        """Send a form as a page would, XSRF field included."""
        body = urlencode({"_xsrf": self.cookies.get("_xsrf", ""), **fields}).encode()
        return self.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def post(self, path: str, said: Any, headers: Mapping[str, str] | None = None) -> Answer:
        """Send JSON as the page's script would."""
        sent = {"Content-Type": "application/json", "X-XSRFToken": self.cookies.get("_xsrf", ""), **(headers or {})}
        return self.request("POST", path, json.dumps(said).encode(), sent)

    def sign_in(self, username: str, password: str = PASSWORD) -> Self:
        self.get("sign-in")
        answer = self.form("sign-in", username=username, password=password)
        assert answer.status == 302, answer.text
        return self

    def edit(self, table: str, row: str, name: str, value: Any, *, expected: int = 0, key: str) -> Answer:
        """Save one field."""
        edit = {"table": table, "row": row, "field": name, "value": value, "expected": expected, "key": key, "source": "typed"}
        return self.post("equitybook/api/edits", {"edits": [edit]})
