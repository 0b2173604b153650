"""The week of a way to reach support, as people say it, in any zone (OD-22, OW-2, OW-3)."""

from __future__ import annotations

from datetime import UTC, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from console.domain.contact_hours import DayHours, open_spans, week_hours, week_of
from console.domain.instants import DAY, HOUR, format_instant, parse_instant
from tests.domain.packs import desk_of, shipped

NOW = parse_instant("2026-11-25T12:00:00Z")


def week(pack: str, contact: str, where: tzinfo) -> tuple[DayHours, ...]:
    found = shipped(pack)
    begin = week_of(NOW, UTC)[0]
    return week_hours(
        open_spans(desk_of(found), found, contact, begin - DAY, begin + 9 * DAY), week_of(NOW, where)[0], where
    )


@pytest.mark.parametrize(
    ("zone", "found"),
    [
        ("UTC", (DayHours(0, 4, (("07:00", "15:00"),)),)),
        ("Europe/Kyiv", (DayHours(0, 4, (("09:00", "17:00"),)),)),
        ("Pacific/Auckland", (
            DayHours(0, 0, (("20:00", "24:00"),)),
            DayHours(1, 4, (("00:00", "04:00"), ("20:00", "24:00"))),
            DayHours(5, 5, (("00:00", "04:00"),)),
        )),
    ],
)  # fmt: skip
def test_ow_3_hours_in_the_words_of_a_zone(zone: str, found: tuple[DayHours, ...]) -> None:
    assert week("analytics", "tickets", ZoneInfo(zone)) == found


def test_od_22_round_the_clock_is_every_day() -> None:
    assert week("odin", "phone", UTC) == (DayHours(0, 6, (("00:00", "24:00"),)),)


def test_a_way_that_nobody_knows_is_never_open() -> None:
    assert week("odin", "pigeon", UTC) == ()


def test_a_week_begins_on_monday_of_its_zone_and_may_be_an_hour_shorter() -> None:
    begin, end = week_of(parse_instant("2026-03-29T12:00:00Z"), ZoneInfo("Europe/Kyiv"))
    assert format_instant(begin) == "2026-03-22T22:00:00Z"
    assert end - begin == 7 * DAY - HOUR
    assert timedelta(microseconds=end - begin) == timedelta(days=6, hours=23)
