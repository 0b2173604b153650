"""Instants in mails are words that a customer reads: day, month, the customer's city and how far it is from UTC."""

from __future__ import annotations

import pytest

from console.domain.instants import parse_instant
from console.services.letter_times import letter_time


@pytest.mark.parametrize(
    ("instant", "zone", "language", "said"),
    [
        ("2026-11-22T02:32:59Z", "Africa/Johannesburg", "en", "22 Nov 2026 04:32 (Johannesburg time, UTC+02:00)"),
        ("2026-11-22T02:32:59Z", "Africa/Johannesburg", "ru", "22 ноября 2026 04:32 (Johannesburg, UTC+02:00)"),
        ("2026-11-22T02:32:00Z", None, "en", "22 Nov 2026 02:32 UTC"),
        ("2026-05-01T02:32:00Z", None, "ru", "1 мая 2026 02:32 UTC"),
        ("2026-11-22T02:32:00Z", "UTC", "en", "22 Nov 2026 02:32 UTC"),
        ("2026-11-22T02:32:00Z", "+02:00", "en", "22 Nov 2026 04:32 (UTC+02:00)"),
        ("2026-01-01T02:32:00Z", "America/St_Johns", "en", "31 Dec 2025 23:02 (St Johns time, UTC-03:30)"),
        ("2026-07-01T02:32:00Z", "America/New_York", "en", "30 Jun 2026 22:32 (New York time, UTC-04:00)"),
        ("2026-01-01T02:32:00Z", "America/Argentina/Salta", "en", "31 Dec 2025 23:32 (Salta time, UTC-03:00)"),
        ("2026-11-22T02:32:00Z", "Africa/Johannesburg", "de", "22 Nov 2026 04:32 (Johannesburg time, UTC+02:00)"),
    ],
)
def test_an_instant_in_words(instant: str, zone: str | None, language: str, said: str) -> None:
    assert letter_time(parse_instant(instant), zone, language) == said
