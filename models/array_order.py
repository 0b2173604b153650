"""An order of up to millions of tickets as one numpy array."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from models.ticket_order import OrderChange, TicketOrder

Ids = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


def flags_of(ids: Ids, wanted: Ids) -> Flags:
    """For each of `ids` whether it is among `wanted`.

    Ticket ids are dense integers from 1, so a table over all of them is small and one look-up each.
    """
    if not len(ids) or not len(wanted):
        return np.zeros(len(ids), dtype=np.bool_)
    table = np.zeros(int(max(ids.max(), wanted.max())) + 1, dtype=np.bool_)
    table[wanted] = True
    return table[ids]


def positions_of(ids: Ids, wanted: Ids) -> npt.NDArray[np.intp]:
    """The position of each of `wanted` in `ids`, -1 where it is missing. `ids` holds each id once."""
    found = np.flatnonzero(flags_of(ids, wanted))
    answer = np.full(len(wanted), -1, dtype=np.intp)
    if len(found):
        found = found[np.argsort(ids[found])]
        at = np.minimum(np.searchsorted(ids[found], wanted), len(found) - 1)
        hit = ids[found][at] == wanted
        answer[hit] = found[at[hit]]
    return answer


class ArrayOrder:
    """See `TicketOrder`. `ids` is int32 of shape (rows,); it is kept, not copied: do not change it afterwards."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def array(self) -> Ids:
        """The ids, to be read only."""
        return self._ids

    def ids(self, first: int, last: int) -> list[int]:
        """See `TicketOrder.ids`."""
        ids: list[int] = self._ids[first:last].tolist()
        return ids

    def rows_of(self, ids: Sequence[int]) -> list[int]:
        """See `TicketOrder.rows_of`."""
        rows: list[int] = positions_of(self._ids, np.asarray(ids, dtype=np.int32)).tolist()
        return rows

    def change_from(self, old: TicketOrder) -> OrderChange:
        """See `TicketOrder.change_from`."""
        before = _array(old)
        if np.array_equal(before, self._ids):
            return OrderChange(self, self, 0, 0, same_places=True)
        arriving = self._ids[~flags_of(self._ids, before)]
        leaving = before[~flags_of(before, self._ids)]
        extended = np.concatenate((before, arriving)) if len(arriving) else before
        rearranged = np.concatenate((self._ids, leaving)) if len(leaving) else self._ids
        return OrderChange(
            ArrayOrder(extended),
            ArrayOrder(rearranged),
            len(arriving),
            len(leaving),
            same_places=bool(np.array_equal(extended, rearranged)),
        )

    def moved_from(self, old: TicketOrder, candidates: Sequence[int]) -> int:
        """See `TicketOrder.moved_from`. A candidate moved when it passed a row that is none."""
        change = self.change_from(old)
        came_or_went = change.arriving + change.leaving
        if change.same_places:
            return came_or_went
        before, after = _array(old), self._ids
        both_before, both_after = before[flags_of(before, after)], after[flags_of(after, before)]
        if np.array_equal(both_before, both_after):
            return came_or_went
        wanted = np.asarray(candidates, dtype=np.int32)
        passed = _still_above(both_before, wanted) != _still_above(both_after, wanted)
        moved = int(np.count_nonzero(passed))
        # Candidates that only changed places among each other passed none of the others.
        return came_or_went + (moved or int(np.count_nonzero(both_before != both_after)))


def _still_above(ids: Ids, candidates: Ids) -> npt.NDArray[np.intp]:
    """For each candidate how many rows above it are no candidates; -1 for those not in `ids`."""
    at = positions_of(ids, candidates)
    others_above = np.cumsum(~flags_of(ids, candidates))
    return np.where(at >= 0, others_above[at] if len(ids) else -1, -1)


def _array(order: TicketOrder) -> Ids:
    return order.array if isinstance(order, ArrayOrder) else np.asarray(order.ids(0, len(order)), dtype=np.int32)
