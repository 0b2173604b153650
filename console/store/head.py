"""The one row that counts commits. Its update makes revisions grow in the order of commits."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from console.store.tables import head


def revision(conn: Connection) -> int:
    """The newest revision that this transaction sees; 0 in a database without facts."""
    return int(conn.execute(select(head.c.revision)).scalar_one())


def next_revision(conn: Connection) -> int:
    """Take the next revision. What carries it is inserted after this, in the same transaction."""
    found = conn.execute(update(head).values(revision=head.c.revision + 1).returning(head.c.revision))
    return int(found.scalar_one())
