"""Time as words, at the instants where the words change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.instants import DAY, HOUR, MINUTE, SECOND, to_micros
from models.time_text import Risk, TimeWords, due_text, left_of, left_text, refresh_interval, risk_of, span_text
from tests.models.desk import NOW_S, paused, ticket, without_clock

WORDS = TimeWords()
NOW = NOW_S * SECOND
LEFT = st.integers(min_value=-40 * DAY, max_value=40 * DAY)


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (3 * DAY + 4 * HOUR, "3 d 4 h"),
        (DAY, "1 d 0 h"),
        (DAY - 1, "23 h 59 m"),
        (HOUR + 47 * MINUTE, "1 h 47 m"),
        (HOUR, "1 h 0 m"),
        (HOUR - 1, "59 m"),
        (12 * MINUTE + 59 * SECOND, "12 m"),
        (10 * MINUTE, "10 m"),
        (10 * MINUTE - 1, "9 m 59 s"),
        (9 * MINUTE + 58 * SECOND, "9 m 58 s"),
        (MINUTE, "1 m 0 s"),
        (MINUTE - 1, "59 s"),
        (1, "0 s"),
        (0, "0 s"),
        (-1, "−1 m"),
        (-MINUTE, "−1 m"),
        (-MINUTE - 1, "−2 m"),
        (-8 * MINUTE, "−8 m"),
        (-59 * MINUTE, "−59 m"),
        (-59 * MINUTE - 1, "−1 h 0 m"),
        (-HOUR - 4 * MINUTE - 1, "−1 h 5 m"),
        (-DAY + MINUTE - 1, "−1 d 0 h"),
        (-DAY - 1, "−1 d 1 h"),
        (None, ""),
    ],
)
def test_what_is_left_in_words(left: int | None, text: str) -> None:
    assert left_text(left, WORDS) == text


def test_a_paused_clock_shows_that_it_stands_and_what_is_left() -> None:
    assert left_text(2 * HOUR + 5 * MINUTE, WORDS, paused=True) == "‖ 2 h 5 m"
    assert left_text(-8 * MINUTE, WORDS, paused=True) == "‖ −8 m"
    assert left_text(None, WORDS, paused=True) == ""


def in_micros(text: str) -> int:
    parts = text.removeprefix("−").split()
    sizes = {"d": DAY, "h": HOUR, "m": MINUTE, "s": SECOND}
    return sum(int(number) * sizes[unit] for number, unit in zip(parts[::2], parts[1::2], strict=True))


@given(LEFT)
def test_the_words_never_promise_more_than_there_is(left: int) -> None:
    text = left_text(left, WORDS)
    assert len(text.split()) <= 4
    if left >= 0:
        assert in_micros(text) <= left
    else:
        assert text.startswith("−")
        assert in_micros(text) >= -left


@given(LEFT)
def test_the_interval_is_the_first_moment_of_another_text(left: int) -> None:
    wait = refresh_interval([left])
    assert wait is not None
    assert left_text(left - wait * 1000, WORDS) != left_text(left, WORDS) or left == 0
    # Up to then the text stands: nothing is repainted for it.
    assert left_text(left - max(0, wait * 1000 - 1000 - 1), WORDS) == left_text(left, WORDS)


@pytest.mark.parametrize(
    ("lefts", "milliseconds"),
    [
        ([9 * MINUTE + 58 * SECOND + SECOND // 2], 501),
        ([12 * MINUTE + 30 * SECOND], 30_001),
        ([3 * DAY + 30 * MINUTE, 2 * HOUR + 10 * SECOND], 10_001),
        ([-8 * MINUTE + 10 * SECOND], 10_001),
        ([None, 5 * HOUR], 1),
        ([None], None),
        ([], None),
    ],
)
def test_the_shortest_text_on_screen_sets_the_interval(lefts: list[int | None], milliseconds: int | None) -> None:
    assert refresh_interval(lefts) == milliseconds


def at(text: str, zone: tzinfo) -> int:
    return to_micros(datetime.fromisoformat(text).replace(tzinfo=zone))


KYIV = ZoneInfo("Europe/Kyiv")


@pytest.mark.parametrize(
    ("due", "now", "text"),
    [
        ("2026-11-21T16:20:00", "2026-11-21T00:00:00", "16:20"),
        ("2026-11-22T00:00:00", "2026-11-21T23:59:59", "22 Nov 00:00"),
        ("2026-11-20T16:20:00", "2026-11-21T09:00:00", "20 Nov 16:20"),
        ("2027-01-03T16:20:00", "2026-11-21T09:00:00", "3 Jan 2027 16:20"),
    ],
)
def test_a_deadline_in_local_time(due: str, now: str, text: str) -> None:
    assert due_text(at(due, KYIV), at(now, KYIV), KYIV, WORDS) == text


def test_a_deadline_in_the_hour_that_comes_twice_has_its_offset() -> None:
    first = to_micros(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    texts = [due_text(first + hours * HOUR, first, KYIV, WORDS) for hours in (-1, 0, 1, 2)]
    assert texts == ["02:30", "03:30 +03:00", "03:30 +02:00", "04:30"]


def test_a_fixed_offset_has_no_hour_twice() -> None:
    zone = timezone(timedelta(hours=12, minutes=45))
    assert due_text(at("2026-04-05T03:00:00", zone), at("2026-04-05T00:00:00", zone), zone, WORDS) == "03:00"


@pytest.mark.parametrize(
    ("left_s", "risk"),
    [
        (-1, Risk.OVERDUE),
        (0, Risk.OVERDUE),
        (1, Risk.SOON),
        (899, Risk.SOON),
        (900, Risk.NEAR),
        (3599, Risk.NEAR),
        (3600, Risk.CALM),
    ],
)
def test_risk_by_what_is_left(left_s: int, risk: Risk) -> None:
    assert risk_of(ticket(1, left_s), NOW) is risk


def test_paused_and_without_a_clock_are_no_risk() -> None:
    assert risk_of(paused(1, -5), NOW) is Risk.PAUSED
    assert risk_of(without_clock(1), NOW) is Risk.NONE
    assert (left_of(paused(1, 90), NOW), left_of(without_clock(1), NOW)) == (90 * SECOND, None)


def test_units_can_be_translated() -> None:
    assert span_text(90 * MINUTE, TimeWords(hour="ч", minute="мин")) == "1 ч 30 мин"
