"""Holidays become dates in the calendar that is adopted: by country, from an iCalendar file, or listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from console.domain.calendar import Calendar
from console.domain.errors import UserError
from console.services.holidays import ical_days, read_pack
from tests.domain.packs import POLICIES, pack_text

LISTED = '[[calendars]]\ncode = "tickets"'


def pack_file(folder: Path, sources: str) -> Path:
    """The analytics pack with these sources of holidays in its ticket calendar."""
    path = folder / "mine.toml"
    path.write_text(pack_text("analytics").replace(LISTED, f"{LISTED}\nholidays_of = [{sources}]"), "utf-8")
    return path


def tickets_calendar(path: Path) -> Calendar:
    pack, data = read_pack(path)
    assert data == path.read_bytes()
    return next(entry.hours for entry in pack.calendars if entry.code == "tickets")


def test_a_country_closes_its_holidays(tmp_path: Path) -> None:
    found = tickets_calendar(pack_file(tmp_path, '{ country = "DE", first_year = 2026, last_year = 2027 }'))
    assert {date(2026, 5, 1), date(2026, 12, 25), date(2027, 10, 3)} <= set(found.holidays)
    assert {day.year for day in found.holidays} == {2026, 2027}
    assert date(2026, 1, 6) not in found.holidays


def test_a_subdivision_has_holidays_of_its_own(tmp_path: Path) -> None:
    source = '{ country = "DE", subdivision = "BY", first_year = 2026, last_year = 2026 }'
    assert date(2026, 1, 6) in tickets_calendar(pack_file(tmp_path, source)).holidays


def test_without_sources_the_listed_days_stay_and_several_are_united(tmp_path: Path) -> None:
    pack, _ = read_pack(POLICIES / "analytics.toml")
    assert [entry.hours.holidays for entry in pack.calendars] == [(), ()]
    (tmp_path / "days.ics").write_bytes(ics("DTSTART;VALUE=DATE:20260601"))
    years = "first_year = 2026, last_year = 2026"
    path = pack_file(tmp_path, f'{{ country = "DE", {years} }}, {{ file = "days.ics", {years} }}')
    listed = path.read_text("utf-8").replace('zone = "UTC+2"', 'zone = "UTC+2"\nholidays = [2026-07-01]', 1)
    path.write_text(listed, "utf-8")
    assert {date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)} <= set(tickets_calendar(path).holidays)


@pytest.mark.parametrize(
    ("source", "key", "found", "expected"),
    [
        ('country = "XX"', "holidays_of.country", "'XX'", "such as DE"),
        ('country = "DE", subdivision = "ZZ"', "holidays_of.subdivision", "'ZZ'", "BY"),
        ('country = "XK", subdivision = "BY"', "holidays_of.subdivision", "'BY'", "no subdivisions"),
        ('file = "missing.ics"', "file", "No such file", "can be read"),
    ],
)
def test_what_is_not_known_is_refused(tmp_path: Path, source: str, key: str, found: str, expected: str) -> None:
    with pytest.raises(UserError) as refusal:
        read_pack(pack_file(tmp_path, f"{{ {source}, first_year = 2026, last_year = 2026 }}"))
    assert refusal.value.code == "holidays_invalid"
    values = refusal.value.values
    assert key in str(values["key"])
    assert found in str(values["found"])
    assert expected in str(values["expected"])


@pytest.mark.parametrize(
    "source",
    [
        'country = "DE", file = "days.ics", first_year = 2026, last_year = 2026',
        "first_year = 2026, last_year = 2026",
        'country = "de", first_year = 2026, last_year = 2026',
        'country = "DE", first_year = 2027, last_year = 2026',
        'file = "days.ics", subdivision = "BY", first_year = 2026, last_year = 2026',
    ],
)
def test_a_source_that_contradicts_itself_is_refused(tmp_path: Path, source: str) -> None:
    with pytest.raises(UserError) as refusal:
        read_pack(pack_file(tmp_path, f"{{ {source} }}"))
    assert refusal.value.code == "pack_invalid"
    assert "holidays_of" in str(refusal.value.values["key"])


def test_a_calendar_that_never_closes_has_no_holidays(tmp_path: Path) -> None:
    text = pack_text("community").replace(
        'code = "24x7"\nname',
        'code = "24x7"\nholidays_of = [{ country = "DE", first_year = 2026, last_year = 2026 }]\nname',
        1,
    )
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError, match="holidays_invalid"):
        read_pack(path)


def test_a_pack_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="pack_unreadable"):
        read_pack(tmp_path / "missing.toml")


def ics(*lines: str) -> bytes:
    """An iCalendar file with one event."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//t//t//EN", "BEGIN:VEVENT", "UID:1", "SUMMARY:Day"]
    return "\r\n".join([*head, *lines, "END:VEVENT", "END:VCALENDAR", ""]).encode()


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["DTSTART;VALUE=DATE:20260501"], ["2026-05-01"]),
        (["DTSTART;VALUE=DATE:20250501"], []),
        (["DTSTART;VALUE=DATE:20260501", "DTEND;VALUE=DATE:20260503"], ["2026-05-01", "2026-05-02"]),
        (["DTSTART;VALUE=DATE:20260501", "DURATION:P2D"], ["2026-05-01", "2026-05-02"]),
        (["DTSTART;VALUE=DATE:20200501", "RRULE:FREQ=YEARLY"], ["2026-05-01", "2027-05-01"]),
        (
            ["DTSTART;VALUE=DATE:20200501", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20260501"],
            ["2027-05-01"],
        ),
        (["DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY"], []),
        (
            ["DTSTART;VALUE=DATE:20191231", "DTEND;VALUE=DATE:20200102", "RRULE:FREQ=YEARLY"],
            ["2026-01-01", "2026-12-31", "2027-01-01", "2027-12-31"],
        ),
        (["DTSTART;VALUE=DATE:20260501", "STATUS:CANCELLED"], []),
    ],
)
def test_days_of_an_icalendar_file(tmp_path: Path, lines: list[str], days: list[str]) -> None:
    path = tmp_path / "days.ics"
    path.write_bytes(ics(*lines))
    assert [day.isoformat() for day in ical_days(path, range(2026, 2028))] == days


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (ics("DTSTART:20260501T100000Z"), "DTSTART"),
        (ics("DTSTART;VALUE=DATE:20260501", "DTEND:20260501T100000Z"), "DTEND"),
        (ics("DTSTART;VALUE=DATE:20260501", "DTEND;VALUE=DATE:20260501"), "length"),
        (ics("DTSTART;VALUE=DATE:20260501", "DTEND;VALUE=DATE:20290501"), "length"),
        (ics("DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=WEEKLY"), "RRULE"),
        (ics("DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY;COUNT=3"), "COUNT"),
        (ics("DESCRIPTION:none"), "no DTSTART"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "no event"),
        (b"hello", ""),
        (b"\xff\xfe\x00", ""),
        (b"", ""),
        (b"x" * 4_000_001, "more than"),
    ],
)
def test_what_is_not_a_list_of_days_is_refused(tmp_path: Path, data: bytes, found: str) -> None:
    path = tmp_path / "days.ics"
    path.write_bytes(data)
    with pytest.raises(UserError) as refusal:
        ical_days(path, range(2026, 2028))
    assert refusal.value.code == "holidays_invalid"
    assert found in str(refusal.value.values["found"])
