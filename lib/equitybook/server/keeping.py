"""Keeping what a finding says as evidence: what it may be about, and the sentence of the town's own that goes with it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equitybook.analysis import Answers
from equitybook.charter.keeping import evidence_row
from equitybook.charter.subjects import subject_of, subjects
from equitybook.charter.tables.kept import LONGEST_STATEMENT, Evidence
from equitybook.outcomes.registry import outcome
from equitybook.server.access import Api, Refusal
from equitybook.server.acting import values_of
from equitybook.server.known_tables import news_of
from equitybook.store.history import whole_history

if TYPE_CHECKING:
    from equitybook.findings import Finding
    from equitybook.server.shared import Shared
    from equitybook.store.handle import Handle

_NOTHING = "There is nothing to keep here yet: this part of the page has no numbers."
_CHANGED = "The numbers of this finding have changed since you opened this. Go back, and choose again what it is about."


class EvidenceHandler(Api):
    """``GET evidence?finding=``, and ``POST evidence`` with ``{"cycle", "finding", "about", "statement", "measure_id", "confidence"}``."""

    async def get(self) -> None:
        """Tell what evidence from a finding may be about: the words to offer, and the measure they belong to where there is one."""
        finding_id = self.get_query_argument("finding", "")
        self.answer(await self.shared.aside(_offer, self.shared, self.handle, finding_id))

    async def post(self) -> None:
        """Keep what a finding says today, with a sentence of the town's own. It is only ever added to."""
        self.answer(await self.shared.aside(_keep, self.shared, self.handle, self.body()))


def _offer(shared: Shared, handle: Handle, finding_id: str) -> dict[str, Any]:
    offered = subjects(_found(shared, handle, finding_id))
    return {"about": [{"label": one.label, "measure_id": one.measure_id} for one in offered]}


def _keep(shared: Shared, handle: Handle, said: Mapping[str, Any]) -> dict[str, Any]:
    table, cycle = Evidence.table, said.get("cycle")
    if not isinstance(cycle, int) or isinstance(cycle, bool) or cycle < 1:
        raise Refusal(400, "cycle is a whole number from 1.")
    written = values_of(table, {name: said.get(name) for name in ("statement", "measure_id", "confidence")})
    _see_to_the_sentence(str(written.get("statement") or ""))
    found = _found(shared, handle, str(said.get("finding")))
    subject = subject_of(found, str(said.get("about") or ""))
    if subject is None:
        raise Refusal(409, _CHANGED)
    with shared.numbering:
        code = _next_code(handle, f"C{cycle}-{found.id.split('.', maxsplit=1)[0]}-")
        row = evidence_row(found, subject, written, code=code, cycle=cycle, today=shared.today())
        handle.add_rows(table.id, [row], replace=False, source="typed", batch=secrets.token_hex(8))
    marks = [message.text for message in Evidence.check(row)]
    return {"evidence_id": code, "marks": marks, **news_of(handle, table.id)}


def _see_to_the_sentence(statement: str) -> None:
    if not statement:
        raise Refusal(409, "Say in one sentence of your own what this shows.")
    if len(statement) > LONGEST_STATEMENT:
        raise Refusal(
            409,
            f"This has {len(statement)} characters; {LONGEST_STATEMENT} is the limit for one sentence. Shorten it, then keep it.",
        )


def _found(shared: Shared, handle: Handle, finding_id: str) -> Finding:
    """Compute the finding as the town reads it."""
    one = outcome(finding_id.split(".", maxsplit=1)[0])
    town = shared.cohort.community(handle.community)
    answers = Answers.read(handle, one, roles=town.roles)
    findings = one.present(answers.measure(town.name, today=shared.today()))
    found = next((finding for finding in findings if finding.id == finding_id), None)
    if found is None or found.empty:
        raise Refusal(409, _NOTHING)
    return found


def _next_code(handle: Handle, prefix: str) -> str:
    """Number per cycle and outcome, from all that was ever kept."""
    used = [str(change.value) for change in whole_history(handle, Evidence.table.id, field="evidence_id")]
    numbers = [int(code.removeprefix(prefix)) for code in used if code.startswith(prefix) and code.removeprefix(prefix).isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1:03d}"
