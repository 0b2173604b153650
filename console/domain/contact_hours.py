"""When support can be reached, by way and plan (OW-2, OW-3, OD-22)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from console.domain.compile import CompiledBook
from console.domain.instants import from_micros, to_micros
from console.domain.policy import Pack
from console.domain.policy_values import Text


@dataclass(frozen=True, slots=True)
class ContactHours:
    """A way to reach support at an instant; `next_change` is when it opens or closes, none: never."""

    contact: str
    name: Text
    open: bool
    next_change: int | None


def contact_hours(book: CompiledBook, pack: Pack, plan: str | None, at: int) -> tuple[ContactHours, ...]:
    """The ways that the plan includes, at `at` (microseconds UTC); those of the pack for a plan that lists none."""
    found = pack.plan(plan)
    included = found.contacts if found is not None and found.contacts else tuple(each.code for each in pack.contacts)
    hours = []
    for contact in pack.contacts:
        axis = book.axis(pack.code, contact.calendar or pack.calendar)
        if contact.code in included and axis is not None:
            is_open = axis.is_open(at)
            change = axis.next_close(at) if is_open else axis.next_start(at)
            hours.append(ContactHours(contact.code, contact.name, is_open, change))
    return tuple(hours)


@dataclass(frozen=True, slots=True)
class DayHours:
    """Days of a week that are open alike: from `first` to `last` (0 is Monday) in these windows of local time.

    A window is ("09:00", "17:00"); one that runs on past midnight ends at "24:00" and goes on at "00:00".
    """

    first: int
    last: int
    windows: tuple[tuple[str, str], ...]


def open_spans(book: CompiledBook, pack: Pack, contact: str, begin: int, end: int) -> tuple[tuple[int, int], ...]:
    """When a way is open from `begin` to `end`, microseconds UTC; by its own calendar, else by that of the pack."""
    found = next((each for each in pack.contacts if each.code == contact), None)
    axis = None if found is None else book.axis(pack.code, found.calendar or pack.calendar)
    if axis is None:
        return ()
    return tuple((first, last) for first, last, kind in axis.edges(begin, end) if kind == "open")


def week_of(at: int, zone: tzinfo) -> tuple[int, int]:
    """From Monday 00:00 to the next in a zone, the week that `at` (microseconds UTC) falls into."""
    day = from_micros(at).astimezone(zone).date()
    monday = day - timedelta(days=day.weekday())
    first, last = (
        datetime(each.year, each.month, each.day, tzinfo=zone) for each in (monday, monday + timedelta(days=7))
    )
    return to_micros(first), to_micros(last)


def week_hours(spans: Sequence[tuple[int, int]], begin: int, zone: tzinfo) -> tuple[DayHours, ...]:
    """The week from `begin` (Monday 00:00 of the zone) as people say it: neighbouring days that are alike together."""
    monday = from_micros(begin).astimezone(zone).date()
    days: list[tuple[tuple[str, str], ...]] = []
    for number in range(7):
        date = monday + timedelta(days=number)
        first, last = (
            to_micros(datetime(each.year, each.month, each.day, tzinfo=zone))
            for each in (date, date + timedelta(days=1))
        )
        found = [(max(a, first), min(b, last)) for a, b in spans if a < last and b > first]
        days.append(tuple((_hour(a, zone), "24:00" if b == last else _hour(b, zone)) for a, b in found))
    hours: list[DayHours] = []
    for number, windows in enumerate(days):
        if hours and hours[-1].windows == windows:
            hours[-1] = replace(hours[-1], last=number)
        else:
            hours.append(DayHours(number, number, windows))
    return tuple(each for each in hours if each.windows)


def _hour(instant: int, zone: tzinfo) -> str:
    return f"{from_micros(instant).astimezone(zone):%H:%M}"
