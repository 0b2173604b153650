"""Messages and notes as an import recorded them: what it compares its own with."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, select

from console.domain.facts import FactKind
from console.store import sqlite
from console.store.tables import fact, person, text

_KINDS = (FactKind.MESSAGE, FactKind.NOTE)


class Spoken(NamedTuple):
    """One message or note, voided or not. `author` and `body` are none where there is none or it was erased:
    `has_author` and `has_body` tell which."""

    ticket_id: int
    at: int
    ord: int
    uid: str
    kind: int
    b: int | None
    actor_kind: int
    has_author: bool
    author: str | None
    has_body: bool
    body: str | None
    revision: int


def by_sources(conn: Connection, ticket_ids: Collection[int]) -> list[Spoken]:
    """The messages and notes of these tickets that no decision wrote."""
    name, body = text.alias("name"), text.alias("body")
    query = (
        select(
            fact.c.ticket_id,
            fact.c.at,
            fact.c.ord,
            fact.c.uid,
            fact.c.kind,
            fact.c.b,
            fact.c.actor_kind,
            fact.c.actor_id.is_not(None),
            name.c.body,
            fact.c.text_id.is_not(None),
            body.c.body,
            fact.c.revision,
        )
        .outerjoin(person, person.c.id == fact.c.actor_id)
        .outerjoin(name, name.c.id == person.c.name_text_id)
        .outerjoin(body, body.c.id == fact.c.text_id)
        .where(sqlite.one_of(fact.c.ticket_id, "ids"), fact.c.kind.in_(_KINDS), fact.c.decision_uid.is_(None))
    )
    rows = conn.execute(query, {"ids": sqlite.id_list(ticket_ids)})
    return [Spoken._make(row) for row in rows]
