"""The kept tables: INSERT only. Triggers refuse UPDATE and DELETE, see `sqlite_schema`.

Excepted are the blanking of a text and the state columns of the outbox; `head` counts.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from console.store.columns import METADATA, Code, Digest, Id, Micros, Uid

head = Table(
    "head",
    METADATA,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("database_uid", Uid, nullable=False),
    Column("revision", Id, nullable=False),
    Column("journal_seq", Id, nullable=False),
    Column("journal_hash", Digest, nullable=False),
    Column("fingerprint", Digest, nullable=False),
)
"""One row, id 1. Its update inside each transaction makes revisions commit numbers."""

text = Table(
    "text",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("salt", String(32)),
    Column("sha256", Digest, nullable=False),
    Column("body", Text),
    Column("erased_at", Micros),
)
"""Words of people. Salt and body may be blanked, then the digest alone says nothing."""

source = Table(
    "source",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("uid", Uid, nullable=False, unique=True),
    Column("kind", Code, nullable=False),
    Column("name", String(200), nullable=False),
    UniqueConstraint("kind", "name"),
)

organisation = Table(
    "organisation",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("uid", Uid, nullable=False, unique=True),
    Column("name", String(200), nullable=False, unique=True),
)

customer = Table(
    "customer",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("org_id", Id, ForeignKey("organisation.id"), nullable=False),
    Column("number", String(200), nullable=False),
    Column("name_text_id", Id, ForeignKey("text.id"), nullable=False),
    Column("zone", Code),
    Column("tier", Code),
    UniqueConstraint("org_id", "number"),
)

person = Table(
    "person",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("uid", Uid, nullable=False, unique=True),
    Column("source_id", Id, ForeignKey("source.id"), nullable=False, index=True),
    Column("name_text_id", Id, ForeignKey("text.id"), nullable=False),
)

support_group = Table(
    "support_group",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
)

contract = Table(
    "contract",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("uid", Uid, nullable=False, unique=True),
    Column("org_id", Id, ForeignKey("organisation.id"), nullable=False),
    Column("customer_id", Id, ForeignKey("customer.id"), nullable=False, index=True),
    Column("pack", Code, nullable=False),
    Column("plan", Code, nullable=False),
    Column("start_at", Micros, nullable=False),
    Column("end_at", Micros),
    Column("support_code", Code),
    Column("licence_key", String(200)),
    Column("product", String(200)),
    Column("product_version", Code),
    Column("replaces_id", Id, ForeignKey("contract.id")),
    Column("revision", Id, nullable=False),
)

ticket = Table(
    "ticket",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("org_id", Id, ForeignKey("organisation.id"), nullable=False),
    Column("source_id", Id, ForeignKey("source.id"), nullable=False),
    Column("number", String(200), nullable=False, index=True),
    Column("source_url", Text),
    Column("customer_id", Id, ForeignKey("customer.id"), index=True),
    Column("opened_at", Micros, nullable=False),
    UniqueConstraint("source_id", "number"),
)
"""Identity only: the state of a ticket is folded from its facts."""

fact = Table(
    "fact",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("uid", Uid, nullable=False, unique=True),
    Column("ticket_id", Id, ForeignKey("ticket.id"), nullable=False),
    Column("at", Micros, nullable=False),
    Column("ord", Micros, nullable=False),
    Column("kind", Integer, nullable=False),
    Column("a", Micros),
    Column("b", Micros),
    Column("t", String(200)),
    Column("actor_kind", Integer, nullable=False),
    Column("actor_id", Id, ForeignKey("person.id")),
    Column("text_id", Id, ForeignKey("text.id")),
    Column("decision_uid", Uid),
    Column("revision", Id, nullable=False, index=True),
    Column("recorded_at", Micros, nullable=False),
    Index(None, "ticket_id", "at", "ord"),
)

ledger = Table(
    "ledger",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("uid", Uid, nullable=False, unique=True),
    Column("contract_id", Id, ForeignKey("contract.id"), nullable=False, index=True),
    Column("ticket_id", Id, ForeignKey("ticket.id")),
    Column("kind", Code, nullable=False),
    Column("amount", Id, nullable=False),
    Column("rule", Code, nullable=False),
    Column("at", Micros, nullable=False),
    Column("decision_uid", Uid),
    Column("revision", Id, nullable=False),
)

policy_revision = Table(
    "policy_revision",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("pack", Code, nullable=False),
    Column("sha256", Digest, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("pack", "sha256"),
)
"""`sha256` of the canonical form, `body` the TOML text as it was read."""

calendar_revision = Table(
    "calendar_revision",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("code", Code, nullable=False),
    Column("sha256", Digest, nullable=False),
    Column("definition", Text, nullable=False),
    Column("tzdata", Code, nullable=False),
    UniqueConstraint("code", "sha256", "tzdata"),
)

adoption = Table(
    "adoption",
    METADATA,
    Column("seq", Id, primary_key=True),
    Column("pack", Code, nullable=False),
    Column("policy_revision_id", Id, ForeignKey("policy_revision.id"), nullable=False),
    Column("adopted_at", Micros, nullable=False),
    Column("revision", Id, nullable=False),
)

adoption_calendar = Table(
    "adoption_calendar",
    METADATA,
    Column("seq", Id, ForeignKey("adoption.seq"), primary_key=True),
    Column("calendar_revision_id", Id, ForeignKey("calendar_revision.id"), primary_key=True),
)

evidence = Table(
    "evidence",
    METADATA,
    Column("sha256", Digest, primary_key=True),
    Column("body", Text, nullable=False),
)

journal = Table(
    "journal",
    METADATA,
    Column("seq", Id, primary_key=True, autoincrement=False),
    Column("uid", Uid, nullable=False, unique=True),
    Column("revision", Id, nullable=False),
    Column("at", Micros, nullable=False),
    Column("kind", Code, nullable=False),
    Column("ticket_id", Id, ForeignKey("ticket.id"), index=True),
    Column("subject_uid", Uid),
    Column("actor", String(200), nullable=False),
    Column("role", Code, nullable=False),
    Column("os_user", String(200), nullable=False),
    Column("db_user", String(200), nullable=False),
    Column("desk_uid", Uid, nullable=False),
    Column("policy_revision_id", Id, ForeignKey("policy_revision.id")),
    Column("base_revision", Id, nullable=False),
    Column("reason_code", Code),
    Column("text_id", Id, ForeignKey("text.id")),
    Column("text_sha256", Digest),
    Column("evidence_sha256", Digest, ForeignKey("evidence.sha256")),
    Column("hash_version", Integer, nullable=False),
    Column("prev_hash", Digest, nullable=False),
    Column("hash", Digest, nullable=False),
    Column("shift_uid", Uid),
    Index(None, "kind", "seq"),
    Index(None, "subject_uid"),
)

outbox = Table(
    "outbox",
    METADATA,
    Column("id", Id, primary_key=True),
    Column("uid", Uid, nullable=False, unique=True),
    Column("decision_uid", Uid, nullable=False),
    Column("ticket_id", Id, ForeignKey("ticket.id")),
    Column("n", Integer, nullable=False),
    Column("channel", Code, nullable=False),
    Column("to", String(320), nullable=False),
    Column("text_id", Id, ForeignKey("text.id"), nullable=False),
    Column("not_before", Micros, nullable=False),
    Column("state", Code, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_owner", Code),
    Column("lease_until", Micros),
    Column("last_error", Text),
    Column("receipt", Text),
    Index(None, "ticket_id", "n"),
)
OUTBOX_STATE = ("state", "attempts", "lease_owner", "lease_until", "last_error", "receipt")
"""The columns of `outbox` that may change."""

KEPT = (
    text,
    source,
    organisation,
    customer,
    person,
    support_group,
    contract,
    ticket,
    fact,
    ledger,
    policy_revision,
    calendar_revision,
    adoption,
    adoption_calendar,
    evidence,
    journal,
    outbox,
)
