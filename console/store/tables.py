"""All tables in one place. See the data model for what each column means."""

from __future__ import annotations

from console.store.columns import METADATA
from console.store.derived_tables import DERIVED, clock, escalation, queue_row, word
from console.store.kept_tables import (
    KEPT,
    OUTBOX_STATE,
    adoption,
    adoption_calendar,
    calendar_revision,
    contract,
    customer,
    evidence,
    fact,
    head,
    journal,
    ledger,
    organisation,
    outbox,
    person,
    policy_revision,
    source,
    support_group,
    text,
    ticket,
)
from console.store.personal_tables import PERSONAL, mark

__all__ = [
    "DERIVED",
    "KEPT",
    "METADATA",
    "OUTBOX_STATE",
    "PERSONAL",
    "adoption",
    "adoption_calendar",
    "calendar_revision",
    "clock",
    "contract",
    "customer",
    "escalation",
    "evidence",
    "fact",
    "head",
    "journal",
    "ledger",
    "mark",
    "organisation",
    "outbox",
    "person",
    "policy_revision",
    "queue_row",
    "source",
    "support_group",
    "text",
    "ticket",
    "word",
]
