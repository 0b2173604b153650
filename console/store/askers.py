"""Who speaks for the customer of a ticket."""

from __future__ import annotations

from sqlalchemy import Connection

from console.domain.facts import ActorKind
from console.store import parties

_SPOKE = """SELECT p.id, x.body FROM fact f JOIN person p ON p.id = f.actor_id JOIN text x ON x.id = p.name_text_id
    WHERE f.ticket_id = ? AND f.actor_kind = ? AND x.body <> '' GROUP BY p.id ORDER BY max(f.at) DESC, p.id"""


def spoke_for_customer(conn: Connection, ticket_id: int) -> list[tuple[int, str]]:
    """Id and name of everybody who spoke for the customer in a ticket, who spoke last first. Erased names are left
    out."""
    rows = conn.exec_driver_sql(_SPOKE, (ticket_id, int(ActorKind.CUSTOMER)))
    return [(row[0], row[1]) for row in rows]


def known_or_new(conn: Connection, ticket_id: int, name: str) -> int:
    """The person whom the ticket's source calls `name`, made where it knows none."""
    source = conn.exec_driver_sql("SELECT source_id FROM ticket WHERE id = ?", (ticket_id,)).scalar_one()
    return parties.person(conn, source, name)
