"""The line of a clock: each kind of stretch has a pattern of its own, changes of severity and plan have ticks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from console.domain.explain import Cause, ClockStory, Segment, SegmentKind
from tests.ui.example_card import K, at, card, fact, opened
from ui.theme import DARK, LIGHT, Theme
from ui.ticket_panel.timeline import ClockTimeline

KINDS = (SegmentKind.COUNTED, SegmentKind.CLOSED, SegmentKind.HOLIDAY, SegmentKind.PAUSED)


def four_kinds() -> ClockStory:
    """A clock of gold, severity 3, due six hours after its opening, whose first four hours were all different."""
    story = card(opened(3), at(240)).stories[0]
    segments = tuple(
        Segment(at(60 * hour), at(60 * (hour + 1)), kind, 0, Cause(None, "closed")) for hour, kind in enumerate(KINDS)
    )
    return replace(story, segments=segments)


def drawn(qtbot: QtBot, story: ClockStory, now: int, theme: Theme = LIGHT) -> QImage:
    line = ClockTimeline(theme)
    qtbot.addWidget(line)
    line.resize(600, line.sizeHint().height())
    line.show_story(story, "calm", now)
    return line.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_counted_closed_holiday_and_paused_look_different(qtbot: QtBot, theme: Theme) -> None:
    image = drawn(qtbot, four_kinds(), at(240), theme)
    # Well within each hour, of the six that are drawn; patterns repeat every eight pixels.
    pieces = [image.copy(QRect(24 + 100 * hour, 6, 48, 8)) for hour in range(4)]
    found = [bytes(piece.constBits()) for piece in pieces]
    assert len(set(found)) == 4
    solid = {pieces[0].pixel(x, y) for x in range(48) for y in range(8)}
    assert solid == {theme.calm.rgb()}
    assert all(len({piece.pixel(x, y) for x in range(48) for y in range(8)}) > 1 for piece in pieces[1:])


@pytest.mark.parametrize("kind", [K.SEVERITY_SET, K.PLAN_SET])
def test_a_change_of_severity_or_plan_has_a_tick(qtbot: QtBot, kind: K) -> None:
    change = fact(120, kind, a=2, b=3) if kind == K.SEVERITY_SET else fact(120, kind, a=1, t="odin/platinum")
    story = next(each for each in card([*opened(3), change], at(180)).stories if each.clock.live)
    line = ClockTimeline(LIGHT)
    qtbot.addWidget(line)
    line.show_story(story, "calm", at(180))
    assert line.changes() == [at(120)]
    image = drawn(qtbot, story, at(180))
    first, last = line.span()
    x = round((at(120) - first) / (last - first) * 597) + 1
    assert LIGHT.accent.rgb() in {image.pixel(column, 8) for column in range(x - 1, x + 2)}


def test_what_a_clock_began_with_is_no_change(qtbot: QtBot) -> None:
    line = ClockTimeline(LIGHT)
    qtbot.addWidget(line)
    assert line.changes() == []
    line.show_story(card(opened(3), at(60)).stories[0], "calm", at(60))
    assert line.changes() == []


def test_a_severity_that_changes_during_a_pause_is_told(qtbot: QtBot) -> None:
    facts = [*opened(3), fact(30, K.STATUS_SET, t="waiting"), fact(90, K.SEVERITY_SET, a=2, b=3)]
    story = next(each for each in card(facts, at(120)).stories if each.clock.phase == "paused")
    line = ClockTimeline(LIGHT)
    qtbot.addWidget(line)
    line.show_story(story, "paused", at(120))
    assert line.changes() == [at(90)]
    assert [segment.work for segment in story.segments][1:] == [0, 0]
    assert sum(segment.work for segment in story.segments) == story.elapsed_work
