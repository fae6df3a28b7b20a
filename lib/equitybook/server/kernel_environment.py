"""What a kernel is told: an allow-list. A secret in the server's own environment never reaches a page."""

from __future__ import annotations

from collections.abc import Mapping

_NAMES = frozenset(
    {
        "PATH",
        "HOME",
        "LANG",
        "LANGUAGE",
        "TZ",
        "TMPDIR",
        "VIRTUAL_ENV",
        "SYSTEMROOT",  # Windows starts nothing without it
        "JUPYTER_PATH",
        "JUPYTER_DATA_DIR",
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_RUNTIME_DIR",
        "JUPYTER_PLATFORM_DIRS",
        "IPYTHONDIR",
        "SERVER_NAME",
        "SERVER_PORT",
        "SERVER_PROTOCOL",
        "SERVER_SOFTWARE",
        "SCRIPT_NAME",
        "PATH_INFO",
        "VOILA_BASE_URL",
        "VOILA_SERVER_URL",
        "VOILA_APP_PORT",
        "VOILA_PREHEAT",
    }
)
_PREFIXES = ("LC_", "PYTHON")

_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""A workbook's sums are small; thirty kernels with a thread per core each are not."""


def kernel_environment(given: Mapping[str, str], granted: Mapping[str, str]) -> dict[str, str]:
    """Keep what every kernel needs of ``given`` (the server's environment and the request's), and add what it is granted."""
    kept = {name: value for name, value in given.items() if name in _NAMES or name.startswith(_PREFIXES)}
    return {**kept, **_ONE_THREAD, **granted}
