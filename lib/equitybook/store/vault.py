"""Files under the hash of their content, in folders only their owner may enter. The uploaded name is not kept."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from equitybook.errors import StoreError

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Vault:
    """A cohort's folder of files: ``<folder>/<first two hex>/<sha256>``, mode 0600 in folders of mode 0700."""

    folder: Path

    def path(self, sha256: str) -> Path:
        """Where the file of that hash lies, whether or not it is there.

        Raises
        ------
        StoreError
            If that is no SHA-256 in lower-case hex: anything else could name a place outside the folder.
        """
        if not _HASH.fullmatch(sha256):
            raise StoreError(
                "This is not the name of a kept file. A file's name is the 64 characters it was given when it was kept."
            )
        return self.folder / sha256[:2] / sha256

    @contextlib.contextmanager
    def incoming(self, content: bytes) -> Iterator[tuple[str, Path]]:
        """Write the content to disk under a passing name, give its hash and that name, and clear away what was not kept.

        The slow part, waiting for the disk, so happens before the database is locked; ``place`` is then one rename.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        passing = target.with_name(f".{secrets.token_hex(8)}.part")
        try:
            for folder in (self.folder, target.parent):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123 - a descriptor with its mode
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            yield sha256, passing
        except OSError as error:
            problem = f"The file could not be kept in {self.folder}: {error.strerror}. Check the room on the disk and who owns the folder."
            raise StoreError(problem) from error
        finally:
            with contextlib.suppress(OSError):  # the first error is the one to tell
                passing.unlink(missing_ok=True)

    def place(self, sha256: str, passing: Path) -> None:
        """Give an incoming file its lasting name."""
        target = self.path(sha256)
        passing.replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the name is on disk too, before anybody is told that the file is kept
        finally:
            os.close(folder)

    def read(self, sha256: str) -> bytes:
        """Give the bytes of a kept file, compared with its hash.

        Raises
        ------
        StoreError
            If the file is gone or its bytes have changed.
        """
        try:
            content = self.path(sha256).read_bytes()
        except OSError as error:
            problem = (
                f"The kept file {sha256[:12]}… cannot be read: {error.strerror}. Restore the cohort's files folder from a backup."
            )
            raise StoreError(problem) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            problem = f"The kept file {sha256[:12]}… is damaged. Restore the cohort's files folder from a backup."
            raise StoreError(problem)
        return content

    def drop(self, sha256: str) -> None:
        """Delete a file's bytes; nothing happens where there are none."""
        self.path(sha256).unlink(missing_ok=True)
