"""What can be found by words: number, subject, customer and support code of a ticket."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, or_, select

from console.store import sqlite
from console.store.tables import contract, customer, queue_row, text, ticket

SearchRow = tuple[int, str, str, str, str]

_subject = text.alias("subject")
_name = text.alias("name")
_ROWS = (
    select(
        ticket.c.id,
        ticket.c.number,
        _subject.c.body,
        _name.c.body,
        contract.c.support_code,
    )
    .select_from(ticket)
    .join(queue_row, queue_row.c.ticket_id == ticket.c.id)
    .outerjoin(_subject, _subject.c.id == queue_row.c.subject_text_id)
    .outerjoin(customer, customer.c.id == ticket.c.customer_id)
    .outerjoin(_name, _name.c.id == customer.c.name_text_id)
    .outerjoin(contract, contract.c.id == queue_row.c.contract_id)
    .where(sqlite.one_of(ticket.c.id, "ids"))
)


def index_tickets(conn: Connection, ticket_ids: Collection[int]) -> None:
    """Write what can be found of these tickets anew. Their queue rows must have been written."""
    if not ticket_ids:
        return
    sqlite.replace_search(conn, searchable(conn, ticket_ids))


def searchable(conn: Connection, ticket_ids: Collection[int]) -> list[SearchRow]:
    """What can be found of these tickets: id, number, subject, customer, support code; "" where there is none."""
    rows = conn.execute(_ROWS, {"ids": sqlite.id_list(ticket_ids)})
    return [(ticket_id, *(part or "" for part in parts)) for ticket_id, *parts in rows]


def tickets_showing(conn: Connection, text_id: int) -> list[int]:
    """The tickets whose subject or customer's name is this text."""
    return list(
        conn.execute(
            select(queue_row.c.ticket_id)
            .outerjoin(customer, customer.c.id == queue_row.c.customer_id)
            .where(or_(queue_row.c.subject_text_id == text_id, customer.c.name_text_id == text_id))
        ).scalars()
    )
