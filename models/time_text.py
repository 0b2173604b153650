"""Time as words: what is left, when it is due, how urgent that is. Pure; instants and durations in microseconds.

What is left is never rounded up and what is overdue never rounded down, so that no text promises more than there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from console.domain.instants import DAY, HOUR, MINUTE, SECOND, from_micros
from console.domain.rows import QueueRow
from console.domain.state import Group

MINUS = "\N{MINUS SIGN}"
PAUSED_SIGN = "\N{DOUBLE VERTICAL LINE}"
# Below it the text shows seconds.
SECONDS_BELOW = 10 * MINUTE
SOON = 15 * MINUTE
NEAR = HOUR


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The names of units and months, as they are shown."""

    day: str = "d"
    hour: str = "h"
    minute: str = "m"
    second: str = "s"
    months: tuple[str, ...] = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Risk(StrEnum):
    """How a row's deadline stands. Overdue at the very instant of the deadline."""

    OVERDUE = "overdue"
    SOON = "soon"  # less than 15 minutes
    NEAR = "near"  # less than an hour
    CALM = "calm"
    PAUSED = "paused"
    NONE = "none"  # no clock runs


def left_of(row: QueueRow, now: int) -> int | None:
    """What is left at `now`: wall time of a running row, working time of a paused one, none without a clock."""
    if row.group == Group.RUNNING:
        return row.due_s * SECOND - now
    if row.group == Group.PAUSED:
        return row.due_s * SECOND if row.left_work is None else row.left_work
    return None


def risk_of(row: QueueRow, now: int) -> Risk:
    """How the row's deadline stands at `now`."""
    if row.group == Group.PAUSED:
        return Risk.PAUSED
    left = left_of(row, now)
    if left is None:
        return Risk.NONE
    if left <= 0:
        return Risk.OVERDUE
    return Risk.SOON if left < SOON else Risk.NEAR if left < NEAR else Risk.CALM


def left_text(left: int | None, words: TimeWords, *, paused: bool = False) -> str:
    """What is left, such as `9 m 58 s`, `1 h 47 m`, `3 d 4 h`; overdue `−8 m`; paused `‖ 2 h 5 m`; unknown blank."""
    if left is None:
        return ""
    text = span_text(left, words) if left >= 0 else MINUS + _overdue_text(-left, words)
    return f"{PAUSED_SIGN} {text}" if paused else text


def span_text(span: int, words: TimeWords) -> str:
    """A span of zero or more, rounded down, in at most two units."""
    if span < MINUTE:
        return f"{span // SECOND} {words.second}"
    if span < SECONDS_BELOW:
        return f"{span // MINUTE} {words.minute} {span % MINUTE // SECOND} {words.second}"
    if span < HOUR:
        return f"{span // MINUTE} {words.minute}"
    if span < DAY:
        return f"{span // HOUR} {words.hour} {span % HOUR // MINUTE} {words.minute}"
    return f"{span // DAY} {words.day} {span % DAY // HOUR} {words.hour}"


def _overdue_text(over: int, words: TimeWords) -> str:
    # Whole minutes from the first second on, whole hours after a day: rounded up first, so that 59.5 minutes are 1 h.
    minutes = -(-over // MINUTE) * MINUTE
    if minutes < HOUR:
        return f"{minutes // MINUTE} {words.minute}"
    return span_text(minutes if minutes < DAY else -(-over // HOUR) * HOUR, words)


def due_text(due: int, now: int, zone: tzinfo, words: TimeWords) -> str:
    """The local time of a deadline: `16:20`; `24 Nov 16:20` on another day; with the offset in an hour that repeats."""
    local, today = from_micros(due).astimezone(zone), from_micros(now).astimezone(zone)
    text = f"{local:%H:%M}"
    if _comes_twice(local):
        # ISO 8601 ends with the offset; `%:z` is not in Python 3.11.
        text += f" {local.isoformat()[-6:]}"
    if local.date() == today.date():
        return text
    year = f" {local.year}" if local.year != today.year else ""
    return f"{local.day} {words.months[local.month - 1]}{year} {text}"


def refresh_interval(lefts: Iterable[int | None]) -> int | None:
    """Milliseconds until the first of these texts changes, at least 1; none where none ever will.

    `lefts` are what is left of running rows; none for rows whose text stands still.
    """
    waits = [_until_change(left) for left in lefts if left is not None]
    return max(1, -(-min(waits) // 1000)) if waits else None


def _until_change(left: int) -> int:
    if left < 0:
        unit = MINUTE if -left < DAY else HOUR
        # A text of overdue time holds up to and including the full unit.
        return left % unit + 1
    unit = SECOND if left < SECONDS_BELOW else MINUTE if left < DAY else HOUR
    return left % unit + 1


def _comes_twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
