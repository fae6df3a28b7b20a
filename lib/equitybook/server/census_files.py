"""Census downloads: a town's figures of one or several topics, read in place of earlier figures of the same topics."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from equitybook.charter.tables import Benchmark
from equitybook.errors import DataError
from equitybook.intake import census
from equitybook.intake.proposal import Mapping
from equitybook.server.intake_memory import recall, remember

if TYPE_CHECKING:
    from equitybook.program import Community
    from equitybook.store.handle import Handle

KIND = "census"
"""What the page calls such an upload."""

_TABLE = Benchmark.table


def whole_name(town: Community) -> str:
    """Give the town's name with its state, so that namesakes elsewhere are not taken for it."""
    return f"{town.name}, {town.state}"


def receive(handle: Handle, content: bytes, name: str, town: str) -> census.CensusProposal:
    """Read a census file and propose its figures for the town; the place chosen for an earlier file with the same places is remembered.

    Raises
    ------
    DataError
        If it is no census table this workbook uses; the sentence is for the page.
    """
    already = _already(handle)
    proposal = census.propose(content, name, town, already=already)
    choice = recall(handle, _TABLE, proposal.proposal.fingerprint)
    return proposal if choice is None else census.propose_again(proposal.kept, town, choice, already=already)


def dry_run(handle: Handle, kept: bytes, town: str, choice: Mapping) -> dict[str, Any]:
    """Say what an import with this choice would bring, with the proposal as it stands; where something is open, ``error`` says what."""
    proposal = census.propose_again(kept, town, choice, already=_already(handle)).json()
    try:
        report = census.rows(kept, choice, town, already=_already(handle)).json()
    except DataError as error:
        return {"dry_run": True, "proposal": proposal, "error": str(error)}
    return {"dry_run": True, "proposal": proposal, **report}


def import_figures(handle: Handle, kept: bytes, town: str, choice: Mapping) -> dict[str, Any]:
    """Put the figures in place of those of the same topics, as one batch that can be taken back.

    Raises
    ------
    DataError
        If a question is still open.
    """
    made = census.rows(kept, choice, town, already=_already(handle))
    topics = {row["topic"] for row in made.rows}
    earlier = [record.id for record in handle.read(_TABLE.id) if record.values().get("topic") in topics]
    batch = secrets.token_hex(8)
    added = handle.add_rows(_TABLE.id, made.rows, replace=earlier, source="imported", batch=batch)
    settled = census.propose_again(kept, town, choice).proposal
    remember(handle, _TABLE, settled.fingerprint, settled.mapping.model_dump())
    return {**made.json(), "batch": batch, "added": added}


def _already(handle: Handle) -> list[Any]:
    return [record.values() for record in handle.read(_TABLE.id)]
