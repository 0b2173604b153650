"""Finding: asked once for a word, at once on Enter, cleared by Esc."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.find_box import FindBox
from ui.theme import GRID


class Heard:
    def __init__(self, box: FindBox) -> None:
        self.said: list[str] = []
        box.asked.connect(lambda words: self.said.append(f"asked {words}"))
        box.cleared.connect(lambda: self.said.append("cleared"))
        box.done.connect(lambda: self.said.append("done"))


def test_a_word_is_asked_for_once_after_the_typing(qtbot: QtBot) -> None:
    box = FindBox()
    qtbot.addWidget(box)
    heard = Heard(box)
    QTest.keyClicks(box, " mail ")
    assert heard.said == []
    assert box.waiting
    qtbot.waitUntil(lambda: bool(heard.said), timeout=2000)
    assert heard.said == ["asked mail"]
    assert not box.waiting


def test_enter_asks_at_once_and_gives_the_keys_back(qtbot: QtBot) -> None:
    box = FindBox()
    qtbot.addWidget(box)
    heard = Heard(box)
    QTest.keyClicks(box, "48213")
    QTest.keyClick(box, Qt.Key.Key_Return)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert heard.said == ["asked 48213", "done", "done"]


def test_esc_clears_what_was_asked_and_nothing_else(qtbot: QtBot) -> None:
    box = FindBox()
    qtbot.addWidget(box)
    heard = Heard(box)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert heard.said == ["done"]
    QTest.keyClicks(box, "x")
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert heard.said == ["done", "done"]
    assert not box.waiting
    QTest.keyClicks(box, "x")
    QTest.keyClick(box, Qt.Key.Key_Return)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert heard.said[2:] == ["asked x", "done", "cleared", "done"]


@pytest.mark.parametrize("points", [8, 10, 20])
def test_the_key_stays_in_sight_in_the_least_room(qtbot: QtBot, points: int) -> None:
    box = FindBox()
    qtbot.addWidget(box)
    box.setFont(QFont(box.font().family(), points))
    box.resize(box.minimumSizeHint())
    box.show()
    assert box.placeholderText().endswith("Ctrl+F")
    assert box.fontMetrics().horizontalAdvance(box.placeholderText()) <= box.width() - 6 * GRID
