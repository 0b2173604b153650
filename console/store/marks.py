"""Personal marks: pins, reminders, and when somebody looked. Not in the journal, and gone when they are taken off."""

from __future__ import annotations

from sqlalchemy import Connection, and_, delete, insert, select

from console.domain.records import Mark
from console.store.tables import mark, text
from console.store.texts import add_texts, erase


def set_mark(conn: Connection, wanted: Mark, now: int) -> None:
    """Put a mark in the place of the same kind that this person has on the ticket. `now` is microseconds UTC."""
    clear_mark(conn, wanted.actor, wanted.ticket_id, wanted.kind, now)
    row = wanted._asdict()
    words = row.pop("words")
    conn.execute(insert(mark).values(row | {"text_id": add_texts(conn, [words])[0].id if words else None}))


def clear_mark(conn: Connection, actor: str, ticket_id: int, kind: str, now: int) -> bool:
    """Take a mark off, and blank its words for good; whether there was one."""
    mine = and_(mark.c.actor == actor, mark.c.ticket_id == ticket_id, mark.c.kind == kind)
    found = conn.execute(select(mark.c.text_id).where(mine)).one_or_none()
    if found is None:
        return False
    conn.execute(delete(mark).where(mine))
    if found.text_id is not None:
        erase(conn, found.text_id, now)
    return True


def marks_of(conn: Connection, actor: str) -> list[Mark]:
    """All marks of a person, by ticket and kind."""
    columns = (mark.c.actor, mark.c.ticket_id, mark.c.kind, mark.c.at, mark.c.revision, text.c.body)
    query = select(*columns).outerjoin(text, text.c.id == mark.c.text_id).where(mark.c.actor == actor)
    return [Mark._make(row) for row in conn.execute(query.order_by(mark.c.ticket_id, mark.c.kind))]
