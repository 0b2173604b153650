"""A list to choose from stands at its full height, beside its field and on the screen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.choice_box import ChoiceBox
from ui.theme import LIGHT, style_sheet

pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.mark.parametrize("entries", [1, 7, 10, 30])
@pytest.mark.parametrize("place", ["top", "middle", "bottom"])
def test_the_list_is_whole_beside_the_field_and_on_the_screen(
    qtbot: QtBot, qapp: QApplication, place: str, entries: int
) -> None:
    box = ChoiceBox("Reason")
    qtbot.addWidget(box)
    box.setStyleSheet(style_sheet(LIGHT, qapp.font()))
    box.addItems([f"Reason {number}" for number in range(entries)])
    box.setCurrentIndex(entries // 2)
    screen = box.screen().availableGeometry()
    tops = {"top": screen.top(), "middle": screen.center().y(), "bottom": screen.bottom() - 40}
    box.setGeometry(screen.left() + 40, tops[place], 240, 32)
    box.show()
    box.showPopup()
    view = box.view()
    popup = view.window().geometry()
    room = sum(view.sizeHintForRow(row) for row in range(min(entries, 10)))
    assert view.viewport().height() >= room
    assert view.verticalScrollBar().maximum() == 0 or entries > 10
    assert screen.contains(popup)
    assert not popup.intersects(box.geometry())
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    box.hidePopup()
