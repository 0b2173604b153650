"""Instants and durations as people read them, in the user's words and a zone. Microseconds in, texts out."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from console.domain.instants import MINUTE, from_micros
from models.time_text import TimeWords, due_text, left_text, span_text
from ui.tr import tr


def time_words() -> TimeWords:
    """Units and months in the language of the window."""
    months = tr("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    return TimeWords(tr("d"), tr("h"), tr("m"), tr("s"), tuple(months))


def clock_time(instant: int, zone: tzinfo, now: int, *, offset: bool = False) -> str:
    """`16:20`, `12 Sep 16:20` on another day; with the offset where asked for and in an hour that comes twice."""
    text = due_text(instant, now, zone, time_words())
    shift = offset_text(from_micros(instant).astimezone(zone))
    return f"{text} {shift}" if offset and not text.endswith(shift) else text


def full_time(instant: int, zone: tzinfo) -> str:
    """`12 Sep 2017 16:20:05 +03:00`: to the second, with date and offset."""
    moment = from_micros(instant).astimezone(zone)
    return f"{day_text(instant, zone)} {moment:%H:%M:%S} {offset_text(moment)}"


def minute_time(instant: int, zone: tzinfo) -> str:
    """`12 Sep 2017 16:20`; with the offset in the hour that comes twice."""
    moment = from_micros(instant).astimezone(zone)
    twice = moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
    text = f"{day_text(instant, zone)} {moment:%H:%M}"
    return f"{text} {offset_text(moment)}" if twice else text


def day_text(instant: int, zone: tzinfo) -> str:
    """`12 Sep 2017`."""
    moment = from_micros(instant).astimezone(zone)
    return f"{moment.day} {time_words().months[moment.month - 1]} {moment.year}"


def duration_words(micros: int) -> str:
    """How long something lasts: `3 d 4 h`, `1 h 47 m`, `2 h`. Zero or more; a second unit of nothing is left out."""
    words = span_text(max(0, micros), time_words()).split(" ")
    return " ".join(words[:2] if words[2:3] == ["0"] else words)


def promise_words(micros: int) -> str:
    """A promise or a wait of a policy: `24 h`, `1 h 30 m`. Hours never become days: those may be working days."""
    hours, minutes = divmod(max(0, micros) // MINUTE, 60)
    said = [f"{number} {unit}" for number, unit in ((hours, tr("h")), (minutes, tr("m"))) if number]
    return " ".join(said) or duration_words(micros)


def left_words(left: int, *, paused: bool = False) -> str:
    """What is left: `1 h 47 m`, `−8 m` when overdue, `‖ 2 h 5 m` when paused."""
    return left_text(left, time_words(), paused=paused)


def offset_text(moment: datetime) -> str:
    """`+03:00` or `-03:30`, as ISO 8601 writes it."""
    seconds = int((moment.utcoffset() or timedelta()).total_seconds())
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02}:{minutes:02}"
