"""How Alembic reaches the store: always through the connection the program opened, never through an address of its own."""

from __future__ import annotations

from alembic import context

from equitybook.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # Both databases roll DDL back; Alembic assumes SQLite does not, because Python's driver once committed behind its back.
    transactional_ddl=True,
    # SQLite cannot ALTER most things; batch mode copies the table instead.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
