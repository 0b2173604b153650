"""The rows that were fetched: what is visible and a little around it. Stale content stays until the new one is here."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from console.domain.rows import QueueRow

ROOM = 2_000


class RowCache:
    """Rows by ticket id, the least recently used dropped first. Knows which of them have to be asked for."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._rows: OrderedDict[int, QueueRow] = OrderedDict()
        self._asked: set[int] = set()
        # The least revision that the next answer should have, for rows that changed since they were asked for.
        self._stale: dict[int, int] = {}
        self._asked_again: set[int] = set()

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, ticket_id: int) -> QueueRow | None:
        """The row as it was last fetched, none when it never was."""
        row = self._rows.get(ticket_id)
        if row is not None:
            self._rows.move_to_end(ticket_id)
        return row

    def outdate(self, ticket_ids: Iterable[int], revision: int) -> None:
        """These tickets have changed: what is here, or on its way with a smaller revision, is stale."""
        for ticket_id in ticket_ids:
            if ticket_id in self._asked or ticket_id in self._rows:
                self._stale[ticket_id] = max(revision, self._stale.get(ticket_id, 0))
                self._asked_again.discard(ticket_id)

    def outdate_all(self) -> None:
        """Nobody knows what changed: all rows are asked for again when somebody looks."""
        self._asked.clear()
        self.outdate(self._rows, 0)

    def fill(self, rows: Iterable[QueueRow]) -> None:
        """Take over rows of tickets that are not here, as something to show until they are asked for.

        Rows without a revision are of another instant and not taken.
        """
        missing = [row for row in rows if row.revision and row.ticket_id not in self._rows]
        for row in missing[: self._room]:
            self.put(row)
        self.outdate((row.ticket_id for row in missing[: self._room]), 0)

    def ask(self, ticket_ids: Iterable[int]) -> list[int]:
        """Those that are missing or stale and not on their way: the caller asks for them now."""
        wanted = [
            ticket_id
            for ticket_id in ticket_ids
            if ticket_id not in self._asked and (ticket_id not in self._rows or ticket_id in self._stale)
        ]
        self._asked.update(wanted)
        return wanted

    def answered(self, ticket_ids: Iterable[int]) -> None:
        """Nothing more will come for these: they may be asked for again."""
        self._asked.difference_update(ticket_ids)

    def put(self, row: QueueRow) -> bool:
        """Keep a row; False where it says nothing new."""
        ticket_id = row.ticket_id
        self._asked.discard(ticket_id)
        before = self._rows.get(ticket_id)
        if before is not None and row.revision < before.revision:
            return False
        wanted = self._stale.get(ticket_id)
        if wanted is not None and (row.revision >= wanted or ticket_id in self._asked_again):
            del self._stale[ticket_id]
            self._asked_again.discard(ticket_id)
        elif wanted is not None:
            # It was read before the change. A second answer is believed, so that nobody asks for ever.
            self._asked_again.add(ticket_id)
        self._rows[ticket_id] = row
        self._rows.move_to_end(ticket_id)
        while len(self._rows) > self._room:
            gone, _ = self._rows.popitem(last=False)
            self._stale.pop(gone, None)
            self._asked_again.discard(gone)
        return row != before
