"""What a process needs of its environment to run at all: the zygote is given this and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

OF_EVERY_PROCESS = frozenset(
    {
        "PATH",
        "HOME",
        "LANG",
        "LANGUAGE",
        "TZ",
        "TMPDIR",
        "VIRTUAL_ENV",
        "SYSTEMROOT",  # Windows starts nothing without it
    }
)
PREFIXES = ("LC_", "PYTHON")

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""A workbook's sums are small; thirty kernels with a thread per core each are not. And only a single thread may fork."""


def bare(given: Mapping[str, str]) -> dict[str, str]:
    """Keep what every process needs of ``given``: no address of a database, no password, no key."""
    kept = {name: value for name, value in given.items() if name in OF_EVERY_PROCESS or name.startswith(PREFIXES)}
    return {**kept, **ONE_THREAD}


def steering(given: Mapping[str, str]) -> dict[str, str]:
    """Pick what Python reads when it starts and never again; a fork cannot be given another value of these."""
    return {
        name: value
        for name, value in given.items()
        # Jupyter takes PYTHONEXECUTABLE away from every kernel
        if (name == "LANG" or name.startswith(PREFIXES)) and name != "PYTHONEXECUTABLE"
    }
