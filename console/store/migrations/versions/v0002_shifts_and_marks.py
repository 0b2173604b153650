"""Shifts in the journal, personal marks, and since when a ticket is parked.

Columns are added in place: a table made anew would lose its triggers, and a journal its history of having been kept.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add what is new. Derived rows lack it, so they are marked to be folded again."""
    op.add_column("journal", sa.Column("shift_uid", sa.String(length=64), nullable=True))
    op.create_index("ix_journal_kind_seq", "journal", ["kind", "seq"], unique=False)
    op.create_index("ix_journal_subject_uid", "journal", ["subject_uid"], unique=False)
    op.create_table(
        "mark",
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("ticket_id", _ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("revision", _ID, nullable=False),
        sa.Column("text_id", _ID, nullable=True),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name="fk_mark_text_id"),
        sa.PrimaryKeyConstraint("actor", "ticket_id", "kind", name="pk_mark"),
    )
    op.add_column("queue_row", sa.Column("parked_s", sa.BigInteger(), nullable=True))
    _let_clocks_have_no_due()
    op.execute("UPDATE queue_row SET engine = 'schema 1'")


def _let_clocks_have_no_due() -> None:
    """A clock whose calendar is never open for so long again has no first due. SQLite changes no column in place, and
    the table is a derived one, so it is copied."""
    op.rename_table("clock", "clock_before")
    op.create_table(
        "clock",
        sa.Column("ticket_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("cycle", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("escalation_uid", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("target_work", sa.BigInteger(), nullable=False),
        sa.Column("used_work", sa.BigInteger(), nullable=False),
        sa.Column("since_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("original_due_at", sa.BigInteger(), nullable=True),
        sa.Column("stopped_at", sa.BigInteger(), nullable=True),
        sa.Column("breached_at", sa.BigInteger(), nullable=True),
        sa.Column("plan", sa.String(length=64), nullable=True),
        sa.Column("engine", sa.String(length=64), nullable=False),
        sa.Column("policy_revision_id", _ID, nullable=False),
        sa.Column("calendar_revision_id", _ID, nullable=False),
        sa.Column("revision", _ID, nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_clock_ticket_id"),
        sa.PrimaryKeyConstraint("ticket_id", "kind", "cycle", name="pk_clock"),
    )
    op.execute("INSERT INTO clock SELECT * FROM clock_before")
    op.drop_table("clock_before")
