"""What is derived: first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.store.migrations.first import ID


def make_derived() -> None:
    """Make these tables, in the order of their references."""
    _make_word()
    _make_clock()
    _make_escalation()
    _make_queue_row()


def _make_word() -> None:
    op.create_table(
        "word",
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("code", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("kind", "code", name="pk_word"),
    )
    op.create_index("ux_word_kind_name", "word", ["kind", "name"], unique=True)


def _make_clock() -> None:
    op.create_table(
        "clock",
        sa.Column("ticket_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("cycle", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("escalation_uid", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("target_work", sa.BigInteger(), nullable=False),
        sa.Column("used_work", sa.BigInteger(), nullable=False),
        sa.Column("since_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("original_due_at", sa.BigInteger(), nullable=False),
        sa.Column("stopped_at", sa.BigInteger(), nullable=True),
        sa.Column("breached_at", sa.BigInteger(), nullable=True),
        sa.Column("plan", sa.String(length=64), nullable=True),
        sa.Column("engine", sa.String(length=64), nullable=False),
        sa.Column("policy_revision_id", ID, nullable=False),
        sa.Column("calendar_revision_id", ID, nullable=False),
        sa.Column("revision", ID, nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_clock_ticket_id"),
        sa.PrimaryKeyConstraint("ticket_id", "kind", "cycle", name="pk_clock"),
    )


def _make_escalation() -> None:
    op.create_table(
        "escalation",
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("ticket_id", ID, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_escalation_ticket_id"),
        sa.PrimaryKeyConstraint("uid", name="pk_escalation"),
    )
    op.create_index("ix_escalation_ticket_id", "escalation", ["ticket_id"], unique=False)
    op.create_index(
        "ux_escalation_undecided",
        "escalation",
        ["ticket_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('requested', 'under_review')"),
        postgresql_where=sa.text("state IN ('requested', 'under_review')"),
    )


def _make_queue_row() -> None:
    op.create_table(
        "queue_row",
        sa.Column("ticket_id", ID, autoincrement=False, nullable=False),
        sa.Column("org_id", ID, nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("grp", sa.Integer(), nullable=False),
        sa.Column("due_s", sa.BigInteger(), nullable=False),
        sa.Column("left_work", sa.BigInteger(), nullable=True),
        sa.Column("clock_kind", sa.String(length=64), nullable=True),
        sa.Column("clock_plan", sa.String(length=64), nullable=True),
        sa.Column("calendar_revision_id", ID, nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("clock_started_s", sa.BigInteger(), nullable=True),
        sa.Column("target_work", sa.BigInteger(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("breached", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("opened_s", sa.BigInteger(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("status_code", sa.Integer(), nullable=False),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("owner_id", ID, nullable=True),
        sa.Column("owner_code", sa.Integer(), nullable=False),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("contract_id", ID, nullable=True),
        sa.Column("pack", sa.String(length=64), nullable=False),
        sa.Column("plan", sa.String(length=64), nullable=True),
        sa.Column("plan_code", sa.Integer(), nullable=False),
        sa.Column("esc_state", sa.String(length=64), nullable=True),
        sa.Column("last_contact_s", sa.BigInteger(), nullable=True),
        sa.Column("turn_s", sa.BigInteger(), nullable=True),
        sa.Column("turn", sa.String(length=64), nullable=False),
        sa.Column("next_at_s", sa.BigInteger(), nullable=True),
        sa.Column("subject_text_id", ID, nullable=True),
        sa.Column("policy_revision_id", ID, nullable=False),
        sa.Column("book_seq", ID, nullable=False),
        sa.Column("engine", sa.String(length=64), nullable=False),
        sa.Column("folded_at", sa.BigInteger(), nullable=False),
        sa.Column("revision", ID, nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_queue_row_ticket_id"),
        sa.PrimaryKeyConstraint("ticket_id", name="pk_queue_row"),
    )
    op.create_index(
        "ix_queue_row_next",
        "queue_row",
        ["next_at_s"],
        unique=False,
        sqlite_where=sa.text("next_at_s IS NOT NULL"),
        postgresql_where=sa.text("next_at_s IS NOT NULL"),
    )
    op.create_index(
        "ix_queue_row_order",
        "queue_row",
        ["grp", "due_s", "rank", "opened_s", "ticket_id"],
        unique=False,
        sqlite_where=sa.text("open"),
        postgresql_where=sa.text("open"),
    )
    op.create_index("ix_queue_row_revision", "queue_row", ["revision"], unique=False)
