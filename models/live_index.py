"""Every open ticket as numpy columns in the order of the queue: filters, sorts and counts without a query."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from console.domain.index_columns import NEVER, IndexColumns, IndexNames, RowChanges
from console.domain.queues import BANDS
from console.domain.state import UNDECIDED, Group
from models.array_order import ArrayOrder, Flags, Ids, flags_of, positions_of
from models.index_names import GrowingNames
from models.queue_keys import Keys, column, due_key, keys_of, order_of, positions_among, spliced, taken
from models.selection import PERSONAL, Selection, SortKey

Bounds = tuple[int, int]
# Sorted by words that only the store has.
RANKED = frozenset({SortKey.NUMBER, SortKey.CUSTOMER, SortKey.ASKED})
_LAST = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Applied:
    """The ids that a change touched: `changed` are still open (new ones among them), `closed` left."""

    changed: Ids
    closed: Ids


class LiveIndex:
    """The open tickets, always sorted by (group, due_s, rank, opened_s, ticket_id).

    Instants are whole seconds UTC. Belongs to one thread at a time: build it in a worker, then hand it over.
    """

    def __init__(self, columns: IndexColumns, names: IndexNames) -> None:
        self._names = GrowingNames(names)
        keys = keys_of(columns)
        order = order_of(keys)
        self._columns = taken(columns, order)
        self._keys = Keys(keys.due[order], keys.opened[order])
        self._ranks: dict[SortKey, npt.NDArray[np.int64]] = {}

    def __len__(self) -> int:
        return len(self._columns.ticket_id)

    @property
    def revision(self) -> int:
        """The newest revision that is in here: ask the store for what came after it."""
        return self._columns.revision

    def apply(self, changes: RowChanges) -> Applied:
        """Take over rows that changed and drop those that closed; a row that is both is closed."""
        fresh = self._names.recoded(changes.columns, changes.names)
        fresh = taken(fresh, np.flatnonzero(~flags_of(fresh.ticket_id, changes.closed)))
        touched = np.concatenate((fresh.ticket_id, changes.closed))
        gone = positions_of(self._columns.ticket_id, touched)
        gone = gone[gone >= 0]
        keys = keys_of(fresh)
        order = order_of(keys)
        fresh, keys = taken(fresh, order), Keys(keys.due[order], keys.opened[order])
        left = Keys(np.delete(self._keys.due, gone), np.delete(self._keys.opened, gone))
        at = positions_among(left, keys)
        revision = max(self.revision, changes.columns.revision)
        self._columns = spliced(self._columns, gone, at, fresh, revision)
        self._keys = Keys(np.insert(left.due, at, keys.due), np.insert(left.opened, at, keys.opened))
        return Applied(fresh.ticket_id, changes.closed)

    def select(self, selection: Selection, now_s: int) -> ArrayOrder:
        """The tickets of a queue at an instant, sorted. A queue that nobody is in is empty, not an error."""
        first, last = self._bounds(now_s).get(selection.queue, (0, len(self)))
        ids = self._columns.ticket_id[first:last]
        mask = self._mask(selection, first, last, now_s)
        at = np.arange(first, last) if mask is None else first + np.flatnonzero(mask)
        if selection.sort is SortKey.DEADLINE:
            # A view of the column would change nothing: columns are replaced, never written to.
            found = ids if mask is None else ids[mask]
            return ArrayOrder(found[::-1] if selection.descending else found)
        keys = self._sort_column(selection.sort)[at]
        at = at[np.argsort(-keys if selection.descending else keys, kind="stable")]
        return ArrayOrder(self._columns.ticket_id[at])

    def set_ranks(self, key: SortKey, ranks: npt.NDArray[np.int64]) -> None:
        """What the index has no words for, ranked by the store: ticket id and place, int64 of shape (tickets, 2)."""
        table = np.full(int(ranks[:, 0].max(initial=0)) + 1, _LAST, dtype=np.int64)
        table[ranks[:, 0]] = ranks[:, 1]
        self._ranks[key] = table

    def lacks_ranks(self, key: SortKey) -> bool:
        """Whether to ask the store for the ranks of some ticket; until then it comes last."""
        if key not in RANKED:
            return False
        lacking = self._ranked(key) == _LAST
        # Only who has asked has a place among those who wait.
        return bool(np.any(lacking & self._undecided(0, len(self)) if key is SortKey.ASKED else lacking))

    def counts(self, now_s: int) -> dict[str, int]:
        """How many tickets are in each queue at an instant, by the queue's code; names without tickets are left out."""
        counts = {code: last - first for code, (first, last) in self._bounds(now_s).items()}
        counts["decide"] = int(np.count_nonzero(self._undecided(0, len(self))))
        counts["parked"] = int(np.count_nonzero(self._columns.parked_s <= now_s))
        for prefix, name in (("group", "support_group"), ("plan", "plan"), ("status", "status")):
            words = self._names.of(name)
            found = np.bincount(column(self._columns, name), minlength=1)
            counts |= {f"{prefix}:{words[code]}": int(found[code]) for code in np.flatnonzero(found) if code}
        return counts

    def count_among(self, ids: Collection[int]) -> int:
        """How many of these tickets are open."""
        return int(np.count_nonzero(flags_of(self._columns.ticket_id, np.array(sorted(ids), dtype=np.int32))))

    def due_before(self, seconds: Sequence[int]) -> list[int]:
        """How many running tickets are due before each of these instants."""
        return [self._start_of(Group.RUNNING, second) for second in seconds]

    def next_edge_s(self, now_s: int) -> int | None:
        """The next instant at which a ticket enters another queue by time alone; none when none ever will."""
        running = self._columns.due_s[: self._start_of(Group.PAUSED)]
        edges = []
        # "Less than 15 minutes" begins one second after exactly 15 are left.
        for ahead in (0, *(limit - 1 for _, limit in BANDS)):
            at = int(np.searchsorted(running, now_s + ahead, side="right"))
            if at < len(running):
                edges.append(int(running[at]) - ahead)
        waiting = self._columns.parked_s
        parks = int(waiting[waiting > now_s].min(initial=NEVER))
        return min([*edges, parks] if parks != NEVER else edges, default=None)

    def _bounds(self, now_s: int) -> dict[str, Bounds]:
        """First and past-the-last position of the queues that are one stretch of the order."""
        edges = [0, self._start_of(Group.RUNNING, now_s + 1)]
        edges += [self._start_of(Group.RUNNING, now_s + limit) for _, limit in BANDS]
        edges += [self._start_of(Group.PAUSED), self._start_of(Group.NO_CLOCK), len(self)]
        codes = ("overdue", *(code for code, _ in BANDS), "later", "paused", "no_clock")
        stretches = dict(zip(codes, pairwise(edges), strict=True))
        return {"open": (0, len(self)), **stretches}

    def _start_of(self, group: Group, due_s: int | None = None) -> int:
        """Where the tickets of a group with that deadline or a later one begin."""
        return int(np.searchsorted(self._keys.due, due_key(group, due_s)))

    def _mask(self, selection: Selection, first: int, last: int, now_s: int) -> Flags | None:
        mask: Flags | None = None
        kind, _, name = selection.queue.partition(":")
        if selection.queue == "decide":
            mask = self._undecided(first, last)
        elif selection.queue == "parked":
            mask = self._columns.parked_s[first:last] <= now_s
        elif name:
            field = {"group": "support_group", "plan": "plan", "status": "status"}.get(kind)
            code = self._names.code(field, name) if field else None
            values = column(self._columns, field or "status")[first:last]
            mask = values == code if code is not None else np.zeros(last - first, dtype=np.bool_)
        elif selection.queue not in self._bounds(0) and (selection.within is None or selection.queue not in PERSONAL):
            mask = np.zeros(last - first, dtype=np.bool_)
        if selection.within is not None:
            wanted = flags_of(self._columns.ticket_id[first:last], np.asarray(selection.within, dtype=np.int32))
            mask = wanted if mask is None else mask & wanted
        return mask

    def _undecided(self, first: int, last: int) -> Flags:
        codes = [code for code, name in enumerate(self._names.of("escalation")) if name in UNDECIDED]
        return np.isin(self._columns.escalation[first:last], codes)

    def _sort_column(self, key: SortKey) -> npt.NDArray[np.int64]:
        if key is SortKey.OPENED:
            return self._columns.opened_s
        if key is SortKey.SEVERITY:
            severity = self._columns.severity.astype(np.int64)
            # An unknown severity comes after all known ones.
            return np.where(severity == 0, np.iinfo(np.int8).max, severity)
        if key in RANKED:
            return self._ranked(key)
        name = "support_group" if key is SortKey.GROUP else key.value
        ranks: npt.NDArray[np.int64] = self._names.ranks(name)[column(self._columns, name)]
        return ranks

    def _ranked(self, key: SortKey) -> npt.NDArray[np.int64]:
        table = self._ranks.get(key, np.full(1, _LAST, dtype=np.int64))
        ids = self._columns.ticket_id
        places = np.full(len(ids), _LAST, dtype=np.int64)
        known = ids < len(table)
        places[known] = table[ids[known]]
        return places
