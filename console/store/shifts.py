"""Which shift runs: what the journal says last of taking and handing over."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from console.domain.records import SHIFT_HANDED_OVER, SHIFT_TAKEN, OpenShift
from console.store.tables import journal


def open_shift(conn: Connection) -> OpenShift | None:
    """The shift that was taken last, none before the first and after one was handed over."""
    newest = func.max(journal.c.seq)
    taken = select(newest).where(journal.c.kind == SHIFT_TAKEN).scalar_subquery()
    ended = select(func.coalesce(newest, 0)).where(journal.c.kind == SHIFT_HANDED_OVER).scalar_subquery()
    query = select(
        journal.c.uid,
        journal.c.seq,
        journal.c.actor,
        journal.c.role,
        journal.c.at,
        journal.c.evidence_sha256,
    ).where(journal.c.seq == taken, journal.c.seq > ended)
    row = conn.execute(query).one_or_none()
    return None if row is None else OpenShift._make(row)
