"""Instants and durations on a terminal: read exactly, shown exactly. Microseconds in, text or numbers out."""

from __future__ import annotations

from datetime import datetime

from console.domain.errors import UserError
from console.domain.instants import DAY, HOUR, MINUTE, SECOND, format_instant, parse_instant
from console.domain.policy_values import read_duration

_EXAMPLE = "2017-09-12T08:00:00Z"


def read_instant(option: str, text: str) -> int:
    """The instant in microseconds UTC. Raises UserError option_invalid."""
    try:
        return parse_instant(text)
    except (ValueError, OverflowError):
        raise UserError("option_invalid", option=option, found=text, expected=_like(text)) from None


def read_later(option: str, text: str, now: int) -> int:
    """An instant, or a time from now such as `+2h`. Raises UserError option_invalid."""
    if not text.startswith("+"):
        try:
            return parse_instant(text)
        except (ValueError, OverflowError):
            expected = f"{_like(text)}, or a time from now such as +2h"
            raise UserError("option_invalid", option=option, found=text, expected=expected) from None
    return now + read_span(option, text.removeprefix("+"))


def _like(text: str) -> str:
    """What an instant looks like: a date, or a time of no zone, is shown as the instant of UTC that may be meant."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return f"an instant such as {_EXAMPLE}"
    return f"an instant such as {moment.replace(tzinfo=None).isoformat()}Z"


def read_span(option: str, text: str) -> int:
    """Microseconds of a duration such as `90m` or `1d12h`. Raises UserError option_invalid."""
    try:
        return read_duration(text)
    except ValueError:
        expected = "a duration such as 2h, 90m or 1d12h"
        raise UserError("option_invalid", option=option, found=text, expected=expected) from None


def instant(at: int | None) -> str:
    """`2017-09-12T08:00:00Z` to the second, as tables show it; blank for none."""
    return "" if at is None else format_instant(at - at % SECOND)


def exact(at: int | None) -> str | None:
    """The instant as JSON gives it; a fraction is written only where there is one."""
    return None if at is None else format_instant(at)


def span(micros: int | None) -> str:
    """`1:47:00`, `3d 04:00:00`, `-0:08:12`; seconds are rounded down, so that no text promises more than there is."""
    if micros is None:
        return ""
    seconds = micros // SECOND
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    days, rest = divmod(seconds, DAY // SECOND)
    hours, rest = divmod(rest, HOUR // SECOND)
    minutes, rest = divmod(rest, MINUTE // SECOND)
    hour_text = f"{days}d {hours:02}" if days else f"{hours}"
    return f"{sign}{hour_text}:{minutes:02}:{rest:02}"


def seconds(micros: int) -> int | float:
    """Seconds for JSON: an integer where they are whole, else a number whose digits are the exact decimal.

    Below 31 years six decimals fit into what a float prints and reads back unchanged.
    """
    return micros // SECOND if micros % SECOND == 0 else micros / SECOND
