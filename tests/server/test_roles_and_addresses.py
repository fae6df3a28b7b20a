"""Who gets what, asked with real requests: the expectations stand here, independent of the policy's own table."""

from __future__ import annotations

import re

import pytest

from equitybook.server.policy import RULES
from tests.serving import CYCLE, DANA, JOY, KEN, MARIA, OTIS, SAM, Answer, Server, Visitor

pytestmark = pytest.mark.slow

NOBODY = "nobody"
TOWN = {MARIA, KEN}
PARTICIPANTS = {MARIA, KEN, OTIS}
ALL = {MARIA, KEN, OTIS, SAM, JOY, DANA}
ANYBODY = ALL | {NOBODY}

EDIT = {
    "edits": [
        {"table": "hr1_avail", "row": "r1", "field": "ext_source", "value": "x", "expected": 99, "key": "k", "source": "typed"}
    ]
}

# rule, method, address, JSON body, who may; an allowed request may still be answered with "not like this" (400, 409).
MATRIX: list[tuple[str, str, str, object, set[str]]] = [
    ("home", "GET", "", None, ALL),
    ("sign-in", "GET", "sign-in", None, ANYBODY),
    ("password", "GET", "password", None, ALL),
    ("workbook", "GET", f"voila/render/prairie-glen/{CYCLE}.ipynb", None, TOWN),
    ("own summary", "GET", f"summary/{CYCLE}.html", None, PARTICIPANTS),
    ("town summary", "GET", f"towns/prairie-glen/{CYCLE}.html", None, {*TOWN, SAM, DANA}),
    ("town summary", "GET", f"towns/oak-bluff/{CYCLE}.html", None, {OTIS, JOY, DANA}),
    ("town summary", "GET", f"towns/prairie-glen/{CYCLE}.pdf", None, {*TOWN, SAM, DANA}),
    ("own summary", "GET", f"summary/{CYCLE}-one-page.pdf", None, PARTICIPANTS),
    ("town summary", "GET", f"towns/oak-bluff/{CYCLE}-one-page.pdf", None, {OTIS, JOY, DANA}),
    ("review draft", "POST", f"equitybook/reviews/prairie-glen/{CYCLE}", {"edits": []}, {SAM, DANA}),
    ("review draft", "POST", f"equitybook/reviews/oak-bluff/{CYCLE}", {"edits": []}, {JOY, DANA}),
    ("review release", "POST", f"equitybook/reviews/prairie-glen/{CYCLE}/release", {}, {SAM, DANA}),
    ("review release", "POST", f"equitybook/reviews/oak-bluff/{CYCLE}/release", {}, {JOY, DANA}),
    ("charter leave", "POST", "equitybook/reviews/prairie-glen/charter-leave", {}, {SAM, DANA}),
    ("charter leave", "POST", "equitybook/reviews/oak-bluff/charter-leave", {}, {JOY, DANA}),
    ("kernel", "GET", "api/kernels/KERNEL", None, {MARIA}),
    ("kernel channels", "GET", "api/kernels/KERNEL/channels", None, {MARIA}),
    ("kernel store", "POST", "equitybook/kernel/store", {"method": "read", "payload": {"table": "hr1_setup"}}, set()),
    ("table", "GET", "equitybook/api/tables/hr1_setup", None, PARTICIPANTS),
    ("edits", "POST", "equitybook/api/edits", EDIT, PARTICIPANTS),
    ("changes", "GET", "equitybook/api/changes?after=0", None, PARTICIPANTS),
    ("history", "GET", "equitybook/api/history?table=hr1_setup&row=one&field=payroll_headcount", None, PARTICIPANTS),
    ("table history", "GET", "equitybook/api/table-history?table=hr1_setup", None, PARTICIPANTS),
    ("restore", "POST", "equitybook/api/restore", {"table": "hr1_setup", "seq": "none"}, PARTICIPANTS),
    ("undo", "POST", "equitybook/api/undo", {"batch": "none"}, PARTICIPANTS),
    ("uploads", "POST", "equitybook/api/uploads", {}, PARTICIPANTS),
    ("imports", "POST", "equitybook/api/imports", {"upload": "0" * 64}, PARTICIPANTS),
    ("starters", "POST", "equitybook/api/starters", {"table": "pm1_fields"}, PARTICIPANTS),
    ("revisions", "GET", "equitybook/api/revisions?table=charter", None, PARTICIPANTS),
    ("revisions", "POST", "equitybook/api/revisions", {"table": "charter"}, PARTICIPANTS),
    ("agreements", "POST", "equitybook/api/agreements", {}, PARTICIPANTS),
    ("baselines", "POST", "equitybook/api/baselines", {}, PARTICIPANTS),
    ("redefinitions", "POST", "equitybook/api/redefinitions", {}, PARTICIPANTS),
    ("evidence", "GET", "equitybook/api/evidence?finding=CHARTER.page", None, PARTICIPANTS),
    ("evidence", "POST", "equitybook/api/evidence", {}, PARTICIPANTS),
    ("submit", "POST", "equitybook/api/submit", {"cycle": 99}, PARTICIPANTS),
    ("review resolved", "POST", "equitybook/api/reviews/resolved", {}, PARTICIPANTS),
    ("eeo4", "GET", "equitybook/api/downloads/eeo4.xlsx", None, PARTICIPANTS),
    ("blank", "GET", "equitybook/api/downloads/blank/hr1_grid.xlsx", None, PARTICIPANTS),
    ("download", "GET", "equitybook/api/downloads/hr1_grid.csv", None, PARTICIPANTS),
    ("static", "GET", "equitybook/static/pages.css", None, ANYBODY),
    ("theme files", "GET", "voila/templates/base/static/voila.js", None, ANYBODY),
    ("page files", "GET", "voila/static/voila.js", None, ANYBODY),
    ("lab themes", "GET", "voila/api/themes/@jupyterlab/theme-light-extension/index.css", None, ANYBODY),
    ("lab extensions", "GET", "voila/labextensions/anywidget/package.json", None, ANYBODY),
    ("kernel leaving", "POST", "voila/api/shutdown/KERNEL", {}, {MARIA}),
    ("sign-out", "POST", "sign-out", {}, ALL),
]


