"""The first schema: what is kept, what is derived, the head."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make all tables. The full-text table and the triggers are made after each migration."""
    _make_calendar_revision()
    _make_evidence()
    _make_head()
    _make_organisation()
    _make_policy_revision()
    _make_source()
    _make_support_group()
    _make_text()
    _make_word()
    _make_adoption()
    _make_customer()
    _make_person()
    _make_adoption_calendar()
    _make_contract()
    _make_ticket()
    _make_clock()
    _make_escalation()
    _make_fact()
    _make_journal()
    _make_ledger()
    _make_outbox()
    _make_queue_row()


def _make_calendar_revision() -> None:
    op.create_table(
        "calendar_revision",
        sa.Column("id", _ID, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("tzdata", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_revision"),
        sa.UniqueConstraint("code", "sha256", "tzdata", name="uq_calendar_revision_code_sha256_tzdata"),
    )


def _make_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_evidence"),
    )


def _make_head() -> None:
    op.create_table(
        "head",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("database_uid", sa.String(length=64), nullable=False),
        sa.Column("revision", _ID, nullable=False),
        sa.Column("journal_seq", _ID, nullable=False),
        sa.Column("journal_hash", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_head"),
    )


def _make_organisation() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("name", name="uq_organisation_name"),
        sa.UniqueConstraint("uid", name="uq_organisation_uid"),
    )


def _make_policy_revision() -> None:
    op.create_table(
        "policy_revision",
        sa.Column("id", _ID, nullable=False),
        sa.Column("pack", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_policy_revision"),
        sa.UniqueConstraint("pack", "sha256", name="uq_policy_revision_pack_sha256"),
    )


def _make_source() -> None:
    op.create_table(
        "source",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
        sa.UniqueConstraint("kind", "name", name="uq_source_kind_name"),
        sa.UniqueConstraint("uid", name="uq_source_uid"),
    )


def _make_support_group() -> None:
    op.create_table(
        "support_group",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_support_group"),
        sa.UniqueConstraint("name", name="uq_support_group_name"),
    )


def _make_text() -> None:
    op.create_table(
        "text",
        sa.Column("id", _ID, nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("erased_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_text"),
    )


def _make_word() -> None:
    op.create_table(
        "word",
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("code", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("kind", "code", name="pk_word"),
    )
    op.create_index("ux_word_kind_name", "word", ["kind", "name"], unique=True)


def _make_adoption() -> None:
    op.create_table(
        "adoption",
        sa.Column("seq", _ID, nullable=False),
        sa.Column("pack", sa.String(length=64), nullable=False),
        sa.Column("policy_revision_id", _ID, nullable=False),
        sa.Column("adopted_at", sa.BigInteger(), nullable=False),
        sa.Column("revision", _ID, nullable=False),
        sa.ForeignKeyConstraint(["policy_revision_id"], ["policy_revision.id"], name="fk_adoption_policy_revision_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_adoption"),
    )


def _make_customer() -> None:
    op.create_table(
        "customer",
        sa.Column("id", _ID, nullable=False),
        sa.Column("org_id", _ID, nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("name_text_id", _ID, nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("tier", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["name_text_id"], ["text.id"], name="fk_customer_name_text_id"),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name="fk_customer_org_id"),
        sa.PrimaryKeyConstraint("id", name="pk_customer"),
        sa.UniqueConstraint("org_id", "number", name="uq_customer_org_id_number"),
    )


def _make_person() -> None:
    op.create_table(
        "person",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("source_id", _ID, nullable=False),
        sa.Column("name_text_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["name_text_id"], ["text.id"], name="fk_person_name_text_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_person_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("uid", name="uq_person_uid"),
    )
    op.create_index("ix_person_source_id", "person", ["source_id"], unique=False)


def _make_adoption_calendar() -> None:
    op.create_table(
        "adoption_calendar",
        sa.Column("seq", _ID, nullable=False),
        sa.Column("calendar_revision_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_revision_id"], ["calendar_revision.id"], name="fk_adoption_calendar_calendar_revision_id"
        ),
        sa.ForeignKeyConstraint(["seq"], ["adoption.seq"], name="fk_adoption_calendar_seq"),
        sa.PrimaryKeyConstraint("seq", "calendar_revision_id", name="pk_adoption_calendar"),
    )


def _make_contract() -> None:
    op.create_table(
        "contract",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("org_id", _ID, nullable=False),
        sa.Column("customer_id", _ID, nullable=False),
        sa.Column("pack", sa.String(length=64), nullable=False),
        sa.Column("plan", sa.String(length=64), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=True),
        sa.Column("support_code", sa.String(length=64), nullable=True),
        sa.Column("licence_key", sa.String(length=200), nullable=True),
        sa.Column("product", sa.String(length=200), nullable=True),
        sa.Column("product_version", sa.String(length=64), nullable=True),
        sa.Column("replaces_id", _ID, nullable=True),
        sa.Column("revision", _ID, nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name="fk_contract_customer_id"),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name="fk_contract_org_id"),
        sa.ForeignKeyConstraint(["replaces_id"], ["contract.id"], name="fk_contract_replaces_id"),
        sa.PrimaryKeyConstraint("id", name="pk_contract"),
        sa.UniqueConstraint("uid", name="uq_contract_uid"),
    )
    op.create_index("ix_contract_customer_id", "contract", ["customer_id"], unique=False)


def _make_ticket() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", _ID, nullable=False),
        sa.Column("org_id", _ID, nullable=False),
        sa.Column("source_id", _ID, nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("customer_id", _ID, nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name="fk_ticket_customer_id"),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name="fk_ticket_org_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_ticket_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ticket"),
        sa.UniqueConstraint("source_id", "number", name="uq_ticket_source_id_number"),
    )
    op.create_index("ix_ticket_customer_id", "ticket", ["customer_id"], unique=False)
    op.create_index("ix_ticket_number", "ticket", ["number"], unique=False)


def _make_clock() -> None:
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
        sa.Column("original_due_at", sa.BigInteger(), nullable=False),
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


def _make_escalation() -> None:
    op.create_table(
        "escalation",
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("ticket_id", _ID, nullable=False),
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


def _make_fact() -> None:
    op.create_table(
        "fact",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("ticket_id", _ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ord", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("a", sa.BigInteger(), nullable=True),
        sa.Column("b", sa.BigInteger(), nullable=True),
        sa.Column("t", sa.String(length=200), nullable=True),
        sa.Column("actor_kind", sa.Integer(), nullable=False),
        sa.Column("actor_id", _ID, nullable=True),
        sa.Column("text_id", _ID, nullable=True),
        sa.Column("decision_uid", sa.String(length=64), nullable=True),
        sa.Column("revision", _ID, nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name="fk_fact_actor_id"),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name="fk_fact_text_id"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_fact_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_fact"),
        sa.UniqueConstraint("uid", name="uq_fact_uid"),
    )
    op.create_index("ix_fact_revision", "fact", ["revision"], unique=False)
    op.create_index("ix_fact_ticket_id_at_ord", "fact", ["ticket_id", "at", "ord"], unique=False)


def _make_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", _ID, autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("revision", _ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("ticket_id", _ID, nullable=True),
        sa.Column("subject_uid", sa.String(length=64), nullable=True),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("os_user", sa.String(length=200), nullable=False),
        sa.Column("db_user", sa.String(length=200), nullable=False),
        sa.Column("desk_uid", sa.String(length=64), nullable=False),
        sa.Column("policy_revision_id", _ID, nullable=True),
        sa.Column("base_revision", _ID, nullable=False),
        sa.Column("reason_code", sa.String(length=64), nullable=True),
        sa.Column("text_id", _ID, nullable=True),
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


def _make_ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("contract_id", _ID, nullable=False),
        sa.Column("ticket_id", _ID, nullable=True),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("amount", _ID, nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("decision_uid", sa.String(length=64), nullable=True),
        sa.Column("revision", _ID, nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name="fk_ledger_contract_id"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_ledger_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ledger"),
        sa.UniqueConstraint("uid", name="uq_ledger_uid"),
    )
    op.create_index("ix_ledger_contract_id", "ledger", ["contract_id"], unique=False)


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("decision_uid", sa.String(length=64), nullable=False),
        sa.Column("ticket_id", _ID, nullable=True),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("to", sa.String(length=320), nullable=False),
        sa.Column("text_id", _ID, nullable=False),
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


def _make_queue_row() -> None:
    op.create_table(
        "queue_row",
        sa.Column("ticket_id", _ID, autoincrement=False, nullable=False),
        sa.Column("org_id", _ID, nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("grp", sa.Integer(), nullable=False),
        sa.Column("due_s", sa.BigInteger(), nullable=False),
        sa.Column("left_work", sa.BigInteger(), nullable=True),
        sa.Column("clock_kind", sa.String(length=64), nullable=True),
        sa.Column("clock_plan", sa.String(length=64), nullable=True),
        sa.Column("calendar_revision_id", _ID, nullable=True),
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
        sa.Column("group_id", _ID, nullable=True),
        sa.Column("owner_id", _ID, nullable=True),
        sa.Column("owner_code", sa.Integer(), nullable=False),
        sa.Column("customer_id", _ID, nullable=True),
        sa.Column("contract_id", _ID, nullable=True),
        sa.Column("pack", sa.String(length=64), nullable=False),
        sa.Column("plan", sa.String(length=64), nullable=True),
        sa.Column("plan_code", sa.Integer(), nullable=False),
        sa.Column("esc_state", sa.String(length=64), nullable=True),
        sa.Column("last_contact_s", sa.BigInteger(), nullable=True),
        sa.Column("turn_s", sa.BigInteger(), nullable=True),
        sa.Column("turn", sa.String(length=64), nullable=False),
        sa.Column("next_at_s", sa.BigInteger(), nullable=True),
        sa.Column("subject_text_id", _ID, nullable=True),
        sa.Column("policy_revision_id", _ID, nullable=False),
        sa.Column("book_seq", _ID, nullable=False),
        sa.Column("engine", sa.String(length=64), nullable=False),
        sa.Column("folded_at", sa.BigInteger(), nullable=False),
        sa.Column("revision", _ID, nullable=False),
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
