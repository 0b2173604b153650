"""Calendars: what is refused and in which words, one spelling for equal definitions, imports, zones."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from console.domain.axis import compile_axis
from console.domain.calendar import Calendar, Notice
from console.domain.instants import HOUR, MINUTE, from_micros
from console.domain.zones import tzdata_version, wall_to_utc, zone

OFFICE = {"mon": [("09:00", "17:00")]}


def _calendar(**fields: Any) -> Calendar:
    return Calendar.model_validate({"code": "desk", "week": OFFICE, **fields})


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"zone": "Europe/Kyivv"}, ("zone", '"Europe/Kyivv"', "IANA name")),
        ({"zone": "../zones"}, ("zone", '"../zones"')),
        ({"zone": "europe/kyiv"}, ("zone", '"europe/kyiv"')),
        ({"zone": "+25:00"}, ("zone", '"+25:00"')),
        ({"week": {}}, ("week", "no open time", "at least one window")),
        ({"week": {"mon": []}}, ("week", "no open time")),
        ({"week": {"monday": [("09:00", "17:00")]}}, ("week", "'monday'", "mon, tue")),
        ({"week": {"mon": "09:00-17:00"}}, ("week.mon", "'09:00-17:00'", "list of windows")),
        ({"week": {"mon": ["09:00", "17:00"]}}, ("week.mon[0]", "'09:00'", "a start and an end")),
        ({"week": {"mon": [("9:00", "17:00")]}}, ("week.mon[0].start", "'9:00'", "HH:MM")),
        ({"week": {"mon": [("09:00", "24:01")]}}, ("week.mon[0].end", "'24:01'", 'up to "24:00"')),
        ({"week": {"mon": [("09:60", "17:00")]}}, ("week.mon[0].start", "'09:60'")),
        ({"week": {"mon": [("24:00", "17:00")]}}, ("week.mon[0].start", '"24:00"', "before")),
        ({"week": {"mon": [("09:00", "09:00")]}}, ("week.mon[0]", '"09:00"', "other than the start")),
        ({"week": {"mon": [("00:00", "00:00")]}}, ("week.mon[0]", '["00:00", "24:00"]')),
        ({"week": {"mon": [("09:00", "13:00"), ("12:00", "17:00")]}}, ("week.mon", "09:00-13:00", "overlap")),
        ({"week": {"mon": [("22:00", "06:00"), ("23:00", "24:00")]}}, ("week.mon", "22:00-06:00", "overlap")),
        ({"shifts": {"2026-02-30": []}}, ("shifts", "'2026-02-30'", "YYYY-MM-DD")),
        ({"breaks": {"2026-02-03": [("12:00", "12:00")]}}, ("breaks.2026-02-03[0]", '"12:00"')),
        ({"holidays": [20260101]}, ("holidays", "20260101", "YYYY-MM-DD")),
        ({"holidays": [datetime(2026, 1, 1, 9, tzinfo=UTC)]}, ("holidays", "datetime", "YYYY-MM-DD")),
        ({"recurring_holidays": ["02-30"]}, ("recurring_holidays", "'02-30'", "MM-DD")),
        ({"recurring_holidays": ["1-1"]}, ("recurring_holidays", "'1-1'")),
        ({"always": True}, ("week", "expected none", '"always"')),
        ({"always": True, "week": {}, "holidays": ["2026-01-01"]}, ("holidays", '"always"')),
        ({"code": ""}, ("code",)),
        ({"hours": {}}, ("hours",)),
    ],
)
def test_refuses_and_says_what_was_expected(fields: dict[str, Any], words: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError) as refused:
        _calendar(**fields)
    for word in words:
        assert word in str(refused.value)


def test_refuses_a_holiday_on_every_day() -> None:
    days = [f"{date(2023, 1, 1) + timedelta(days=number):%m-%d}" for number in range(365)]
    with pytest.raises(ValueError, match="expected some open time"):
        _calendar(recurring_holidays=days)


@pytest.mark.parametrize(
    ("written", "spelling"),
    [
        ((("09:00:00", "17:00"),), (("09:00", "17:00"),)),
        ((("09:00:30", "17:00"),), (("09:00:30", "17:00"),)),
        ((("16:00", "00:00"),), (("16:00", "24:00"),)),
        ((("22:00", "06:00"),), (("22:00", "06:00"),)),
        ((("13:00", "17:00"), ("09:00", "12:00")), (("09:00", "12:00"), ("13:00", "17:00"))),
        ((("09:00", "12:00"), ("12:00", "17:00")), (("09:00", "12:00"), ("12:00", "17:00"))),
        ((("00:00", "23:59"),), (("00:00", "23:59"),)),
    ],
)
def test_windows_have_one_spelling(written: Any, spelling: Any) -> None:
    assert _calendar(week={"tue": written}).week == {"tue": spelling}


@pytest.mark.parametrize(
    ("written", "taken", "codes"),
    [
        ([("09:00", "13:00"), ("12:00", "17:00")], (("09:00", "17:00"),), ["united"]),
        ([("09:00", "12:00"), ("12:00", "17:00")], (("09:00", "12:00"), ("12:00", "17:00")), []),
        ([("00:00", "23:59")], (("00:00", "24:00"),), ["midnight"]),
        ([("00:00", "23:59:59")], (("00:00", "24:00"),), ["midnight"]),
        ([("09:00", "23:58")], (("09:00", "23:58"),), []),
        ([("00:00", "24:00"), ("22:00", "06:00")], (("00:00", "22:00"), ("22:00", "06:00")), ["united"]),
        ([("09:00", "17:00"), ("09:00", "17:00")], (("09:00", "17:00"),), ["united"]),
        ([("08:00", "20:00"), ("10:00", "12:00"), ("11:00", "21:00")], (("08:00", "21:00"),), ["united"]),
    ],
)
def test_an_import_unites_and_takes_2359_as_midnight(written: Any, taken: Any, codes: list[str]) -> None:
    values = {"code": "theirs", "week": {"tue": written}}
    calendar, notices = Calendar.importing(values)
    assert calendar.week == {"tue": taken}
    assert notices == tuple(Notice(code, "week.tue") for code in codes)
    assert Calendar.uniting(**values) == calendar


@pytest.mark.parametrize(
    ("week", "shifts", "field"),
    [
        ({"mon": [("20:00", "10:00")], "tue": [("09:00", "17:00")]}, {}, "week.mon"),
        ({"sun": [("20:00", "10:00")], "mon": [("09:00", "17:00")]}, {}, "week.sun"),
        ({"mon": [("09:00", "17:00")]}, {"2026-06-07": [("20:00", "09:00:01")]}, "shifts.2026-06-07"),
        ({"mon": [("22:00", "06:00")]}, {"2026-06-02": [("05:00", "08:00")]}, "shifts.2026-06-02"),
        ({"mon": [("20:00", "09:00")], "tue": [("09:00", "17:00")]}, {}, None),
        ({"mon": [("00:00", "24:00")], "tue": [("00:00", "24:00")]}, {}, None),
        ({"mon": [("20:00", "10:00")], "wed": [("09:00", "17:00")]}, {"2026-06-07": []}, None),
        ({"mon": [("22:00", "06:00")]}, {"9999-12-31": [("20:00", "06:00")], "0001-01-01": []}, None),
    ],
)
def test_an_import_keeps_nights_that_run_into_the_next_day_with_a_notice(week: Any, shifts: Any, field: Any) -> None:
    calendar, notices = Calendar.importing({"code": "theirs", "week": week, "shifts": shifts})
    assert notices == (() if field is None else (Notice("united", field),))
    axis = compile_axis(calendar, 2026, 2026)
    assert all(end < start for end, start in zip(axis.table.ends, axis.table.starts[1:], strict=False))


def test_equal_definitions_are_one_key_and_one_form() -> None:
    one = _calendar(holidays=["2026-12-25", date(2026, 1, 1)], shifts={"2026-01-03": [["10:00", "00:00"]]})
    two = _calendar(
        holidays=["2026-01-01", "2026-12-25", "2026-01-01"], shifts={date(2026, 1, 3): [("10:00", "24:00")]}
    )
    assert one == two
    assert hash(one) == hash(two)
    assert json.dumps(one.canonical()) == json.dumps(two.canonical())
    assert one != _calendar()


def test_canonical_form_is_small_sorted_json_that_reads_back() -> None:
    calendar = _calendar(
        zone="Pacific/Apia",
        holidays=["2026-01-01"],
        recurring_holidays=["12-25"],
        shifts={"2026-01-03": [("10:00", "12:00")], "2026-01-02": []},
        breaks={"2026-01-05": [("12:00", "13:00")]},
    )
    form = calendar.canonical()
    assert form == {
        "breaks": {"2026-01-05": [["12:00", "13:00"]]},
        "code": "desk",
        "holidays": ["2026-01-01"],
        "recurring_holidays": ["12-25"],
        "shifts": {"2026-01-02": [], "2026-01-03": [["10:00", "12:00"]]},
        "week": {"mon": [["09:00", "17:00"]]},
        "zone": "Pacific/Apia",
    }
    assert list(form) == sorted(form)
    assert Calendar.model_validate(json.loads(json.dumps(form))) == calendar


def test_a_calendar_is_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        _calendar().zone = "UTC"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("fields", "continuous"),
    [
        ({"always": True, "week": {}}, True),
        ({"week": {day: [("00:00", "24:00")] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}}, True),
        ({}, False),
    ],
)
def test_continuous(fields: dict[str, Any], continuous: bool) -> None:
    assert _calendar(**fields).continuous is continuous


def test_holidays_dated_and_recurring() -> None:
    calendar = _calendar(holidays=["2026-03-09"], recurring_holidays=["02-29"])
    found = [day for day in (date(2026, 3, 9), date(2027, 3, 9), date(2028, 2, 29)) if calendar.is_holiday(day)]
    assert found == [date(2026, 3, 9), date(2028, 2, 29)]


@pytest.mark.parametrize(
    ("name", "minutes"),
    [
        ("UTC", 0),
        ("Z", 0),
        ("Etc/UTC", 0),
        ("+02:00", 120),
        ("-0330", -210),
        ("UTC+2", 120),
        ("UTC-05:30", -330),
        ("Asia/Kolkata", 330),
    ],
)
def test_zones(name: str, minutes: int) -> None:
    assert zone(name).utcoffset(datetime(2026, 1, 1)) == timedelta(minutes=minutes)  # noqa: DTZ001
    assert zone(name) is zone(name)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "+17:00", "UTC+", "+02:60", "Europe", "Europe/../UTC", "/UTC"])
def test_unknown_zones(name: str) -> None:
    with pytest.raises(ValueError, match="zone: found"):
        zone(name)


def test_tzdata_version_is_an_iana_release() -> None:
    assert tzdata_version()[:4].isdigit()
    assert tzdata_version()[4:].isalpha()


@pytest.mark.parametrize(
    ("name", "day", "wall_us", "instant"),
    [
        ("America/Los_Angeles", date(2014, 3, 9), 150 * MINUTE, "2014-03-09T10:30:00+00:00"),
        ("America/Los_Angeles", date(2014, 11, 2), 90 * MINUTE, "2014-11-02T08:30:00+00:00"),
        ("America/Sao_Paulo", date(2015, 10, 17), 24 * HOUR, "2015-10-18T03:00:00+00:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), 135 * MINUTE, "2026-10-03T15:45:00+00:00"),
        ("Pacific/Apia", date(2011, 12, 30), 0, "2011-12-30T10:00:00+00:00"),
        ("Pacific/Apia", date(2011, 12, 31), 0, "2011-12-30T10:00:00+00:00"),
    ],
)
def test_a_skipped_hour_moves_later_and_a_repeated_one_is_the_first(
    name: str, day: date, wall_us: int, instant: str
) -> None:
    assert from_micros(wall_to_utc(zone(name), day, wall_us)).isoformat() == instant
