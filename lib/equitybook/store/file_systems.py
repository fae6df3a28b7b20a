"""Where a SQLite file must not live: shares whose locks and shared memory SQLite cannot rely on."""

from __future__ import annotations

from pathlib import Path

NETWORK_TYPES = frozenset(
    {
        *(
            "afs",
            "beegfs",
            "ceph",
            "cifs",
            "coda",
            "davfs",
            "glusterfs",
            "gpfs",
            "lustre",
            "ncpfs",
            "nfs",
            "nfs4",
            "ocfs2",
            "orangefs",
        ),
        *("smb2", "smb3", "smbfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs"),
    }
)
"""Types in ``/proc/self/mountinfo`` on which another machine can hold the file."""

_MOUNTS = Path("/proc/self/mountinfo")


def read_mounts() -> str:
    """Linux's table of mounts, empty on other systems."""
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def network_share(path: Path, *, mounts: str) -> str | None:
    """Give the kind of network share a path lies on, or None where it lies on this machine or that cannot be told.

    Parameters
    ----------
    path
        An absolute path; it need not exist yet.
    mounts
        The text of Linux's ``/proc/self/mountinfo``; may be empty.
    """
    if str(path).startswith(("\\\\", "//")):
        return "a Windows share"
    best, kind = -1, None
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        fields = left.split()
        if len(fields) < 5 or not right:  # noqa: PLR2004 - the mount point is the fifth field
            continue
        # Linux writes a blank in a mount point as \040.
        point = Path(fields[4].replace("\\040", " "))
        # "Later wins" for mounts on the same place: the newest one is what a program sees.
        if (path == point or point in path.parents) and len(point.parts) >= best:
            best, kind = len(point.parts), right.split()[0]
    return kind if kind in NETWORK_TYPES else None
