"""What is open, worked out minute by minute from what clocks on a wall show. Shares no code with the axis.

It only ever turns UTC into local time, and finds each edge of a window by looking for it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

MINUTE_US = 60_000_000
DAY_MINUTES = 1440
MARGIN = 6
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@lru_cache(maxsize=128)
def wall_minutes(zone: str, first: date, days: int) -> npt.NDArray[np.int64]:
    """For each UTC minute from `first`: minutes of wall time since the proleptic day 0."""
    tz = ZoneInfo(zone)
    moment = datetime(first.year, first.month, first.day, tzinfo=UTC)
    walls = np.empty(days * DAY_MINUTES, dtype=np.int64)
    for number in range(walls.size):
        shown = moment.astimezone(tz)
        walls[number] = shown.toordinal() * DAY_MINUTES + shown.hour * 60 + shown.minute
        moment += timedelta(minutes=1)
    return walls


def _edge(walls: npt.NDArray[np.int64], wanted: int) -> int:
    """The index of the first minute at which the wall shows `wanted`; later by the gap where it never does."""
    shown = np.flatnonzero(walls == wanted)
    if shown.size:
        return int(shown[0])
    after = int(np.flatnonzero((walls[1:] > wanted) & (walls[:-1] < wanted))[0]) + 1
    gap = int(walls[after] - walls[after - 1]) - 1
    return int(np.flatnonzero(walls == wanted + gap)[0])


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def _fill(mask: npt.NDArray[np.bool_], walls: npt.NDArray[np.int64], day: date, windows: Any, value: bool) -> None:
    for start_text, end_text in windows:
        start, end = _minutes(start_text), _minutes(end_text)
        if end < start:
            end += DAY_MINUTES
        base = day.toordinal() * DAY_MINUTES
        mask[_edge(walls, base + start) : _edge(walls, base + end)] = value


def open_minutes(fields: dict[str, Any], first: date, days: int) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """(open, closed by a holiday) for each UTC minute of `days` days from `first`; `fields` are a calendar's."""
    outer = first - timedelta(days=MARGIN)
    walls = wall_minutes(fields["zone"], outer, days + 2 * MARGIN)
    shown_days = walls // DAY_MINUTES
    with_holidays = np.zeros(walls.size, dtype=np.bool_)
    without = np.zeros(walls.size, dtype=np.bool_)
    dates = [outer + timedelta(days=number) for number in range(2, days + 2 * MARGIN - 3)]
    dates = [day for day in dates if (shown_days == day.toordinal()).any()]
    holidays = [day for day in dates if day in fields["holidays"] or f"{day:%m-%d}" in fields["recurring_holidays"]]
    for day in dates:
        windows = fields["shifts"].get(day, fields["week"].get(WEEKDAYS[day.weekday()], ()))
        _fill(without, walls, day, windows, True)
        if not (fields["holiday_cancels_shift"] and day in holidays):
            _fill(with_holidays, walls, day, windows, True)
    if not fields["holiday_cancels_shift"]:
        for day in holidays:
            with_holidays[shown_days == day.toordinal()] = False
    for day in dates:
        for mask in (without, with_holidays):
            _fill(mask, walls, day, fields["breaks"].get(day, ()), False)
    inner = slice(MARGIN * DAY_MINUTES, (MARGIN + days) * DAY_MINUTES)
    return with_holidays[inner], without[inner] & ~with_holidays[inner]
