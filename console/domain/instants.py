"""Instants and durations: integer microseconds inside, aware UTC datetimes at the edges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
FURTHEST = 10 * 366 * DAY
"""Nothing is promised for longer ahead: what is further is a slip in the year."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


class TimeSource(Protocol):
    """Says what time it is now. Injected, so that tests, previews and as-of views choose their own now."""

    def now(self) -> int:
        """The present instant, microseconds UTC."""
        ...


def to_micros(moment: datetime) -> int:
    """Microseconds UTC of an aware datetime. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return (moment - _EPOCH) // _TICK


def micros_of(length: timedelta) -> int:
    """Microseconds of a duration."""
    return length // _TICK


def from_micros(instant: int) -> datetime:
    """The aware UTC datetime of an instant in microseconds."""
    return _EPOCH + instant * _TICK


def parse_instant(text: str) -> int:
    """Microseconds UTC of an ISO 8601 text that carries 'Z' or an offset. Raises ValueError otherwise."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not an ISO 8601 instant such as 2017-09-12T08:00:00Z") from error
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone: write 2017-09-12T08:00:00Z or an offset such as +02:00")
    return to_micros(moment)


def format_instant(instant: int) -> str:
    """ISO 8601 with 'Z'; the fraction is written only where there is one."""
    return from_micros(instant).isoformat().replace("+00:00", "Z")
