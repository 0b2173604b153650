"""What working time costs: deadlines, what is left, compiling a calendar."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np

from console.domain.axis import Axis, AxisCache, compile_axis
from console.domain.axis_book import AxisBook
from console.domain.calendar import Calendar
from console.domain.instants import DAY, HOUR, from_micros
from console.domain.zones import zone
from tests.speed.measure import Line, Run
from tests.speed.references import conversions, searched, searched_many, subtraction

YEARS = (2020, 2034)
ZONES = ("Europe/Kyiv", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Europe/London")
HOLIDAYS = ("01-01", "01-06", "03-08", "05-01", "05-09", "06-28", "07-15", "08-24", "10-01", "11-11", "12-25", "12-26")
NO_PEER = "peer not installed"


def calendar(code: str, zone_name: str, *, lunch: bool = False) -> Calendar:
    """Weekdays 9 to 17, twelve holidays a year listed by date; with `lunch` closed from 13 to 14."""
    windows = [("09:00", "13:00"), ("14:00", "17:00")] if lunch else [("09:00", "17:00")]
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), windows)
    return Calendar(code=code, zone=zone_name, week=week, holidays=holidays())


def holidays() -> tuple[date, ...]:
    return tuple(date.fromisoformat(f"{year}-{day}") for year in range(YEARS[0], YEARS[1] + 1) for day in HOLIDAYS)


def peer(folder: Path) -> ModuleType | None:
    """The reference that calls `workclock`, from the folder into which `make bench` puts it."""
    sys.path.append(str(folder))
    try:
        return import_module("tests.speed.references.peer")
    except ModuleNotFoundError:
        return None
    finally:
        sys.path.remove(str(folder))


def lines(share: float, peers: Path) -> Iterator[Line]:
    """`share` of the full size of a million."""
    count = max(int(1_000_000 * share), 1000)
    random = np.random.default_rng(1)
    office = compile_axis(calendar("office", "Europe/Kyiv"), *YEARS)
    begin = office.table.low + 20 * DAY
    us = random.integers(begin, begin + 3000 * DAY, count)
    targets = random.integers(HOUR, 2000 * HOUR, count)
    found = peer(peers)
    yield _one_calendar(office, us, targets)
    yield from _many_calendars(us, targets, random.integers(0, 20, count))
    yield _batch(office, us, targets, found)
    yield from _single(office, us[:2000], found)
    yield from _compiling()


def _one_calendar(office: Axis, us: np.ndarray, targets: np.ndarray) -> Line:
    table, book = office.table, AxisBook([office])
    ours = partial(book.deadlines, None, us, targets)
    theirs = partial(searched.deadlines, table.start_array, table.end_array, table.before_array, us, targets)
    _agree(ours(), theirs())
    what = "deadlines, one calendar, against np.searchsorted"
    return Line("deadlines", what, Run(ours, us.size), "faster", 4, Run(theirs, us.size))


def _many_calendars(us: np.ndarray, targets: np.ndarray, calendars: np.ndarray) -> Iterator[Line]:
    axes = [compile_axis(calendar(f"c{n}", ZONES[n % 5], lunch=n % 2 == 1), *YEARS) for n in range(20)]
    tables = [(axis.table.start_array, axis.table.end_array, axis.table.before_array) for axis in axes]
    book = AxisBook(axes)
    ours = partial(book.deadlines, calendars, us, targets)
    theirs = partial(searched_many.deadlines, tables, calendars, us, targets)
    _agree(ours(), theirs())
    what = "deadlines, 20 calendars, against np.searchsorted by calendar"
    yield Line("calendars", what, Run(ours, us.size), "faster", 3, Run(theirs, us.size))

    now = int(us[0])
    dues = book.positions(calendars, us) + targets
    at_now = np.array([axis.position(now) for axis in axes])
    ours_left = partial(book.left, calendars, dues, now)
    theirs_left = partial(subtraction.left, dues, calendars, at_now)
    _agree(ours_left(), theirs_left())
    what = "working time left now, 20 calendars, against take and subtraction"
    yield Line("left", what, Run(ours_left, us.size), "within", 1.5, Run(theirs_left, us.size))


def _batch(office: Axis, us: np.ndarray, targets: np.ndarray, found: ModuleType | None) -> Line:
    ours = partial(AxisBook([office]).deadlines, None, us, targets)
    what = "deadlines, one calendar, against the batch call of workclock"
    if found is None:
        return Line("batch", what, Run(ours, us.size), "faster", 100, lacks=NO_PEER)
    few = min(us.size, 20_000)
    starts, lengths = us[:few].astype("M8[us]"), targets[:few].astype("m8[us]")
    theirs = partial(found.batch, found.schedule("Europe/Kyiv", holidays()), starts, lengths)
    _agree(ours()[:few], theirs().astype(np.int64))
    return Line("batch", what, Run(ours, us.size), "faster", 100, Run(theirs, few))


def _single(office: Axis, us: np.ndarray, found: ModuleType | None) -> Iterator[Line]:
    starts = [from_micros(at) for at in us.tolist()]
    day, decade = timedelta(hours=8), timedelta(hours=8 * 250 * 10)

    def ours(target: timedelta) -> list[datetime]:
        return [office.deadline_at(start, target) for start in starts]

    near = Run(partial(ours, day), len(starts))
    what = "a deadline by call with datetimes, against workclock"
    if found is None:
        yield Line("call", what, near, "faster", 3, lacks=NO_PEER)
    else:
        schedule = found.schedule("Europe/Kyiv", holidays())
        theirs = partial(found.by_call, schedule, starts, day)
        if ours(day) != [each.astimezone(UTC) for each in theirs()]:
            raise AssertionError("workclock says otherwise")
        yield Line("call", what, near, "faster", 3, Run(theirs, len(starts)))
    far = Run(partial(ours, decade), len(starts))
    yield Line("far", "the same ten years ahead, against a day ahead", far, "within", 1.5, near)


def _compiling() -> Iterator[Line]:
    definition = calendar("office", "Europe/Kyiv")
    first = date(YEARS[0], 1, 1)
    every = (first + timedelta(days=number) for number in range((date(YEARS[1] + 1, 1, 1) - first).days))
    days = [day for day in every if day.weekday() < 5]
    compiled = Run(partial(compile_axis, definition, *YEARS), 1)
    bare = Run(partial(conversions.convert, zone("Europe/Kyiv"), days, 9, 17), 1)
    yield Line("axis", "an axis of 15 years, against its zone conversions", compiled, "within", 4, bare)
    cache = AxisCache()
    cache.axis(definition)
    again = Run(lambda: [cache.axis(calendar) for calendar in (definition,) * 100], 100)
    yield Line("cached", "the axis of a known calendar, against compiling", again, "faster", 100, compiled)


def _agree(ours: np.ndarray, theirs: np.ndarray) -> None:
    if not np.array_equal(ours, theirs):
        raise AssertionError("subject and reference do not agree")
