"""Who and what tickets are of: first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from console.store.migrations.first import ID


def make_parties() -> None:
    """Make these tables, in the order of their references."""
    _make_text()
    _make_source()
    _make_organisation()
    _make_customer()
    _make_person()
    _make_support_group()
    _make_contract()
    _make_ticket()


def _make_text() -> None:
    op.create_table(
        "text",
        sa.Column("id", ID, nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("erased_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_text"),
    )


def _make_source() -> None:
    op.create_table(
        "source",
        sa.Column("id", ID, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
        sa.UniqueConstraint("kind", "name", name="uq_source_kind_name"),
        sa.UniqueConstraint("uid", name="uq_source_uid"),
    )


def _make_organisation() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", ID, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("name", name="uq_organisation_name"),
        sa.UniqueConstraint("uid", name="uq_organisation_uid"),
    )


def _make_customer() -> None:
    op.create_table(
        "customer",
        sa.Column("id", ID, nullable=False),
        sa.Column("org_id", ID, nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("name_text_id", ID, nullable=False),
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
        sa.Column("id", ID, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("name_text_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["name_text_id"], ["text.id"], name="fk_person_name_text_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_person_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("uid", name="uq_person_uid"),
    )
    op.create_index("ix_person_source_id", "person", ["source_id"], unique=False)


def _make_support_group() -> None:
    op.create_table(
        "support_group",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_support_group"),
        sa.UniqueConstraint("name", name="uq_support_group_name"),
    )


def _make_contract() -> None:
    op.create_table(
        "contract",
        sa.Column("id", ID, nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("org_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("pack", sa.String(length=64), nullable=False),
        sa.Column("plan", sa.String(length=64), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=True),
        sa.Column("support_code", sa.String(length=64), nullable=True),
        sa.Column("licence_key", sa.String(length=200), nullable=True),
        sa.Column("product", sa.String(length=200), nullable=True),
        sa.Column("product_version", sa.String(length=64), nullable=True),
        sa.Column("replaces_id", ID, nullable=True),
        sa.Column("revision", ID, nullable=False),
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
        sa.Column("id", ID, nullable=False),
        sa.Column("org_id", ID, nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name="fk_ticket_customer_id"),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name="fk_ticket_org_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_ticket_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ticket"),
        sa.UniqueConstraint("source_id", "number", name="uq_ticket_source_id_number"),
    )
    op.create_index("ix_ticket_customer_id", "ticket", ["customer_id"], unique=False)
    op.create_index("ix_ticket_number", "ticket", ["number"], unique=False)