@pytest.fixture(scope="module")
def visitors(running_server: Server) -> dict[str, Visitor]:
    return {NOBODY: running_server.visitor()} | {name: running_server.sign_in(name) for name in sorted(ALL)}


@pytest.fixture(scope="module")
def kernel(visitors: dict[str, Visitor]) -> str:
    page = visitors[MARIA].get(f"voila/render/prairie-glen/{CYCLE}.ipynb")
    assert page.status == 200
    found = re.search(r'"kernelId": "([0-9a-f-]{36})"', page.text)
    assert found
    return found[1]


def test_the_matrix_asks_about_every_rule():
    asked = {rule for rule, *_ in MATRIX}
    assert asked | {"nothing here"} == set(RULES)


@pytest.mark.parametrize("case", MATRIX, ids=lambda case: f"{case[0]} {case[2]}")
def test_an_address_is_answered_for_exactly_those_who_may(case, visitors, kernel):
    _, method, path, body, allowed = case
    got = {name: ask(visitor, method, path.replace("KERNEL", kernel), body) for name, visitor in visitors.items()}
    assert {name for name, answer in got.items() if not refused(answer)} == allowed
    assert not [name for name, answer in got.items() if answer.status >= 500]
    for name in ALL - allowed:
        assert got[name].status in {401, 403}, f"{name} is told to sign in, or worse: {got[name].status}"


def ask(visitor: Visitor, method: str, path: str, body: object) -> Answer:
    visitor = Visitor(visitor.url, dict(visitor.cookies))  # what one request sets does not reach the next
    if visitor.cookies.get("_xsrf") is None:
        visitor.get("sign-in")
    return visitor.get(path) if method == "GET" else visitor.post(path, body)


def refused(answer: Answer) -> bool:
    sent_away = answer.status == 302 and "next=" in answer.headers.get("Location", "")
    return sent_away or answer.status in {401, 403, 404, 405}


@pytest.mark.parametrize(
    "path",
    [
        "voila/tree",
        "voila/tree/prairie-glen",
        "voila/api/contents",
        "voila/api/contents/oak-bluff",
        "voila/files/prairie-glen/chart.svg",
        f"voila/files/prairie-glen/{CYCLE}.ipynb",
        "api/kernels",
        "api/contents",
        "api/sessions",
        "api/terminals",
        "metrics",
        "login",
        "logout",
        "static/favicon.ico",
        "voila/render/manifest.json",
        "voila/render/prairie-glen",
        f"voila/render/oak-bluff/../prairie-glen/{CYCLE}.ipynb",
        f"voila/render/oak-bluff/%2e%2e/prairie-glen/{CYCLE}.ipynb",
        "voila/render/.hidden/notes.ipynb",
        f"voila/render/prairie-glen/.{CYCLE}.running.ipynb",
        f"voila/render/prairie-glen/{CYCLE}.failed.ipynb",
        f"voila/render/prairie-glen/{CYCLE}.ipynb/..",
        "equitybook/static/../__init__.py",
        "equitybook/static/%2e%2e/__init__.py",
        "voila/static/../../../pyvenv.cfg",
    ],
)
def test_what_voila_and_jupyter_would_also_serve_is_not_there(path, visitors):
    for name in (NOBODY, OTIS, DANA):
        assert visitors[name].get(path).status in {403, 404}


def test_a_method_that_is_not_in_the_table_is_refused(visitors, kernel):
    maria = visitors[MARIA]
    headers = {"X-XSRFToken": maria.cookies["_xsrf"]}
    for method, path in (
        ("DELETE", f"api/kernels/{kernel}"),
        ("PUT", "equitybook/api/edits"),
        ("OPTIONS", "equitybook/api/edits"),
        ("POST", ""),
    ):
        assert maria.request(method, path, b"", headers).status == 405
    assert maria.get(f"api/kernels/{kernel}").status == 200, "the kernel is still there"


def test_a_link_cannot_choose_another_page_theme(visitors):
    page = visitors[KEN].get(f"voila/render/prairie-glen/{CYCLE}.ipynb?template=classic&theme=dark&token=abc")
    assert page.status == 200
    assert "classic" not in page.text
    assert "abc" not in page.text, "what stands in a link does not reach the kernel"
