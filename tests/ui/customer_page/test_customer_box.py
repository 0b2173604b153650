"""A name that begins many customers offers all of them below the field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.domain.rows import CustomerCard
from ui.customer_page.customer_box import CustomerBox

pytestmark = pytest.mark.qt_log_ignore("does not support|propagateSizeHints")


def test_customers_are_chosen_by_keys_and_esc_closes_the_list(qtbot: QtBot) -> None:
    box = CustomerBox()
    qtbot.addWidget(box)
    box.show()
    asked: list[str] = []
    box.asked.connect(asked.append)
    QTest.keyClicks(box, "Cedar")
    box.offer([CustomerCard(each, f"C-{each}", f"Cedar {each}", None, None) for each in range(1, 9)])
    model = box.offered.model()
    assert box.offered.isVisible()
    assert [model.index(row, 0).data() for row in (0, 7)] == ["Cedar 1 · C-1", "Cedar 8 · C-8"]
    QTest.keyClick(box.offered, Qt.Key.Key_Escape)
    assert not box.offered.isVisible()
    assert box.text() == "Cedar"
    box.offer([CustomerCard(each, f"C-{each}", f"Cedar {each}", None, None) for each in range(1, 9)])
    QTest.keyClick(box.offered, Qt.Key.Key_Down)
    QTest.keyClick(box.offered, Qt.Key.Key_Down)
    QTest.keyClick(box.offered, Qt.Key.Key_Return)
    assert asked == ["C-2"]
    box.offer([])
    assert not box.offered.isVisible()
