"""What belongs to one person at the desk: may change and be deleted, no trigger holds it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from console.store.columns import METADATA, Code, Id, Micros

mark = Table(
    "mark",
    METADATA,
    Column("actor", String(200), primary_key=True),
    Column("ticket_id", Id, primary_key=True, autoincrement=False),
    Column("kind", Code, primary_key=True),
    Column("at", Micros, nullable=False),
    Column("revision", Id, nullable=False),
    Column("text_id", Id, ForeignKey("text.id")),
)
"""Pins, reminders, and when somebody looked. The ticket 0 is the desk as a whole."""

PERSONAL = (mark,)
