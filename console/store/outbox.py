"""The messages that decisions send: reading them, and holding back those that have not left."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from console.domain.records import OutboxFilter, OutboxMessage
from console.store import addresses
from console.store.tables import journal, outbox, text, ticket

WAITING, CANCELLED = "waiting", "cancelled"


def messages(conn: Connection, wanted: OutboxFilter) -> list[OutboxMessage]:
    """The messages that the filter asks for, in the order in which they were written."""
    query = (
        select(
            outbox.c.uid,
            outbox.c.decision_uid,
            outbox.c.ticket_id,
            ticket.c.number,
            outbox.c.n,
            outbox.c.channel,
            outbox.c.to,
            text.c.body,
            outbox.c.not_before,
            outbox.c.state,
        )
        .join(text, text.c.id == outbox.c.text_id)
        .outerjoin(ticket, ticket.c.id == outbox.c.ticket_id)
        .limit(wanted.limit)
    )
    if wanted.ticket_id is not None:
        query = query.where(outbox.c.ticket_id == wanted.ticket_id)
    if wanted.decision_uid is not None:
        query = query.where(outbox.c.decision_uid == wanted.decision_uid)
    if wanted.states:
        query = query.where(outbox.c.state.in_(wanted.states))
    if wanted.channels:
        query = query.where(outbox.c.channel.in_(wanted.channels))
    if wanted.until is not None:
        taken = select(journal.c.uid).where(journal.c.uid == outbox.c.decision_uid, journal.c.at <= wanted.until)
        query = query.where(taken.exists())
    query = query.order_by(outbox.c.id.desc() if wanted.newest_first else outbox.c.id)
    found = [OutboxMessage._make((*row, None)) for row in conn.execute(query)]
    names = addresses.names(conn, [each.to for each in found])
    return [each._replace(name=names[each.to]) for each in found]


def cancel(conn: Connection, decision_uid: str) -> int:
    """Hold back the messages of a decision that have not left; how many."""
    mine = (outbox.c.decision_uid == decision_uid, outbox.c.state == WAITING)
    return conn.execute(update(outbox).where(*mine).values(state=CANCELLED)).rowcount
