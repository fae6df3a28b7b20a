"""Who may do what: one table, asked by every handler of the server through one check.

Every address the server answers has one ``Rule``. The server refuses to start with a handler that has no rule, or a rule that
has no handler; the tests walk the running application and the whole matrix of people and addresses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from equitybook.program import Person


class Scope(StrEnum):
    """How far a rule reaches."""

    PUBLIC = "public"
    """Anybody, signed in or not: assets without data, and the sign-in page."""
    SELF = "self"
    """Any signed-in person of the rule's roles, about themselves."""
    OWN_COMMUNITY = "own community"
    """The community in the address, or the person's own where the address names none; it must be theirs."""
    OWN_GROUP = "own group"
    """A community the person coaches; a participant's own, who may read what the coach reads; for a cohort lead, any."""
    KERNEL_OWNER = "kernel owner"
    """The kernel in the address; it must have been started for this person."""
    KERNEL_TOKEN = "kernel token"  # noqa: S105 - the name of a scope
    """A kernel that shows its own signed token; no cookie counts."""


PARTICIPANT, COACH, LEAD = "participant", "coach", "lead"
EVERYONE = frozenset({PARTICIPANT, COACH, LEAD})
TOWN = frozenset({PARTICIPANT})
COACHING = frozenset({COACH, LEAD})

_SLUG = r"[a-z0-9][a-z0-9-]*"
_DOCUMENT = r"(?P<workbook>[a-z][a-z0-9_]*)(?P<short>-one-page)?\.(?P<format>html|pdf)"
_KERNEL = r"(?P<kernel_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_TABLE = r"(?P<table>[a-z][a-z0-9_]*)"


@dataclass(frozen=True, slots=True)
class Rule:
    """One address: its pattern below the base address, what may be asked of it, by whom, how far."""

    name: str
    pattern: str
    methods: frozenset[str]
    scope: Scope
    roles: frozenset[str] = EVERYONE

    def takes(self, method: str) -> bool:
        """Whether the method is one of the rule's. HEAD is asked like GET."""
        return ("GET" if method == "HEAD" else method) in self.methods


