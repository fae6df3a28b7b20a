"""The server's own secrets: made once, kept in the cohort's folder, readable by nobody else."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from equitybook.errors import ConfigError

_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """``cookie`` signs sessions, ``kernel`` signs kernel tokens. Both outlive a restart, so nobody is signed out by one."""

    cookie: bytes = field(repr=False)
    kernel: bytes = field(repr=False)


def read_keys(cohort_folder: Path) -> Keys:
    """Read the cohort's keys, made on first use in ``<cohort>/secrets`` (0700, files 0600).

    Raises
    ------
    ConfigError
        If a key file exists but is shorter than the server would have made it, or others may read it.
    """
    folder = cohort_folder / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Keys(cookie=_key(folder / "cookie.key"), kernel=_key(folder / "kernel.key"))


def _key(path: Path) -> bytes:
    try:
        # O_EXCL: two servers starting at once agree on one key instead of overwriting each other's.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _existing(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_hex(_BYTES)
        file.write(key)
    return key.encode()


def _existing(path: Path) -> bytes:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise ConfigError("Other users of this machine may read this key.", file=str(path), fix=f"Run: chmod 600 {path}")
    key = path.read_bytes().strip()
    if len(key) < _BYTES:
        raise ConfigError(
            "This key is too short to be safe.",
            file=str(path),
            fix="Delete the file; a new one is made, and everybody signs in again.",
        )
    return key
