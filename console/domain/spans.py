"""The open spans of a calendar between two years, in UTC: the only place that knows zones, holidays and midnight."""

from collections.abc import Iterator, Sequence
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from typing import NamedTuple

from console.domain.calendar import WEEKDAYS, Calendar
from console.domain.instants import DAY
from console.domain.windows import Span, read_windows, unite
from console.domain.zones import WallTime, zone

# The days around the years are needed to see what runs into them, and they too must have dates.
FIRST_YEAR, LAST_YEAR = MINYEAR + 1, MAXYEAR - 1
_EPOCH_DAY = date(1970, 1, 1).toordinal()
# A window may last 24 h from the end of its day, a zone may skip 24 h, and local days begin up to 16 h from UTC.
_MARGIN_DAYS = 4
_ONE_DAY = timedelta(days=1)


class YearSpans(NamedTuple):
    """Sorted disjoint [start, end) spans in microseconds UTC: open time, and what holidays took from it."""

    open: list[Span]
    holiday: list[Span]


def year_start(year: int) -> int:
    """The first instant (microseconds UTC) of a year in UTC."""
    return (date(year, 1, 1).toordinal() - _EPOCH_DAY) * DAY


def year_spans(calendar: Calendar, first_year: int, last_year: int) -> YearSpans:
    """The spans of `calendar` from the start of `first_year` to the end of `last_year`, both UTC years.

    Spans that reach beyond are cut there; spans that touch are one. Costs time in proportion to the years.
    Raises OverflowError for years outside 2-9998.
    """
    if first_year < FIRST_YEAR or last_year > LAST_YEAR:
        raise OverflowError(f"years: found {first_year}-{last_year}, expected {FIRST_YEAR}-{LAST_YEAR}")
    planned, cancelled, masks, breaks = _wall_spans(calendar, first_year, last_year)
    cuts = unite(breaks)
    kept = _subtract(unite(planned), cuts)
    opened = _subtract(kept, unite(masks))
    without_holidays = _subtract(unite(planned + cancelled), cuts) if cancelled else kept
    bounds = (year_start(first_year), year_start(last_year + 1))
    return YearSpans(_clip(opened, *bounds), _clip(_subtract(without_holidays, opened), *bounds))


def _wall_spans(
    calendar: Calendar, first_year: int, last_year: int
) -> tuple[list[Span], list[Span], list[Span], list[Span]]:
    """Windows, windows cancelled by a holiday, holidays and breaks as UTC spans, in no order and overlapping."""
    wall = WallTime(zone(calendar.zone))
    week = [read_windows(name, calendar.week.get(name, ())) for name in WEEKDAYS]
    shifts = {day: read_windows("shifts", windows) for day, windows in calendar.shifts.items()}
    pauses = {day: read_windows("breaks", windows) for day, windows in calendar.breaks.items()}
    dated = frozenset(calendar.holidays)
    recurring = frozenset((int(day[:2]), int(day[3:])) for day in calendar.recurring_holidays)
    planned: list[Span] = []
    cancelled: list[Span] = []
    masks: list[Span] = []
    breaks: list[Span] = []
    day_end = 0
    follows: datetime | None = None
    for midnight in _days(calendar, first_year, last_year):
        day_start = day_end if midnight == follows else wall.utc(midnight, 0)
        day_end, follows = wall.utc(midnight, DAY), midnight + _ONE_DAY
        if day_start < day_end:  # else the zone skipped this date
            day = midnight.date()
            holiday = day in dated or (day.month, day.day) in recurring
            cancels = holiday and calendar.holiday_cancels_shift
            if holiday and not cancels:
                masks.append((day_start, day_end))
            windows = shifts.get(day, week[day.weekday()])
            (cancelled if cancels else planned).extend(_to_utc(wall, midnight, windows))
            if day in pauses:
                breaks.extend(_to_utc(wall, midnight, pauses[day]))
    return planned, cancelled, masks, breaks


def _days(calendar: Calendar, first_year: int, last_year: int) -> Iterator[datetime]:
    """Every midnight that matters: without a week only those around shifts, else a far answer costs all years."""
    midnight = datetime.combine(date(first_year, 1, 1), time.min) - _MARGIN_DAYS * _ONE_DAY
    last = datetime.combine(date(last_year, 12, 31), time.min) + _MARGIN_DAYS * _ONE_DAY
    if calendar.week:
        while midnight <= last:
            yield midnight
            midnight += _ONE_DAY
        return
    around = {day.toordinal() + beside for day in calendar.shifts for beside in range(-_MARGIN_DAYS, _MARGIN_DAYS + 1)}
    for ordinal in sorted(around):
        if midnight.toordinal() <= ordinal <= last.toordinal():
            yield datetime.fromordinal(ordinal)


def _to_utc(wall: WallTime, midnight: datetime, windows: Sequence[Span]) -> list[Span]:
    spans = [(wall.utc(midnight, start), wall.utc(midnight, end)) for start, end in windows]
    # A start moved out of a skipped hour may lie behind its own end: then nothing of the window is left.
    return [(start, end) for start, end in spans if start < end]


def _subtract(spans: list[Span], cuts: list[Span]) -> list[Span]:
    """What is left of sorted disjoint spans without sorted disjoint cuts."""
    if not cuts:
        return spans
    left: list[Span] = []
    number = 0
    for start, end in spans:
        while number < len(cuts) and cuts[number][1] <= start:
            number += 1
        at, ahead = start, number
        while ahead < len(cuts) and cuts[ahead][0] < end:
            if at < cuts[ahead][0]:
                left.append((at, cuts[ahead][0]))
            at = max(at, cuts[ahead][1])
            ahead += 1
        if at < end:
            left.append((at, end))
    return left


def _clip(spans: list[Span], low: int, high: int) -> list[Span]:
    return [(max(start, low), min(end, high)) for start, end in spans if start < high and end > low]
