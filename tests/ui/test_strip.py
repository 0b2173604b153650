"""What falls due in the next twelve hours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, timedelta, timezone

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.instants import SECOND, parse_instant
from ui.strip import BAR_S, BARS, Outlook, Strip, outlook, warning_s
from ui.theme import LIGHT

NOW = parse_instant("2026-11-21T02:14:31Z") // SECOND
KATHMANDU = timezone(timedelta(hours=5, minutes=45))


def found(dues: Sequence[int]) -> Outlook:
    ordered = sorted(dues)
    return outlook(lambda seconds: [bisect_left(ordered, second) for second in seconds], NOW, UTC)


def test_tickets_are_counted_by_the_quarter_of_an_hour() -> None:
    seen = found([NOW - 5, NOW, NOW + 1, NOW + BAR_S, NOW + BAR_S + 1, NOW + BARS * BAR_S, NOW + BARS * BAR_S + 1])
    assert seen.bars[0] == 2
    assert seen.bars[1] == 1
    assert seen.bars[-1] == 1
    assert sum(seen.bars) == 4


def test_what_is_overdue_will_not_breach_again_and_the_hour_itself_is_not_before_it() -> None:
    at_three = parse_instant("2026-11-21T03:00:00Z") // SECOND
    seen = found([NOW, NOW + 1, at_three - 1, at_three])
    assert (seen.before_s, seen.before) == (at_three, 2)


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        ("2026-11-21T02:14:31Z", UTC, "2026-11-21T03:00:00Z"),
        ("2026-11-21T02:30:00Z", UTC, "2026-11-21T03:00:00Z"),
        ("2026-11-21T02:30:01Z", UTC, "2026-11-21T04:00:00Z"),
        ("2026-11-21T02:20:00Z", KATHMANDU, "2026-11-21T03:15:00Z"),
    ],
)
def test_the_warning_names_a_full_local_hour(now: str, zone: timezone, expected: str) -> None:
    assert warning_s(parse_instant(now) // SECOND, zone) == parse_instant(expected) // SECOND


def test_the_sentence_and_the_picture(qtbot: QtBot, qapp: QApplication) -> None:
    strip = Strip(LIGHT, UTC)
    qtbot.addWidget(strip)
    strip.resize(800, strip.height())
    empty = strip.grab().toImage()
    strip.show_outlook(found([NOW + 60, NOW + 120]))
    assert strip.sentence() == "2 will breach before 03:00"
    assert strip.accessibleName() == strip.sentence()
    assert strip.grab().toImage() != empty
    strip.show_outlook(found([]))
    assert strip.sentence() == "Nothing breaches before 03:00"
