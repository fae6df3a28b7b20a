"""What a workbook was made from, as one hash: equal hash, nothing to do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from equitybook import __version__
from equitybook.program import Community, Cycle
from equitybook.reviews import Comment

_PACKAGE = Path(__file__).resolve().parent.parent


def file_hash(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def program_hash() -> str:
    """SHA-256 of this program: its version, code and words. A workbook made by other code is not up to date."""
    digest = hashlib.sha256(__version__.encode())
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in {".py", ".yml", ".yaml"}:
            digest.update(f"{path.relative_to(_PACKAGE)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def input_hash(
    *,
    template_hash: str,
    parameters: Mapping[str, Any],
    last_seq: int,
    comments: Sequence[Comment],
    community: Community,
    cycle: Cycle,
    cycles: int,
) -> str:
    """SHA-256 of all that decides how a workbook comes out: template, parameters, program, answers, comments, and what cohort.toml says."""
    parts = {
        "template": template_hash,
        "parameters": dict(parameters),
        "program": program_hash(),
        "last_seq": last_seq,
        "comments": [(str(one.id), one.version, str(one.resolved_on)) for one in comments],
        "community": community.model_dump(mode="json"),
        "cycle": cycle.model_dump(mode="json"),
        "cycles": cycles,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
