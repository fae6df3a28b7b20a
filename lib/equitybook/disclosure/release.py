"""The gate. Whatever leaves a community is made here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import InitVar, dataclass, replace
from typing import NoReturn
from weakref import WeakSet

from equitybook.disclosure.linked import protect
from equitybook.disclosure.numbers import visible_curves, visible_statistics
from equitybook.disclosure.policy import Thresholds, Tier, policy
from equitybook.disclosure.suppression import Suppressed
from equitybook.errors import DisclosureError
from equitybook.findings import Finding, Measured

_GATE = object()


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Released:
    """Findings that passed disclosure control for one tier. Only ``release`` makes it; reports and the coach's page take nothing else.

    ``notices`` say in plain words what was hidden and why; ``thresholds`` what may be shown to whom.
    """

    findings: tuple[Finding, ...]
    tier: Tier
    notices: tuple[str, ...]
    thresholds: Thresholds
    gate: InitVar[object] = None

    def __post_init__(self, gate: object) -> None:
        if gate is not _GATE:
            message = "Findings leave a community only through disclosure.release(measured, present, tier)."
            raise DisclosureError(message)
        _ISSUED.add(self)

    def __reduce__(self) -> NoReturn:
        message = "Released findings are not copied or pickled: release them again where they are needed."
        raise DisclosureError(message)


_ISSUED: WeakSet[Released] = WeakSet()


def release(measured: Measured, present: Callable[[Measured], tuple[Finding, ...]], tier: Tier) -> Released:
    """Hide what that tier may not see, then put the rest into words.

    ``present`` is called with what is left: a hidden number can reach no sentence, chart or table, because it is not there.

    Parameters
    ----------
    measured
        Everything an outcome has counted.
    present
        The outcome's own function from counts to findings.
    tier
        Who will see it. T1, the participants' own, hides nothing.
    """
    limits = tier.thresholds
    if tier is Tier.T1:
        notice = "Exact numbers, for the two participants and their named HR lead. Do not pass this on."
        return Released(tuple(present(measured)), tier, (notice,), limits, gate=_GATE)
    visible, notices = _visible(measured, limits)
    if tier is Tier.T3:
        visible = replace(visible, words={})
    return Released(tuple(present(visible)), tier, notices, limits, gate=_GATE)


def require_released(released: object) -> Released:
    """Return the argument if ``release`` made it.

    Raises
    ------
    DisclosureError
        If it was made in any other way.
    """
    if not isinstance(released, Released) or released not in _ISSUED:
        message = f"A report takes only findings released by disclosure.release, got {type(released).__name__}."
        raise DisclosureError(message)
    return released


def _visible(measured: Measured, limits: Thresholds) -> tuple[Measured, tuple[str, ...]]:
    tables, together = protect(measured.counts, limits.smallest_group, policy(), rates_from=limits.statistic_from)
    counts = {name: one.table for name, one in tables.items()}
    left = replace(
        measured,
        counts=counts,
        statistics=visible_statistics(measured.statistics, counts, limits),
        curves=visible_curves(measured.curves, counts, limits),
    )
    return left, _notices(tables, together, limits)


def _notices(tables: Mapping[str, Suppressed], together: tuple[str, ...], limits: Thresholds) -> tuple[str, ...]:
    k = limits.smallest_group
    said = []
    if any(one.hidden for one in tables.values()):
        said.append(
            f"Numbers of 1 to {k - 1} people are not shown, nor the numbers from which they could be worked out. They appear as “—”."
        )
    promised = max((one.table.promised for one in tables.values() if one.hidden), default=0)
    if promised > k:
        said.append(
            f"Where the community promised to report no group of fewer than {promised} people, numbers of 1 to {promised - 1} are not shown either."
        )
    said += together
    gone = [one.table.title for one in tables.values() if one.collapsed]
    if gone:
        said.append(f"Too few people to show what is inside: {'; '.join(gone)}.")
    said.append(
        f"Medians and percentages need {limits.statistic_from} people or more; curves need {limits.at_risk_from} people followed."
    )
    return tuple(said)
