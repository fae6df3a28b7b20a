"""What a kernel is told: an allow-list. A secret in the server's own environment never reaches a page."""

from __future__ import annotations

from collections.abc import Mapping

from equitybook.kernels.environment import bare

_NAMES = frozenset(
    {
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


def kernel_environment(given: Mapping[str, str], granted: Mapping[str, str]) -> dict[str, str]:
    """Keep what every kernel needs of ``given`` (the server's environment and the request's), and add what it is granted."""
    kept = {name: value for name, value in given.items() if name in _NAMES}
    return {**bare(given), **kept, **granted}
