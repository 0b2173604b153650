"""The window by itself: it asks before it closes, remembers its layout, and ticks only while it is seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from console.domain.instants import parse_instant
from console.domain.rows import QueueRow
from console.time_source import FixedTime
from models.queue_model import QueueModel
from ui.indicator import Health
from ui.keys import key_acts, sheet_keys
from ui.keys_sheet import KeysSheet
from ui.queue_names import FIXED
from ui.queue_view.words import ScreenWords
from ui.settings import WindowSettings
from ui.theme import DARK, LIGHT
from ui.window import MINIMUM, Window

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
NOW = parse_instant("2026-11-21T02:14:31Z")


def row(number: int) -> QueueRow:
    due = NOW // 1_000_000 + 600 * number
    return QueueRow(
        ticket_id=number,
        number=str(48_000 + number),
        subject="Mail queue stuck",
        customer="Northwind",
        severity=1 + number % 4,
        pack="odin",
        plan="gold",
        status="new",
        support_group="Mail",
        owner=None,
        clock="first_response",
        group=0,
        due_s=due,
        left_work=None,
        clock_started_s=due - 3600,
        target_work=3_600_000_000,
        calendar_id=1,
        paused=False,
        breached=False,
        opened_s=due - 3600,
        last_contact_s=None,
        escalation=None,
        revision=1,
    )


def make(settings: Path | None = None) -> Window:
    model = QueueModel(FixedTime(NOW), UTC, ScreenWords(None))
    model.setFirstRows([row(number) for number in range(1, 6)])
    window = Window(LIGHT, FixedTime(NOW), UTC, model, WindowSettings(settings))
    model.setParent(window)
    return window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = make()
    made.show()
    yield made
    made.let_close()
    made.deleteLater()


def test_it_asks_before_it_closes(window: Window) -> None:
    asked: list[bool] = []
    window.closeAsked.connect(lambda: asked.append(True))
    assert not window.close()
    QTest.keySequence(window, "Ctrl+Q")
    assert asked == [True, True]
    assert window.isVisible()
    window.let_close()
    assert not window.isVisible()


def test_keys_move_and_ask(window: Window) -> None:
    acted: list[str] = []
    window.acted.connect(acted.append)
    view = window.queue_page.view
    for keys, ticket in (("J", 1), ("J", 2), ("J", 3), ("K", 2)):
        QTest.keySequence(view, keys)
        assert view.current_ticket() == ticket
    for _ in range(9):
        QTest.keySequence(view, "J")
    assert view.current_ticket() == 5
    for keys in ("S", "E", "P", "O", "F5"):
        QTest.keySequence(view, keys)
    assert acted == ["severity", "escalation", "plan", "open", "refresh"]
    QTest.keySequence(view, "2")
    assert window.queue_page.sidebar.code == "overdue"


def test_letters_typed_into_the_find_box_are_not_keys(window: Window) -> None:
    acted: list[str] = []
    window.acted.connect(acted.append)
    window.activateWindow()
    QTest.keySequence(window.queue_page.view, "/")
    box = window.top_bar.find_box
    assert box.hasFocus()
    QTest.keyClicks(box, "se1")
    assert box.text() == "se1"
    assert acted == []
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert window.queue_page.view.hasFocus()


def test_what_changes_something_can_be_forbidden(window: Window) -> None:
    acted: list[str] = []
    window.acted.connect(acted.append)
    window.forbid("It is the past")
    for keys in ("S", "E", "P"):
        QTest.keySequence(window.queue_page.view, keys)
    assert acted == ["plan"]
    assert window.act("severity").toolTip() == "It is the past"


def test_it_ticks_only_while_it_is_seen(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.ticked, timeout=3000):
        pass
    window.hide()
    with qtbot.assertNotEmitted(window.ticked, wait=1200):
        pass


def test_size_and_widths_come_back(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    first, fresh = make(file), make()
    first.resize(MINIMUM[0], 666)
    first.keep_layout()
    second = make(file)
    windows = (first, fresh, second)
    try:
        assert second.height() == 666 != fresh.height()
        assert (fresh.minimumWidth(), fresh.minimumHeight()) == MINIMUM
    finally:
        for each in windows:
            each.deleteLater()


def test_the_smallest_window_has_room_for_everything(window: Window) -> None:
    window.resize(*MINIMUM)
    page = window.queue_page
    assert page.minimumSizeHint().width() <= MINIMUM[0]
    assert page.panel.geometry().right() <= window.width()
    assert window.top_bar.minimumSizeHint().width() <= MINIMUM[0]


def test_both_themes_and_every_health_are_painted(window: Window) -> None:
    pictures = []
    for dress in (LIGHT, DARK):
        window.set_theme(dress)
        for health in Health:
            window.top_bar.indicator.show_health(health)
            window.top_bar.indicator.show_time(NOW)
            image = window.top_bar.indicator.grab().toImage()
            assert image not in pictures
            pictures.append(image)


def test_the_sheet_names_every_key_and_no_key_does_two_things(window: Window) -> None:
    keys = [key for act in key_acts() for key in act.keys]
    assert len(keys) == len(set(keys))
    assert len(FIXED) == sum(key.isdecimal() for key in keys)
    sheet = KeysSheet(sheet_keys(), window)
    words = {label.text() for label in sheet.findChildren(QLabel)}
    assert {act.words for act in sheet_keys()} <= words
    # Those of the reviews too, which the window does not listen to; and all of it is seen in the smallest window.
    assert {"It stands", "It was wrong", "Blind: I would accept"} <= words
    assert sheet.sizeHint().width() <= MINIMUM[0]
    assert sheet.sizeHint().height() <= MINIMUM[1]
    sheet.deleteLater()


def test_behind_another_page_the_queue_keeps_still(window: Window) -> None:
    view, acted = window.queue_page.view, []
    window.acted.connect(acted.append)
    window.act("next").trigger()
    before = view.current_ticket()
    assert before
    window.show_page("shift")
    for code in ("next", "previous", "columns", "open", "more"):
        window.act(code).trigger()
    assert view.current_ticket() == before
    assert window.findChildren(QMenu) == []
    assert acted == []
    window.show_page("queue")
    window.act("next").trigger()
    window.act("more").trigger()
    assert view.current_ticket() != before
    assert acted == ["more"]
