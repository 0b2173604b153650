"""The system's own zone, which in tests is that of the Chatham Islands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ui.local_zone import LocalZone

ZONE = LocalZone()


@pytest.mark.parametrize(
    ("utc", "local", "name"),
    [
        # Summer time ends on 5 April 2026 at 03:45 local, which is 14:00 UTC on the 4th.
        ("2026-01-10T00:00", "2026-01-10T13:45", "+13:45"),
        ("2026-07-10T00:00", "2026-07-10T12:45", "+12:45"),
        ("2026-04-04T13:59", "2026-04-05T03:44", "+13:45"),
        ("2026-04-04T14:00", "2026-04-05T02:45", "+12:45"),
    ],
)
def test_utc_becomes_local_time_and_back(utc: str, local: str, name: str) -> None:
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    shown = moment.astimezone(ZONE)
    assert shown.strftime("%Y-%m-%dT%H:%M") == local
    assert shown.tzname() == name
    assert shown.astimezone(UTC) == moment


def test_every_minute_around_the_change_comes_back() -> None:
    start = datetime(2026, 4, 4, 12, tzinfo=UTC)
    for minute in range(0, 240, 5):
        moment = start + timedelta(minutes=minute)
        assert moment.astimezone(ZONE).astimezone(UTC) == moment
