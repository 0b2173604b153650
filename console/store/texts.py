"""Words of people: each stored once with a salted digest, so that erasing one leaves nothing to guess."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from console.store import sqlite
from console.store.search_rows import index_tickets, tickets_showing
from console.store.tables import text

_INSERT = insert(text)


class StoredText(NamedTuple):
    """Where a text was put and the digest that stands for it in the journal."""

    id: int
    sha256: str


def add_texts(conn: Connection, bodies: Sequence[str]) -> list[StoredText]:
    """Store each of `bodies`; the answer has their order."""
    if not bodies:
        return []
    first = sqlite.next_id(conn, text)
    rows = []
    for number, body in enumerate(map(clean, bodies), start=first):
        salt = secrets.token_hex(8)
        digest = salted_digest(salt, body)
        rows.append({"id": number, "salt": salt, "sha256": digest, "body": body})
    conn.execute(_INSERT, rows)
    return [StoredText(first + index, row["sha256"]) for index, row in enumerate(rows)]  # type: ignore[arg-type]


def salted_digest(salt: str, body: str) -> str:
    """SHA-256 of salt and body."""
    return hashlib.sha256(f"{salt}\n{body}".encode()).hexdigest()


def clean(body: str) -> str:
    """The text with U+FFFD for what no database takes: NUL, and halves of characters as JSON may spell them."""
    if body.isascii() and "\0" not in body:
        return body
    whole = body.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "\ufffd")


def erase(conn: Connection, text_id: int, now: int) -> None:
    """Blank a text for good, in the search as well. The row and its digest stay, so the journal holds."""
    shown = tickets_showing(conn, text_id)
    conn.execute(
        update(text).where(text.c.id == text_id, text.c.erased_at.is_(None)).values(body=None, salt=None, erased_at=now)
    )
    index_tickets(conn, shown)


def body_of(conn: Connection, text_id: int) -> str | None:
    """The words, none where they were erased."""
    return conn.execute(select(text.c.body).where(text.c.id == text_id)).scalar_one_or_none()
