"""A table of ready texts under Qt's own tester."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from models.text_table import KEY, TONE, Cell, Head, Line, TextTable

HEADS = (Head("Plan"), Head("Left", right=True))
LINES = (
    Line((Cell("Gold", bold=True, spoken="Gold, shown"), Cell("7", tone="overdue")), "k1"),
    Line((Cell("Silver"),), "k2"),
)


def test_it_stands_qts_tester(qtmodeltester: ModelTester) -> None:
    model = TextTable(HEADS)
    qtmodeltester.check(model)
    model.show_lines(LINES)
    qtmodeltester.check(model)
    model.show_lines(LINES[:1], (Head("Plan"),))
    qtmodeltester.check(model)


def test_texts_tones_and_names() -> None:
    model = TextTable(HEADS)
    model.show_lines(LINES)
    first, second = model.index(0, 0), model.index(0, 1)
    assert (first.data(), second.data(), model.index(1, 1).data()) == ("Gold", "7", None)
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Plan, Gold, shown"
    assert second.data(Qt.ItemDataRole.AccessibleTextRole) == "Left, 7"
    assert first.data(Qt.ItemDataRole.FontRole).bold()
    assert second.data(Qt.ItemDataRole.FontRole) is None
    assert (second.data(TONE), first.data(TONE), first.data(KEY)) == ("overdue", "", "k1")
    assert second.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Left"
    assert model.headerData(7, Qt.Orientation.Horizontal) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert (model.line(1), model.line(2), model.line(-1)) == (LINES[1], None, None)
