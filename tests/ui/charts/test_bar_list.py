"""The chart that is a list: keys, clicks, patterns beside colours, words that are not cut without need."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.chart_model import ChartLine
from ui.charts.bar_list import BarList, paint_part
from ui.theme import DARK, LIGHT, Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LINES = [
    ChartLine("Gold", "4 of 12 (33 %)", (("first", 4), ("second", 8))),
    ChartLine("Diamond", "1 of 1 (100 %)", (("first", 1),)),
]


@pytest.fixture
def bars(qtbot: QtBot) -> BarList:
    bars = BarList(LIGHT, "Accepted escalations by plan")
    qtbot.addWidget(bars)
    bars.resize(500, 100)
    bars.show_lines(LINES)
    bars.show()
    return bars


def test_a_bar_is_opened_by_return_and_by_a_click(bars: BarList) -> None:
    opened: list[int] = []
    bars.opened.connect(opened.append)
    bars.setFocus()
    bars.setCurrentIndex(bars.bars.index(0))
    QTest.keyClick(bars, Qt.Key.Key_Down)
    QTest.keyClick(bars, Qt.Key.Key_Return)
    assert opened == [1]
    QTest.mouseClick(bars.viewport(), Qt.MouseButton.LeftButton, pos=bars.visualRect(bars.bars.index(0)).center())
    assert opened == [1, 0]


def test_every_bar_is_in_sight_and_the_list_has_a_name(bars: BarList) -> None:
    last = bars.visualRect(bars.bars.index(1))
    assert bars.viewport().rect().contains(last.center())
    assert bars.accessibleName() == "Accepted escalations by plan"


def painted(theme: Theme, code: str) -> bytes:
    image = QImage(40, 12, QImage.Format.Format_Grayscale8)
    image.fill(QColor(128, 128, 128))
    painter = QPainter(image)
    paint_part(painter, QRectF(0, 0, 40, 12), theme, code)
    painter.end()
    return bytes(image.constBits())


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_parts_differ_without_colour(theme: Theme) -> None:
    pictures = {code: painted(theme, code) for code in ("first", "second", "other")}
    assert len(set(pictures.values())) == 3


def test_bars_are_drawn_in_both_themes(bars: BarList) -> None:
    light = bars.grab().toImage()
    bars.set_theme(DARK)
    assert bars.grab().toImage() != light
