"""Holidays as dates: by country and subdivision, from an iCalendar file, or listed (then there is nothing to do).

They are written into the calendar that is adopted. A newer version of the package, or of the file, moves nothing until
somebody adopts the pack again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import holidays

from console.domain.errors import UserError
from console.domain.pack_file import load_pack
from console.domain.policy import CalendarEntry, Pack
from console.domain.policy_terms import HolidaySource

if TYPE_CHECKING:
    from icalendar import Component

_MOST_BYTES = 4_000_000
_LONGEST = timedelta(days=366)


def read_pack(path: Path) -> tuple[Pack, bytes]:
    """The pack in a file, its holidays as dates, and the text of the file: what `store.policies.adopt` takes.

    Raises UserError pack_unreadable, pack_invalid and holidays_invalid.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError("pack_unreadable", file=str(path), why=error.strerror or str(error)) from error
    return with_dates(load_pack(data, path.name), path), data


def with_dates(pack: Pack, path: Path) -> Pack:
    """The pack of the file `path` with the dates of all `holidays_of` in its calendars.

    Raises UserError holidays_invalid with file, key, found and expected.
    """
    return pack.model_copy(update={"calendars": tuple(_dated(entry, path) for entry in pack.calendars)})


def _dated(entry: CalendarEntry, path: Path) -> CalendarEntry:
    if not entry.holidays_of:
        return entry
    key = f"calendars.{entry.code}.holidays_of"
    if entry.hours.always:
        raise _invalid(path, key, "a calendar that is always open", "windows, which holidays can close")
    days = set(entry.hours.holidays)
    for source in entry.holidays_of:
        days.update(days_of(source, path, key))
    hours = entry.hours.model_copy(update={"holidays": tuple(sorted(days))})
    return entry.model_copy(update={"hours": hours, "holidays_of": ()})


def days_of(source: HolidaySource, path: Path, key: str) -> Iterable[date]:
    """The days of a source that the file `path` names under `key`. Raises UserError holidays_invalid."""
    years = range(source.first_year, source.last_year + 1)
    if source.file is not None:
        return ical_days(path.parent / source.file, years)
    country = source.country or ""
    known = holidays.list_supported_countries(include_aliases=False)
    if country not in known:
        raise _invalid(path, f"{key}.country", repr(country), "a country whose holidays are known, such as DE")
    if source.subdivision is not None and source.subdivision not in known[country]:
        expected = "one of " + ", ".join(known[country]) if known[country] else "none: this country has no subdivisions"
        raise _invalid(path, f"{key}.subdivision", repr(source.subdivision), expected)
    found = holidays.country_holidays(country, subdiv=source.subdivision, years=years)
    # Of an observed holiday the package also gives the day of a neighbouring year.
    return [day for day in found if day.year in years]


def ical_days(path: Path, years: range) -> list[date]:
    """The days of an iCalendar file's events in `years`: whole days, once or every year.

    Raises UserError holidays_invalid for a file that cannot be read, timed events and other rules of repetition.
    """
    # A tenth of every command's start, and a file of holidays is read once a year.
    from icalendar import Calendar

    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise _invalid(path, "file", error.strerror or str(error), "a file that can be read") from error
    if len(data) > _MOST_BYTES:
        raise _invalid(path, "file", f"more than {_MOST_BYTES} bytes", "a list of holidays")
    try:
        calendars = Calendar.from_ical(data, multiple=True)
    except ValueError as error:
        raise _invalid(path, "file", str(error)[:80], "an iCalendar file") from error
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if not events:
        raise _invalid(path, "file", "no event", "at least one VEVENT")
    return sorted({day for event in events for day in _event_days(event, years, path)})


def _event_days(event: Component, years: range, path: Path) -> Iterator[date]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    key = f"VEVENT {str(event.get('SUMMARY', event.get('UID', '')))[:40]}"
    if "DTSTART" not in event:
        raise _invalid(path, key, "no DTSTART", "a day")
    start = event.decoded("DTSTART")
    if isinstance(start, datetime) or not isinstance(start, date):
        raise _invalid(path, key, f"DTSTART {start}", "a whole day (VALUE=DATE)")
    length = _length(event, start, path, key)
    excepted = _excepted(event)
    for begin in _beginnings(event, start, years, path, key):
        if begin not in excepted:
            days = (begin + timedelta(days=number) for number in range(length.days))
            yield from (day for day in days if day.year in years)


def _length(event: Component, start: date, path: Path, key: str) -> timedelta:
    if "DTEND" in event:
        end = event.decoded("DTEND")
        if isinstance(end, datetime) or not isinstance(end, date):
            raise _invalid(path, key, f"DTEND {end}", "a whole day (VALUE=DATE)")
        length = end - start
    else:
        length = event.decoded("DURATION") if "DURATION" in event else timedelta(days=1)
    if not timedelta(days=1) <= length <= _LONGEST or length % timedelta(days=1):
        raise _invalid(path, key, f"a length of {length}", "one day or more, a year at most")
    return length


def _beginnings(event: Component, start: date, years: range, path: Path, key: str) -> Iterator[date]:
    rule = event.get("RRULE")
    if rule is None:
        yield start
        return
    parts = {str(name).upper(): value for name, value in rule.items()}
    if parts.pop("FREQ", None) != ["YEARLY"] or parts.pop("INTERVAL", [1]) != [1] or parts:
        raise _invalid(path, key, f"RRULE {rule.to_ical().decode()}", "a day, or FREQ=YEARLY and nothing else")
    # The year before may reach over New Year.
    for year in range(max(start.year, years.start - 1), years.stop):
        try:
            yield start.replace(year=year)
        except ValueError:
            continue  # the 29th of February, in a year without one


def _excepted(event: Component) -> frozenset[date]:
    found = event.get("EXDATE", [])
    lists = found if isinstance(found, list) else [found]
    return frozenset(each.dt for one in lists for each in one.dts)


def _invalid(path: Path, key: str, found: str, expected: str) -> UserError:
    return UserError("holidays_invalid", file=path.name, key=key, found=found, expected=expected)
