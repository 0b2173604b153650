"""The derived tables: a cache of the fold. They may be dropped and rebuilt; `verify` compares.

The full-text table `search` is no SQLAlchemy table, see `sqlite_schema`.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, text

from console.store.columns import METADATA, Code, Id, Micros, Uid

UNDECIDED_SQL = "state IN ('requested', 'under_review')"

word = Table(
    "word",
    METADATA,
    Column("kind", Code, primary_key=True),
    Column("code", Integer, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False),
    Index("ux_word_kind_name", "kind", "name", unique=True),
)
"""Small numbers for the statuses, plans and owners of queue rows. A code is never given anew, so the
index arrays of a running desk stay right. `kind` is status, plan or owner (name: the person's id)."""

clock = Table(
    "clock",
    METADATA,
    Column("ticket_id", Id, ForeignKey("ticket.id"), primary_key=True),
    Column("kind", Code, primary_key=True),
    Column("cycle", Integer, primary_key=True, autoincrement=False),
    Column("escalation_uid", Uid),
    Column("state", Code, nullable=False),
    Column("started_at", Micros, nullable=False),
    Column("target_work", Micros, nullable=False),
    Column("used_work", Micros, nullable=False),
    Column("since_at", Micros, nullable=False),
    Column("due_at", Micros),
    Column("original_due_at", Micros),
    Column("stopped_at", Micros),
    Column("breached_at", Micros),
    Column("plan", Code),
    Column("engine", Code, nullable=False),
    Column("policy_revision_id", Id, nullable=False),
    Column("calendar_revision_id", Id, nullable=False),
    Column("revision", Id, nullable=False),
)

escalation = Table(
    "escalation",
    METADATA,
    Column("uid", Uid, primary_key=True),
    Column("ticket_id", Id, ForeignKey("ticket.id"), nullable=False, index=True),
    Column("level", Integer, nullable=False),
    Column("state", Code, nullable=False),
    Column("channel", Code, nullable=False),
    Column("requested_at", Micros, nullable=False),
    Column("decided_at", Micros),
    Index(
        "ux_escalation_undecided",
        "ticket_id",
        unique=True,
        sqlite_where=text(UNDECIDED_SQL),
        postgresql_where=text(UNDECIDED_SQL),
    ),
)

queue_row = Table(
    "queue_row",
    METADATA,
    Column("ticket_id", Id, ForeignKey("ticket.id"), primary_key=True, autoincrement=False),
    Column("org_id", Id, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("grp", Integer, nullable=False),
    Column("due_s", Micros, nullable=False),
    Column("left_work", Micros),
    Column("clock_kind", Code),
    Column("clock_plan", Code),
    Column("calendar_revision_id", Id),
    Column("due_at", Micros),
    Column("clock_started_s", Micros),
    Column("target_work", Micros),
    Column("paused", Boolean, nullable=False),
    Column("breached", Boolean, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("opened_s", Micros, nullable=False),
    Column("severity", Integer),
    Column("status", Code, nullable=False),
    Column("status_code", Integer, nullable=False),
    Column("group_id", Id),
    Column("owner_id", Id),
    Column("owner_code", Integer, nullable=False),
    Column("customer_id", Id),
    Column("contract_id", Id),
    Column("pack", Code, nullable=False),
    Column("plan", Code),
    Column("plan_code", Integer, nullable=False),
    Column("esc_state", Code),
    Column("last_contact_s", Micros),
    Column("turn_s", Micros),
    Column("turn", Code, nullable=False),
    Column("next_at_s", Micros),
    Column("subject_text_id", Id),
    Column("policy_revision_id", Id, nullable=False),
    Column("book_seq", Id, nullable=False),
    Column("engine", Code, nullable=False),
    Column("folded_at", Micros, nullable=False),
    Column("revision", Id, nullable=False),
    Column("parked_s", Micros),
    Index(
        "ix_queue_row_order",
        "grp",
        "due_s",
        "rank",
        "opened_s",
        "ticket_id",
        sqlite_where=text("open"),
        postgresql_where=text("open"),
    ),
    Index("ix_queue_row_revision", "revision"),
    Index(
        "ix_queue_row_next",
        "next_at_s",
        sqlite_where=text("next_at_s IS NOT NULL"),
        postgresql_where=text("next_at_s IS NOT NULL"),
    ),
)
"""One row a ticket, of the instant `folded_at` under adoption `book_seq` by `engine`. Order everywhere:
(grp, due_s, rank, opened_s, ticket_id)."""

DERIVED = (word, clock, escalation, queue_row)
