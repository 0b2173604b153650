"""The working-time axis: a calendar compiled so that a deadline is one addition and what is left one subtraction.

Positions are working microseconds from the axis' origin; they mean something on their own axis only and are never
stored. Every method is a pure function of the calendar: how far the axis has grown changes no answer.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, timedelta

from console.domain.axis_table import FOREVER, AxisTable, Micros, compile_table, extend_table, round_the_clock
from console.domain.calendar import Calendar
from console.domain.instants import DAY, from_micros, micros_of, to_micros
from console.domain.spans import FIRST_YEAR, LAST_YEAR, year_start
from console.domain.windows import Span

_YEAR = 365 * DAY
# Where a calendar closes at all it closes within a week; only a recurring 29 February makes one wait, eight years.
_YEARS_TO_CLOSING = 9
_BEGINNING, _END = year_start(FIRST_YEAR), year_start(LAST_YEAR + 1)

Piece = tuple[int, int, str]


class NoOpenTime(OverflowError):
    """A calendar that is open in its dated shifts alone has no open time beyond them."""


class Axis:
    """The working time of one calendar. Instants are microseconds UTC, positions working microseconds.

    Windows are half-open. The axis grows by itself in both directions; it may be shared between threads.
    Methods raise OverflowError when the answer lies outside the years 2-9998.
    """

    def __init__(self, calendar: Calendar, table: AxisTable) -> None:
        self.calendar = calendar
        self.always = calendar.continuous
        # Tables are immutable and replaced whole: a thread that reads one never sees half of another.
        self._table = table
        dated = (*calendar.holidays, *calendar.shifts, *calendar.breaks)
        last_year = max(dated, default=date(FIRST_YEAR, 1, 1)).year
        self._last_date = year_start(min(last_year + 1, LAST_YEAR))

    def position(self, us: int) -> int:
        """Working time from the origin to the instant `us`; negative before the origin."""
        return us if self.always else self.covering(us, us).position(us)

    def due(self, position: int) -> int:
        """The first instant that has this position: the closing, where the position falls on one."""
        if self.always:
            return position
        table = self._table
        while not table.first < position <= table.total:
            table = self._grown_to_hold(table, position, position <= table.first)
        return table.due(position)

    def start(self, position: int) -> int:
        """The open instant that has this position: the next opening, where the position falls on a closing."""
        if self.always:
            return position
        table = self._table
        while not table.first <= position < table.total:
            table = self._grown_to_hold(table, position, position < table.first)
        return table.start(position)

    def work(self, a: int, b: int) -> int:
        """Working microseconds from instant `a` to `b`; negative when `b` is before `a`."""
        return b - a if self.always else self.position(b) - self.position(a)

    def deadline(self, start_us: int, target_us: int) -> int:
        """The instant at which `target_us` of working time have passed since `start_us`.

        A deadline on closing time stays on that day. A target of 0 gives the first open instant; one below 0 counts
        backwards and stays on the opening, so that work done from there to `start_us` is the target.
        """
        if self.always:
            return start_us + target_us
        due = self._table.deadline(start_us, target_us)
        if due is not None:
            return due
        position = self.position(start_us) + target_us
        return self.due(position) if target_us > 0 else self.start(position)

    def reach(self, start_us: int, target_us: int) -> int | None:
        """`deadline`, or none where the calendar is never open for so long again: its shifts end before."""
        try:
            return self.deadline(start_us, target_us)
        except NoOpenTime:
            return None

    def deadline_at(self, start: datetime, target: timedelta) -> datetime:
        """`deadline` with aware datetimes; the answer is in UTC. Raises ValueError for a naive start."""
        return from_micros(self.deadline(to_micros(start), micros_of(target)))

    def is_open(self, us: int) -> bool:
        """Whether the calendar is open at `us`: at an opening yes, at a closing no."""
        table = self.covering(us, us)
        number = bisect_right(table.starts, us) - 1
        return number >= 0 and us < table.ends[number]

    def next_open(self, us: int) -> int:
        """The first open instant not before `us`."""
        return self.start(self.position(us))

    def prev_open(self, us: int) -> int:
        """The last instant not after `us` that open time reaches: `us` itself, or the closing before it."""
        return self.due(self.position(us))

    def next_close(self, us: int) -> int | None:
        """The first closing after `us`; None when the calendar never closes again."""
        table = self.covering(us, us)
        while True:
            number = bisect_right(table.ends, us)
            # A span that ends with the table was cut there and may go on.
            if number < len(table.ends) and table.ends[number] < table.high:
                return table.ends[number]
            if self._closed_for_good(table, us):
                return None
            table = self._grown(table, backwards=False)

    def next_start(self, us: int) -> int | None:
        """The first opening strictly after `us`; None when the calendar never closes again."""
        table = self.covering(us, us)
        while True:
            number = bisect_right(table.starts, us)
            if number < len(table.starts):
                return table.starts[number]
            if self._closed_for_good(table, us):
                return None
            table = self._grown(table, backwards=False)

    def edges(self, a: int, b: int) -> list[Piece]:
        """Consecutive (start, end, kind) pieces that cover [a, b); empty when `b` is not after `a`.

        Kind is "open", "closed", or "holiday" for time that would be open if a holiday did not close it. Neighbours
        differ in kind.
        """
        if b <= a:
            return []
        table = self.covering(a, b)
        number = max(bisect_right(table.starts, a) - 1, 0)
        last = bisect_right(table.starts, b)
        opened = zip(table.starts[number:last], table.ends[number:last], strict=True)
        first_holiday = max(bisect_right(table.holidays, (a, FOREVER)) - 1, 0)
        last_holiday = bisect_right(table.holidays, (b, FOREVER))
        spans: list[tuple[Span, str]] = [(span, "open") for span in opened]
        spans += [(span, "holiday") for span in table.holidays[first_holiday:last_holiday]]
        return _pieces(a, b, sorted(spans))

    def positions(self, us: Micros) -> Micros:
        """`position` of each instant; int64, same shape. For a million of them there is `AxisBook`."""
        if us.size == 0 or self.always:
            return us.copy()
        return self.covering(int(us.min()), int(us.max())).positions(us)

    def dues(self, positions: Micros) -> Micros:
        """`due` of each position; int64, same shape."""
        if positions.size == 0 or self.always:
            return positions.copy()
        return self.holding(int(positions.min()), int(positions.max())).dues(positions)

    @property
    def table(self) -> AxisTable:
        """What is compiled so far; immutable, a longer one takes its place."""
        return self._table

    def covering(self, a: int, b: int) -> AxisTable:
        """A table with low <= a and b < high."""
        table = self._table
        while not (table.low <= a and b < table.high):
            table = self._grown(table, a < table.low, a if a < table.low else b)
        return table

    def holding(self, low: int, high: int) -> AxisTable:
        """A table that has a due for all positions from `low` to `high`."""
        table = self._table
        while not (table.first < low and high <= table.total):
            backwards = low <= table.first
            table = self._grown_to_hold(table, low if backwards else high, backwards)
        return table

    def _closed_for_good(self, table: AxisTable, us: int) -> bool:
        return self.always or table.high > max(us, self._last_date) + _YEARS_TO_CLOSING * _YEAR

    def _grown_to_hold(self, table: AxisTable, position: int, backwards: bool) -> AxisTable:
        """A longer table on the side of a position that `table` does not hold; call again until one does."""
        # Open time is never more than time: without this a mistyped target would compile eight thousand years.
        self._refuse_beyond_shifts(table, backwards)
        room = table.low - _BEGINNING if backwards else _END - table.high
        if (table.first - position if backwards else position - table.total) > room:
            raise OverflowError(f"position: found {position}, expected one in the years {FIRST_YEAR}-{LAST_YEAR}")
        return self._grown(table, backwards)

    def _refuse_beyond_shifts(self, table: AxisTable, backwards: bool) -> None:
        """Without a week there is an end: past the outermost shift no growing finds more."""
        shifts = self.calendar.shifts
        if self.calendar.week or not shifts:
            return
        # A year more on each side is sure to hold the nights and zones of the outermost days.
        first, last = min(shifts), max(shifts)
        if backwards and table.first_year < first.year:
            raise NoOpenTime(f"no open time before {first}")
        if not backwards and table.last_year > last.year:
            raise NoOpenTime(f"no open time after {last}")

    def _grown(self, table: AxisTable, backwards: bool, to: int | None = None) -> AxisTable:
        """A longer table, by half its length at least, so that growing step by step costs no more than at once."""
        if self.always:
            raise OverflowError(f"instant: found {to}, expected one between {-FOREVER} and {FOREVER}")
        step = max((table.last_year - table.first_year) // 2, 4)
        first, last = table.first_year, table.last_year
        if backwards:
            if first == FIRST_YEAR:
                raise OverflowError(f"answer: found none from the year {FIRST_YEAR} on")
            first = max(min(first - step, first if to is None else _year(to)), FIRST_YEAR)
        else:
            if last == LAST_YEAR:
                raise OverflowError(f"answer: found none up to the year {LAST_YEAR}")
            last = min(max(last + step, last if to is None else _year(to)), LAST_YEAR)
        longer = extend_table(table, self.calendar, first, last)
        self._table = longer
        return longer


class AxisCache:
    """Axes by calendar: equal calendars share one axis, and what it has grown. Make one and pass it on."""

    def __init__(self) -> None:
        self._axes: dict[Calendar, Axis] = {}

    def axis(self, calendar: Calendar) -> Axis:
        """The axis of `calendar`, compiled at the first call."""
        known = self._axes.get(calendar)
        # Two threads may compile the same calendar at once; setdefault lets both use the first.
        return known if known is not None else self._axes.setdefault(calendar, compile_axis(calendar))


def compile_axis(calendar: Calendar, first_year: int = 2020, last_year: int = 2034) -> Axis:
    """The axis of `calendar`, compiled over these years (UTC); its origin is the start of `first_year`.

    24x7 has the epoch as its origin, so positions are instants. Raises ValueError for reversed years and
    OverflowError for years outside 2-9998.
    """
    table = round_the_clock() if calendar.continuous else compile_table(calendar, first_year, last_year)
    return Axis(calendar, table)


def _year(us: int) -> int:
    if not _BEGINNING <= us < _END:
        raise OverflowError(f"instant: found {us}, expected one in the years {FIRST_YEAR}-{LAST_YEAR}")
    return from_micros(us).year


def _pieces(a: int, b: int, spans: list[tuple[Span, str]]) -> list[Piece]:
    pieces: list[Piece] = []
    at = a
    for (start, end), kind in spans:
        start, end = max(start, at), min(end, b)
        if start >= end:
            continue
        if at < start:
            pieces.append((at, start, "closed"))
        pieces.append((start, end, kind))
        at = end
    if at < b:
        pieces.append((at, b, "closed"))
    return pieces
