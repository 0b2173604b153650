"""The arrays behind an axis: open spans with the working time before each, over some years; immutable."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from console.domain.calendar import Calendar
from console.domain.spans import YearSpans, year_spans, year_start
from console.domain.windows import Span, unite

Micros = npt.NDArray[np.int64]

# "For ever" that leaves room for a difference of two instants in an int64.
FOREVER = 1 << 61


@dataclass(frozen=True, slots=True, eq=False)
class AxisTable:
    """What one calendar looks like between the instants `low` and `high` (microseconds UTC, half-open).

    `starts`, `ends` and `before` have one entry a span: its instants and the working microseconds from the origin to
    its start. `first` and `total` are the positions of `low` and `high`. The numpy arrays hold the same numbers.
    """

    first_year: int
    last_year: int
    low: int
    high: int
    first: int
    total: int
    starts: list[int]
    ends: list[int]
    before: list[int]
    holidays: list[Span]
    start_array: Micros = field(repr=False)
    end_array: Micros = field(repr=False)
    before_array: Micros = field(repr=False)

    def position(self, us: int) -> int:
        """Working microseconds from the origin to an instant inside [low, high]."""
        number = bisect_right(self.starts, us) - 1
        if number < 0:
            return self.first
        end = self.ends[number]
        return self.before[number] + (us if us < end else end) - self.starts[number]

    def due(self, position: int) -> int:
        """The first instant with this position; it must be in (first, total]."""
        number = bisect_left(self.before, position) - 1
        return self.starts[number] + position - self.before[number]

    def deadline(self, us: int, target: int) -> int | None:
        """The due of `target` working microseconds after `us`; none where this table does not hold it."""
        if target <= 0 or not self.low <= us < self.high:
            return None
        number = bisect_right(self.starts, us) - 1
        if number < 0:
            position = self.first + target
        else:
            end = self.ends[number]
            if us + target <= end:
                return us + target
            position = self.before[number] + (us if us < end else end) - self.starts[number] + target
        if position > self.total:
            return None
        number = bisect_left(self.before, position) - 1
        return self.starts[number] + position - self.before[number]

    def start(self, position: int) -> int:
        """The open instant with this position; it must be in [first, total)."""
        number = bisect_right(self.before, position) - 1
        return self.starts[number] + position - self.before[number]

    def positions(self, us: Micros) -> Micros:
        """`position` of each instant."""
        if not self.starts:
            return np.full(us.shape, self.first, dtype=np.int64)
        numbers = np.maximum(np.searchsorted(self.start_array, us, side="right") - 1, 0)
        starts = self.start_array[numbers]
        # Before the first span the clip gives its start, so its `before`, which then is `first`.
        inside: Micros = np.clip(us, starts, self.end_array[numbers]) - starts + self.before_array[numbers]
        return inside

    def dues(self, positions: Micros) -> Micros:
        """`due` of each position."""
        numbers = np.searchsorted(self.before_array, positions, side="left") - 1
        instants: Micros = self.start_array[numbers] + (positions - self.before_array[numbers])
        return instants


def round_the_clock() -> AxisTable:
    """The table of 24x7: one span without end, whose positions are the instants themselves."""
    return _table(0, 0, (-FOREVER, FOREVER), -FOREVER, YearSpans([(-FOREVER, FOREVER)], []))


def compile_table(calendar: Calendar, first_year: int, last_year: int) -> AxisTable:
    """The table of `calendar` over these years; its origin is the start of `first_year`.

    Raises ValueError when the years are reversed, OverflowError when they are outside 2-9998.
    """
    if first_year > last_year:
        raise ValueError(f"years: found {first_year}-{last_year}, expected the first not after the last")
    bounds = (year_start(first_year), year_start(last_year + 1))
    return _table(first_year, last_year, bounds, 0, year_spans(calendar, first_year, last_year))


def extend_table(table: AxisTable, calendar: Calendar, first_year: int, last_year: int) -> AxisTable:
    """The same table over more years, with the same positions; only the new years are computed.

    Raises OverflowError when the years are outside 2-9998.
    """
    spans = list(zip(table.starts, table.ends, strict=True))
    holidays = table.holidays
    first, low, high = table.first, table.low, table.high
    if first_year < table.first_year:
        past = year_spans(calendar, first_year, table.first_year - 1)
        first -= sum(end - start for start, end in past.open)
        spans, holidays = past.open + spans, past.holiday + holidays
        low = year_start(first_year)
    if last_year > table.last_year:
        future = year_spans(calendar, table.last_year + 1, last_year)
        spans, holidays = spans + future.open, holidays + future.holiday
        high = year_start(last_year + 1)
    years = (min(first_year, table.first_year), max(last_year, table.last_year))
    # Spans that a year's end had cut in two touch there: uniting makes them one again.
    return _table(*years, (low, high), first, YearSpans(unite(spans), unite(holidays)))


def _table(first_year: int, last_year: int, bounds: Span, first: int, spans: YearSpans) -> AxisTable:
    before: list[int] = []
    total = first
    for start, end in spans.open:
        before.append(total)
        total += end - start
    starts = [start for start, _ in spans.open]
    ends = [end for _, end in spans.open]
    return AxisTable(
        first_year=first_year,
        last_year=last_year,
        low=bounds[0],
        high=bounds[1],
        first=first,
        total=total,
        starts=starts,
        ends=ends,
        before=before,
        holidays=spans.holiday,
        start_array=np.array(starts, dtype=np.int64),
        end_array=np.array(ends, dtype=np.int64),
        before_array=np.array(before, dtype=np.int64),
    )
