"""The order of a queue's tickets, and what changes from one order to the next. Needs no numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class TicketOrder(Protocol):
    """Ticket ids from the top of a queue to its end; each id once. Never changed: a new order is a new object."""

    def __len__(self) -> int: ...

    def ids(self, first: int, last: int) -> list[int]:
        """The ids of rows `first` to `last`, the last excluded."""
        ...

    def rows_of(self, ids: Sequence[int]) -> list[int]:
        """The row of each id, -1 where it is not in this order."""
        ...

    def change_from(self, old: TicketOrder) -> OrderChange:
        """How a model gets from `old` to this order."""
        ...

    def moved_from(self, old: TicketOrder, candidates: Sequence[int]) -> int:
        """How many rows arrive, leave or change places; only `candidates` may have changed places."""
        ...


@dataclass(frozen=True, slots=True)
class OrderChange:
    """A change of order in three steps that a view can follow.

    First `arriving` rows are added at the end (`extended`), then rows change places (`rearranged`), then the last
    `leaving` rows are dropped. `same_places` says that nothing changes places.
    """

    extended: TicketOrder
    rearranged: TicketOrder
    arriving: int
    leaving: int
    same_places: bool

    @property
    def nothing(self) -> bool:
        """Whether both orders are equal."""
        return self.same_places and not self.arriving and not self.leaving


class ListOrder:
    """An order of a few hundred tickets: the first rows, and pages that come sorted from the store."""

    def __init__(self, ids: Sequence[int] = ()) -> None:
        self._ids = list(ids)
        self._rows = {ticket_id: row for row, ticket_id in enumerate(self._ids)}

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self, first: int, last: int) -> list[int]:
        """See `TicketOrder.ids`."""
        return self._ids[first:last]

    def rows_of(self, ids: Sequence[int]) -> list[int]:
        """See `TicketOrder.rows_of`."""
        return [self._rows.get(ticket_id, -1) for ticket_id in ids]

    def change_from(self, old: TicketOrder) -> OrderChange:
        """See `TicketOrder.change_from`."""
        before = old.ids(0, len(old))
        known = set(before)
        arriving = [ticket_id for ticket_id in self._ids if ticket_id not in known]
        leaving = [ticket_id for ticket_id in before if ticket_id not in self._rows]
        extended, rearranged = before + arriving, self._ids + leaving
        return OrderChange(
            ListOrder(extended), ListOrder(rearranged), len(arriving), len(leaving), extended == rearranged
        )

    def moved_from(self, old: TicketOrder, candidates: Sequence[int]) -> int:
        """See `TicketOrder.moved_from`. All are taken for candidates."""
        change = self.change_from(old)
        pairs = zip(change.extended.ids(0, len(old)), change.rearranged.ids(0, len(old)), strict=False)
        return change.arriving + change.leaving + sum(before != after for before, after in pairs)