def _rule(name: str, pattern: str, methods: str, scope: Scope, roles: frozenset[str] = EVERYONE) -> Rule:
    return Rule(name, pattern, frozenset(methods.split()), scope, roles)


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        one.name: one
        for one in (
            _rule("home", r"", "GET", Scope.SELF),
            _rule("sign-in", r"sign-in", "GET POST", Scope.PUBLIC),
            _rule("sign-out", r"sign-out", "POST", Scope.SELF),
            _rule("password", r"password", "GET POST", Scope.SELF),
            _rule(
                "workbook",
                rf"voila/render/(?P<community>{_SLUG})/(?P<workbook>[a-z][a-z0-9_]*)\.ipynb",
                "GET",
                Scope.OWN_COMMUNITY,
                TOWN,
            ),
            _rule("own summary", rf"summary/{_DOCUMENT}", "GET", Scope.OWN_COMMUNITY, TOWN),
            _rule(
                "town summary",
                rf"towns/(?P<community>{_SLUG})/{_DOCUMENT}",
                "GET",
                Scope.OWN_GROUP,
            ),
            _rule(
                "review draft",
                rf"equitybook/reviews/(?P<community>{_SLUG})/(?P<workbook>[a-z][a-z0-9_]*)",
                "POST",
                Scope.OWN_GROUP,
                COACHING,
            ),
            _rule(
                "review release",
                rf"equitybook/reviews/(?P<community>{_SLUG})/(?P<workbook>[a-z][a-z0-9_]*)/release",
                "POST",
                Scope.OWN_GROUP,
                COACHING,
            ),
            _rule("charter leave", rf"equitybook/reviews/(?P<community>{_SLUG})/charter-leave", "POST", Scope.OWN_GROUP, COACHING),
            _rule("kernel", rf"api/kernels/{_KERNEL}", "GET", Scope.KERNEL_OWNER, TOWN),
            _rule("kernel channels", rf"api/kernels/{_KERNEL}/channels", "GET", Scope.KERNEL_OWNER, TOWN),
            _rule("kernel leaving", rf"voila/api/shutdown/{_KERNEL}", "POST", Scope.KERNEL_OWNER, TOWN),
            _rule("kernel store", r"equitybook/kernel/store", "POST", Scope.KERNEL_TOKEN),
            _rule("table", rf"equitybook/api/tables/{_TABLE}", "GET", Scope.OWN_COMMUNITY, TOWN),
            _rule("edits", r"equitybook/api/edits", "POST", Scope.OWN_COMMUNITY, TOWN),
            _rule("changes", r"equitybook/api/changes", "GET", Scope.OWN_COMMUNITY, TOWN),
            _rule("history", r"equitybook/api/history", "GET", Scope.OWN_COMMUNITY, TOWN),
            _rule("table history", r"equitybook/api/table-history", "GET", Scope.OWN_COMMUNITY, TOWN),
            _rule("undo", r"equitybook/api/undo", "POST", Scope.OWN_COMMUNITY, TOWN),
            _rule("restore", r"equitybook/api/restore", "POST", Scope.OWN_COMMUNITY, TOWN),
            _rule("uploads", r"equitybook/api/uploads", "POST", Scope.OWN_COMMUNITY, TOWN),
            _rule("imports", r"equitybook/api/imports", "POST", Scope.OWN_COMMUNITY, TOWN),
            _rule("starters", r"equitybook/api/starters", "POST", Scope.OWN_COMMUNITY, TOWN),
            _rule("revisions", r"equitybook/api/revisions", "GET POST", Scope.OWN_COMMUNITY, TOWN),
            _rule("agreements", r"equitybook/api/agreements", "POST", Scope.OWN_COMMUNITY, TOWN),
            _rule("baselines", r"equitybook/api/baselines", "POST", Scope.OWN_COMMUNITY, TOWN),
            _rule("redefinitions", r"equitybook/api/redefinitions", "POST", Scope.OWN_COMMUNITY, TOWN),
            _rule("evidence", r"equitybook/api/evidence", "GET POST", Scope.OWN_COMMUNITY, TOWN),
            _rule("submit", r"equitybook/api/submit", "POST", Scope.OWN_COMMUNITY, TOWN),
            _rule("review resolved", r"equitybook/api/reviews/resolved", "POST", Scope.OWN_COMMUNITY, TOWN),
            _rule("eeo4", r"equitybook/api/downloads/eeo4\.xlsx", "GET", Scope.OWN_COMMUNITY, TOWN),
            _rule("blank", rf"equitybook/api/downloads/blank/{_TABLE}\.(?P<format>xlsx|csv)", "GET", Scope.OWN_COMMUNITY, TOWN),
            _rule("download", rf"equitybook/api/downloads/{_TABLE}\.(?P<format>xlsx|csv)", "GET", Scope.OWN_COMMUNITY, TOWN),
            _rule("static", r"equitybook/static/(.*)", "GET", Scope.PUBLIC),
            _rule("theme files", r"voila/templates/(.*)", "GET", Scope.PUBLIC),
            _rule("page files", r"voila/static/(.*)", "GET", Scope.PUBLIC),
            _rule("lab themes", r"voila/api/themes/(.*)", "GET", Scope.PUBLIC),
            _rule("lab extensions", r"voila/labextensions/(.*)", "GET", Scope.PUBLIC),
            _rule("nothing here", r".*", "GET POST PUT PATCH DELETE OPTIONS", Scope.PUBLIC),
        )
    }
)
"""Every rule, by name, in the order addresses are matched: the last takes whatever is left."""

API: tuple[str, ...] = (
    "table",
    "edits",
    "changes",
    "history",
    "table history",
    "undo",
    "restore",
    "uploads",
    "imports",
    "starters",
    "revisions",
    "agreements",
    "baselines",
    "redefinitions",
    "evidence",
    "submit",
    "review resolved",
    "eeo4",
    "blank",
    "download",
    "static",
)
"""The rules that JupyterLab mounts too."""

_NOT_YOURS = "This belongs to another town. Your own workbook is on your home page."
_NOT_YOUR_ROLE = "Your account is not meant for this page. Your home page shows what is yours."
_NOT_YOUR_KERNEL = "This page was opened by somebody else, or is closed by now. Open your workbook again."


def refusal(rule: Rule, person: Person, *, community: str | None = None, kernel_owner: str | None = None) -> str:
    """Why a signed-in person may not, in a sentence; empty where they may.

    ``community`` is the slug in the address (None where it names none), ``kernel_owner`` the username a kernel was started for
    (None where there is no such kernel).
    """
    if rule.scope in {Scope.PUBLIC, Scope.KERNEL_TOKEN}:
        return ""
    if person.role not in rule.roles:
        return _NOT_YOUR_ROLE
    if rule.scope is Scope.OWN_COMMUNITY and (not person.community or community not in {None, person.community}):
        return _NOT_YOURS
    if rule.scope is Scope.OWN_GROUP and person.role != LEAD and community not in {person.community, *person.communities}:
        return (
            _NOT_YOURS if person.role == PARTICIPANT else "This town is in another coach's group. Your home page lists your towns."
        )
    if rule.scope is Scope.KERNEL_OWNER and kernel_owner != person.username:
        return _NOT_YOUR_KERNEL
    return ""


def may_open(person: Person, path: str) -> bool:
    """Whether a person may open the workbook at ``path`` below the workbooks folder, for example ``prairie-glen/cycle_2….ipynb``."""
    folder, _, file = path.partition("/")
    return bool(file) and "/" not in file and not refusal(RULES["workbook"], person, community=folder)
