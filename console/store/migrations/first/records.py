"""What is recorded: first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.store.migrations.first import ID


def make_records() -> None:
    """Make these tables, in the order of their references."""
    _make_head()
    _make_policy_revision()
    _make_calendar_revision()
    _make_adoption()
    _make_adoption_calendar()
    _make_evidence()
    _make_fact()
    _make_ledger()
    _make_journal()
    _make_outbox()


def _make_head() -> None:
    op.create_table(
        "head",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("database_uid", sa.String(length=64), nullable=False),
        sa.Column("revision", ID, nullable=False),
        sa.Column("journal_seq", ID, nullable=False),
        sa.Column("journal_hash", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_head"),
    )


def _make_policy_revision() -> None:
    op.create_table(
        "policy_revision",
        sa.Column("id", ID, nullable=False),
        sa.Column("pack", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_policy_revision"),
        sa.UniqueConstraint("pack", "sha256", name="uq_policy_revision_pack_sha256"),
    )


def _make_calendar_revision() -> None:
    op.create_table(
        "calendar_revision",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("tzdata", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_revision"),
        sa.UniqueConstraint("code", "sha256", "tzdata", name="uq_calendar_revision_code_sha256_tzdata"),
    )


def _make_adoption() -> None:
    op.create_table(
        "adoption",
        sa.Column("seq", ID, nullable=False),
        sa.Column("pack", sa.String(length=64), nullable=False),
        sa.Column("policy_revision_id", ID, nullable=False),
        sa.Column("adopted_at", sa.BigInteger(), nullable=False),
        sa.Column("revision", ID, nullable=False),
        sa.ForeignKeyConstraint(["policy_revision_id"], ["policy_revision.id"], name="fk_adoption_policy_revision_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_adoption"),
    )


def _make_adoption_calendar() -> None:
    op.create_table(
        "adoption_calendar",
        sa.Column("seq", ID, nullable=False),
        sa.Column("calendar_revision_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_revision_id"], ["calendar_revision.id"], name="fk_adoption_calendar_calendar_revision_id"
        ),
        sa.ForeignKeyConstraint(["seq"], ["adoption.seq"], name="fk_adoption_calendar_seq"),
        sa.PrimaryKeyConstraint("seq", "calendar_revision_id", name="pk_adoption_calendar"),
    )


def _make_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_evidence"),
    )


def _make_fact() -> None:
    op.create_table(
        "fact",
        sa.Column("id", ID, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("ticket_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ord", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("a", sa.BigInteger(), nullable=True),
        sa.Column("b", sa.BigInteger(), nullable=True),
        sa.Column("t", sa.String(length=200), nullable=True),
        sa.Column("actor_kind", sa.Integer(), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("text_id", ID, nullable=True),
        sa.Column("decision_uid", sa.String(length=64), nullable=True),
        sa.Column("revision", ID, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name="fk_fact_actor_id"),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name="fk_fact_text_id"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_fact_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_fact"),
        sa.UniqueConstraint("uid", name="uq_fact_uid"),
    )
    op.create_index("ix_fact_revision", "fact", ["revision"], unique=False)
    op.create_index("ix_fact_ticket_id_at_ord", "fact", ["ticket_id", "at", "ord"], unique=False)


def _make_ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", ID, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("contract_id", ID, nullable=False),
        sa.Column("ticket_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("amount", ID, nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("decision_uid", sa.String(length=64), nullable=True),
        sa.Column("revision", ID, nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name="fk_ledger_contract_id"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_ledger_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ledger"),
        sa.UniqueConstraint("uid", name="uq_ledger_uid"),
    )
    op.create_index("ix_ledger_contract_id", "ledger", ["contract_id"], unique=False)


def _make_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", ID, autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("revision", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("ticket_id", ID, nullable=True),
        sa.Column("subject_uid", sa.String(length=64), nullable=True),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("os_user", sa.String(length=200), nullable=False),
        sa.Column("db_user", sa.String(length=200), nullable=False),
        sa.Column("desk_uid", sa.String(length=64), nullable=False),
        sa.Column("policy_revision_id", ID, nullable=True),
        sa.Column("base_revision", ID, nullable=False),
        sa.Column("reason_code", sa.String(length=64), nullable=True),
        sa.Column("text_id", ID, nullable=True),
        sa.Column("text_sha256", sa.String(length=64), nullable=True),
        sa.Column("evidence_sha256", sa.String(length=64), nullable=True),
        sa.Column("hash_version", sa.Integer(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["evidence_sha256"], ["evidence.sha256"], name="fk_journal_evidence_sha256"),
        sa.ForeignKeyConstraint(["policy_revision_id"], ["policy_revision.id"], name="fk_journal_policy_revision_id"),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name="fk_journal_text_id"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_journal_ticket_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_journal"),
        sa.UniqueConstraint("uid", name="uq_journal_uid"),
    )
    op.create_index("ix_journal_ticket_id", "journal", ["ticket_id"], unique=False)


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("decision_uid", sa.String(length=64), nullable=False),
        sa.Column("ticket_id", ID, nullable=True),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("to", sa.String(length=320), nullable=False),
        sa.Column("text_id", ID, nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name="fk_outbox_text_id"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_outbox_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("uid", name="uq_outbox_uid"),
    )
    op.create_index("ix_outbox_ticket_id_n", "outbox", ["ticket_id", "n"], unique=False)
