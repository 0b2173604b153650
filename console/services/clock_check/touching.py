"""Where windows that touch meet: some products close there, ours works on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from console.domain.axis import Axis
from console.domain.calendar import WEEKDAYS
from console.domain.instants import DAY, from_micros
from console.domain.windows import read_windows
from console.domain.zones import wall_to_utc, zone

_ONE_DAY = timedelta(days=1)


def midnights(axis: Axis, low: int, high: int) -> Iterator[int]:
    """Local midnights strictly between two instants at which the calendar works on, in their order."""
    tz = zone(axis.calendar.zone)
    for day in _days(axis, low, high):
        at = wall_to_utc(tz, day, 0)
        if low < at < high and axis.is_open(at - 1) and axis.is_open(at):
            yield at


def seams(axis: Axis, low: int, high: int) -> Iterator[int]:
    """Ends of windows strictly between two instants at which the next window begins, in their order."""
    tz, calendar = zone(axis.calendar.zone), axis.calendar
    if calendar.always:
        return
    ends: list[int] = []
    for day in _days(axis, low, high):
        windows = calendar.shifts.get(day, calendar.week.get(WEEKDAYS[day.weekday()], ()))
        # Windows begin in their order, so an end before this midnight cannot be followed by an earlier one.
        midnight = wall_to_utc(tz, day, 0)
        yield from sorted({at for at in ends if at < midnight})
        ends = [at for at in ends if at >= midnight]
        for _, end in read_windows("windows", windows):
            at = wall_to_utc(tz, day, end)
            if low < at < high and axis.is_open(at - 1) and axis.is_open(at):
                ends.append(at)
    yield from sorted(set(ends))


def _days(axis: Axis, low: int, high: int) -> Iterator[date]:
    tz = zone(axis.calendar.zone)
    day = from_micros(low).astimezone(tz).date() - _ONE_DAY
    last = from_micros(high).astimezone(tz).date() + _ONE_DAY
    while day <= last:
        yield day
        day += _ONE_DAY


def first_within_days(axis: Axis, at: int, days: int) -> set[int]:
    """The first instant after `at` where windows meet, and the first midnight inside open time."""
    found = (next(cuts(axis, at, at + days * DAY), None) for cuts in (midnights, seams))
    return {each for each in found if each is not None}
