"""The fast way over whole arrays: time is cut into buckets so narrow that one look says all about an instant in it.

A bucket of instants meets at most one open span, so working time in it is the instant clipped to that span. A bucket
of positions holds at most one closing. The few buckets where a calendar is finer than that are searched instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from console.domain.axis_table import FOREVER, AxisTable, Micros

Numbers = npt.NDArray[np.intp]

# A break of half an hour over fifteen years still has a bucket to itself.
_MOST_BUCKETS = 1 << 18
# So many items stay in the processor's cache from one step to the next.
_PART = 1 << 13


@dataclass(frozen=True, slots=True)
class Buckets:
    """One direction of one calendar: bucket n begins at `origin + (n << shift)`.

    Instants: clip to [one, two], add `add`. Positions: add `add`, and `two` more beyond `one`. Where `searched` is set
    the bucket says nothing; none are set when it is empty.
    """

    origin: int
    shift: int
    one: Micros
    two: Micros
    add: Micros
    searched: npt.NDArray[np.bool_]


def instant_buckets(table: AxisTable) -> Buckets:
    """The buckets from instants in [low, high] to positions."""
    starts, ends, before = table.start_array, table.end_array, table.before_array
    if not starts.size:
        return _constant(table.low, table.first)
    gaps = starts[1:] - ends[:-1]
    shift, count = _width(table.high - table.low, int(gaps.min()) if gaps.size else FOREVER)
    begins = table.low + (np.arange(count, dtype=np.int64) << shift)
    # The first span that ends behind the bucket's beginning; behind the last one nothing more is worked.
    numbers = np.minimum(np.searchsorted(ends, begins, side="right"), starts.size - 1)
    searched = np.searchsorted(starts, begins + (1 << shift), side="left") - numbers > 1
    found = starts[numbers], ends[numbers], before[numbers] - starts[numbers]
    return Buckets(table.low, shift, *found, searched if searched.any() else searched[:0])


def position_buckets(table: AxisTable) -> Buckets:
    """The buckets from positions in (first, total] to the first instants that have them."""
    starts, before = table.start_array, table.before_array
    if not starts.size:
        return _constant(table.first + 1, table.low)
    lengths = table.end_array - starts
    shift, count = _width(table.total - table.first, int(lengths.min()))
    begins = table.first + 1 + (np.arange(count, dtype=np.int64) << shift)
    numbers = np.searchsorted(before, begins, side="left") - 1
    closings = np.append(before[1:], FOREVER)
    offsets = starts - before
    jumps = np.append(np.diff(offsets), 0)
    searched = np.searchsorted(before, begins + ((1 << shift) - 1), side="left") - 1 - numbers > 1
    found = closings[numbers], jumps[numbers], offsets[numbers]
    return Buckets(table.first + 1, shift, *found, searched if searched.any() else searched[:0])


class Stack:
    """The buckets of several calendars in one row of arrays, for instants and positions of all of them at once."""

    def __init__(self, tables: Sequence[AxisTable], buckets: Callable[[AxisTable], Buckets]) -> None:
        self.tables = tuple(tables)
        found = [buckets(table) for table in self.tables]
        self._alone = len(found) == 1
        self._origins = np.array([each.origin for each in found], dtype=np.int64)
        self._shifts = np.array([each.shift for each in found], dtype=np.int64)
        sizes = [each.one.size for each in found]
        self._firsts = np.cumsum([0, *sizes[:-1]], dtype=np.int64)
        self._one = np.concatenate([each.one for each in found])
        self._two = np.concatenate([each.two for each in found])
        self._add = np.concatenate([each.add for each in found])
        fine = [
            each.searched if each.searched.size else np.zeros(size, np.bool_)
            for each, size in zip(found, sizes, strict=True)
        ]
        self._searched = np.concatenate(fine) if any(each.searched.size for each in found) else None

    def positions(self, calendars: Numbers | None, us: Micros) -> Micros:
        """The position of each instant on its calendar; every table must hold every instant."""
        return self._each(calendars, us, _clipped, _search_positions)

    def dues(self, calendars: Numbers | None, positions: Micros) -> Micros:
        """The first instant of each position on its calendar, whose table must hold it."""
        return self._each(calendars, positions, _jumped, _search_dues)

    def _each(self, calendars: Numbers | None, values: Micros, step: _Step, search: _Search) -> Micros:
        shape = values.shape
        values = np.ascontiguousarray(values).reshape(-1)
        calendars = None if calendars is None else np.ascontiguousarray(calendars).reshape(-1)
        out = np.empty_like(values)
        index, left, right = (np.empty(min(_PART, values.size), np.int64) for _ in range(3))
        for first in range(0, values.size, _PART):
            part = values[first : first + _PART]
            chosen = None if calendars is None else calendars[first : first + _PART]
            size = part.size
            self._bucket(chosen, part, index[:size], left[:size])
            one = self._one.take(index[:size], out=left[:size], mode="clip")
            two = self._two.take(index[:size], out=right[:size], mode="clip")
            step(part, one, two, out[first : first + size])
            out[first : first + size] += self._add.take(index[:size], out=left[:size], mode="clip")
            if self._searched is not None:
                self._search(chosen, part, self._searched[index[:size]], out[first : first + size], search)
        return out.reshape(shape)

    def _bucket(self, calendars: Numbers | None, part: Micros, index: Micros, spare: Micros) -> None:
        if calendars is None:
            np.subtract(part, self._origins[0], out=index)
            np.right_shift(index, self._shifts[0], out=index)
            return
        np.subtract(part, self._origins.take(calendars, out=spare, mode="clip"), out=index)
        np.right_shift(index, self._shifts.take(calendars, out=spare, mode="clip"), out=index)
        np.add(index, self._firsts.take(calendars, out=spare, mode="clip"), out=index)

    def _search(
        self, calendars: Numbers | None, part: Micros, wanted: npt.NDArray[np.bool_], out: Micros, search: _Search
    ) -> None:
        for number, table in enumerate(self.tables):
            mine = wanted if calendars is None else wanted & (calendars == number)
            if mine.any():
                out[mine] = search(table, part[mine])


_Step = Callable[[Micros, Micros, Micros, Micros], None]
_Search = Callable[[AxisTable, Micros], Micros]


def _clipped(part: Micros, one: Micros, two: Micros, out: Micros) -> None:
    np.maximum(part, one, out=out)
    np.minimum(out, two, out=out)


def _jumped(part: Micros, one: Micros, two: Micros, out: Micros) -> None:
    np.multiply(two, part > one, out=out)
    np.add(out, part, out=out)


def _search_positions(table: AxisTable, us: Micros) -> Micros:
    return table.positions(us)


def _search_dues(table: AxisTable, positions: Micros) -> Micros:
    return table.dues(positions)


def _constant(origin: int, value: int) -> Buckets:
    """One bucket that says `value` of everything."""
    nothing = np.zeros(1, np.int64)
    return Buckets(origin, 62, nothing, nothing, np.full(1, value, np.int64), np.zeros(0, np.bool_))


def _width(length: int, narrowest: int) -> tuple[int, int]:
    """(shift, number of buckets) so that a bucket is no wider than `narrowest`, as far as there is room for them."""
    shift = max(min(narrowest, length).bit_length() - 1, 0)
    while (length >> shift) + 1 > _MOST_BUCKETS:
        shift += 1
    return shift, (length >> shift) + 1
