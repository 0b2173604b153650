"""Many instants on one or many calendars in one call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from console.domain.axis import Axis
from console.domain.axis_lookup import Numbers, Stack, instant_buckets, position_buckets
from console.domain.axis_table import AxisTable, Micros


class _Compiled(NamedTuple):
    tables: tuple[AxisTable, ...]
    stack: Stack


class AxisBook:
    """Axes side by side. `calendars` in its methods says for each item on which of `axes` it counts, by place; none
    means all on the first. Instants are microseconds UTC, positions and targets working microseconds, all int64 arrays
    of one shape; so are the answers, which are exactly those of `Axis` item by item.

    Buckets are compiled at the first call and again when an axis has grown. May be shared between threads. Methods
    raise IndexError for a calendar that is not there and OverflowError as `Axis` does.
    """

    def __init__(self, axes: Sequence[Axis]) -> None:
        """Raises ValueError without an axis."""
        if not axes:
            raise ValueError("axes: found none, expected at least one")
        self.axes = tuple(axes)
        self._instants: _Compiled | None = None
        self._positions: _Compiled | None = None

    def positions(self, calendars: Numbers | None, us: Micros) -> Micros:
        """`Axis.position` of each instant."""
        if us.size == 0:
            return us.copy()
        calendars = self._checked(calendars)
        return self._from_instants(int(us.min()), int(us.max())).positions(calendars, us)

    def dues(self, calendars: Numbers | None, positions: Micros) -> Micros:
        """`Axis.due` of each position."""
        if positions.size == 0:
            return positions.copy()
        calendars = self._checked(calendars)
        tables = []
        for number, axis in enumerate(self.axes):
            mine = positions if calendars is None else positions[calendars == number]
            tables.append(axis.holding(int(mine.min()), int(mine.max())) if mine.size else axis.table)
        return self._from_positions(tuple(tables)).dues(calendars, positions)

    def deadlines(self, calendars: Numbers | None, starts: Micros, targets: Micros) -> Micros:
        """`Axis.deadline` of each start and target."""
        if starts.size == 0:
            return starts.copy()
        calendars = self._checked(calendars)
        low, high = int(starts.min()), int(starts.max())
        least, most = int(targets.min()), int(targets.max())
        wanted = self._from_instants(low, high).positions(calendars, starts)
        wanted += targets
        # What has no target is the open instant of its position: one microsecond before the next position is due.
        back = (targets <= 0).astype(np.int64) if least <= 0 else None
        if back is not None:
            wanted += back
        tables = []
        for number, axis in enumerate(self.axes):
            table = axis.covering(low, high)
            if not (table.first < table.position(low) + least and table.position(high) + most < table.total):
                mine = wanted if calendars is None else wanted[calendars == number]
                table = axis.holding(int(mine.min()), int(mine.max())) if mine.size else table
            tables.append(table)
        found = self._from_positions(tuple(tables)).dues(calendars, wanted)
        return found if back is None else found - back

    def left(self, calendars: Numbers | None, due_positions: Micros, now: int) -> Micros:
        """Working time left at `now` until each due, of which the position is kept: one subtraction an item."""
        at = np.array([axis.position(now) for axis in self.axes], dtype=np.int64)
        if calendars is None:
            return due_positions - int(at[0])
        left = at.take(calendars)
        np.subtract(due_positions, left, out=left)
        return left

    def _checked(self, calendars: Numbers | None) -> Numbers | None:
        if calendars is None or len(self.axes) == 1:
            return None
        if calendars.min() < 0 or calendars.max() >= len(self.axes):
            raise IndexError(f"calendars: found {calendars.min()}..{calendars.max()}, expected 0..{len(self.axes) - 1}")
        return calendars.astype(np.intp, copy=False)

    def _from_instants(self, low: int, high: int) -> Stack:
        tables = tuple(axis.covering(low, high) for axis in self.axes)
        compiled = self._instants
        if compiled is None or compiled.tables != tables:
            compiled = self._instants = _Compiled(tables, Stack(tables, instant_buckets))
        return compiled.stack

    def _from_positions(self, tables: tuple[AxisTable, ...]) -> Stack:
        compiled = self._positions
        if compiled is None or compiled.tables != tables:
            compiled = self._positions = _Compiled(tables, Stack(tables, position_buckets))
        return compiled.stack
