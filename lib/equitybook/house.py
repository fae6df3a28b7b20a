"""Where the workbook notebooks and templates are: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path

from equitybook.errors import EquitybookError

_PACKAGE = Path(__file__).resolve().parent


def house_folder(name: str) -> Path:
    """Return the folder of that name: ``"workbooks"`` or ``"templates"``.

    Raises
    ------
    EquitybookError
        If this installation lacks it.
    """
    checkout = _PACKAGE.parent.parent
    bundled = _PACKAGE / "_house" / name
    # Only a checkout has pyproject.toml two floors up; site-packages of a wheel never does.
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    if bundled.is_dir():
        return bundled
    message = (
        f'The folder "{name}" is missing from this installation. Install Equitybook again, from its wheel or a complete checkout.'
    )
    raise EquitybookError(message)


def workbooks() -> Path:
    """Return the folder of the workbook notebooks, one per cycle."""
    return house_folder("workbooks")


def templates() -> Path:
    """Return the folder of the page, report and cohort templates."""
    return house_folder("templates")
