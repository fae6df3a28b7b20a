"""The newest version of every field, copied from the history: as it grows, and again as a whole after a restore or a repair."""

from __future__ import annotations

from sqlalchemy import Connection, delete, exists, func, select
from sqlalchemy.dialects import postgresql, sqlite

from equitybook.store.counting import lock_community
from equitybook.store.schema import answer_heads, answer_history, communities


def renew_heads(connection: Connection, community: str, *, after: int) -> None:
    """Copy the newest versions among a community's changes after a sequence number. Under its lock only."""
    old, new = answer_history.alias("old"), answer_history.alias("new")
    same_field = [new.c[name] == old.c[name] for name in ("community", "table_name", "row_id", "field")]
    # Versions follow each other without gaps, so the newest is the one that has no next one.
    newest = ~exists().where(*same_field, new.c.version == old.c.version + 1)
    names = [column.name for column in answer_heads.columns]
    wanted = select(*(old.c[name] for name in names)).where(
        old.c.community == community, old.c.seq > after, old.c.version.is_not(None), newest
    )
    add = (postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert)(answer_heads).from_select(names, wanted)
    renewed = {name: add.excluded[name] for name in ("value", "version", "author", "at", "source", "seq")}
    connection.execute(add.on_conflict_do_update(index_elements=answer_heads.primary_key, set_=renewed))


def rebuild_heads(connection: Connection) -> int:
    """Throw the heads of all communities away and make them again; return how many there are.

    Every community is locked first, in one order for all who do this, so that no writer slips in between.
    """
    slugs = connection.execute(select(communities.c.slug).order_by(communities.c.slug)).scalars().all()
    for slug in slugs:
        lock_community(connection, slug)
    connection.execute(delete(answer_heads))
    for slug in slugs:
        renew_heads(connection, slug, after=0)
    return connection.execute(select(func.count()).select_from(answer_heads)).scalar_one()
