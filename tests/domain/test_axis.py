"""The rules of the axis as tables of dated cases; all calendars are Mon-Fri 09-17 in Kyiv unless a case says so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from console.domain.axis import Axis, AxisCache, compile_axis
from console.domain.calendar import Calendar
from console.domain.instants import DAY, HOUR, SECOND, format_instant, parse_instant

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
WEEK = (*WORKDAYS, "sat", "sun")


def _axis(years: tuple[int, int] = (2026, 2026), **fields: Any) -> Axis:
    office = dict.fromkeys(WORKDAYS, (("09:00", "17:00"),))
    defaults: dict[str, Any] = {"code": "desk", "zone": "Europe/Kyiv", "week": office}
    return compile_axis(Calendar.model_validate(defaults | fields), *years)


def _every(*windows: tuple[str, str], days: tuple[str, ...] = WEEK) -> dict[str, Any]:
    return dict.fromkeys(days, windows)


ALWAYS: dict[str, Any] = {"always": True, "week": {}}
NIGHTS: dict[str, Any] = {"week": _every(("22:00", "06:00"))}


@pytest.mark.parametrize(
    ("rule", "fields", "start", "seconds", "due"),
    [
        ("inside a day", {}, "2026-06-01T07:00:00Z", 3600, "2026-06-01T08:00:00Z"),
        ("stays on closing", {}, "2026-06-01T06:00:00Z", 28800, "2026-06-01T14:00:00Z"),
        ("starts at closing", {}, "2026-06-01T14:00:00Z", 3600, "2026-06-02T07:00:00Z"),
        ("over a weekend", {}, "2026-06-05T13:00:00Z", 7200, "2026-06-08T07:00:00Z"),
        ("0 while open", {}, "2026-06-01T07:00:00Z", 0, "2026-06-01T07:00:00Z"),
        ("0 on closing", {}, "2026-06-01T14:00:00Z", 0, "2026-06-02T06:00:00Z"),
        ("backwards stays on opening", {}, "2026-06-01T14:00:00Z", -28800, "2026-06-01T06:00:00Z"),
        ("holiday", {"holidays": ["2026-06-01"]}, "2026-06-01T07:00:00Z", 1, "2026-06-02T06:00:01Z"),
        ("recurring", {"recurring_holidays": ["06-01"]}, "2026-06-01T07:00:00Z", 1, "2026-06-02T06:00:01Z"),
        ("24x7", ALWAYS, "2026-03-28T12:00:00Z", 86400, "2026-03-29T12:00:00Z"),
        (
            "24:00 is no gap",
            {"week": _every(("00:00", "08:00"), ("16:00", "24:00"))},
            "2026-06-01T17:00:00Z",
            18000,
            "2026-06-01T22:00:00Z",
        ),
        (
            "shift replaces",
            {"shifts": {"2026-06-01": [["10:00", "11:00"]]}},
            "2026-06-01T06:00:00Z",
            3601,
            "2026-06-02T06:00:01Z",
        ),
        ("shift closes", {"shifts": {"2026-06-01": []}}, "2026-06-01T06:00:00Z", 1, "2026-06-02T06:00:01Z"),
        (
            "break",
            {"breaks": {"2026-06-01": [["12:00", "13:00"]]}},
            "2026-06-01T08:00:00Z",
            7200,
            "2026-06-01T11:00:00Z",
        ),
        ("seconds", {"week": _every(("09:00:30", "17:00"))}, "2026-06-01T00:00:00Z", 1, "2026-06-01T06:00:31Z"),
    ],
)
def test_deadlines(rule: str, fields: dict[str, Any], start: str, seconds: int, due: str) -> None:
    assert format_instant(_axis(**fields).deadline(parse_instant(start), seconds * SECOND)) == due, rule


@pytest.mark.parametrize(
    ("rule", "fields", "start", "end", "hours"),
    [
        ("spring night", NIGHTS, "2026-03-28T18:00:00Z", "2026-03-29T09:00:00Z", 7.0),
        ("autumn night", NIGHTS, "2026-10-24T17:00:00Z", "2026-10-25T10:00:00Z", 9.0),
        ("reversed", {}, "2026-06-01T08:00:00Z", "2026-06-01T07:00:00Z", -1.0),
        # A Saturday 06:00 belongs to Friday's night.
        (
            "night of its start day",
            {"week": _every(("22:00", "06:00"), days=("fri",))},
            "2026-06-05T00:00:00Z",
            "2026-06-08T00:00:00Z",
            8.0,
        ),
        (
            "holiday masks the morning",
            {**NIGHTS, "holidays": ["2026-12-25"]},
            "2026-12-24T10:00:00Z",
            "2026-12-26T10:00:00Z",
            2.0 + 6.0,
        ),
        (
            "holiday cancels the shift",
            {**NIGHTS, "holidays": ["2026-12-25"], "holiday_cancels_shift": True},
            "2026-12-24T10:00:00Z",
            "2026-12-26T10:00:00Z",
            8.0,
        ),
        (
            "holiday wins over a shift",
            {"holidays": ["2026-06-01"], "shifts": {"2026-06-01": [["10:00", "11:00"]]}},
            "2026-06-01T00:00:00Z",
            "2026-06-02T00:00:00Z",
            0.0,
        ),
        (
            "edge in a gap",
            {"zone": "America/New_York", "week": _every(("02:30", "10:00"))},
            "2026-03-08T05:00:00Z",
            "2026-03-08T16:00:00Z",
            6.5,
        ),
        (
            "window inside a gap",
            {"zone": "America/New_York", "week": _every(("02:10", "02:50"))},
            "2026-03-08T05:00:00Z",
            "2026-03-08T16:00:00Z",
            2 / 3,
        ),
        (
            "window swallowed by a gap",
            {"zone": "America/New_York", "week": _every(("02:30", "03:10"))},
            "2026-03-08T05:00:00Z",
            "2026-03-08T16:00:00Z",
            0.0,
        ),
        (
            "edge in a fold",
            {"zone": "America/New_York", "week": _every(("01:30", "05:00"))},
            "2026-11-01T00:00:00Z",
            "2026-11-01T17:00:00Z",
            4.5,
        ),
        (
            "half an hour of summer time",
            {**NIGHTS, "zone": "Australia/Lord_Howe"},
            "2026-04-04T09:00:00Z",
            "2026-04-05T01:30:00Z",
            8.5,
        ),
        (
            "a skipped date has no window",
            {"zone": "Pacific/Apia"},
            "2011-12-28T22:00:00Z",
            "2012-01-02T22:00:00Z",
            24.0,
        ),
        (
            "fixed offset",
            {"zone": "+02:00"},
            "2026-06-01T07:00:00Z",
            "2026-06-01T16:00:00Z",
            8.0,
        ),
    ],
)
def test_work(rule: str, fields: dict[str, Any], start: str, end: str, hours: float) -> None:
    assert _axis(**fields).work(parse_instant(start), parse_instant(end)) == round(hours * HOUR), rule


@pytest.mark.parametrize(
    ("at", "is_open", "next_open", "prev_open", "next_close", "next_start"),
    [
        ("2026-06-01T05:59", False, "2026-06-01T06:00", "2026-05-29T14:00", "2026-06-01T14:00", "2026-06-01T06:00"),
        ("2026-06-01T06:00", True, "2026-06-01T06:00", "2026-05-29T14:00", "2026-06-01T14:00", "2026-06-02T06:00"),
        ("2026-06-01T07:00", True, "2026-06-01T07:00", "2026-06-01T07:00", "2026-06-01T14:00", "2026-06-02T06:00"),
        ("2026-06-01T14:00", False, "2026-06-02T06:00", "2026-06-01T14:00", "2026-06-02T14:00", "2026-06-02T06:00"),
        ("2026-12-31T20:00", False, "2027-01-01T07:00", "2026-12-31T15:00", "2027-01-01T15:00", "2027-01-01T07:00"),
        ("2026-01-01T00:00", False, "2026-01-01T07:00", "2025-12-31T15:00", "2026-01-01T15:00", "2026-01-01T07:00"),
    ],
)
def test_edges_are_half_open(
    at: str, is_open: bool, next_open: str, prev_open: str, next_close: str, next_start: str
) -> None:
    axis, us = _axis(), parse_instant(f"{at}:00Z")
    assert axis.is_open(us) is is_open
    found = [move(us) for move in (axis.next_open, axis.prev_open, axis.next_close, axis.next_start)]
    assert found == [parse_instant(f"{text}:00Z") for text in (next_open, prev_open, next_close, next_start)]


@pytest.mark.parametrize(
    ("fields", "start", "end", "pieces"),
    [
        (
            {"holidays": ["2026-06-02"]},
            "2026-06-01T13:00:00Z",
            "2026-06-03T07:00:00Z",
            [
                ("2026-06-01T13:00:00Z", "open"),
                ("2026-06-01T14:00:00Z", "closed"),
                ("2026-06-02T06:00:00Z", "holiday"),
                ("2026-06-02T14:00:00Z", "closed"),
                ("2026-06-03T06:00:00Z", "open"),
            ],
        ),
        (
            {"holidays": ["2026-06-02"], "breaks": {"2026-06-02": [["12:00", "13:00"]]}},
            "2026-06-02T07:00:00Z",
            "2026-06-02T11:00:00Z",
            [
                ("2026-06-02T07:00:00Z", "holiday"),
                ("2026-06-02T09:00:00Z", "closed"),
                ("2026-06-02T10:00:00Z", "holiday"),
            ],
        ),
        (
            {**NIGHTS, "holidays": ["2026-06-02"], "holiday_cancels_shift": True},
            "2026-06-02T00:00:00Z",
            "2026-06-03T12:00:00Z",
            [
                ("2026-06-02T00:00:00Z", "open"),
                ("2026-06-02T03:00:00Z", "closed"),
                ("2026-06-02T19:00:00Z", "holiday"),
                ("2026-06-03T03:00:00Z", "closed"),
            ],
        ),
        # A holiday on a Sunday takes nothing.
        (
            {"holidays": ["2026-06-07"]},
            "2026-06-07T00:00:00Z",
            "2026-06-07T20:00:00Z",
            [("2026-06-07T00:00:00Z", "closed")],
        ),
        (ALWAYS, "2026-06-01T00:00:00Z", "2029-06-01T00:00:00Z", [("2026-06-01T00:00:00Z", "open")]),
        ({}, "2026-06-01T07:00:00Z", "2026-06-01T07:00:00Z", []),
        ({}, "2026-06-01T07:00:00Z", "2026-06-01T06:00:00Z", []),
    ],
)
def test_pieces_of_time(fields: dict[str, Any], start: str, end: str, pieces: list[tuple[str, str]]) -> None:
    a, b = parse_instant(start), parse_instant(end)
    found = _axis(**fields).edges(a, b)
    assert [(format_instant(first), kind) for first, _, kind in found] == pieces
    assert [last for _, last, _ in found] == [first for first, _, _ in found[1:]] + ([b] if pieces else [])


def test_24x7_positions_are_instants() -> None:
    axis, us = _axis(**ALWAYS), parse_instant("2026-06-01T07:00:00Z")
    assert axis.position(us) == axis.due(us) == axis.start(us) == us
    assert axis.next_close(us) is None
    assert axis.next_start(us) is None
    assert axis.is_open(us)
    assert axis.positions(np.array([us, -us])).tolist() == axis.dues(np.array([us, -us])).tolist() == [us, -us]


@pytest.mark.parametrize(
    ("fields", "closing"),
    [
        ({"week": _every(("06:00", "14:00"), ("14:00", "22:00"), ("22:00", "06:00"))}, None),
        ({"week": _every(("00:00", "24:00")), "recurring_holidays": ["02-29"]}, "2028-02-28T22:00:00Z"),
        ({"week": _every(("00:00", "24:00")), "holidays": ["2051-06-01"]}, "2051-05-31T21:00:00Z"),
    ],
)
def test_calendars_that_hardly_close(fields: dict[str, Any], closing: str | None) -> None:
    found = _axis(**fields).next_close(parse_instant("2026-06-01T07:00:00Z"))
    assert (found and format_instant(found)) == closing


def test_the_origin_is_the_start_of_the_first_year() -> None:
    axis = _axis()
    origin = parse_instant("2026-01-01T00:00:00Z")
    assert axis.position(origin) == 0
    assert axis.position(origin - DAY) == -8 * HOUR


@pytest.mark.parametrize("us", [10**18, -(10**18), parse_instant("9999-06-01T00:00:00Z"), 1 << 70])
def test_outside_the_years(us: int) -> None:
    with pytest.raises(OverflowError, match="instant"):
        _axis().position(us)
    with pytest.raises(OverflowError):
        _axis().due(us)


def test_reversed_years_are_refused() -> None:
    with pytest.raises(ValueError, match="2027-2026"):
        _axis(years=(2027, 2026))


def test_empty_vectors() -> None:
    nothing = np.array([], dtype=np.int64)
    assert _axis().positions(nothing).tolist() == _axis().dues(nothing).tolist() == []


def test_a_year_without_open_time() -> None:
    axis = _axis(
        week=_every(("09:00", "17:00"), days=("mon",)), shifts={}, years=(2026, 2026), holidays=_mondays_of_2026()
    )
    start = parse_instant("2026-06-01T00:00:00Z")
    assert format_instant(axis.next_open(start)) == "2027-01-04T07:00:00Z"
    assert axis.positions(np.array([start])).tolist() == [axis.position(start)] == [0]


def _mondays_of_2026() -> list[str]:
    first = np.datetime64("2026-01-05")
    return [str(first + 7 * week) for week in range(52)]


def test_the_cache_shares_axes_of_equal_calendars() -> None:
    cache = AxisCache()
    one, two = (Calendar(code="desk", week={"mon": (("09:00", "17:00"),)}) for _ in range(2))
    assert one is not two
    assert cache.axis(one) is cache.axis(two)
    assert cache.axis(one) is not cache.axis(Calendar(code="other", week=one.week))
    assert AxisCache().axis(one) is not cache.axis(one)


def test_an_axis_holds_an_equal_calendar_only() -> None:
    assert _axis().calendar == _axis().calendar
    assert _axis().calendar != _axis(zone="UTC").calendar


@pytest.mark.parametrize("year", [5, 2020, 2026, 9000])
def test_shifts_alone_have_an_end(year: int) -> None:
    shifts = {"2026-06-01": [("09:00", "17:00")], "2026-06-03": [("22:00", "06:00")]}
    axis = compile_axis(Calendar.model_validate({"code": "weekend", "shifts": shifts}), year, year)
    opening, last = parse_instant("2026-06-01T09:00:00Z"), parse_instant("2026-06-04T06:00:00Z")
    assert axis.deadline(opening, 9 * HOUR) == parse_instant("2026-06-03T23:00:00Z")
    assert axis.deadline(opening, 16 * HOUR) == last
    assert axis.prev_open(parse_instant("9990-01-01T00:00:00Z")) == last
    assert axis.next_open(parse_instant("0005-01-01T00:00:00Z")) == opening
    assert (axis.next_start(last), axis.next_close(last)) == (None, None)
    for late in (lambda: axis.deadline(opening, 16 * HOUR + 1), lambda: axis.next_open(last)):
        with pytest.raises(OverflowError, match="no open time after 2026-06-03"):
            late()
    for early in (lambda: axis.deadline(opening, -1), lambda: axis.prev_open(opening)):
        with pytest.raises(OverflowError, match="no open time before 2026-06-01"):
            early()
