"""The demonstration's passwords: made at random, kept in a file that only its owner reads, set where they are missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from equitybook.batch.tidy import write_private
from equitybook.passphrase import passphrase
from equitybook.program import Cohort, Person

if TYPE_CHECKING:
    from equitybook.store import Store

FILE = "demo-sign-ins.txt"
_HEAD = "# Sign-ins of the demonstration. Everybody here is invented; a real cohort has no such file.\n# user name, password, who\n"


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person's way in; ``who`` is for the reader."""

    username: str
    password: str
    who: str


def write_sign_ins(cohort: Cohort) -> tuple[SignIn, ...]:
    """Make a password for everybody in the cohort and write the file, readable by its owner only."""
    made = tuple(SignIn(person.username, passphrase(words=4), _who(cohort, person)) for person in cohort.people)
    lines = "".join(f"{one.username}\t{one.password}\t{one.who}\n" for one in made)
    write_private(cohort.folder / FILE, (_HEAD + lines).encode("utf-8"))
    return made


def read_sign_ins(folder: Path) -> tuple[SignIn, ...]:
    """Read the file back; nothing where the cohort is no demonstration."""
    path = folder / FILE
    if not path.is_file():
        return ()
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return tuple(SignIn(*parts) for parts in lines if len(parts) == len(SignIn.__slots__))


def open_accounts(store: Store, sign_ins: tuple[SignIn, ...], *, renew: bool = False) -> int:
    """Set the password of everybody who has no account yet; one changed since is left alone, unless ``renew``. Returns how many."""
    there = set() if renew else set(store.accounts.usernames())
    missing = [one for one in sign_ins if one.username not in there]
    for one in missing:
        store.accounts.set_password(one.username, one.password)
    return len(missing)


def worth_showing(cohort: Cohort, sign_ins: tuple[SignIn, ...]) -> tuple[SignIn, ...]:
    """Choose the few to start with: the first town's participants, one of another town, the first coach and the lead."""
    first, *others = cohort.communities
    wanted = [person.username for person in first.participants]
    wanted += [person.username for town in others[:1] for person in town.participants[:1]]
    wanted += [person.username for person in (*cohort.programme.coaches[:1], *cohort.programme.leads[:1])]
    by_name = {one.username: one for one in sign_ins}
    return tuple(by_name[name] for name in wanted if name in by_name)


def _who(cohort: Cohort, person: Person) -> str:
    if person.community:
        return f"participant, {cohort.community(person.community).name}"
    if person.role == "coach":
        return f"coach of {len(person.communities)} towns"
    return "cohort lead"
