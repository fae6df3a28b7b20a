"""Answers and their history, files, submissions, accounts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the first tables, and make the history append-only in the database itself."""
    op.create_table(
        "communities",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_communities"),
    )
    op.create_table(
        "answer_history",
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("lost_to", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["community"], ["communities.slug"], name="fk_answer_history_community"),
        sa.PrimaryKeyConstraint("community", "seq", name="pk_answer_history"),
        sa.UniqueConstraint(
            "community", "table_name", "row_id", "field", "version", name="uq_answer_history_community_table_name_row_id_field_version"
        ),
        sqlite_with_rowid=False,
    )
    with_key, with_batch = sa.text("key IS NOT NULL"), sa.text("batch <> ''")
    op.create_index(
        "ix_answer_history_key", "answer_history", ["community", "key"], unique=True, sqlite_where=with_key, postgresql_where=with_key
    )
    op.create_index(
        "ix_answer_history_batch", "answer_history", ["community", "batch"], sqlite_where=with_batch, postgresql_where=with_batch
    )
    op.create_table(
        "answer_heads",
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.slug"], name="fk_answer_heads_community"),
        sa.PrimaryKeyConstraint("community", "table_name", "row_id", "field", name="pk_answer_heads"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "imports",
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.slug"], name="fk_imports_community"),
        sa.PrimaryKeyConstraint("community", "batch", "table_name", name="pk_imports"),
    )
    op.create_table(
        "files",
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["communities.slug"], name="fk_files_community"),
        sa.PrimaryKeyConstraint("community", "sha256", "purpose", name="pk_files"),
    )
    op.create_index("ix_files_sha256", "files", ["sha256"])
    op.create_table(
        "submissions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["community"], ["communities.slug"], name="fk_submissions_community"),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.UniqueConstraint("community", "cycle", "number", name="uq_submissions_community_cycle_number"),
        sa.UniqueConstraint("community", "key", name="uq_submissions_community_key"),
    )
    op.create_table(
        "accounts",
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("username", name="pk_accounts"),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("username", name="pk_sign_in_attempts"),
    )
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


# Whoever opens the database by hand cannot rewrite what somebody answered either, nor can a mistake of ours.
APPEND_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER answer_history_no_{verb.lower()} BEFORE {verb} ON answer_history "
        "BEGIN SELECT RAISE(ABORT, 'answer_history is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]
    # INSERT OR REPLACE deletes without asking the DELETE trigger.
    + [
        "CREATE TRIGGER answer_history_no_replace BEFORE INSERT ON answer_history "
        "WHEN EXISTS (SELECT 1 FROM answer_history WHERE community = NEW.community AND seq = NEW.seq) "
        "BEGIN SELECT RAISE(ABORT, 'answer_history is append-only'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION answer_history_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'answer_history is append-only'; END $$",
        "CREATE TRIGGER answer_history_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON answer_history "
        "FOR EACH STATEMENT EXECUTE FUNCTION answer_history_append_only()",
    ],
}
