"""Calendars for Hypothesis: nights, whole days, holidays and breaks, in zones with every kind of odd hour."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

# Ordinary weeks and the weeks of changes; Apia has no 2011-12-30, Lord Howe moves by half an hour.
SCENES: tuple[tuple[str, date], ...] = (
    ("Europe/Kyiv", date(2026, 3, 24)),
    ("Europe/Kyiv", date(2026, 10, 20)),
    ("Europe/Kyiv", date(2024, 2, 26)),
    ("America/New_York", date(2026, 3, 3)),
    ("America/New_York", date(2026, 10, 27)),
    ("America/New_York", date(2025, 12, 27)),
    ("Australia/Lord_Howe", date(2026, 4, 1)),
    ("Australia/Lord_Howe", date(2026, 9, 30)),
    ("Asia/Kolkata", date(2026, 1, 1)),
    ("Pacific/Apia", date(2011, 12, 26)),
    ("Pacific/Apia", date(2011, 9, 20)),
)
DAYS = 10
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_MINUTES = st.sampled_from((0, 90, 120, 125, 150, 180, 210, 240, 540, 1020, 1320, 1439)) | st.integers(0, 1439)


def _text(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@st.composite
def windows(draw: st.DrawFn, least: int = 0) -> tuple[tuple[str, str], ...]:
    """Windows of one day; the last may end at 24:00 or run past midnight."""
    cuts = sorted(draw(st.lists(_MINUTES, min_size=2 * least, max_size=5, unique=True)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    if len(cuts) % 2:
        late = cuts[-1]
        night = draw(st.integers(1, late - 1)) if late > 1 and draw(st.booleans()) else 1440
        pairs.append((late, night))
    return tuple((_text(start), _text(end)) for start, end in pairs)


@st.composite
def calendar_fields(draw: st.DrawFn, zone: str, first: date) -> dict[str, Any]:
    """The fields of a calendar with something open each week, and exceptions near `first`."""
    near = st.integers(-2, DAYS + 2).map(lambda days: first + timedelta(days=days))
    # A few kinds of day make up the week: drawing seven different ones takes longer than testing them.
    kinds = [draw(windows()), draw(windows()), draw(windows(least=1))]
    week = {day: kinds[draw(st.integers(0, 2))] for day in WEEKDAYS}
    week[draw(st.sampled_from(WEEKDAYS))] = kinds[2]
    recurring = draw(st.lists(near, max_size=2))
    return {
        "code": "drawn",
        "zone": zone,
        "week": week,
        "holidays": tuple(draw(st.lists(near, max_size=3))),
        "recurring_holidays": tuple(f"{day:%m-%d}" for day in recurring),
        "shifts": draw(st.dictionaries(near, windows(), max_size=2)),
        "breaks": draw(st.dictionaries(near, windows(), max_size=2)),
        "holiday_cancels_shift": draw(st.booleans()),
    }
