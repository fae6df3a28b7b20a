"""A property: however two people's edits interleave, go stale, arrive late or arrive twice, nothing is lost and nobody is confused."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from equitybook.store import Store
from equitybook.store.handle import Edit, Handle, Receipt

CELLS = [("r1", "a"), ("r1", "b"), ("r2", "a")]

people = st.integers(0, 1)
types_ = st.tuples(st.just("type"), people, st.sampled_from(CELLS), st.integers(0, 3), st.integers(-2, 1))
sends = st.tuples(st.just("send"), people, st.integers(1, 4), st.booleans())
resends = st.tuples(st.just("resend"), people, st.integers(0, 30))
looks = st.tuples(st.just("look"), people)
stories = st.lists(st.one_of(types_, types_, sends, sends, resends, looks), min_size=1, max_size=40)


@dataclass
class Editor:
    """One person's browser: what it has seen, what it has typed but not sent, and every receipt it was given."""

    handle: Handle
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    shown: dict[tuple[str, str], object] = field(default_factory=dict)
    outbox: list[Edit] = field(default_factory=list)
    sent: list[Edit] = field(default_factory=list)
    receipts: dict[str, Receipt] = field(default_factory=dict)
    after: int = 0

    def type(self, cell, value, drift) -> None:
        """Type into a cell, believing in a version that may be the one seen, an older one, or one that never was."""
        expected = max(0, self.seen.get(cell, 0) + drift)
        self.outbox.append(Edit("t", *cell, value, expected, secrets.token_hex(8)))

    def send(self, count, *, answer_arrives) -> list[Receipt]:
        """Send what waits; if the answer is lost on the way, it keeps waiting and will be sent again."""
        edits = self.outbox[:count]
        receipts = self.handle.write(edits)
        self.sent += [edit for edit in edits if edit not in self.sent]
        if answer_arrives:
            del self.outbox[:count]
            self.take(receipts)
        return list(receipts)

    def resend(self, index) -> list[Receipt]:
        """Send one edit of the past again, as a browser does that woke up with an old outbox."""
        if not self.sent:
            return []
        receipts = self.handle.write([self.sent[index % len(self.sent)]])
        self.take(receipts)
        return list(receipts)

    def take(self, receipts) -> None:
        for receipt in receipts:
            earlier = self.receipts.setdefault(receipt.key, receipt)
            assert earlier == receipt  # the same answer, however often it is asked for
            self.see(receipt.change)

    def look(self) -> None:
        """Poll for what came after the last thing known."""
        for change in self.handle.changes(after=self.after):
            assert change.seq > self.after
            assert change.status == "saved"
            self.after = change.seq
            self.see(change)

    def see(self, change) -> None:
        cell = (change.row, change.field)
        if change.version > self.seen.get(cell, 0):
            self.seen[cell], self.shown[cell] = change.version, change.value


def play(editors: list[Editor], story) -> list[tuple[Edit, Receipt]]:
    """Act the story out; return each edit with its first receipt, in the order in which the store took them."""
    order: dict[str, tuple[Edit, Receipt]] = {}
    for verb, person, *rest in story:
        editor = editors[person]
        receipts: list[Receipt] = []
        if verb == "type":
            editor.type(*rest)
        elif verb == "send":
            receipts = editor.send(rest[0], answer_arrives=rest[1])
        elif verb == "resend":
            receipts = editor.resend(rest[0])
        else:
            editor.look()
        known = {edit.key: edit for edit in editor.sent}
        for receipt in receipts:
            first = order.setdefault(receipt.key, (known[receipt.key], receipt))
            assert first[1] == receipt
    for editor in editors:  # everybody comes back online and looks once more
        for receipt in editor.send(len(editor.outbox), answer_arrives=True):
            order.setdefault(receipt.key, (next(edit for edit in editor.sent if edit.key == receipt.key), receipt))
        editor.look()
    for editor in editors:
        editor.look()
    return list(order.values())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=stories)
def test_two_editors_end_with_what_was_saved_last_and_nothing_is_lost(store: Store, story):
    town = f"town-{secrets.token_hex(6)}"
    editors = [Editor(store.community(town, author=name)) for name in ("maria", "ken")]
    taken = play(editors, story)
    handle = editors[0].handle
    now = {(record.id, name): cell for record in handle.read("t") for name, cell in record.cells.items()}
    history = handle.changes(limit=100_000, wishes=True)

    last = {(edit.row, edit.field): (edit.value, receipt.change.version) for edit, receipt in taken if receipt.status == "saved"}
    assert {cell: (one.value, one.version) for cell, one in now.items()} == last
    for editor in editors:  # both pages show the same in the end
        assert {cell: (editor.shown[cell], version) for cell, version in editor.seen.items() if version} == last

    sent = Counter((edit.row, edit.field, edit.value) for edit, _ in taken)
    assert Counter((change.row, change.field, change.value) for change in history) == sent
    assert [change.seq for change in history] == list(range(1, len(taken) + 1))

    conflicts = [{key for key, receipt in editor.receipts.items() if receipt.status == "conflict"} for editor in editors]
    assert not conflicts[0] & conflicts[1]
    assert len(conflicts[0]) + len(conflicts[1]) == sum(change.status == "conflict" for change in history)
    for editor, own in zip(editors, conflicts, strict=True):
        wishes = sum(change.status == "conflict" and change.author == editor.handle.author for change in history)
        assert wishes == len(own)

    before = heads(store, town)
    store.rebuild_heads()
    assert heads(store, town) == before


def heads(store: Store, town: str) -> list[tuple]:
    with store._database.reading() as connection:
        return sorted(
            tuple(row) for row in connection.execute(text("SELECT * FROM answer_heads WHERE community = :town"), {"town": town})
        )
