"""The first schema. The full-text table and the triggers are made after each step, see `migrate`."""

from __future__ import annotations

from console.store.migrations.first.derived import make_derived
from console.store.migrations.first.parties import make_parties
from console.store.migrations.first.records import make_records

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    make_parties()
    make_records()
    make_derived()
