"""Bars as rows that say their numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from models.chart_model import LINE_ROLE, ChartLine, ChartModel

LINES = (ChartLine("Gold", "4 of 12 (33 %)", (("first", 4), ("second", 8))), ChartLine("none", "none", ()))


def test_each_bar_says_its_numbers(qtmodeltester: ModelTester) -> None:
    model = ChartModel()
    model.show_lines(LINES)
    assert [model.index(row).data() for row in range(model.rowCount())] == ["Gold: 4 of 12 (33 %)", "none: none"]
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Gold: 4 of 12 (33 %)"
    assert model.index(0).data(LINE_ROLE) == LINES[0]
    assert (model.longest, LINES[0].length) == (12, 12)
    qtmodeltester.check(model)
    model.show_lines(())
    assert (model.rowCount(), model.longest) == (0, 0)
    qtmodeltester.check(model)
