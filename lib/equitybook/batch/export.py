"""Community summaries for a whole cohort, written to a new folder with a manifest: the way out.

Every community is read through its own handle, passes disclosure control, and fails by itself.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from equitybook import __version__
from equitybook.disclosure import Tier
from equitybook.errors import EquitybookError, ExportError
from equitybook.outcomes.registry import tables_of
from equitybook.report import EXPORTS, Report
from equitybook.summary import policy_values, summary

if TYPE_CHECKING:
    from equitybook.program import Cohort
    from equitybook.store import Store

_log = logging.getLogger(__name__)

_SMALLEST = {"html": 4_000, "pdf": 8_000}
"""Bytes: a document below this is no document. Converters have been known to write empty files and report success."""
_MARKS = {"html": (b"<!doctype html>", b"</html>"), "pdf": (b"%PDF-", b"/StructTreeRoot", b"%%EOF")}
"""What a whole file of the kind contains; a PDF without a structure tree is not tagged."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file written: its place in the folder, its SHA-256, its size in bytes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of one community: documents, or the error. ``input_hash`` is over its answers, ``content_hash`` over the report."""

    community: str
    documents: tuple[Document, ...] = ()
    input_hash: str = ""
    content_hash: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class ExportManifest:
    """How an export was made and what it holds; written as ``manifest.json`` into its ``folder``. ``at`` is UTC."""

    folder: Path
    cohort: str
    cycle: int
    tier: str
    who: str
    policy: Mapping[str, int]
    at: str
    program: str = f"equitybook {__version__}"
    communities: tuple[Exported, ...] = field(default=())

    @property
    def failed(self) -> tuple[Exported, ...]:
        """The communities that need somebody to look."""
        return tuple(one for one in self.communities if one.error)

    def json(self) -> str:
        """Write it down; the folder's own place on this machine is left out."""
        facts = dataclasses.asdict(self)
        del facts["folder"]
        return json.dumps({**facts, "policy": dict(self.policy)}, indent=2, ensure_ascii=False) + "\n"


Progress = Callable[[str, int, int], None]


def export(
    cohort: Cohort,
    store: Store,
    *,
    cycle: int,
    communities: Sequence[str] | None = None,
    folder: Path | None = None,
    formats: Sequence[str] = ("html", "pdf"),
    tier: Tier | str = Tier.T2,
    today: dt.date | None = None,
    at: dt.datetime | None = None,
    on_progress: Progress | None = None,
) -> ExportManifest:
    """Write the summaries of one cycle.

    Parameters
    ----------
    communities
        Slugs; all of the cohort's when left out.
    folder
        Where to; ``exports/<cohort>-cycle-<n>-<UTC time>`` below the working directory when left out. Nothing is ever overwritten.
    formats
        File endings, of ``report.EXPORTS``.
    tier
        Who will read them, or in a word: "coach" or "cohort". T1 is refused: exact numbers stay with the town.
    on_progress
        Called after each community with what was made, how many are done, and how many there are.

    Returns
    -------
    ExportManifest
        Also for communities that failed; look at ``failed``.

    Raises
    ------
    ExportError
        If the folder holds something already, a format is not known, or the tier is T1.
    ConfigError
        If the cohort has no such cycle or community.
    """
    at = (at or dt.datetime.now(tz=dt.UTC)).replace(microsecond=0)
    cohort.cycle(cycle)
    towns = list(dict.fromkeys(cohort.community(slug).slug for slug in communities or [one.slug for one in cohort.communities]))
    tier = _check(formats, tier)
    target = _new_folder(folder or Path("exports") / f"{cohort.name}-cycle-{cycle}-{at:%Y%m%dT%H%M%SZ}")
    limits = tier.thresholds
    manifest = ExportManifest(target, cohort.name, cycle, tier.value, limits.who, policy_values(limits), at.isoformat())
    for slug in towns:
        one = _one(cohort, store, slug, cycle=cycle, target=target, formats=formats, tier=tier, today=today or at.date(), at=at)
        manifest = dataclasses.replace(manifest, communities=(*manifest.communities, one))
        if on_progress is not None:
            on_progress(f"Summary of {slug}", len(manifest.communities), len(towns))
    _write_new(target / "manifest.json", manifest.json().encode())
    return manifest


def _one(
    cohort: Cohort,
    store: Store,
    slug: str,
    *,
    cycle: int,
    target: Path,
    formats: Sequence[str],
    tier: Tier,
    today: dt.date,
    at: dt.datetime,
) -> Exported:
    """Write one community's documents; whatever goes wrong stays with it."""
    try:
        handle = store.community(slug, author="export")
        report = summary(cohort, handle, cycle=cycle, tier=tier, today=today, at=at, alone=True)
        answers = {table: [record.values() for record in handle.read(table)] for table in tables_of(cohort.cycle(cycle).outcomes)}
        place = target / slug
        place.mkdir(mode=0o700)
        documents = tuple(_document(report, place, ending, target=target) for ending in formats)
    except Exception as error:
        _log.exception("%s could not be exported.", slug)
        said = (
            str(error)
            if isinstance(error, EquitybookError)
            else f"Something unforeseen happened ({type(error).__name__}: {error})."
        )
        return Exported(slug, error=said)
    hashed = hashlib.sha256(json.dumps(answers, sort_keys=True, default=str).encode()).hexdigest()
    return Exported(slug, documents, input_hash=hashed, content_hash=report.content_hash)


def _document(report: Report, place: Path, ending: str, *, target: Path) -> Document:
    content = EXPORTS[ending](report)
    whole = len(content) >= _SMALLEST.get(ending, 1) and all(mark in content for mark in _MARKS.get(ending, ()))
    if not whole:
        message = f"{report.community}: the {ending.upper()} came out incomplete ({len(content)} bytes) and was not kept. Export it again; if it stays so, use another format."
        raise ExportError(message)
    path = place / f"summary-cycle-{report.cycle}.{ending}"
    _write_new(path, content)
    return Document(path.relative_to(target).as_posix(), hashlib.sha256(content).hexdigest(), len(content))


def _check(formats: Sequence[str], tier: Tier | str) -> Tier:
    known = {"coach": Tier.T2, "cohort": Tier.T3, **{one.value: one for one in Tier}}
    if tier not in known:
        message = f'There is no circle of readers "{tier}". It is one of: coach, cohort.'
        raise ExportError(message)
    if known[tier] is Tier.T1:
        message = "Exact numbers stay with the town: an export is for its coach (T2) or for a wider circle (T3)."
        raise ExportError(message)
    for ending in formats:
        if ending not in EXPORTS:
            message = f'There is no format "{ending}". It is one of: {", ".join(EXPORTS)}.'
            raise ExportError(message)
    return known[tier]


def _new_folder(folder: Path) -> Path:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder} is there already and an export never overwrites. Name another folder, or move that one away."
        raise ExportError(message)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder} could not be created ({error.strerror}). Name a folder you may write to."
        raise ExportError(message) from error
    return folder


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that must not exist, readable by its owner only."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except OSError as error:
        message = (
            f"{path} could not be written ({error.strerror}). Check the space and the rights of that folder, then export again."
        )
        raise ExportError(message) from error
