"""The messages that decisions have written: until they can be delivered, they are read here."""

from __future__ import annotations

from console.domain.records import OutboxFilter, OutboxMessage
from console.store import outbox
from console.store.database import Connection

_MOST = 500


class OutboxService:
    """Reads the outbox, or what was in it at `as_of` (microseconds UTC)."""

    def __init__(self, as_of: int | None = None) -> None:
        self._as_of = as_of

    def list(
        self,
        conn: Connection,
        ticket_id: int | None = None,
        *,
        decision_uid: str | None = None,
        state: str | None = None,
        limit: int = _MOST,
    ) -> tuple[OutboxMessage, ...]:
        """The newest messages, the newest first: of one ticket, one decision or one state where they are named."""
        wanted = OutboxFilter(
            ticket_id=ticket_id,
            decision_uid=decision_uid,
            states=(state,) if state else (),
            limit=limit,
            newest_first=True,
            until=self._as_of,
        )
        return tuple(outbox.messages(conn, wanted))
