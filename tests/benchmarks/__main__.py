"""Run every measurement and print the table: medians, the plain way beside ours, and the ratio."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from equitybook.batch.generate import generate
from equitybook.disclosure import Tier
from equitybook.house import workbooks
from equitybook.program import Cohort
from equitybook.report import render_html, render_pdf
from equitybook.store import Store
from equitybook.summary import summary
from tests.benchmarks import entry, kernels
from tests.benchmarks.entry import percentile, seconds
from tests.serving import CYCLE, MARIA, Server, small_cohort

TOWNS = ("prairie-glen", "oak-bluff")
RUNS = 3
LONG_LIST = 2000


def roster(people: int) -> list[dict[str, object]]:
    races = ("WHITE", "WHITE", "HISP", "BLACK", "ASIAN")
    return [
        {
            "emp_key": f"k{at}",
            "department": "Police",
            "job_title": "Officer",
            "jobcat": str(1 + at % 8),
            "status": "FT",
            "annual_salary": 50_000 + at,
            "race": races[at % 5],
            "sex": "FM"[at % 2],
            "hire_date": f"20{10 + at % 15}-03-01",
        }
        for at in range(people)
    ]


def plain_papermill(cohort: Cohort) -> None:
    """One papermill process a town, as a shell loop would."""
    template = workbooks() / f"{CYCLE}.ipynb"
    for town in TOWNS:
        command = [sys.executable, "-m", "papermill", str(template), os.devnull, "-p", "community", town, "--no-progress-bar"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "EQUITYBOOK_COHORT": str(cohort.folder)})


def generating(cohort: Cohort, store: Store) -> tuple[str, list[float], list[float]]:
    """In turn, so that the machine's drift is shared."""
    ours, plain = [], []
    for _ in range(RUNS):
        ours.append(seconds(lambda: generate(cohort, store, cycle=2, force=True)))
        plain.append(seconds(lambda: plain_papermill(cohort)))
    return f"generate {len(TOWNS)} towns / papermill command in a loop", ours, plain


def unchanged(cohort: Cohort, store: Store) -> tuple[str, list[float], list[float]]:
    generate(cohort, store, cycle=2)
    ours = [seconds(lambda: generate(cohort, store, cycle=2)) for _ in range(RUNS)]
    return "generate again, nothing changed / generate all", ours, [seconds(lambda: generate(cohort, store, cycle=2, force=True))]


def documents(cohort: Cohort, store: Store) -> list[tuple[str, list[float], list[float]]]:
    handle = store.community("prairie-glen", author=MARIA)
    reports = []
    counted = [seconds(lambda: reports.append(summary(cohort, handle, cycle=2, tier=Tier.T2))) for _ in range(RUNS)]
    html = [seconds(lambda: render_html(reports[-1])) for _ in range(RUNS)]
    pdf = [seconds(lambda: render_pdf(reports[-1])) for _ in range(RUNS)]
    return [
        ("count, hide and word a summary (200 people)", counted, []),
        ("write it as HTML", html, []),
        ("write it as PDF", pdf, []),
    ]


def saving(server: Server) -> list[tuple[str, list[float], list[float]]]:
    maria = server.sign_in(MARIA)
    small = [
        seconds(lambda at=at: maria.edit("hr1_avail", f"row{at}", "ext_source", "County", key=f"small-{at}")) for at in range(60)
    ]
    large = [seconds(lambda at=at: maria.edit("hr1_roster", f"new{at}", "grade", "P-2", key=f"large-{at}")) for at in range(20)]
    page = [seconds(lambda: maria.get(f"voila/render/prairie-glen/{CYCLE}.ipynb")) for _ in range(RUNS)]
    return [
        ("one edit, sent to acknowledged, small table (p95)", [percentile(small)], []),
        ("one edit, sent to acknowledged, list of 200 people (p95)", [percentile(large)], []),
        ("the workbook's page, complete over HTTP", page, []),
    ]


def main() -> None:
    rows: list[tuple[str, list[float], list[float]]] = []
    with tempfile.TemporaryDirectory() as folder:
        cohort = Cohort.read(small_cohort(Path(folder) / "cohort"))
        with Store.of(cohort.folder) as store:
            store.community("prairie-glen", author=MARIA).add_rows(
                "hr1_roster", roster(200), replace=True, source="imported", batch="bench"
            )
            rows += entry.checking(store, roster(LONG_LIST))
            rows += [generating(cohort, store), unchanged(cohort, store), *documents(cohort, store)]
        with Server(cohort.folder) as server:
            rows += saving(server)
            rows += [*entry.acknowledging(server, LONG_LIST), *entry.seeing(server), *entry.many_pages(server)]
        rows += kernels.forked_beside_ordinary(Path(folder))
    table = Table(title=f"Medians on {os.cpu_count()} cores, Python {platform.python_version()}")
    for heading in ("What", "Seconds (or as said)", "Plain way", "Ratio"):
        table.add_column(heading, justify="left" if heading == "What" else "right")
    for what, ours, plain in rows:
        mine, other = statistics.median(ours), statistics.median(plain) if plain else None
        table.add_row(what, f"{mine:.3f}", f"{other:.2f}" if other else "–", f"{other / mine:.1f}×" if other else "–")
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
